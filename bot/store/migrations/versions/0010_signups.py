"""Keep lists of who signed up."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "signup_lists",
        sa.Column(
            "key",
            sa.String(length=64),
            nullable=False,
            comment="a record's id, id@day or id@dayTtime",
        ),
        sa.Column(
            "is_closed",
            sa.Boolean(),
            nullable=False,
            comment="the organizer takes nobody any more",
        ),
        sa.Column(
            "is_cancelled", sa.Boolean(), nullable=False, comment="the organizer called it off"
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_signup_lists")),
        comment="One row a list: whoever changes who is on it locks it first.",
    )
    op.create_table(
        "signups",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            comment="the order in which they came",
        ),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("chat", sa.String(length=80), nullable=False),
        sa.Column(
            "state", sa.String(length=10), nullable=False, comment="seated, offered or waiting"
        ),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("contact", sa.String(length=120), nullable=False),
        sa.Column("consent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "consent_text",
            sa.String(length=20),
            nullable=False,
            comment="which wording was agreed to",
        ),
        sa.Column(
            "offered_until",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="how long a place is kept for them",
        ),
        sa.Column(
            "is_slot", sa.Boolean(), nullable=False, comment="an appointment with an adviser"
        ),
        sa.Column(
            "starts_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="as of when they signed up",
        ),
        sa.Column(
            "ends_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="deleted some time after it",
        ),
        sa.ForeignKeyConstraint(["key"], ["signup_lists.key"], name=op.f("fk_signups_key")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signups")),
        sa.UniqueConstraint("key", "channel", "chat", name=op.f("uq_signups_key")),
        comment="Who signed up; a row is deleted when they leave, and some time after the end.",
    )
    with op.batch_alter_table("signups", schema=None) as batch_op:
        batch_op.create_index("ix_signups_chat", ["channel", "chat"], unique=False)
        batch_op.create_index("ix_signups_offered_until", ["offered_until"], unique=False)


def downgrade() -> None:
    """Take it back."""
    with op.batch_alter_table("signups", schema=None) as batch_op:
        batch_op.drop_index("ix_signups_offered_until")
        batch_op.drop_index("ix_signups_chat")

    op.drop_table("signups")
    op.drop_table("signup_lists")
