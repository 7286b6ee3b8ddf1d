"""The whole schema on one page. All times are UTC, all days the fair's own."""

from sqlalchemy import (
    Column,
    Date,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData()

preferences = Table(
    "preferences",
    metadata,
    Column("channel", String(20), primary_key=True),
    Column("chat", String(80), primary_key=True),
    Column("language", String(2), nullable=False),
    comment="What a chat chose by itself. Deleted when the visitor asks for it.",
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
