"""Keep unmet needs and profiles."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "profiles",
        sa.Column("id", sa.String(length=32), nullable=False, comment="random"),
        sa.Column(
            "situation", sa.JSON(), nullable=False, comment="what the organisation told of itself"
        ),
        sa.Column(
            "code_hash",
            sa.String(length=64),
            nullable=True,
            comment="SHA-256 of the code that shares it",
        ),
        sa.Column("code_until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_profiles")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_profiles_code_hash")),
        comment="Organisations' own profiles, kept because they asked for it.",
    )
    op.create_table(
        "unmet_needs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("need", sa.String(length=30), nullable=False),
        sa.Column(
            "form",
            sa.String(length=20),
            nullable=False,
            comment="the sort of organisation; empty: not told",
        ),
        sa.Column("area", sa.String(length=48), nullable=False, comment="empty: not told"),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unmet_needs")),
        sa.UniqueConstraint("need", "form", "area", name=op.f("uq_unmet_needs_need")),
        comment="Needs that no offer met, counted without who had them.",
    )
    op.create_table(
        "profile_members",
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("chat", sa.String(length=80), nullable=False),
        sa.Column("profile", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["profile"],
            ["profiles.id"],
            name=op.f("fk_profile_members_profile"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("channel", "chat", name=op.f("pk_profile_members")),
        comment="Chats that share a profile. A profile without any is deleted.",
    )
    with op.batch_alter_table("profile_members", schema=None) as batch_op:
        batch_op.create_index("ix_profile_members_profile", ["profile"], unique=False)

    op.create_table(
        "profile_papers",
        sa.Column("profile", sa.String(length=32), nullable=False),
        sa.Column("offer", sa.String(length=48), nullable=False),
        sa.Column("paper", sa.String(length=16), nullable=False, comment="a key made of its name"),
        sa.ForeignKeyConstraint(
            ["profile"], ["profiles.id"], name=op.f("fk_profile_papers_profile"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("profile", "offer", "paper", name=op.f("pk_profile_papers")),
        comment="Papers that are ticked off, for each offer.",
    )


def downgrade() -> None:
    """Take it back."""
    op.drop_table("profile_papers")
    with op.batch_alter_table("profile_members", schema=None) as batch_op:
        batch_op.drop_index("ix_profile_members_profile")

    op.drop_table("profile_members")
    op.drop_table("unmet_needs")
    op.drop_table("profiles")
