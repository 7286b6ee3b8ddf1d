"""What we remember of visitors: language, programme, choices; and questions without an answer.

`Visitors` is what every answer needs, `Personal` what the room for "my programme" needs.
`SqlVisitors` (`queries/`) keeps it in the database; `InMemoryVisitors` for as long as one
program runs.
"""

import datetime as dt
import re
import secrets
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from bot.messaging.languages import Language
from bot.messaging.message import ChatId

QUESTION_LIMIT = 300
"""Signs kept of a question: enough to understand it, too few for a letter."""

KEPT_FOR = dt.timedelta(days=30)
"""How long after the fair, and after the last message, a chat is remembered."""

REMIND_MINUTES = 15
"""How long before a saved session its reminder comes, unless the visitor chooses otherwise."""


class Wants(StrEnum):
    """Which changes a visitor wants to be told of."""

    IMPORTANT = "important"
    SAVED = "saved"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Choices:
    """What a visitor chose to be told, and when.

    Attributes:
        remind_minutes: before a saved session; 0 for never.
        quiet_from: from this time of day, by the fair's clock, nothing comes that can wait;
            `None` where no quiet hours were chosen.
        quiet_until: the end of the quiet hours, on the next day if it is the earlier time.
    """

    wants: Wants = Wants.IMPORTANT
    remind_minutes: int = REMIND_MINUTES
    quiet_from: dt.time | None = None
    quiet_until: dt.time | None = None


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

    def meet(self, chat: ChatId, spoken: Language) -> None:
        """Note that the chat has just written, and the language it is answered in."""
        ...

    async def forget(self, chat: ChatId) -> None:
        """Delete everything that is kept about the chat."""
        ...

    async def remember_question(
        self, text: str, language: Language, outcome: Outcome, day: dt.date
    ) -> None:
        """Keep a question for the organizers, without identity."""
        ...


class Personal(Protocol):
    """What visitors keep for themselves: their programme and their choices."""

    async def saved_by(self, chat: ChatId) -> tuple[str, ...]:
        """List the keys of what the chat saved (`bot.knowledge.dated`), oldest first."""
        ...

    async def save(self, chat: ChatId, key: str) -> bool:
        """Save something; say whether it is new in the programme."""
        ...

    async def unsave(self, chat: ChatId, key: str) -> bool:
        """Take something out of the programme; say whether it was in it."""
        ...

    async def choices_of(self, chat: ChatId) -> Choices:
        """Say what the chat chose."""
        ...

    async def choose(self, chat: ChatId, choices: Choices) -> None:
        """Keep what the chat chose."""
        ...

    async def calendar_key(self, chat: ChatId, *, renew: bool = False) -> str:
        """Give the secret of the chat's calendar address; made when it is first asked for.

        Args:
            chat: whose calendar it is.
            renew: make another, with which the old address ends.
        """
        ...

    async def export(self, chat: ChatId) -> Mapping[str, Any]:
        """Give everything that is kept about the chat, for JSON."""
        ...


class Looks(Protocol):
    """When a chat last looked at what changed."""

    async def looked_at(self, chat: ChatId) -> dt.datetime | None:
        """Say when it was, aware; `None` if it never did, or nothing is kept of the chat."""
        ...

    async def look(self, chat: ChatId, now: dt.datetime) -> None:
        """Note that the chat has just looked."""
        ...


# What could tell who somebody is: e-mail addresses, links, @names, phone and other long numbers.
_IDENTITY = re.compile(r"\S+@\S+|https?://\S+|@\w+|\+?\d(?:[\s().-]?\d){6,}")


def new_calendar_key() -> str:
    """Make a secret that nobody can guess: 128 bits."""
    return secrets.token_urlsafe(16)


def without_identity(text: str) -> str:
    """Take out of a question what could tell who asked, and cut it to `QUESTION_LIMIT`."""
    return " ".join(_IDENTITY.sub("…", text).split())[:QUESTION_LIMIT]


class InMemoryVisitors:
    """Keeps it while the program runs: for the terminal, for single questions, for tests."""

    def __init__(self) -> None:
        self._languages: dict[ChatId, Language] = {}
        self._saved: dict[ChatId, dict[str, None]] = {}
        self._choices: dict[ChatId, Choices] = {}
        self._keys: dict[ChatId, str] = {}
        self._looked: dict[ChatId, dt.datetime] = {}
        self._questions: Counter[tuple[str, Language, Outcome]] = Counter()
        self._days: dict[tuple[str, Language, Outcome], dt.date] = {}

    async def language_of(self, chat: ChatId) -> Language | None:
        """Say which language the chat chose; `None` where it chose none."""
        return self._languages.get(chat)

    async def choose_language(self, chat: ChatId, language: Language) -> None:
        """Keep that the chat wants this language."""
        self._languages[chat] = language

    def meet(self, chat: ChatId, spoken: Language) -> None:
        """Keep nothing: nobody is written to from here."""

    async def forget(self, chat: ChatId) -> None:
        """Delete everything that is kept about the chat."""
        for kept in (
            self._languages,
            self._saved,
            self._choices,
            self._keys,
            self._looked,
        ):
            kept.pop(chat, None)

    async def saved_by(self, chat: ChatId) -> tuple[str, ...]:
        """List the keys of what the chat saved, oldest first."""
        return tuple(self._saved.get(chat, {}))

    async def looked_at(self, chat: ChatId) -> dt.datetime | None:
        """Say when the chat last looked at what changed; `None` if it never did."""
        return self._looked.get(chat)

    async def look(self, chat: ChatId, now: dt.datetime) -> None:
        """Note that the chat has just looked at what changed."""
        self._looked[chat] = now

    async def save(self, chat: ChatId, key: str) -> bool:
        """Save something; say whether it is new in the programme."""
        saved = self._saved.setdefault(chat, {})
        is_new = key not in saved
        saved[key] = None
        return is_new

    async def unsave(self, chat: ChatId, key: str) -> bool:
        """Take something out of the programme; say whether it was in it."""
        saved = self._saved.get(chat, {})
        was_saved = key in saved
        saved.pop(key, None)
        return was_saved

    async def choices_of(self, chat: ChatId) -> Choices:
        """Say what the chat chose."""
        return self._choices.get(chat, Choices())

    async def choose(self, chat: ChatId, choices: Choices) -> None:
        """Keep what the chat chose."""
        self._choices[chat] = choices

    async def calendar_key(self, chat: ChatId, *, renew: bool = False) -> str:
        """Give the secret of the chat's calendar address."""
        if renew or chat not in self._keys:
            self._keys[chat] = new_calendar_key()
        return self._keys[chat]

    async def export(self, chat: ChatId) -> Mapping[str, Any]:
        """Give everything that is kept about the chat, for JSON."""
        language = self._languages.get(chat)
        return {
            "language": language.value if language else None,
            "saved": list(self._saved.get(chat, {})),
        }

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
