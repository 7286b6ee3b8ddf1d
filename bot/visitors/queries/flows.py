"""`Flows` in the database."""

import datetime as dt

from sqlalchemy import delete, select

from bot.messaging.message import ChatId
from bot.store.engine import Store
from bot.store.schema import flows
from bot.visitors.flows import Flow
from bot.visitors.queries.rows import is_of


class SqlFlows:
    """Keeps flows in the database."""

    def __init__(self, store: Store) -> None:
        """Keep them in `store`."""
        self._store = store

    async def open_in(self, chat: ChatId, now: dt.datetime) -> Flow | None:
        """Give the flow that the chat is in, unless it is over by `now`."""
        query = select(flows).where(is_of(flows, chat), flows.c.until > now)
        async with self._store.reading() as connection:
            row = (await connection.execute(query)).first()
        return Flow(row.name, row.state, row.until) if row else None

    async def keep(self, chat: ChatId, flow: Flow) -> None:
        """Keep where the chat is now; whatever flow it was in before ends."""
        values = {"name": flow.name, "state": dict(flow.state), "until": flow.until}
        row = self._store.insert(flows).values(channel=chat.channel, chat=chat.chat, **values)
        row = row.on_conflict_do_update(index_elements=["channel", "chat"], set_=values)
        async with self._store.writing() as connection:
            await connection.execute(row)

    async def end(self, chat: ChatId) -> None:
        """Forget the flow of the chat."""
        async with self._store.writing() as connection:
            await connection.execute(delete(flows).where(is_of(flows, chat)))


async def forget_unfinished(store: Store, now: dt.datetime) -> None:
    """Delete what was told in conversations that nobody went on with, on the chat page too."""
    over = flows.c.until <= now
    async with store.reading() as connection:
        if (await connection.execute(select(flows.c.name).where(over).limit(1))).first() is None:
            return
    async with store.writing() as connection:
        await connection.execute(delete(flows).where(over))
