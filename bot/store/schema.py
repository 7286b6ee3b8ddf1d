"""The whole schema on one page. All times are UTC, all days the fair's own.

`migrations/versions` makes a database look like this; a test holds the two together.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    Time,
    TypeDecorator,
    UniqueConstraint,
    false,
    true,
)


class Moment(TypeDecorator[datetime]):
    """An aware moment, kept in UTC: SQLite has no time zones, so it gets UTC without one."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """Refuse what has no zone, and write the rest in UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment in the store needs a time zone")
        in_utc = value.astimezone(UTC)
        return in_utc.replace(tzinfo=None) if dialect.name == "sqlite" else in_utc

    def process_result_value(self, value: Any, _dialect: Dialect) -> datetime | None:
        """Give back an aware moment in UTC."""
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


# Large numbers count themselves on PostgreSQL; SQLite does that for INTEGER only.
_BigId = BigInteger().with_variant(Integer(), "sqlite")

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# --- visitors ---------------------------------------------------------------------------

visitors = Table(
    "visitors",
    metadata,
    Column("channel", String(20), primary_key=True),
    Column("chat", String(80), primary_key=True),
    Column("language", String(2), comment="the one that was chosen; empty where none was"),
    Column("spoken", String(2), comment="the one that was last answered in"),
    Column("joined_at", Moment, nullable=False),
    Column("last_inbound_at", Moment, nullable=False, comment="to the minute"),
    Column("unreachable_since", Moment, comment="set when the platform says so; empty otherwise"),
    Column("wants", String(10), nullable=False, comment="changes: important, saved or nothing"),
    Column("remind_minutes", Integer, nullable=False, comment="before a saved session; 0 is never"),
    Column("quiet_from", Time),
    Column("quiet_until", Time),
    Column("looked_at", Moment, comment="when the visitor last looked at what changed"),
    Column("calendar_key", String(64), unique=True, comment="the secret of the calendar address"),
    comment="Chats that we may write to, and what each chose. Deleted on request.",
)

saved = Table(
    "saved",
    metadata,
    Column("channel", String(20), primary_key=True),
    Column("chat", String(80), primary_key=True),
    Column("record", String(64), primary_key=True, comment="a record's id, or id@YYYY-MM-DD"),
    Column("saved_at", Moment, nullable=False),
    Index("ix_saved_record", "record"),
    comment="What visitors put into their programme.",
)

flows = Table(
    "flows",
    metadata,
    Column("channel", String(20), primary_key=True),
    Column("chat", String(80), primary_key=True),
    Column("name", String(20), nullable=False),
    Column("state", JSON, nullable=False),
    Column("until", Moment, nullable=False),
    comment="A conversation of several steps that a chat is in: a draft, a search, a sign-up.",
)

questions = Table(
    "questions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("text", Text, nullable=False),
    Column("language", String(2), nullable=False),
    Column("outcome", String(10), nullable=False),
    Column("times", Integer, nullable=False),
    Column("last_day", Date, nullable=False),
    UniqueConstraint("text", "language", "outcome"),
    comment="Questions that found no sure answer, without who asked.",
)

asked = Table(
    "asked",
    metadata,
    Column("subject", String(64), primary_key=True, comment="a record's id, or ~ and a list"),
    Column("day", Date, primary_key=True),
    Column("times", Integer, nullable=False),
    comment="How often each thing was asked about on each day, without words and without who.",
)

takeovers = Table(
    "takeovers",
    metadata,
    Column("channel", String(20), primary_key=True),
    Column("chat", String(80), primary_key=True),
    Column("since", Moment, nullable=False),
    Column("until", Moment, nullable=False, comment="from then on the bot answers again"),
    comment="Chats in which a person answers instead of the bot.",
)

# --- support ----------------------------------------------------------------------------

