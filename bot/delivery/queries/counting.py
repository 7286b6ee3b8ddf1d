"""How an announcement's deliveries stand."""

from sqlalchemy import func, select

from bot.delivery.queries.rows import told_apart
from bot.delivery.verdict import State
from bot.messaging.message import ChatId
from bot.store.engine import Store
from bot.store.schema import deliveries


async def counts(store: Store, announcement: int) -> dict[str, int]:
    """Count an announcement's deliveries by their states."""
    number = func.count().label("number")
    query = select(deliveries.c.state, number).where(deliveries.c.announcement == announcement)
    async with told_apart(), store.reading() as connection:
        rows = (await connection.execute(query.group_by(deliveries.c.state))).all()
    return {row.state: row.number for row in rows}


async def chats_in(store: Store, announcement: int, state: State) -> tuple[ChatId, ...]:
    """List the chats whose deliveries stand there."""
    query = select(deliveries.c.channel, deliveries.c.chat).where(
        deliveries.c.announcement == announcement, deliveries.c.state == state
    )
    async with told_apart(), store.reading() as connection:
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
    async with told_apart(), store.reading() as connection:
        rows = (await connection.execute(query)).all()
    return tuple((row.reason or "", row.number) for row in rows)
