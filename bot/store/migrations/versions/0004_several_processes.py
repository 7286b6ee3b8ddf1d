"""Let several processes answer: each update once, each chat in order, contexts shared."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change; nothing has been written into the table that is made anew."""
    op.drop_table("taken_updates")
    op.create_table(
        "taken_updates",
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("update_id", sa.String(length=160), nullable=False),
        sa.Column(
            "lane",
            sa.String(length=16),
            nullable=False,
            comment="a hash of the chat: its updates in order",
        ),
        sa.Column(
            "turn",
            sa.BigInteger(),
            nullable=False,
            comment="within a lane, the smaller goes first",
        ),
        sa.Column(
            "owner",
            sa.String(length=40),
            nullable=False,
            comment="the process that answers it",
        ),
        sa.Column(
            "until",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="from then on another may answer it",
        ),
        sa.Column(
            "done_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="when it was answered; empty until then",
        ),
        sa.PrimaryKeyConstraint("channel", "update_id", name=op.f("pk_taken_updates")),
        comment="So that an update which is delivered twice, to any process, is answered once.",
    )
    with op.batch_alter_table("taken_updates", schema=None) as batch_op:
        batch_op.create_index("ix_taken_updates_lane", ["channel", "lane", "turn"], unique=False)
        batch_op.create_index("ix_taken_updates_until", ["until"], unique=False)

    op.create_table(
        "contexts",
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("chat", sa.String(length=80), nullable=False),
        sa.Column("state", sa.JSON(), nullable=False, comment="what was talked about last"),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("channel", "chat", name=op.f("pk_contexts")),
        comment="Only where several processes answer: the next message may reach another one.",
    )
    with op.batch_alter_table("contexts", schema=None) as batch_op:
        batch_op.create_index("ix_contexts_until", ["until"], unique=False)


def downgrade() -> None:
    """Take it back."""
    op.drop_table("contexts")
    op.drop_table("taken_updates")
    op.create_table(
        "taken_updates",
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("update_id", sa.String(length=160), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("channel", "update_id", name=op.f("pk_taken_updates")),
        comment="So that an update which is delivered twice is answered once.",
    )
    with op.batch_alter_table("taken_updates", schema=None) as batch_op:
        batch_op.create_index("ix_taken_updates_taken_at", ["taken_at"], unique=False)
