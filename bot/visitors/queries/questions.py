"""Questions without an answer, in the database."""

import datetime as dt

from sqlalchemy import select

from bot.messaging.languages import Language
from bot.store.engine import Store
from bot.store.schema import questions
from bot.visitors.memory import Outcome, Question, without_identity


class SqlQuestions:
    """Keeps questions for the organizers, without who asked."""

    def __init__(self, store: Store) -> None:
        """Keep them in `store`."""
        self._store = store

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
