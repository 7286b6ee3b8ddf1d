"""What is kept of visitors, and what was asked without who asked it."""

from sqlalchemy import (
    JSON,
    Column,
    Date,
    Index,
    Integer,
    String,
    Table,
    Text,
    Time,
    UniqueConstraint,
)

from bot.store.schema.columns import Moment, metadata

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
