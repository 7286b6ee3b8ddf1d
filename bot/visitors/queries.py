"""`Visitors` in the database."""

import datetime as dt

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.messaging.languages import Language
from bot.messaging.message import ChatId
from bot.store.schema import preferences, questions
from bot.visitors.memory import Outcome, Question, without_identity

CACHE_LIMIT = 10_000
"""Chats whose language is held in memory, so that an answer needs no look into the database."""


class SqlVisitors:
    """Keeps languages and questions in the database; languages also in a bounded cache."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._languages: dict[ChatId, Language | None] = {}
        self._insert = sqlite.insert if engine.dialect.name == "sqlite" else postgresql.insert

    async def language_of(self, chat: ChatId) -> Language | None:
        """Say which language the chat chose; `None` where it chose none."""
        if chat not in self._languages:
            query = select(preferences.c.language).where(
                preferences.c.channel == chat.channel, preferences.c.chat == chat.chat
            )
            async with self._engine.connect() as connection:
                kept = (await connection.execute(query)).scalar()
            self._cache(chat, Language(kept) if kept else None)
        return self._languages[chat]

    async def choose_language(self, chat: ChatId, language: Language) -> None:
        """Keep that the chat wants this language."""
        row = self._insert(preferences).values(
            channel=chat.channel, chat=chat.chat, language=language.value
        )
        row = row.on_conflict_do_update(
            index_elements=["channel", "chat"], set_={"language": language.value}
        )
        async with self._engine.begin() as connection:
            await connection.execute(row)
        self._cache(chat, language)

    async def forget(self, chat: ChatId) -> None:
        """Delete everything that is kept about the chat."""
        row = delete(preferences).where(
            preferences.c.channel == chat.channel, preferences.c.chat == chat.chat
        )
        async with self._engine.begin() as connection:
            await connection.execute(row)
        self._languages.pop(chat, None)

    async def remember_question(
        self, text: str, language: Language, outcome: Outcome, day: dt.date
    ) -> None:
        """Keep a question for the organizers, without identity; the same words are counted."""
        row = self._insert(questions).values(
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
        async with self._engine.begin() as connection:
            await connection.execute(row)

    async def questions(self) -> tuple[Question, ...]:
        """List the questions, most asked first."""
        query = select(questions).order_by(questions.c.times.desc(), questions.c.id)
        async with self._engine.connect() as connection:
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
