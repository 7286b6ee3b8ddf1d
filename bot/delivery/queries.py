"""The deliveries table as a queue: claimed, marked, swept.

    pending ──claim──► sending(owner, epoch, lease_until) ──mark──► sent · failed · waiting · …
       ▲                        │
       └── again, resend ───────┴──the lease ran out──► uncertain

A claim is committed before the first byte of its message leaves, so that a crash
leaves a row in `sending`, and never a message that nobody knows of. A mark counts
only from whoever claimed the row, under the same lease.
"""

import contextlib
from collections.abc import AsyncIterator, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Table,
    and_,
    bindparam,
    delete,
    exists,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.delivery.due import Due
from bot.delivery.verdict import OPEN, State, Verdict
from bot.messaging.message import ChatId
from bot.store.engine import Store
from bot.store.lease import Lease, give_back, is_free, take_lease
from bot.store.schema import announcements, deliveries, flows, leases, pauses, saved, visitors
from bot.store.wakeups import count_up

HOLD = timedelta(seconds=30)
"""How long a claimed delivery may take; longer than any request to a platform waits."""

WAKEUP = "deliveries"
"""What is counted up when deliveries were written that may be due."""

_RANKS = 20

_RUNNING = "running"


class StoreDownError(Exception):
    """The database does not take or give anything just now."""


class FencedError(Exception):
    """Somebody else has taken the lease since."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A verdict on a delivery that was claimed under `lease`."""

    due: Due
    lease: Lease
    verdict: Verdict


async def hold(store: Store, channel: str, owner: str, lasts: timedelta) -> Lease | None:
    """Take or keep the right to send by a channel; `None` while somebody else has it."""
    async with _told_apart():
        return await take_lease(store, f"sender:{channel}", owner, lasts)


async def may_hold(store: Store, channel: str, lasts: timedelta) -> bool:
    """Say whether nobody has the right to send by a channel now."""
    async with _told_apart():
        return await is_free(store, f"sender:{channel}", lasts)


async def let_go(store: Store, lease: Lease) -> None:
    """Give the right to send back."""
    async with _told_apart():
        await give_back(store, lease)


async def claim(
    store: Store,
    lease: Lease,
    channel: str,
    count: int,
    now: datetime,
    hold_for: timedelta = HOLD,
) -> tuple[Due, ...]:
    """Claim up to `count` deliveries that are due, the most urgent first.

    Raises:
        FencedError: the lease is no longer the newest.
        StoreDownError: nothing is known to be claimed; see `put_back_unknown`.
    """
    async with _told_apart(), store.writing() as connection:
        await _check_newest(connection, lease)
        waits = select(pauses.c.until).where(pauses.c.channel == channel, pauses.c.until > now)
        if (await connection.execute(waits)).first() is not None:
            return ()
        rows = await _pick(connection, channel, count, now)
        if rows:
            taken = update(deliveries).where(deliveries.c.id.in_([row.id for row in rows]))
            await connection.execute(
                taken.values(
                    state=State.SENDING,
                    owner=lease.owner,
                    epoch=lease.epoch,
                    lease_until=now + hold_for,
                )
            )
    return tuple(_due(row) for row in rows)


async def _check_newest(connection: AsyncConnection, lease: Lease) -> None:
    # Locked, so that nobody takes the lease between this look and our commit.
    newest = select(leases.c.epoch).where(
        leases.c.name == lease.name, leases.c.owner == lease.owner, leases.c.epoch == lease.epoch
    )
    if (await connection.execute(newest.with_for_update(read=True))).first() is None:
        raise FencedError(lease.name)


async def _pick(
    connection: AsyncConnection, channel: str, count: int, now: datetime
) -> Sequence[Any]:
    """Lock what is due: rank by rank, so that the index leads past all that is for later."""
    ranks = (await connection.execute(_pending_ranks(channel))).scalars().all()
    wanted: list[ColumnElement[bool]] = [deliveries.c.rank == rank for rank in ranks]
    if len(ranks) == _RANKS:
        wanted.append(deliveries.c.rank > ranks[-1])
    rows: list[Any] = []
    for of_rank in wanted:
        if len(rows) < count:
            query = _due_now(channel, now).where(of_rank).limit(count - len(rows))
            rows += (await connection.execute(query)).all()
    return rows