unmet_needs = Table(
    "unmet_needs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("need", String(30), nullable=False),
    Column("form", String(20), nullable=False, comment="the sort of organisation; empty: not told"),
    Column("area", String(48), nullable=False, comment="empty: not told"),
    Column("times", Integer, nullable=False),
    Column("last_day", Date, nullable=False),
    UniqueConstraint("need", "form", "area"),
    comment="Needs that no offer met, counted without who had them.",
)

profiles = Table(
    "profiles",
    metadata,
    Column("id", String(32), primary_key=True, comment="random"),
    Column("situation", JSON, nullable=False, comment="what the organisation told of itself"),
    Column("code_hash", String(64), unique=True, comment="SHA-256 of the code that shares it"),
    Column("code_until", Moment),
    comment="Organisations' own profiles, kept because they asked for it.",
)

profile_members = Table(
    "profile_members",
    metadata,
    Column("channel", String(20), primary_key=True),
    Column("chat", String(80), primary_key=True),
    Column("profile", String(32), ForeignKey("profiles.id", ondelete="CASCADE"), nullable=False),
    Index("ix_profile_members_profile", "profile"),
    comment="Chats that share a profile. A profile without any is deleted.",
)

profile_papers = Table(
    "profile_papers",
    metadata,
    Column("profile", String(32), ForeignKey("profiles.id", ondelete="CASCADE"), primary_key=True),
    Column("offer", String(48), primary_key=True),
    Column("paper", String(16), primary_key=True, comment="a key made of its name"),
    comment="Papers that are ticked off, for each offer.",
)

known_offers = Table(
    "known_offers",
    metadata,
    Column("offer", String(48), primary_key=True),
    Column("facts", Text, nullable=False, comment="a digest of each facet"),
    comment="Offers as they were when we last looked: who saved one is told of a change once.",
)

# --- sign-ups ---------------------------------------------------------------------------

signup_lists = Table(
    "signup_lists",
    metadata,
    Column("key", String(64), primary_key=True, comment="a record's id, id@day or id@dayTtime"),
    Column("is_closed", Boolean, nullable=False, comment="the organizer takes nobody any more"),
    Column("is_cancelled", Boolean, nullable=False, comment="the organizer called it off"),
    comment="One row a list: whoever changes who is on it locks it first.",
)

signups = Table(
    "signups",
    metadata,
    Column("id", _BigId, primary_key=True, comment="the order in which they came"),
    Column("key", String(64), ForeignKey("signup_lists.key"), nullable=False),
    Column("channel", String(20), nullable=False),
    Column("chat", String(80), nullable=False),
    Column("state", String(10), nullable=False, comment="seated, offered or waiting"),
    Column("name", String(80), nullable=False),
    Column("contact", String(120), nullable=False),
    Column("consent_at", Moment, nullable=False),
    Column("consent_text", String(20), nullable=False, comment="which wording was agreed to"),
    Column("offered_until", Moment, comment="how long a place is kept for them"),
    Column("is_slot", Boolean, nullable=False, comment="an appointment with an adviser"),
    Column("starts_at", Moment, nullable=False, comment="as of when they signed up"),
    Column("ends_at", Moment, nullable=False, comment="deleted some time after it"),
    UniqueConstraint("key", "channel", "chat"),
    Index("ix_signups_chat", "channel", "chat"),
    Index("ix_signups_offered_until", "offered_until"),
    comment="Who signed up; a row is deleted when they leave, and some time after the end.",
)

# --- organizers -------------------------------------------------------------------------

staff = Table(
    "staff",
    metadata,
    Column("channel", String(20), primary_key=True),
    Column("chat", String(80), primary_key=True),
    Column("role", String(10), nullable=False, comment="organizer or desk"),
    Column("name", String(80), nullable=False, comment="as others of the staff see it"),
    Column("since", Moment, nullable=False),
)

invitations = Table(
    "invitations",
    metadata,
    Column("code_hash", String(64), primary_key=True, comment="SHA-256; the code is not kept"),
    Column("role", String(10), nullable=False),
    Column("until", Moment, nullable=False),
    comment="One-time links that make somebody one of the staff.",
)

