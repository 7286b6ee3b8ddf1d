"""Know which events were half answered, what arrived, and in which chats a person answers."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "takeovers",
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("chat", sa.String(length=80), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "until",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="from then on the bot answers again",
        ),
        sa.PrimaryKeyConstraint("channel", "chat", name=op.f("pk_takeovers")),
        comment="Chats in which a person answers instead of the bot.",
    )
    op.create_table(
        "echoes",
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column(
            "reference",
            sa.String(length=120),
            nullable=False,
            comment="ours, without a person in it",
        ),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("channel", "reference", name=op.f("pk_echoes")),
        comment="Messages of ours that a platform told us of: they surely arrived.",
    )
    with op.batch_alter_table("echoes", schema=None) as batch_op:
        batch_op.create_index("ix_echoes_at", ["at"], unique=False)

    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "begun_at",
                sa.DateTime(timezone=True),
                nullable=True,
                comment="when the first message of its answer was to leave",
            )
        )


def downgrade() -> None:
    """Take it back."""
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.drop_column("begun_at")

    with op.batch_alter_table("echoes", schema=None) as batch_op:
        batch_op.drop_index("ix_echoes_at")

    op.drop_table("echoes")
    op.drop_table("takeovers")
