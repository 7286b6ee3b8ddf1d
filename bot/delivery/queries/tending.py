"""What is swept, too late, finished, or due once more."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import and_, exists, or_, update

from bot.delivery.queries.rows import PENDING_AGAIN, RUNNING, WAKEUP, told_apart
from bot.delivery.verdict import OPEN, State
from bot.store.engine import Store
from bot.store.lease import Lease
from bot.store.schema import announcements, deliveries
from bot.store.wakeups import count_up


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
    async with told_apart(), store.writing() as connection:
        again = await connection.execute(
            update(deliveries).where(is_left, resends).values(**PENDING_AGAIN)
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
    async with told_apart(), store.writing() as connection:
        done = await connection.execute(late.values(state=State.EXPIRED, settled_at=now))
    return done.rowcount


async def finish(store: Store) -> tuple[int, ...]:
    """Call the announcements done of which nothing is left to send; give which."""
    left = exists().where(
        deliveries.c.announcement == announcements.c.id, deliveries.c.state.in_(OPEN)
    )
    over = update(announcements).where(
        announcements.c.state == RUNNING, announcements.c.is_expanded, ~left
    )
    async with told_apart(), store.writing() as connection:
        done = await connection.execute(over.values(state="done").returning(announcements.c.id))
        return tuple(done.scalars().all())


async def again(store: Store, announcement: int, states: Collection[str]) -> int:
    """Make deliveries due again that stand there, and let their announcement run."""
    wanted = update(deliveries).where(
        deliveries.c.announcement == announcement, deliveries.c.state.in_(list(states))
    )
    async with told_apart(), store.writing() as connection:
        done = await connection.execute(
            wanted.values(**PENDING_AGAIN, tries=0, reason=None, settled_at=None)
        )
        is_done = and_(announcements.c.id == announcement, announcements.c.state == "done")
        if done.rowcount:
            await connection.execute(update(announcements).where(is_done).values(state=RUNNING))
            await count_up(store, connection, WAKEUP)
    return done.rowcount