def _pending_ranks(channel: str) -> Select[Any]:
    """List the ranks of what is pending, lowest first, one step of the index for each."""
    is_pending = and_(deliveries.c.channel == channel, deliveries.c.state == State.PENDING)
    lowest = select(func.min(deliveries.c.rank)).where(is_pending).scalar_subquery()
    ranks = select(lowest.label("rank")).cte("ranks", recursive=True)
    next_one = (
        select(func.min(deliveries.c.rank))
        .where(is_pending, deliveries.c.rank > ranks.c.rank)
        .correlate(ranks)
        .scalar_subquery()
    )
    ranks = ranks.union_all(select(next_one).where(ranks.c.rank.is_not(None)))
    return select(ranks.c.rank).where(ranks.c.rank.is_not(None)).limit(_RANKS)


def _due_now(channel: str, now: datetime) -> Select[Any]:
    d, a = deliveries.c, announcements.c
    columns = (d.id, d.subject, d.announcement, d.channel, d.chat, d.tries, d.message_id)
    return (
        select(*columns, d.not_before, d.expires_at, a.urgency, a.resend_unsure, a.tells_anew)
        .select_from(deliveries.outerjoin(announcements, a.id == d.announcement))
        .where(
            d.channel == channel,
            d.state == State.PENDING,
            d.not_before <= now,
            or_(d.expires_at.is_(None), d.expires_at > now),
            or_(d.announcement.is_(None), a.state == _RUNNING),
        )
        .order_by(d.rank, d.not_before, d.id)
        .with_for_update(skip_locked=True, of=deliveries)
    )


def _due(row: Any) -> Due:
    values = dict(row._mapping)  # noqa: SLF001 - its documented name, underscored against clashes
    resends, tells_anew = (bool(values.pop(name)) for name in ("resend_unsure", "tells_anew"))
    return Due(**values | {"urgency": row.urgency or 0}, resends=resends, tells_anew=tells_anew)


async def mark(store: Store, marks: Sequence[Mark], now: datetime) -> tuple[int, ...]:
    """Write verdicts, and what follows from them, in one transaction.

    A verdict on a row that was swept as uncertain meanwhile still counts; one on a row
    that somebody else has claimed since does not.

    Returns:
        The announcements that are paused by this.
    """
    async with _told_apart(), store.writing() as connection:
        await connection.execute(_MARK, [_values(mark, now) for mark in marks])
        for one in marks:
            await _follow(store, connection, one, now)
        return await _pause_announcements(connection, marks)


_MARK = (
    update(deliveries)
    .where(
        deliveries.c.id == bindparam("at"),
        deliveries.c.owner == bindparam("by"),
        deliveries.c.epoch == bindparam("under"),
        # Not `in_`, which many statements at once cannot have.
        or_(deliveries.c.state == State.SENDING, deliveries.c.state == State.UNCERTAIN),
    )
    .values(
        state=bindparam("new_state"),
        tries=bindparam("new_tries"),
        reason=bindparam("new_reason"),
        message_id=func.coalesce(
            bindparam("new_message_id", type_=deliveries.c.message_id.type), deliveries.c.message_id
        ),
        not_before=func.coalesce(
            bindparam("new_not_before", type_=deliveries.c.not_before.type), deliveries.c.not_before
        ),
        owner=bindparam("new_owner"),
        epoch=bindparam("new_epoch"),
        settled_at=bindparam("new_settled_at"),
        lease_until=None,
    )
)


def _values(mark: Mark, now: datetime) -> dict[str, Any]:
    verdict = mark.verdict
    is_again = verdict.state is State.PENDING
    return {
        "at": mark.due.id,
        "by": mark.lease.owner,
        "under": mark.lease.epoch,
        "new_state": verdict.state.value,
        "new_tries": verdict.tries,
        "new_reason": verdict.reason,
        "new_message_id": verdict.message_id,
        "new_not_before": verdict.not_before,
        "new_owner": None if is_again else mark.lease.owner,
        "new_epoch": None if is_again else mark.lease.epoch,
        "new_settled_at": None if verdict.state in OPEN else now,
    }


async def _follow(store: Store, connection: AsyncConnection, mark: Mark, now: datetime) -> None:
    verdict, channel, chat = mark.verdict, mark.due.channel, mark.due.chat
    if verdict.is_gone:
        unreachable = update(visitors).values(unreachable_since=now)
        await connection.execute(
            unreachable.where(
                _is_of(visitors, channel, chat), visitors.c.unreachable_since.is_(None)
            )
        )
    if verdict.moved_to:
        await _move(connection, ChatId(channel, chat), verdict.moved_to)
    if verdict.pauses is not None:
        await _pause(store, connection, channel, now + verdict.pauses, verdict.reason or "")


