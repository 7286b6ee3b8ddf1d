"""Count what was asked about, by day."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "asked",
        sa.Column(
            "subject",
            sa.String(length=64),
            nullable=False,
            comment="a record's id, or ~ and a list",
        ),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("subject", "day", name=op.f("pk_asked")),
        comment="How often each thing was asked about on each day, without words and without who.",
    )


def downgrade() -> None:
    """Take it back."""
    op.drop_table("asked")
