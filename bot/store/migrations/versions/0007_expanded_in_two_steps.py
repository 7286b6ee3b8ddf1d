"""Let the first messages of a large announcement leave before all deliveries are written."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    with op.batch_alter_table("announcements", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "is_expanded",
                sa.Boolean(),
                server_default=sa.true(),
                nullable=False,
                comment="everybody concerned has a delivery; false for a moment if they are many",
            )
        )


def downgrade() -> None:
    """Take it back."""
    with op.batch_alter_table("announcements", schema=None) as batch_op:
        batch_op.drop_column("is_expanded")
