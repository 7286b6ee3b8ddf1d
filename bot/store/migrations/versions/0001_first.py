"""Visitors, announcements, deliveries, staff."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make all tables; a database from before the first release has `questions` already."""
    op.create_table(
        "announcements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column(
            "urgency",
            sa.Integer(),
            nullable=False,
            comment="0 reminder, 1 minor, 2 important, 3 safety",
        ),
        sa.Column(
            "content", sa.JSON(), nullable=False, comment="texts by language, changes, buttons"
        ),
        sa.Column("audience", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_by", sa.String(length=80), nullable=True),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "state",
            sa.String(length=10),
            nullable=False,
            comment="draft, running, paused, stopped, done",
        ),
        sa.Column(
            "halted_because",
            sa.Text(),
            nullable=True,
            comment="why the sender stopped it by itself",
        ),
        sa.Column(
            "resend_unsure", sa.Boolean(), nullable=False, comment="safety: rather twice than never"
        ),
        sa.Column("corrects", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["corrects"],
            ["announcements.id"],
            name=op.f("fk_announcements_corrects"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcements")),
    )
    op.create_table(
        "flows",
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("chat", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("state", sa.JSON(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("channel", "chat", name=op.f("pk_flows")),
        comment="A conversation of several steps that a chat is in: a draft, a search, a sign-up.",
    )
    op.create_table(
        "inbox",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("event_key", sa.String(length=160), nullable=False),
        sa.Column("chat", sa.String(length=80), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False, comment="emptied when it is answered"),
        sa.Column("owner", sa.String(length=40), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbox")),
        sa.UniqueConstraint("channel", "event_key", name=op.f("uq_inbox_channel")),
        comment="Events that were acknowledged before they were answered.",
    )
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.create_index("ix_inbox_open", ["channel", "done_at", "chat"], unique=False)

    op.create_table(
        "invitations",
        sa.Column(
            "code_hash",
            sa.String(length=64),
            nullable=False,
            comment="SHA-256; the code is not kept",
        ),
        sa.Column("role", sa.String(length=10), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_invitations")),
        comment="One-time links that make somebody one of the staff.",
    )
    op.create_table(
        "leases",
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("owner", sa.String(length=40), nullable=False),
        sa.Column(
            "epoch",
            sa.BigInteger(),
            nullable=False,
            comment="grows each time somebody else takes it",
        ),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_leases")),
    )
    op.create_table(
        "pauses",
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("channel", name=op.f("pk_pauses")),
        comment="A platform told the whole bot to wait.",
    )
    if not sa.inspect(op.get_bind()).has_table("questions"):
        op.create_table(
            "questions",
            sa.Column("id", sa.Integer(), nullable=False),
            sa.Column("text", sa.Text(), nullable=False),
            sa.Column("language", sa.String(length=2), nullable=False),
            sa.Column("outcome", sa.String(length=10), nullable=False),
            sa.Column("times", sa.Integer(), nullable=False),
            sa.Column("last_day", sa.Date(), nullable=False),
            sa.PrimaryKeyConstraint("id", name=op.f("pk_questions")),
            sa.UniqueConstraint("text", "language", "outcome", name=op.f("uq_questions_text")),
            comment="Questions that found no sure answer, without who asked.",
        )
    op.create_table(
        "saved",
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("chat", sa.String(length=80), nullable=False),
        sa.Column(
            "record",
            sa.String(length=64),
            nullable=False,
            comment="a record's id, or id@YYYY-MM-DD",
        ),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("channel", "chat", "record", name=op.f("pk_saved")),
        comment="What visitors put into their programme.",
    )
    with op.batch_alter_table("saved", schema=None) as batch_op:
        batch_op.create_index("ix_saved_record", ["record"], unique=False)

    op.create_table(
        "staff",
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("chat", sa.String(length=80), nullable=False),
        sa.Column("role", sa.String(length=10), nullable=False, comment="organizer or desk"),
        sa.Column(
            "name", sa.String(length=80), nullable=False, comment="as others of the staff see it"
        ),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("channel", "chat", name=op.f("pk_staff")),
    )
    op.create_table(
        "staff_log",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("who", sa.String(length=80), nullable=False),
        sa.Column("what", sa.String(length=40), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_log")),
    )
    op.create_table(
        "taken_updates",
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("update_id", sa.String(length=160), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("channel", "update_id", name=op.f("pk_taken_updates")),
        comment="So that an update which is delivered twice is answered once.",
    )
    with op.batch_alter_table("taken_updates", schema=None) as batch_op:
        batch_op.create_index("ix_taken_updates_taken_at", ["taken_at"], unique=False)

    op.create_table(
        "versions",
        sa.Column("what", sa.String(length=40), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("what", name=op.f("pk_versions")),
        comment="Counted up when something that all processes hold in memory has changed.",
    )
    op.create_table(
        "visitors",
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("chat", sa.String(length=80), nullable=False),
        sa.Column(
            "language",
            sa.String(length=2),
            nullable=True,
            comment="the one that was chosen; empty where none was",
        ),
        sa.Column(
            "spoken",
            sa.String(length=2),
            nullable=True,
            comment="the one that was last answered in",
        ),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "last_inbound_at", sa.DateTime(timezone=True), nullable=False, comment="to the minute"
        ),
        sa.Column(
            "unreachable_since",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="set when the platform says so; empty otherwise",
        ),
        sa.Column(
            "wants",
            sa.String(length=10),
            nullable=False,
            comment="changes: important, saved or nothing",
        ),
        sa.Column(
            "remind_minutes",
            sa.Integer(),
            nullable=False,
            comment="before a saved session; 0 is never",
        ),
        sa.Column("quiet_from", sa.Time(), nullable=True),
        sa.Column("quiet_until", sa.Time(), nullable=True),
        sa.Column(
            "looked_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="when the visitor last looked at what changed",
        ),
        sa.Column(
            "calendar_key",
            sa.String(length=64),
            nullable=True,
            comment="the secret of the calendar address",
        ),
        sa.PrimaryKeyConstraint("channel", "chat", name=op.f("pk_visitors")),
        sa.UniqueConstraint("calendar_key", name=op.f("uq_visitors_calendar_key")),
        comment="Chats that we may write to, and what each chose. Deleted on request.",
    )
    op.create_table(
        "changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("record", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=80), nullable=False),
        sa.Column("announcement", sa.Integer(), nullable=True),
        sa.Column("change", sa.JSON(), nullable=False),
        sa.Column("written_back", sa.Boolean(), nullable=False, comment="the YAML says it by now"),
        sa.ForeignKeyConstraint(
            ["announcement"],
            ["announcements.id"],
            name=op.f("fk_changes_announcement"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_changes")),
        comment="What was changed in chat; laid over the YAML until it is written back.",
    )
    with op.batch_alter_table("changes", schema=None) as batch_op:
        batch_op.create_index("ix_changes_record", ["record"], unique=False)

    op.create_table(
        "deliveries",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("announcement", sa.Integer(), nullable=True),
        sa.Column(
            "subject",
            sa.String(length=100),
            nullable=False,
            comment="a:<announcement> or r:<record>",
        ),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("chat", sa.String(length=80), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False, comment="the smaller, the sooner"),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column(
            "owner", sa.String(length=40), nullable=True, comment="the sender that claimed it"
        ),
        sa.Column(
            "epoch",
            sa.BigInteger(),
            nullable=True,
            comment="of its lease: an older one may not write any more",
        ),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), server_default="0", nullable=False),
        sa.Column("message_id", sa.String(length=120), nullable=True, comment="the platform's"),
        sa.Column(
            "reason",
            sa.String(length=200),
            nullable=True,
            comment="why it was not sent, in words for the organizer",
        ),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["announcement"],
            ["announcements.id"],
            name=op.f("fk_deliveries_announcement"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliveries")),
        sa.UniqueConstraint("subject", "channel", "chat", name=op.f("uq_deliveries_subject")),
        comment="The queue: one row, one person, once.",
    )
    with op.batch_alter_table("deliveries", schema=None) as batch_op:
        batch_op.create_index("ix_deliveries_chat", ["channel", "chat"], unique=False)
        batch_op.create_index(
            "ix_deliveries_due", ["channel", "state", "rank", "not_before"], unique=False
        )


def downgrade() -> None:
    """Take it back."""
    with op.batch_alter_table("deliveries", schema=None) as batch_op:
        batch_op.drop_index("ix_deliveries_due")
        batch_op.drop_index("ix_deliveries_chat")

    op.drop_table("deliveries")
    with op.batch_alter_table("changes", schema=None) as batch_op:
        batch_op.drop_index("ix_changes_record")

    op.drop_table("changes")
    op.drop_table("visitors")
    op.drop_table("versions")
    with op.batch_alter_table("taken_updates", schema=None) as batch_op:
        batch_op.drop_index("ix_taken_updates_taken_at")

    op.drop_table("taken_updates")
    op.drop_table("staff_log")
    op.drop_table("staff")
    with op.batch_alter_table("saved", schema=None) as batch_op:
        batch_op.drop_index("ix_saved_record")

    op.drop_table("saved")
    op.drop_table("questions")
    op.drop_table("pauses")
    op.drop_table("leases")
    op.drop_table("invitations")
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.drop_index("ix_inbox_open")

    op.drop_table("inbox")
    op.drop_table("flows")
    op.drop_table("announcements")
