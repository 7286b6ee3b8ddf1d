"""What we remember of visitors: the language a chat chose, and questions without an answer.

`Visitors` is what the dialogue is handed. `SqlVisitors` (`queries.py`) keeps it in
the database; `InMemoryVisitors` for as long as one program runs.
"""

import datetime as dt
import re
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from bot.messaging.languages import Language
from bot.messaging.message import ChatId

QUESTION_LIMIT = 300
"""Signs kept of a question: enough to understand it, too few for a letter."""

REMIND_MINUTES = 15
"""How long before a saved session its reminder comes, unless the visitor chooses otherwise."""


class Wants(StrEnum):
    """Which changes a visitor wants to be told of."""

    IMPORTANT = "important"
    SAVED = "saved"
    NOTHING = "nothing"


class Outcome(StrEnum):
    """Why a question is remembered."""

    UNKNOWN = "unknown"
    AMBIGUOUS = "ambiguous"
    CORRECTED = "corrected"


@dataclass(frozen=True, slots=True)
class Question:
    """A question that found no sure answer, without who asked it.

    Attributes:
        times: how often it was asked in these very words.
        last_day: when it was asked last, by the fair's calendar.
    """

    text: str
    language: Language
    outcome: Outcome
    times: int
    last_day: dt.date


class Visitors(Protocol):
    """What the dialogue may keep."""

    async def language_of(self, chat: ChatId) -> Language | None:
        """Say which language the chat chose; `None` where it chose none."""
        ...

    async def choose_language(self, chat: ChatId, language: Language) -> None:
        """Keep that the chat wants this language."""
        ...

    async def forget(self, chat: ChatId) -> None:
        """Delete everything that is kept about the chat."""
        ...

    async def remember_question(
        self, text: str, language: Language, outcome: Outcome, day: dt.date
    ) -> None:
        """Keep a question for the organizers, without identity."""
        ...


# What could tell who somebody is: e-mail addresses, links, @names, phone and other long numbers.
_IDENTITY = re.compile(r"\S+@\S+|https?://\S+|@\w+|\+?\d(?:[\s().-]?\d){6,}")


def without_identity(text: str) -> str:
    """Take out of a question what could tell who asked, and cut it to `QUESTION_LIMIT`."""
    return " ".join(_IDENTITY.sub("…", text).split())[:QUESTION_LIMIT]


class InMemoryVisitors:
    """Keeps it while the program runs: for the terminal, for single questions, for tests."""

    def __init__(self) -> None:
        self._languages: dict[ChatId, Language] = {}
        self._questions: Counter[tuple[str, Language, Outcome]] = Counter()
        self._days: dict[tuple[str, Language, Outcome], dt.date] = {}

    async def language_of(self, chat: ChatId) -> Language | None:
        """Say which language the chat chose; `None` where it chose none."""
        return self._languages.get(chat)

    async def choose_language(self, chat: ChatId, language: Language) -> None:
        """Keep that the chat wants this language."""
        self._languages[chat] = language

    async def forget(self, chat: ChatId) -> None:
        """Delete everything that is kept about the chat."""
        self._languages.pop(chat, None)

    async def remember_question(
        self, text: str, language: Language, outcome: Outcome, day: dt.date
    ) -> None:
        """Keep a question for the organizers, without identity."""
        key = (without_identity(text), language, outcome)
        self._questions[key] += 1
        self._days[key] = day

    async def questions(self) -> tuple[Question, ...]:
        """List the questions, most asked first."""
        return tuple(
            Question(*key, times=times, last_day=self._days[key])
            for key, times in self._questions.most_common()
        )