staff_log = Table(
    "staff_log",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("who", String(80), nullable=False),
    Column("what", String(40), nullable=False),
    Column("details", Text, nullable=False),
)

# --- announcements ----------------------------------------------------------------------

announcements = Table(
    "announcements",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String(20), nullable=False),
    Column(
        "urgency", Integer, nullable=False, comment="0 reminder, 1 minor, 2 important, 3 safety"
    ),
    Column("content", JSON, nullable=False, comment="texts by language, changes, buttons"),
    Column("audience", JSON, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("created_by", String(80), nullable=False),
    Column("confirmed_at", Moment),
    Column("confirmed_by", String(80)),
    Column("not_before", Moment),
    Column("expires_at", Moment),
    Column("state", String(10), nullable=False, comment="draft, running, paused, stopped, done"),
    Column("halted_because", Text, comment="why the sender stopped it by itself"),
    Column("resend_unsure", Boolean, nullable=False, comment="safety: rather twice than never"),
    Column(
        "is_expanded",
        Boolean,
        nullable=False,
        server_default=true(),
        comment="everybody concerned has a delivery; false for a moment if they are many",
    ),
    Column("corrects", Integer, ForeignKey("announcements.id", ondelete="SET NULL")),
    Column(
        "tells_anew",
        Boolean,
        nullable=False,
        server_default=false(),
        comment="a correction: whoever has the old message gets a new one too",
    ),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", _BigId, primary_key=True),
    Column("announcement", Integer, ForeignKey("announcements.id", ondelete="CASCADE")),
    Column("subject", String(100), nullable=False, comment="a:<announcement> or r:<record>"),
    Column("channel", String(20), nullable=False),
    Column("chat", String(80), nullable=False),
    Column("rank", Integer, nullable=False, comment="the smaller, the sooner"),
    Column("not_before", Moment, nullable=False),
    Column("expires_at", Moment),
    Column("state", String(10), nullable=False),
    Column("owner", String(40), comment="the sender that claimed it"),
    Column("epoch", BigInteger, comment="of its lease: an older one may not write any more"),
    Column("lease_until", Moment),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("message_id", String(120), comment="the platform's"),
    Column("reason", String(200), comment="why it was not sent, in words for the organizer"),
    Column("settled_at", Moment),
    UniqueConstraint("subject", "channel", "chat"),
    Index("ix_deliveries_due", "channel", "state", "rank", "not_before", "id"),
    Index("ix_deliveries_announcement", "announcement", "state"),
    Index("ix_deliveries_chat", "channel", "chat"),
    comment="The queue: one row, one person, once.",
)

letters = Table(
    "letters",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("channel", String(20), nullable=False),
    Column("chat", String(80), nullable=False),
    Column("announcement", Integer, ForeignKey("announcements.id", ondelete="SET NULL")),
    Column("at", Moment, nullable=False),
    Column("text", Text, nullable=False),
    Column("answer", Text, comment="empty until somebody of the staff has answered"),
    Column("answered_by", String(80)),
    Index("ix_letters_chat", "channel", "chat"),
    comment="What visitors wrote back to an announcement, for the staff. Deleted with the visitor.",
)

survey_answers = Table(
    "survey_answers",
    metadata,
    Column("survey", String(48), primary_key=True),
    Column("question", String(48), primary_key=True),
    Column("answer", String(8), primary_key=True, comment="of the scale, or the option's number"),
    Column("times", Integer, nullable=False),
    comment="How often each answer was given, without who gave it.",
)

survey_done = Table(
    "survey_done",
    metadata,
    Column("channel", String(20), primary_key=True),
    Column("chat", String(80), primary_key=True),
    Column("survey", String(48), primary_key=True),
    Column("question", String(48), primary_key=True),
    comment="Who has answered which question, not how: nobody counts twice.",
)

