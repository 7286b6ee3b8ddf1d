"""Follow changes once, and keep the programme that organizers were shown last."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "programme",
        sa.Column("id", sa.Integer(), nullable=False, comment="there is one row"),
        sa.Column("records", sa.JSON(), nullable=False, comment="as the YAML said them"),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme")),
        comment="The programme when organizers were last shown what an edit of the YAML changes.",
    )
    with op.batch_alter_table("changes", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "followed",
                sa.Boolean(),
                server_default=sa.false(),
                nullable=False,
                comment="the reminders are as it wants them",
            )
        )


def downgrade() -> None:
    """Take it back."""
    with op.batch_alter_table("changes", schema=None) as batch_op:
        batch_op.drop_column("followed")
    op.drop_table("programme")
