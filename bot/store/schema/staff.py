"""Those who run the fair."""

from sqlalchemy import Column, Integer, String, Table, Text

from bot.store.schema.columns import Moment, metadata

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
