"""Keep offers as they were when we last looked."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "known_offers",
        sa.Column("offer", sa.String(length=48), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False, comment="a digest of each facet"),
        sa.PrimaryKeyConstraint("offer", name=op.f("pk_known_offers")),
        comment="Offers as they were when we last looked: who saved one is told of a change once.",
    )


def downgrade() -> None:
    """Take it back."""
    op.drop_table("known_offers")
