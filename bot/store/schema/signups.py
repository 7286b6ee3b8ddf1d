"""Lists, and who is on them."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, String, Table, UniqueConstraint

from bot.store.schema.columns import BigId, Moment, metadata

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
    Column("id", BigId, primary_key=True, comment="the order in which they came"),
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
