"""Keep whether a correction is told anew to those who have the old message."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    with op.batch_alter_table("announcements", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "tells_anew",
                sa.Boolean(),
                nullable=False,
                server_default=sa.false(),
                comment="a correction: whoever has the old message gets a new one too",
            )
        )


def downgrade() -> None:
    """Take it back."""
    with op.batch_alter_table("announcements", schema=None) as batch_op:
        batch_op.drop_column("tells_anew")
