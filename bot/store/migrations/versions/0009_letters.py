"""Keep what visitors write back to an announcement."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "letters",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("chat", sa.String(length=80), nullable=False),
        sa.Column("announcement", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column(
            "answer",
            sa.Text(),
            nullable=True,
            comment="empty until somebody of the staff has answered",
        ),
        sa.Column("answered_by", sa.String(length=80), nullable=True),
        sa.ForeignKeyConstraint(
            ["announcement"],
            ["announcements.id"],
            name=op.f("fk_letters_announcement"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letters")),
        comment="What visitors wrote back to an announcement, for the staff. "
        "Deleted with the visitor.",
    )
    op.create_index("ix_letters_chat", "letters", ["channel", "chat"], unique=False)


def downgrade() -> None:
    """Take it back."""
    op.drop_index("ix_letters_chat", table_name="letters")
    op.drop_table("letters")
