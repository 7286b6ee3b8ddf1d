"""`Visitors` and `Flows` in the database."""

import datetime as dt

from sqlalchemy import ColumnElement, Table, and_, delete, select

from bot.clock import Clock, real_clock
from bot.messaging.languages import Language
from bot.messaging.message import ChatId
from bot.store.engine import Store
from bot.store.schema import flows, questions, saved, visitors
from bot.visitors.flows import Flow
from bot.visitors.memory import (
    REMIND_MINUTES,
    Outcome,
    Question,
    Wants,
    without_identity,
)

CACHE_LIMIT = 10_000
"""Chats whose language is held in memory, so that an answer needs no look into the database."""


def is_of(table: Table, chat: ChatId) -> ColumnElement[bool]:
    """Say in SQL that a row belongs to a chat."""
    return and_(table.c.channel == chat.channel, table.c.chat == chat.chat)


class SqlVisitors:
    """Keeps languages and questions in the database; languages also in a bounded cache."""

    def __init__(self, store: Store, clock: Clock = real_clock) -> None:
        """Keep it in `store`; `clock` dates when a chat joined."""
        self._store = store
        self._clock = clock
        self._languages: dict[ChatId, Language | None] = {}

    async def language_of(self, chat: ChatId) -> Language | None:
        """Say which language the chat chose; `None` where it chose none."""
        if chat not in self._languages:
            query = select(visitors.c.language).where(is_of(visitors, chat))
            async with self._store.reading() as connection:
                kept = (await connection.execute(query)).scalar()
            self._cache(chat, Language(kept) if kept else None)
        return self._languages[chat]

    async def choose_language(self, chat: ChatId, language: Language) -> None:
        """Keep that the chat wants this language."""
        now = self._clock()
        row = self._store.insert(visitors).values(
            channel=chat.channel,
            chat=chat.chat,
            language=language.value,
            joined_at=now,
            last_inbound_at=now,
            wants=Wants.IMPORTANT.value,
            remind_minutes=REMIND_MINUTES,
        )
        row = row.on_conflict_do_update(
            index_elements=["channel", "chat"], set_={"language": language.value}
        )
        async with self._store.writing() as connection:
            await connection.execute(row)
        self._cache(chat, language)

    async def forget(self, chat: ChatId) -> None:
        """Delete everything that is kept about the chat."""
        async with self._store.writing() as connection:
            for table in (visitors, saved, flows):
                await connection.execute(delete(table).where(is_of(table, chat)))
        self._languages.pop(chat, None)

    async def remember_question(
        self, text: str, language: Language, outcome: Outcome, day: dt.date
    ) -> None:
        """Keep a question for the organizers, without identity; the same words are counted."""
        row = self._store.insert(questions).values(
            text=without_identity(text),
            language=language.value,
            outcome=outcome.value,
            times=1,
            last_day=day,
        )
        row = row.on_conflict_do_update(
            index_elements=["text", "language", "outcome"],
            set_={"times": questions.c.times + 1, "last_day": day},
        )
        async with self._store.writing() as connection:
            await connection.execute(row)

    async def questions(self) -> tuple[Question, ...]:
        """List the questions, most asked first."""
        query = select(questions).order_by(questions.c.times.desc(), questions.c.id)
        async with self._store.reading() as connection:
            rows = (await connection.execute(query)).all()
        return tuple(
            Question(
                row.text, Language(row.language), Outcome(row.outcome), row.times, row.last_day
            )
            for row in rows
        )

    def _cache(self, chat: ChatId, language: Language | None) -> None:
        if len(self._languages) >= CACHE_LIMIT:
            self._languages.pop(next(iter(self._languages)))
        self._languages[chat] = language


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
