"""`Visitors` and `Personal` in the database."""

import asyncio
import datetime as dt
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from types import MappingProxyType
from typing import Any, TypeVar

from sqlalchemy import delete, exists, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import Clock, real_clock
from bot.messaging.languages import Language
from bot.messaging.message import ChatId
from bot.store.engine import Store
from bot.store.schema import (
    contexts,
    deliveries,
    flows,
    letters,
    saved,
    signups,
    staff,
    survey_done,
    takeovers,
    visitors,
)
from bot.visitors.memory import (
    REMIND_MINUTES,
    Choices,
    Wants,
    new_calendar_key,
)
from bot.visitors.queries.questions import SqlQuestions
from bot.visitors.queries.rows import is_of

Value = TypeVar("Value")

CACHE_LIMIT = 10_000
"""Chats whose language is held in memory, so that an answer needs no look into the database."""

_ABOUT_CHATS = (
    *(visitors, saved, flows, contexts, deliveries, letters, survey_done, takeovers, staff),
)


Forget = Callable[[ChatId], Awaitable[None]]
Export = Callable[[ChatId], Awaitable[Any]]


class SqlVisitors(SqlQuestions):
    """Keeps visitors in the database; languages also in a bounded cache."""

    def __init__(
        self,
        store: Store,
        clock: Clock = real_clock,
        *,
        reachable: Collection[str] = (),
        also_forget: Sequence[Forget] = (),
        also_export: Mapping[str, Export] = MappingProxyType({}),
    ) -> None:
        """Keep it in `store`.

        Args:
            store: the open database.
            clock: dates when a chat joined and wrote last.
            reachable: the channels on which we can write to somebody unasked; of chats
                on others nothing is kept that they did not ask us to keep.
            also_forget: what other features delete with a visitor.
            also_export: what they keep about one, by the name it has in the export.
        """
        super().__init__(store)
        self._clock = clock
        self._reachable = frozenset(reachable)
        self._also_forget = tuple(also_forget)
        self._also_export = also_export
        self._languages: dict[ChatId, Language | None] = {}
        self._looked: dict[ChatId, dt.datetime | None] = {}
        self._last_met: dict[ChatId, tuple[dt.datetime, Language]] = {}
        self._unwritten: dict[ChatId, tuple[dt.datetime, Language]] = {}
        # A meeting that is being written must not bring back a chat that is being forgotten.
        self._writing_meetings = asyncio.Lock()

    async def language_of(self, chat: ChatId) -> Language | None:
        """Say which language the chat chose; `None` where it chose none."""
        if chat in self._languages:
            return self._languages[chat]
        query = select(visitors.c.language).where(is_of(visitors, chat))
        async with self._store.reading() as connection:
            kept = (await connection.execute(query)).scalar()
        language = Language(kept) if kept else None
        if not self._store.is_postgres:
            # On PostgreSQL another process may hear the next choice.
            _cache(self._languages, chat, language)
        return language

    async def choose_language(self, chat: ChatId, language: Language) -> None:
        """Keep that the chat wants this language."""
        async with self._store.writing() as connection:
            await self._keep(connection, chat, language=language.value)
        if not self._store.is_postgres:
            _cache(self._languages, chat, language)

    def meet(self, chat: ChatId, spoken: Language) -> None:
        """Note that the chat has just written; `write_meetings` keeps it, to the minute."""
        if chat.channel not in self._reachable or chat.is_group:
            return
        met = (self._clock().replace(second=0, microsecond=0), spoken)
        if self._last_met.get(chat) != met:
            _cache(self._last_met, chat, met)
            self._unwritten[chat] = met

    async def write_meetings(self) -> None:
        """Write down who has written since the last time; whoever writes can be reached."""
        async with self._writing_meetings:
            met = dict(self._unwritten)
            if not met:
                return
            rows = [
                _new_visitor(chat, at)
                | {"last_inbound_at": at, "spoken": spoken.value, "unreachable_since": None}
                for chat, (at, spoken) in met.items()
            ]
            row = self._store.insert(visitors)
            row = row.on_conflict_do_update(
                index_elements=["channel", "chat"],
                set_={
                    name: row.excluded[name]
                    for name in ("last_inbound_at", "spoken", "unreachable_since")
                },
            )
            async with self._store.writing() as connection:
                await connection.execute(row, rows)
            for chat, one in met.items():
                if self._unwritten.get(chat) == one:
                    del self._unwritten[chat]

    async def last_inbound(self, chat: ChatId) -> dt.datetime | None:
        """Say when a chat last wrote, to the minute; `None` where it is not known."""
        if unwritten := self._unwritten.get(chat):
            return unwritten[0]
        query = select(visitors.c.last_inbound_at).where(is_of(visitors, chat))
        async with self._store.reading() as connection:
            at: dt.datetime | None = (await connection.execute(query)).scalar()
        return at

    async def reach(self, chat: ChatId, is_reachable: bool) -> None:
        """Keep whether the platform lets us write to a visitor, if we know them."""
        since = None if is_reachable else self._clock()
        row = update(visitors).where(is_of(visitors, chat)).values(unreachable_since=since)
        async with self._store.writing() as connection:
            await connection.execute(row)

    async def forget(self, chat: ChatId) -> None:
        """Delete everything that is kept about the chat, what is on its way to it too."""
        for forget in self._also_forget:
            await forget(chat)
        async with self._writing_meetings:
            self._unwritten.pop(chat, None)
            async with self._store.writing() as connection:
                for table in _ABOUT_CHATS:
                    await connection.execute(delete(table).where(is_of(table, chat)))
        self._languages.pop(chat, None)
        self._last_met.pop(chat, None)
        self._looked.pop(chat, None)

    async def forget_silent(self, since: dt.datetime) -> int:
        """Delete every chat that has not written since a moment; say how many.

        Whoever still waits for a reminder that was asked for keeps it, and goes after it; so
        does whoever signed up for something that is still to come.
        """
        waits = exists().where(
            deliveries.c.channel == visitors.c.channel,
            deliveries.c.chat == visitors.c.chat,
            deliveries.c.announcement.is_(None),
            deliveries.c.state == "pending",
            deliveries.c.expires_at > self._clock(),
        )
        comes = exists().where(
            signups.c.channel == visitors.c.channel,
            signups.c.chat == visitors.c.chat,
            signups.c.ends_at > self._clock(),
        )
        silent = select(visitors.c.channel, visitors.c.chat).where(
            visitors.c.last_inbound_at < since, ~waits, ~comes
        )
        async with self._store.reading() as connection:
            chats = [ChatId(*row) for row in await connection.execute(silent)]
        for chat in chats:
            await self.forget(chat)
        known = exists().where(
            visitors.c.channel == survey_done.c.channel, visitors.c.chat == survey_done.c.chat
        )
        async with self._store.writing() as connection:
            # On a channel that keeps nobody, somebody may have answered the survey.
            await connection.execute(delete(survey_done).where(~known))
        return len(chats)

    async def saved_by(self, chat: ChatId) -> tuple[str, ...]:
        """List the keys of what the chat saved, oldest first."""
        query = select(saved.c.record).where(is_of(saved, chat)).order_by(saved.c.saved_at)
        async with self._store.reading() as connection:
            return tuple((await connection.execute(query)).scalars())

    async def save(self, chat: ChatId, key: str) -> bool:
        """Save something; say whether it is new in the programme."""
        row = self._store.insert(saved).values(
            channel=chat.channel, chat=chat.chat, record=key, saved_at=self._clock()
        )
        async with self._store.writing() as connection:
            await self._keep(connection, chat)
            new = row.on_conflict_do_nothing().returning(saved.c.record)
            return (await connection.execute(new)).first() is not None

    async def unsave(self, chat: ChatId, key: str) -> bool:
        """Take something out of the programme; say whether it was in it."""
        row = delete(saved).where(is_of(saved, chat), saved.c.record == key)
        async with self._store.writing() as connection:
            return (await connection.execute(row)).rowcount == 1

    async def choices_of(self, chat: ChatId) -> Choices:
        """Say what the chat chose."""
        async with self._store.reading() as connection:
            row = (await connection.execute(select(visitors).where(is_of(visitors, chat)))).first()
        if row is None:
            return Choices(_wants(chat))
        return Choices(Wants(row.wants), row.remind_minutes, row.quiet_from, row.quiet_until)

    async def choose(self, chat: ChatId, choices: Choices) -> None:
        """Keep what the chat chose."""
        async with self._store.writing() as connection:
            await self._keep(
                connection,
                chat,
                wants=choices.wants.value,
                remind_minutes=choices.remind_minutes,
                quiet_from=choices.quiet_from,
                quiet_until=choices.quiet_until,
            )

    async def looked_at(self, chat: ChatId) -> dt.datetime | None:
        """Say when the chat last looked at what changed; `None` if it never did."""
        if self._looked.get(chat) is None:
            query = select(visitors.c.looked_at).where(is_of(visitors, chat))
            async with self._store.reading() as connection:
                _cache(self._looked, chat, (await connection.execute(query)).scalar())
        return self._looked[chat]

    async def look(self, chat: ChatId, now: dt.datetime) -> None:
        """Note that the chat has just looked; of others than `reachable`, only in memory."""
        _cache(self._looked, chat, now)
        async with self._store.writing() as connection:
            if chat.channel in self._reachable and not chat.is_group:
                await self._keep(connection, chat, looked_at=now)
                return
            row = update(visitors).where(is_of(visitors, chat)).values(looked_at=now)
            await connection.execute(row)

    async def calendar_key(self, chat: ChatId, *, renew: bool = False) -> str:
        """Give the secret of the chat's calendar address; made when it is first asked for."""
        query = select(visitors.c.calendar_key).where(is_of(visitors, chat))
        async with self._store.writing() as connection:
            kept = (await connection.execute(query)).scalar()
            if kept and not renew:
                return str(kept)
            key = new_calendar_key()
            await self._keep(connection, chat, calendar_key=key)
            return key

    async def owner_of_calendar(self, key: str) -> tuple[ChatId, Language | None] | None:
        """Say whose calendar address it is, and in which language; `None` for nobody's."""
        query = select(visitors).where(visitors.c.calendar_key == key)
        async with self._store.reading() as connection:
            row = (await connection.execute(query)).first()
        if row is None:
            return None
        language = row.language or row.spoken
        return ChatId(row.channel, row.chat), Language(language) if language else None

    async def export(self, chat: ChatId) -> Mapping[str, Any]:
        """Give everything that is kept about the chat, for JSON."""
        await self.write_meetings()
        kept: dict[str, Any] = {}
        async with self._store.reading() as connection:
            for table in _ABOUT_CHATS:
                rows = await connection.execute(select(table).where(is_of(table, chat)))
                kept[table.name] = [_plain(row._asdict()) for row in rows]
        for name, export in self._also_export.items():
            kept[name] = await export(chat)
        return kept

    async def _keep(self, connection: AsyncConnection, chat: ChatId, **values: Any) -> None:
        """Keep some values of a chat, and make its row if there is none."""
        row = self._store.insert(visitors).values(**(_new_visitor(chat, self._clock()) | values))
        if values:
            row = row.on_conflict_do_update(index_elements=["channel", "chat"], set_=values)
        else:
            row = row.on_conflict_do_nothing()
        await connection.execute(row)


def _wants(chat: ChatId) -> Wants:
    # Somebody in the group saved something; nobody asked for news.
    return Wants.SAVED if chat.is_group else Wants.IMPORTANT


def _new_visitor(chat: ChatId, now: dt.datetime) -> dict[str, Any]:
    return {
        "channel": chat.channel,
        "chat": chat.chat,
        "joined_at": now,
        "last_inbound_at": now,
        "wants": _wants(chat).value,
        "remind_minutes": REMIND_MINUTES,
    }


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    """Make of a row what JSON can hold, without what is empty."""
    return {
        name: value.isoformat() if isinstance(value, dt.date | dt.time) else value
        for name, value in row.items()
        if value is not None
    }


def _cache(cache: dict[ChatId, Value], chat: ChatId, value: Value) -> None:
    if len(cache) >= CACHE_LIMIT:
        cache.pop(next(iter(cache)))
    cache[chat] = value
