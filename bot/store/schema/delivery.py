"""The queue, and how long a platform told it to wait."""

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
)

from bot.store.schema.columns import BigId, Moment, metadata

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", BigId, primary_key=True),
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

pauses = Table(
    "pauses",
    metadata,
    Column("channel", String(20), primary_key=True),
    Column("until", Moment, nullable=False),
    Column("reason", String(200), nullable=False),
    comment="A platform told the whole bot to wait.",
)
