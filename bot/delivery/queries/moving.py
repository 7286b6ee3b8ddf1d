"""A chat gets a new address, as a group does that becomes a supergroup."""

from sqlalchemy import delete, exists, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.delivery.verdict import State
from bot.messaging.message import ChatId
from bot.store.schema import deliveries, flows, saved, visitors
from bot.visitors.queries.rows import is_of


async def move(connection: AsyncConnection, old: ChatId, new: str) -> None:
    """Write the new address of a chat wherever the old one is kept."""
    for table, key in ((visitors, None), (flows, None), (saved, "record"), (deliveries, "subject")):
        there = table.alias()
        is_there = exists().where(there.c.channel == old.channel, there.c.chat == new)
        if key:
            is_there = is_there.where(there.c[key] == table.c[key])
        is_old = is_of(table, old)
        await connection.execute(update(table).where(is_old, ~is_there).values(chat=new))
        if table is deliveries:
            doubled = update(deliveries).where(is_old, deliveries.c.state == State.PENDING)
            reason = "the chat has a new address, which gets it too"
            await connection.execute(doubled.values(state=State.SKIPPED, reason=reason))
        else:
            await connection.execute(delete(table).where(is_old))
