"""Messages of ours that a platform has told us of: they surely arrived.

Where the answer to a call is lost, the echo of its message says that it went. Each message
carries a reference of ours, and the echo brings it back.
"""

from collections.abc import Collection
from datetime import timedelta

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.engine import Store
from bot.store.lease import store_now
from bot.store.schema import echoes

KNOWN_FOR = timedelta(days=2)

REFERENCE_LIMIT = 120


async def note(
    store: Store, connection: AsyncConnection, channel: str, references: Collection[str]
) -> None:
    """Keep within a transaction that messages arrived."""
    known = {reference for reference in references if len(reference) <= REFERENCE_LIMIT}
    if known:
        now = await store_now(store, connection)
        row = store.insert(echoes).on_conflict_do_nothing()
        rows = [{"channel": channel, "reference": one, "at": now} for one in sorted(known)]
        await connection.execute(row, rows)


async def arrived(store: Store, channel: str, references: Collection[str]) -> frozenset[str]:
    """Say which messages are known to have arrived."""
    query = select(echoes.c.reference).where(
        echoes.c.channel == channel, echoes.c.reference.in_(list(references))
    )
    async with store.reading() as connection:
        return frozenset((await connection.execute(query)).scalars())


async def are_told(store: Store, channel: str) -> bool:
    """Say whether the platform tells us of our messages at all: without, silence says nothing."""
    query = select(echoes.c.at).where(echoes.c.channel == channel).limit(1)
    async with store.reading() as connection:
        return (await connection.execute(query)).first() is not None


async def sweep(store: Store, channel: str) -> int:
    """Forget old ones; say how many."""
    async with store.writing() as connection:
        before = await store_now(store, connection) - KNOWN_FOR
        old = delete(echoes).where(echoes.c.channel == channel, echoes.c.at < before)
        return (await connection.execute(old)).rowcount
