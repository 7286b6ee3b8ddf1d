"""Chats in which a person answers instead of the bot, until it is given back or time passes."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.messaging.message import ChatId
from bot.store.engine import Store
from bot.store.schema import takeovers
from bot.visitors.queries.rows import is_of

SILENT_FOR = timedelta(hours=24)
"""How long after the last word of a person the bot stays silent."""


async def take_over(
    store: Store, connection: AsyncConnection, chat: ChatId, since: datetime
) -> None:
    """Keep within a transaction that a person answers; what is older changes nothing."""
    row = store.insert(takeovers).values(
        channel=chat.channel, chat=chat.chat, since=since, until=since + SILENT_FOR
    )
    row = row.on_conflict_do_update(
        index_elements=["channel", "chat"],
        set_={"since": row.excluded.since, "until": row.excluded.until},
        where=takeovers.c.since < row.excluded.since,
    )
    await connection.execute(row)


async def give_back(connection: AsyncConnection, chat: ChatId, since: datetime) -> None:
    """Keep within a transaction that the bot answers again, unless a person wrote later."""
    over = delete(takeovers).where(is_of(takeovers, chat), takeovers.c.since <= since)
    await connection.execute(over)


async def taken_over(
    store: Store, channel: str, chats: Collection[str], now: datetime
) -> frozenset[str]:
    """Say in which of some chats a person answers."""
    query = select(takeovers.c.chat).where(
        takeovers.c.channel == channel,
        takeovers.c.chat.in_(list(chats)),
        takeovers.c.until > now,
    )
    async with store.reading() as connection:
        return frozenset((await connection.execute(query)).scalars())


async def sweep(store: Store, now: datetime) -> None:
    """Forget those that are over."""
    async with store.writing() as connection:
        await connection.execute(delete(takeovers).where(takeovers.c.until <= now))
