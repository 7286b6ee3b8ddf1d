"""Deliveries that are due are claimed, or put back where the claim got lost.

A claim is committed before the first byte of its message leaves, so that a crash
leaves a row in `sending`, and never a message that nobody knows of.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.delivery.due import Due
from bot.delivery.queries.rows import PENDING_AGAIN, RUNNING, FencedError, told_apart
from bot.delivery.verdict import State
from bot.store.engine import Store
from bot.store.lease import Lease
from bot.store.schema import announcements, deliveries, leases, pauses

HOLD = timedelta(seconds=30)
"""How long a claimed delivery may take; longer than any request to a platform waits."""

_RANKS = 20


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
    async with told_apart(), store.writing() as connection:
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
            or_(d.announcement.is_(None), a.state == RUNNING),
        )
        .order_by(d.rank, d.not_before, d.id)
        .with_for_update(skip_locked=True, of=deliveries)
    )


def _due(row: Any) -> Due:
    values = dict(row._mapping)  # noqa: SLF001 - its documented name, underscored against clashes
    resends, tells_anew = (bool(values.pop(name)) for name in ("resend_unsure", "tells_anew"))
    return Due(**values | {"urgency": row.urgency or 0}, resends=resends, tells_anew=tells_anew)


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
    async with told_apart(), store.writing() as connection:
        done = await connection.execute(lost.values(**PENDING_AGAIN))
    return done.rowcount
