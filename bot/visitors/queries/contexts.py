"""What a chat talked about last, where every process finds it."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, select

from bot.messaging.message import ChatId
from bot.store.engine import Store
from bot.store.schema import contexts
from bot.visitors.queries.rows import is_of


class SqlStates:
    """Keeps a few lines of JSON for each chat, for as long as they are wanted."""

    def __init__(self, store: Store) -> None:
        """Keep them in `store`."""
        self._store = store

    async def state_of(self, chat: ChatId, now: dt.datetime) -> Mapping[str, Any] | None:
        """Give what is kept; `None` where nothing is, or it is over by `now`."""
        query = select(contexts.c.state).where(is_of(contexts, chat), contexts.c.until > now)
        async with self._store.reading() as connection:
            state: Mapping[str, Any] | None = (await connection.execute(query)).scalar()
        return state

    async def keep_state(self, chat: ChatId, state: Mapping[str, Any], until: dt.datetime) -> None:
        """Keep it in place of what was kept before."""
        values = {"state": dict(state), "until": until}
        row = self._store.insert(contexts).values(channel=chat.channel, chat=chat.chat, **values)
        row = row.on_conflict_do_update(index_elements=["channel", "chat"], set_=values)
        async with self._store.writing() as connection:
            await connection.execute(row)

    async def forget_state(self, chat: ChatId) -> None:
        """Delete it."""
        async with self._store.writing() as connection:
            await connection.execute(delete(contexts).where(is_of(contexts, chat)))

    async def forget_old(self, now: dt.datetime) -> None:
        """Delete what is over."""
        async with self._store.writing() as connection:
            await connection.execute(delete(contexts).where(contexts.c.until <= now))
