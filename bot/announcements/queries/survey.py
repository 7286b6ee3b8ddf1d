"""Answers to the survey in the database: counted in one table, who has answered in another."""

from sqlalchemy import select

from bot.announcements.survey import Counts
from bot.messaging.message import ChatId
from bot.store.engine import Store
from bot.store.schema import survey_answers, survey_done
from bot.visitors.queries import is_of


class SqlSurveyAnswers:
    """Counts answers in the database."""

    def __init__(self, store: Store) -> None:
        """Count in `store`."""
        self._store = store

    async def answer(self, chat: ChatId, survey: str, question: str, answer: str) -> bool:
        """Count an answer; say whether the chat had not answered this question before."""
        done = self._store.insert(survey_done).values(
            channel=chat.channel, chat=chat.chat, survey=survey, question=question
        )
        given = self._store.insert(survey_answers).values(
            survey=survey, question=question, answer=answer, times=1
        )
        given = given.on_conflict_do_update(
            index_elements=["survey", "question", "answer"],
            set_={"times": survey_answers.c.times + 1},
        )
        async with self._store.writing() as connection:
            new = done.on_conflict_do_nothing().returning(survey_done.c.chat)
            if (await connection.execute(new)).first() is None:
                return False
            await connection.execute(given)
        return True

    async def answered_by(self, chat: ChatId, survey: str) -> frozenset[str]:
        """Say which questions of a survey a chat has answered, not how."""
        query = select(survey_done.c.question).where(
            is_of(survey_done, chat), survey_done.c.survey == survey
        )
        async with self._store.reading() as connection:
            return frozenset((await connection.execute(query)).scalars())

    async def counts(self, survey: str) -> Counts:
        """Give how often each answer was given."""
        query = select(survey_answers).where(survey_answers.c.survey == survey)
        found: dict[str, dict[str, int]] = {}
        async with self._store.reading() as connection:
            for row in await connection.execute(query):
                found.setdefault(row.question, {})[row.answer] = row.times
        return found