async def _pause_announcements(
    connection: AsyncConnection, marks: Iterable[Mark]
) -> tuple[int, ...]:
    reasons = {m.due.announcement: m.verdict.halts for m in marks if m.verdict.halts}
    paused = []
    for announcement, reason in reasons.items():
        row = update(announcements).where(
            announcements.c.id == announcement, announcements.c.state == _RUNNING
        )
        row = row.values(state="paused", halted_because=reason).returning(announcements.c.id)
        paused += (await connection.execute(row)).scalars().all()
    return tuple(paused)


async def _pause(
    store: Store, connection: AsyncConnection, channel: str, until: datetime, reason: str
) -> None:
    row = store.insert(pauses).values(channel=channel, until=until, reason=reason)
    row = row.on_conflict_do_update(
        index_elements=["channel"],
        set_={"until": until, "reason": reason},
        where=pauses.c.until < until,
    )
    await connection.execute(row)


async def _move(connection: AsyncConnection, old: ChatId, new: str) -> None:
    """Write the new address of a chat wherever the old one is kept."""
    for table, key in ((visitors, None), (flows, None), (saved, "record"), (deliveries, "subject")):
        there = table.alias()
        is_there = exists().where(there.c.channel == old.channel, there.c.chat == new)
        if key:
            is_there = is_there.where(there.c[key] == table.c[key])
        is_old = _is_of(table, old.channel, old.chat)
        await connection.execute(update(table).where(is_old, ~is_there).values(chat=new))
        if table is deliveries:
            doubled = update(deliveries).where(is_old, deliveries.c.state == State.PENDING)
            reason = "the chat has a new address, which gets it too"
            await connection.execute(doubled.values(state=State.SKIPPED, reason=reason))
        else:
            await connection.execute(delete(table).where(is_old))


async def put_back_unknown(store: Store, channel: str, owner: str, known: Collection[int]) -> int:
    """Put back what was claimed in our name by a commit whose answer got lost: nothing left yet.

    Args:
        store: where.
        channel: the platform.
        owner: us.
        known: what is in our hands.

    Returns:
        How many there were.
    """
    lost = update(deliveries).where(
        deliveries.c.channel == channel,
        deliveries.c.state.in_([State.SENDING, State.UNCERTAIN]),
        deliveries.c.owner == owner,
        deliveries.c.lease_until.is_not(None),
        deliveries.c.id.not_in(list(known)),
    )
    async with _told_apart(), store.writing() as connection:
        done = await connection.execute(lost.values(**_PENDING_AGAIN))
    return done.rowcount


_PENDING_AGAIN: dict[str, Any] = {
    "state": State.PENDING,
    "owner": None,
    "epoch": None,
    "lease_until": None,
}


async def sweep(store: Store, lease: Lease, channel: str, now: datetime) -> int:
    """Settle what senders left behind: uncertain, or due again where rather twice than never.

    Who holds the lease sweeps. What was claimed under it is left alone: that is in hand,
    whatever a clock that jumped may say.

    Returns:
        How many there were.
    """
    is_left = and_(
        deliveries.c.channel == channel,
        deliveries.c.state == State.SENDING,
        deliveries.c.lease_until <= now,
        or_(deliveries.c.owner != lease.owner, deliveries.c.epoch != lease.epoch),
    )
    resends = exists().where(
        announcements.c.id == deliveries.c.announcement, announcements.c.resend_unsure
    )
    reason = "the sender was stopped at this very moment"
    async with _told_apart(), store.writing() as connection:
        again = await connection.execute(
            update(deliveries).where(is_left, resends).values(**_PENDING_AGAIN)
        )
        unsure = await connection.execute(
            update(deliveries)
            .where(is_left)
            .values(state=State.UNCERTAIN, reason=reason, settled_at=now)
        )
    return again.rowcount + unsure.rowcount


async def expire(store: Store, channel: str, now: datetime) -> int:
    """Let go what is too late by now.

    Returns:
        How many there were.
    """
    late = update(deliveries).where(
        deliveries.c.channel == channel,
        deliveries.c.state.in_([State.PENDING, State.WAITING]),
        deliveries.c.expires_at <= now,
    )
    async with _told_apart(), store.writing() as connection:
        done = await connection.execute(late.values(state=State.EXPIRED, settled_at=now))
    return done.rowcount


