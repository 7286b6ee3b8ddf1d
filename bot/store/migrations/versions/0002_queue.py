"""Lead the index through what is due, and to an announcement's deliveries."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    with op.batch_alter_table("deliveries", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_deliveries_due"))
        batch_op.create_index(
            "ix_deliveries_due", ["channel", "state", "rank", "not_before", "id"], unique=False
        )
        batch_op.create_index("ix_deliveries_announcement", ["announcement", "state"], unique=False)


def downgrade() -> None:
    """Take it back."""
    with op.batch_alter_table("deliveries", schema=None) as batch_op:
        batch_op.drop_index("ix_deliveries_announcement")
        batch_op.drop_index("ix_deliveries_due")
        batch_op.create_index(
            batch_op.f("ix_deliveries_due"),
            ["channel", "state", "rank", "not_before"],
            unique=False,
        )