changes = Table(
    "changes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("record", String(64), nullable=False),
    Column("at", Moment, nullable=False),
    Column("by", String(80), nullable=False),
    Column("announcement", Integer, ForeignKey("announcements.id", ondelete="SET NULL")),
    Column("change", JSON, nullable=False),
    Column("written_back", Boolean, nullable=False, comment="the YAML says it by now"),
    Column(
        "followed",
        Boolean,
        nullable=False,
        server_default=false(),
        comment="the reminders are as it wants them",
    ),
    Index("ix_changes_record", "record"),
    comment="What was changed in chat; laid over the YAML until it is written back.",
)

programme = Table(
    "programme",
    metadata,
    Column("id", Integer, primary_key=True, comment="there is one row"),
    Column("records", JSON, nullable=False, comment="as the YAML said them"),
    Column("at", Moment, nullable=False),
    comment="The programme when organizers were last shown what an edit of the YAML changes.",
)

# --- several machines -------------------------------------------------------------------

leases = Table(
    "leases",
    metadata,
    Column("name", String(80), primary_key=True),
    Column("owner", String(40), nullable=False),
    Column("epoch", BigInteger, nullable=False, comment="grows each time somebody else takes it"),
    Column("until", Moment, nullable=False),
)

pauses = Table(
    "pauses",
    metadata,
    Column("channel", String(20), primary_key=True),
    Column("until", Moment, nullable=False),
    Column("reason", String(200), nullable=False),
    comment="A platform told the whole bot to wait.",
)

taken_updates = Table(
    "taken_updates",
    metadata,
    Column("channel", String(20), primary_key=True),
    Column("update_id", String(160), primary_key=True),
    Column("lane", String(16), nullable=False, comment="a hash of the chat: its updates in order"),
    Column("turn", BigInteger, nullable=False, comment="within a lane, the smaller goes first"),
    Column("owner", String(40), nullable=False, comment="the process that answers it"),
    Column("until", Moment, nullable=False, comment="from then on another may answer it"),
    Column("done_at", Moment, comment="when it was answered; empty until then"),
    Index("ix_taken_updates_lane", "channel", "lane", "turn"),
    Index("ix_taken_updates_until", "until"),
    comment="So that an update which is delivered twice, to any process, is answered once.",
)

contexts = Table(
    "contexts",
    metadata,
    Column("channel", String(20), primary_key=True),
    Column("chat", String(80), primary_key=True),
    Column("state", JSON, nullable=False, comment="what was talked about last"),
    Column("until", Moment, nullable=False),
    Index("ix_contexts_until", "until"),
    comment="Only where several processes answer: the next message may reach another one.",
)

versions = Table(
    "versions",
    metadata,
    Column("what", String(40), primary_key=True),
    Column("number", BigInteger, nullable=False),
    comment="Counted up when something that all processes hold in memory has changed.",
)

inbox = Table(
    "inbox",
    metadata,
    Column("id", _BigId, primary_key=True),
    Column("channel", String(20), nullable=False),
    Column("event_key", String(160), nullable=False),
    Column("chat", String(80), nullable=False),
    Column("sent_at", Moment, nullable=False),
    Column("body", LargeBinary, nullable=False, comment="emptied when it is answered"),
    Column("owner", String(40)),
    Column("lease_until", Moment),
    Column("begun_at", Moment, comment="when the first message of its answer was to leave"),
    Column("done_at", Moment),
    UniqueConstraint("channel", "event_key"),
    Index("ix_inbox_open", "channel", "done_at", "chat"),
    Index("ix_inbox_chat", "channel", "chat"),
    comment="Events that were acknowledged before they were answered.",
)

echoes = Table(
    "echoes",
    metadata,
    Column("channel", String(20), primary_key=True),
    Column("reference", String(120), primary_key=True, comment="ours, without a person in it"),
    Column("at", Moment, nullable=False),
    Index("ix_echoes_at", "at"),
    comment="Messages of ours that a platform told us of: they surely arrived.",
)
