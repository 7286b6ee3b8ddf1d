"""Events that were acknowledged to a platform before they were answered.

They are kept before the acknowledgement leaves, so that a crash loses none. A worker claims
them for a while: of each chat one at a time, in the order in which they were sent. Whoever
claims an event that a dead worker had begun to answer is told so, for a part of the answer may
have arrived.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, exists, or_, select, text, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.messaging.message import ChatId
from bot.store.engine import Store
from bot.store.lease import store_now
from bot.store.schema import inbox

KNOWN_FOR = timedelta(days=2)
"""How long an event that is worked off is known again when it is delivered once more."""

_ONE_CLAIMS_AT_A_TIME = text("SELECT pg_advisory_xact_lock(7461726)")


@dataclass(frozen=True, slots=True)
class Event:
    """Something that a platform delivered.

    Attributes:
        channel: the platform.
        key: names it, the same however often it is delivered; at most 160 signs.
        chat: whose it is; of one chat only one is worked off at a time.
        sent_at: its place in the order of its chat.
        body: what it says; nobody but the channel reads it.
    """

    channel: str
    key: str
    chat: str
    sent_at: datetime
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Claimed:
    """An event that is ours to work off.

    Attributes:
        id: of its row.
        event: the event.
        was_begun: whether another worker may have answered a part of it.
        is_first: whether nothing else has come from its chat lately.
    """

    id: int
    event: Event
    was_begun: bool
    is_first: bool


async def keep(store: Store, connection: AsyncConnection, events: Sequence[Event]) -> None:
    """Keep events within a transaction; those that are known are left as they are."""
    if not events:
        return
    row = store.insert(inbox).on_conflict_do_nothing(index_elements=["channel", "event_key"])
    await connection.execute(
        row,
        [
            {
                "channel": one.channel,
                "event_key": one.key,
                "chat": one.chat,
                "sent_at": one.sent_at,
                "body": one.body,
            }
            for one in events
        ],
    )


async def claim(
    store: Store, channel: str, owner: str, count: int, hold_for: timedelta
) -> tuple[Claimed, ...]:
    """Claim up to `count` events, of each chat the one that was sent first.

    None is given of a chat of which another is in hand, or waits to be tried again.
    """
    async with store.writing() as connection:
        if store.is_postgres:
            # Two that claim at once could each get an event of the same chat.
            await connection.execute(_ONE_CLAIMS_AT_A_TIME)
        now = await store_now(store, connection)
        other = inbox.alias()
        goes_first = exists().where(
            other.c.channel == channel,
            other.c.done_at.is_(None),
            other.c.chat == inbox.c.chat,
            other.c.id != inbox.c.id,
            or_(
                other.c.lease_until > now,
                tuple_(other.c.sent_at, other.c.id) < tuple_(inbox.c.sent_at, inbox.c.id),
            ),
        )
        earlier = inbox.alias()
        has_come = exists().where(
            earlier.c.channel == channel,
            earlier.c.chat == inbox.c.chat,
            earlier.c.id < inbox.c.id,
        )
        is_free = or_(inbox.c.lease_until.is_(None), inbox.c.lease_until <= now)
        query = (
            select(inbox, (~has_come).label("is_first"))
            .where(inbox.c.channel == channel, inbox.c.done_at.is_(None), is_free, ~goes_first)
            .order_by(inbox.c.sent_at, inbox.c.id)
            .limit(count)
        )
        rows = (await connection.execute(query)).all()
        if rows:
            taken = update(inbox).where(inbox.c.id.in_([row.id for row in rows]))
            await connection.execute(taken.values(owner=owner, lease_until=now + hold_for))
    return tuple(
        Claimed(
            row.id,
            Event(row.channel, row.event_key, row.chat, row.sent_at, row.body),
            was_begun=row.begun_at is not None,
            is_first=bool(row.is_first),
        )
        for row in rows
    )


async def begin(
    store: Store, owner: str, ids: Collection[int], hold_for: timedelta
) -> frozenset[int]:
    """Note that answers are about to leave; give those events that are still ours."""
    async with store.writing() as connection:
        now = await store_now(store, connection)
        begun = update(inbox).where(_are_ours(owner, ids))
        begun = begun.values(begun_at=now, lease_until=now + hold_for)
        rows = await connection.execute(begun.returning(inbox.c.id))
        return frozenset(rows.scalars())


async def hold(store: Store, owner: str, ids: Collection[int], hold_for: timedelta) -> None:
    """Keep events in hand that take long."""
    async with store.writing() as connection:
        until = await store_now(store, connection) + hold_for
        held = update(inbox).where(_are_ours(owner, ids))
        await connection.execute(held.values(lease_until=until))


async def finish(store: Store, owner: str, ids: Collection[int]) -> None:
    """Note that events are worked off, and let go of what they said."""
    async with store.writing() as connection:
        now = await store_now(store, connection)
        done = update(inbox).where(_are_ours(owner, ids))
        await connection.execute(done.values(done_at=now, body=b"", owner=None, lease_until=None))


async def put_back(
    store: Store, owner: str, ids: Collection[int], wait: timedelta, *, was_begun: bool = False
) -> None:
    """Leave events for another try.

    Args:
        store: where they are.
        owner: us.
        ids: which.
        wait: how long before the next try.
        was_begun: whether a part of an answer may have left.
    """
    async with store.writing() as connection:
        until = await store_now(store, connection) + wait
        left = update(inbox).where(_are_ours(owner, ids)).values(owner=None, lease_until=until)
        await connection.execute(left if was_begun else left.values(begun_at=None))


async def take_from_the_dead(store: Store, channel: str) -> int:
    """Free what other processes have in hand, where we are the only one alive; say how many."""
    theirs = update(inbox).where(
        inbox.c.channel == channel, inbox.c.done_at.is_(None), inbox.c.owner.is_not(None)
    )
    async with store.writing() as connection:
        freed = await connection.execute(theirs.values(owner=None, lease_until=None))
        return freed.rowcount


async def sweep(store: Store, channel: str) -> int:
    """Forget what was worked off long ago; say how many."""
    async with store.writing() as connection:
        before = await store_now(store, connection) - KNOWN_FOR
        old = delete(inbox).where(inbox.c.channel == channel, inbox.c.done_at < before)
        return (await connection.execute(old)).rowcount


async def known_of(store: Store, chat: ChatId) -> list[dict[str, str]]:
    """Say for a chat's own eyes what is kept: when something came, and whether it is answered."""
    query = select(inbox.c.sent_at, inbox.c.done_at).where(
        inbox.c.channel == chat.channel, inbox.c.chat == chat.chat
    )
    async with store.reading() as connection:
        rows = (await connection.execute(query.order_by(inbox.c.sent_at))).all()
    return [
        {"sent_at": row.sent_at.isoformat(), "state": "answered" if row.done_at else "open"}
        for row in rows
    ]


async def forget_worked_off(store: Store, chat: ChatId) -> None:
    """Delete what is kept of a chat, but for what is being answered just now."""
    of_chat = and_(inbox.c.channel == chat.channel, inbox.c.chat == chat.chat)
    async with store.writing() as connection:
        await connection.execute(delete(inbox).where(of_chat, inbox.c.done_at.is_not(None)))


def _are_ours(owner: str, ids: Collection[int]) -> ColumnElement[bool]:
    return and_(inbox.c.id.in_(list(ids)), inbox.c.owner == owner, inbox.c.done_at.is_(None))