async def finish(store: Store) -> tuple[int, ...]:
    """Call the announcements done of which nothing is left to send; give which."""
    left = exists().where(
        deliveries.c.announcement == announcements.c.id, deliveries.c.state.in_(OPEN)
    )
    over = update(announcements).where(
        announcements.c.state == _RUNNING, announcements.c.is_expanded, ~left
    )
    async with _told_apart(), store.writing() as connection:
        done = await connection.execute(over.values(state="done").returning(announcements.c.id))
        return tuple(done.scalars().all())


async def echoed(store: Store, delivery: int, chat: ChatId, message_id: str, now: datetime) -> bool:
    """Note that a platform has shown a delivery to us as sent, whatever became of its answer.

    It counts before the verdict of the sender and after it, and keeps what is due again
    from being sent twice. What was settled otherwise is left alone.

    Args:
        store: where.
        delivery: its id, as the platform gave it back.
        chat: who got it; somebody else's is not this one.
        message_id: the platform's.
        now: when.

    Returns:
        Whether it was open until now.
    """
    shown = update(deliveries).where(
        deliveries.c.id == delivery,
        _is_of(deliveries, chat.channel, chat.chat),
        deliveries.c.state.in_([State.SENDING, State.UNCERTAIN, State.PENDING]),
    )
    sent = shown.values(
        state=State.SENT, message_id=message_id, reason=None, settled_at=now, lease_until=None
    )
    async with _told_apart(), store.writing() as connection:
        done = await connection.execute(sent)
    return bool(done.rowcount)


async def counts(store: Store, announcement: int) -> dict[str, int]:
    """Count an announcement's deliveries by their states."""
    number = func.count().label("number")
    query = select(deliveries.c.state, number).where(deliveries.c.announcement == announcement)
    async with _told_apart(), store.reading() as connection:
        rows = (await connection.execute(query.group_by(deliveries.c.state))).all()
    return {row.state: row.number for row in rows}


async def chats_in(store: Store, announcement: int, state: State) -> tuple[ChatId, ...]:
    """List the chats whose deliveries stand there."""
    query = select(deliveries.c.channel, deliveries.c.chat).where(
        deliveries.c.announcement == announcement, deliveries.c.state == state
    )
    async with _told_apart(), store.reading() as connection:
        rows = (await connection.execute(query.order_by(deliveries.c.id))).all()
    return tuple(ChatId(row.channel, row.chat) for row in rows)


async def reasons_for(store: Store, announcement: int, state: State) -> tuple[tuple[str, int], ...]:
    """Count the reasons of deliveries that stand there, the most frequent first."""
    number = func.count().label("number")
    query = (
        select(deliveries.c.reason, number)
        .where(deliveries.c.announcement == announcement, deliveries.c.state == state)
        .group_by(deliveries.c.reason)
        .order_by(number.desc(), deliveries.c.reason)
    )
    async with _told_apart(), store.reading() as connection:
        rows = (await connection.execute(query)).all()
    return tuple((row.reason or "", row.number) for row in rows)


async def again(store: Store, announcement: int, states: Collection[str]) -> int:
    """Make deliveries due again that stand there, and let their announcement run."""
    wanted = update(deliveries).where(
        deliveries.c.announcement == announcement, deliveries.c.state.in_(list(states))
    )
    async with _told_apart(), store.writing() as connection:
        done = await connection.execute(
            wanted.values(**_PENDING_AGAIN, tries=0, reason=None, settled_at=None)
        )
        is_done = and_(announcements.c.id == announcement, announcements.c.state == "done")
        if done.rowcount:
            await connection.execute(update(announcements).where(is_done).values(state=_RUNNING))
            await count_up(store, connection, WAKEUP)
    return done.rowcount


def _is_of(table: Table, channel: str, chat: str) -> ColumnElement[bool]:
    return and_(table.c.channel == channel, table.c.chat == chat)


@contextlib.asynccontextmanager
async def _told_apart() -> AsyncIterator[None]:
    """Tell a database that is out of order, which comes back, from a mistake of ours."""
    try:
        yield
    except (OperationalError, InterfaceError, PoolTimeoutError, OSError) as error:
        reason = str(getattr(error, "orig", None) or type(error).__name__)
        raise StoreDownError(reason.strip().splitlines()[0]) from error
