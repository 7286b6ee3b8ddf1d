"""Count the answers to the survey, and keep apart from them who has answered."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "survey_answers",
        sa.Column("survey", sa.String(length=48), nullable=False),
        sa.Column("question", sa.String(length=48), nullable=False),
        sa.Column(
            "answer",
            sa.String(length=8),
            nullable=False,
            comment="of the scale, or the option's number",
        ),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("survey", "question", "answer", name=op.f("pk_survey_answers")),
        comment="How often each answer was given, without who gave it.",
    )
    op.create_table(
        "survey_done",
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("chat", sa.String(length=80), nullable=False),
        sa.Column("survey", sa.String(length=48), nullable=False),
        sa.Column("question", sa.String(length=48), nullable=False),
        sa.PrimaryKeyConstraint(
            "channel", "chat", "survey", "question", name=op.f("pk_survey_done")
        ),
        comment="Who has answered which question, not how: nobody counts twice.",
    )


def downgrade() -> None:
    """Take it back."""
    op.drop_table("survey_done")
    op.drop_table("survey_answers")
