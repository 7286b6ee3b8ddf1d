"""What several processes have to agree on, and what a channel must not lose or do twice."""

from sqlalchemy import BigInteger, Column, Index, LargeBinary, String, Table, UniqueConstraint

from bot.store.schema.columns import BigId, Moment, metadata

leases = Table(
    "leases",
    metadata,
    Column("name", String(80), primary_key=True),
    Column("owner", String(40), nullable=False),
    Column("epoch", BigInteger, nullable=False, comment="grows each time somebody else takes it"),
    Column("until", Moment, nullable=False),
)

versions = Table(
    "versions",
    metadata,
    Column("what", String(40), primary_key=True),
    Column("number", BigInteger, nullable=False),
    comment="Counted up when something that all processes hold in memory has changed.",
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

inbox = Table(
    "inbox",
    metadata,
    Column("id", BigId, primary_key=True),
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
