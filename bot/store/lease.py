"""One at a time: who holds a lease may do what must not be done twice at once.

A lease runs out by itself, so that another takes over when its owner is killed. Each
change of owner counts the epoch up; what is written with an older epoch is refused by
whoever checks it (a fencing token, as in Kleppmann, "How to do distributed locking", 2016).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import case, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import real_clock
from bot.store.engine import Store
from bot.store.schema import leases

ASTRAY = timedelta(minutes=1)
"""A lease that lasts so much longer than it may was taken before the clock was put back."""


@dataclass(frozen=True, slots=True)
class Lease:
    """What somebody holds until a moment, by the database's clock."""

    name: str
    owner: str
    epoch: int
    until: datetime


async def store_now(store: Store, connection: AsyncConnection) -> datetime:
    """Say what time it is for all processes: PostgreSQL's clock, or the machine's with SQLite."""
    if not store.is_postgres:
        return real_clock()
    moment: datetime = (await connection.execute(text("SELECT clock_timestamp()"))).scalar_one()
    return moment


async def take_lease(store: Store, name: str, owner: str, lasts: timedelta) -> Lease | None:
    """Take a lease that is free or run out, or make one's own last longer.

    Whoever takes a lease by one name takes it for equally long.

    Returns:
        The lease; `None` while somebody else holds it.
    """
    async with store.writing() as connection:
        now = await store_now(store, connection)
        until = now + lasts
        is_still_ours = (leases.c.owner == owner) & (leases.c.until > now)
        row = store.insert(leases).values(name=name, owner=owner, epoch=1, until=until)
        row = row.on_conflict_do_update(
            index_elements=["name"],
            set_={
                "owner": owner,
                "until": until,
                "epoch": case((is_still_ours, leases.c.epoch), else_=leases.c.epoch + 1),
            },
            where=or_(
                leases.c.owner == owner, leases.c.until <= now, leases.c.until > until + ASTRAY
            ),
        )
        epoch = (await connection.execute(row.returning(leases.c.epoch))).scalar()
    return Lease(name, owner, epoch, until) if epoch is not None else None


async def give_back(store: Store, lease: Lease) -> None:
    """Let the next one have it at once."""
    async with store.writing() as connection:
        now = await store_now(store, connection)
        await connection.execute(
            update(leases)
            .where(leases.c.name == lease.name, leases.c.epoch == lease.epoch)
            .values(until=now)
        )


async def holder(store: Store, name: str) -> Lease | None:
    """Say who holds a lease now."""
    async with store.reading() as connection:
        now = await store_now(store, connection)
        found = select(leases).where(leases.c.name == name, leases.c.until > now)
        row = (await connection.execute(found)).first()
    return Lease(row.name, row.owner, row.epoch, row.until) if row else None


async def is_free(store: Store, name: str, lasts: timedelta) -> bool:
    """Say whether a lease could be taken now, without a try that writes."""
    async with store.reading() as connection:
        now = await store_now(store, connection)
        held = select(leases.c.until).where(
            leases.c.name == name, leases.c.until > now, leases.c.until <= now + lasts + ASTRAY
        )
        return (await connection.execute(held)).first() is None
