"""Answers of a survey without a database, for conversations that keep nothing."""

from bot.announcements.survey import Counts
from bot.messaging.message import ChatId


class InMemorySurveyAnswers:
    """Counts as long as the process lives."""

    def __init__(self) -> None:
        self._given: dict[tuple[str, str, str], int] = {}
        self._by: dict[ChatId, set[tuple[str, str]]] = {}

    async def answer(self, chat: ChatId, survey: str, question: str, answer: str) -> bool:
        by = self._by.setdefault(chat, set())
        if (survey, question) in by:
            return False
        by.add((survey, question))
        key = (survey, question, answer)
        self._given[key] = self._given.get(key, 0) + 1
        return True

    async def answered_by(self, chat: ChatId, survey: str) -> frozenset[str]:
        return frozenset(question for one, question in self._by.get(chat, ()) if one == survey)

    async def counts(self, survey: str) -> Counts:
        found: dict[str, dict[str, int]] = {}
        for (one, question, answer), times in self._given.items():
            if one == survey:
                found.setdefault(question, {})[answer] = times
        return found
