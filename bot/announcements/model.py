"""What an announcement is: its kind, its texts, whom it concerns, and where it stands."""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import IntEnum, StrEnum
from types import MappingProxyType
from typing import Any, Self

from bot.messaging.languages import Language


class Kind(StrEnum):
    """What it is about."""

    CHANGE = "change"
    FREE = "free"
    LOST = "lost"
    PARKING = "parking"
    MEAL = "meal"
    QUIET = "quiet"
    WIFI = "wifi"
    SOON = "soon"
    FULL = "full"
    SURVEY = "survey"
    THANKS = "thanks"
    CORRECTION = "correction"
    RECALL = "recall"
    EVACUATION = "evacuation"
    ALL_CLEAR = "all_clear"
    MISSING_CHILD = "missing_child"
    FIRST_AID = "first_aid"


STAFF_ONLY = frozenset({Kind.MISSING_CHILD, Kind.FIRST_AID})
"""What is never told to visitors."""


class Urgency(IntEnum):
    """How loudly it is told."""

    REMINDER = 0
    MINOR = 1
    IMPORTANT = 2
    SAFETY = 3


class Scope(StrEnum):
    """Whom it concerns."""

    EVERYONE = "everyone"
    SAVED = "saved"
    DAY = "day"
    SIGNED_UP = "signed_up"
    STAFF = "staff"
    MYSELF = "myself"


class State(StrEnum):
    """Where it stands."""

    DRAFT = "draft"
    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom an announcement goes to.

    Attributes:
        scope: which visitors in general.
        records: for `SAVED` and `SIGNED_UP`, the ids of what they saved or signed up for; for
            others, those who saved one of these come first.
        day: for `DAY`, the day of something that they saved.
        languages: only who is written to in one of these; empty for all.
        without: ids of records: who saved one of these is left out.
    """

    scope: Scope = Scope.EVERYONE
    records: tuple[str, ...] = ()
    day: dt.date | None = None
    languages: tuple[Language, ...] = ()
    without: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Write it as plain lists and texts."""
        return {
            "scope": self.scope.value,
            "records": list(self.records),
            "day": self.day.isoformat() if self.day else None,
            "languages": [language.value for language in self.languages],
            "without": list(self.without),
        }

    @classmethod
    def from_json(cls, raw: Mapping[str, Any]) -> Self:
        """Read what `as_json` wrote."""
        return cls(
            Scope(raw["scope"]),
            tuple(raw["records"]),
            dt.date.fromisoformat(raw["day"]) if raw["day"] else None,
            tuple(Language(one) for one in raw["languages"]),
            tuple(raw["without"]),
        )


@dataclass(frozen=True, slots=True)
class Content:
    """What an announcement says.

    Attributes:
        texts: by language; Polish is always there.
        title: by language; may be empty.
        changes: what it changes in the programme, as `bot.knowledge.changes` writes it.
        edited: languages whose text somebody rewrote, so that it no longer follows the changes.
        link: an address for a button; "" for none.
    """

    texts: Mapping[Language, str] = field(default_factory=lambda: MappingProxyType({}))
    title: Mapping[Language, str] = field(default_factory=lambda: MappingProxyType({}))
    changes: tuple[Mapping[str, Any], ...] = ()
    edited: tuple[Language, ...] = ()
    link: str = ""

    def text(self, language: Language) -> str:
        """Give the text in a language, or in Polish where that is missing."""
        return self.texts.get(language) or self.texts.get(Language.PL, "")

    def headline(self, language: Language) -> str:
        """Give the title in a language, or in Polish where that is missing."""
        return self.title.get(language) or self.title.get(Language.PL, "")

    def rewritten(self, language: Language, text: str) -> Self:
        """Give the same with another text in one language."""
        edited = (*(one for one in self.edited if one is not language), language)
        return replace(self, texts=dict(self.texts) | {language: text}, edited=edited)

    def left_behind(self) -> tuple[Language, ...]:
        """List the other languages whose text is older than a Polish one written by hand."""
        if Language.PL not in self.edited:
            return ()
        newer = self.edited[self.edited.index(Language.PL) :]
        return tuple(language for language in self.texts if language not in newer)

    def as_json(self) -> dict[str, Any]:
        """Write it as plain lists and texts."""
        return {
            "texts": {language.value: text for language, text in self.texts.items()},
            "title": {language.value: text for language, text in self.title.items()},
            "changes": [dict(change) for change in self.changes],
            "edited": [language.value for language in self.edited],
            "link": self.link,
        }

    @classmethod
    def from_json(cls, raw: Mapping[str, Any]) -> Self:
        """Read what `as_json` wrote."""
        return cls(
            {Language(language): text for language, text in raw["texts"].items()},
            {Language(language): text for language, text in raw["title"].items()},
            tuple(raw["changes"]),
            tuple(Language(language) for language in raw["edited"]),
            raw["link"],
        )


@dataclass(frozen=True, slots=True)
class Draft:
    """An announcement before it is confirmed.

    Attributes:
        not_before: when it is to be sent; `None` for at once.
        expires_at: from then on nobody gets it any more.
        corrects: the announcement that it corrects; `None` for none.
        tells_anew: who has the message that it corrects gets a new one too, and not only the
            old one changed.
    """

    kind: Kind
    urgency: Urgency
    content: Content
    audience: Audience = Audience()
    not_before: dt.datetime | None = None
    expires_at: dt.datetime | None = None
    corrects: int | None = None
    tells_anew: bool = False

    def __post_init__(self) -> None:
        """Refuse to tell visitors what is for the staff alone."""
        if self.kind in STAFF_ONLY and self.audience.scope is not Scope.STAFF:
            raise ValueError(f"{self.kind} is for the staff alone")

    @property
    def resends(self) -> bool:
        """Say whether it is rather sent twice than never: safety is."""
        return self.urgency is Urgency.SAFETY

    @property
    def needs_two(self) -> bool:
        """Say whether a second person has to confirm it."""
        return self.kind is Kind.EVACUATION

    @property
    def fingerprint(self) -> str:
        """Give a short mark of it, which changes with it: nothing is sent that was not seen."""
        told_of = [self.kind, self.urgency, self.content.as_json(), self.audience.as_json()]
        at = [str(one and one.astimezone(dt.UTC)) for one in (self.not_before, self.expires_at)]
        raw = json.dumps([*told_of, *at, self.tells_anew], sort_keys=True)
        return hashlib.sha256(raw.encode()).hexdigest()[:8]


@dataclass(frozen=True, slots=True)
class Announcement:
    """An announcement as it is kept.

    Attributes:
        created_by: who drafted it, by the name that the staff knows.
        halted_because: why the sender stopped it by itself; "" where it did not.
    """

    id: int
    draft: Draft
    state: State
    created_at: dt.datetime
    created_by: str
    confirmed_at: dt.datetime | None = None
    confirmed_by: str = ""
    halted_because: str = ""


def subject_of(announcement: int, repetition: int = 0) -> str:
    """Write the subject of an announcement's deliveries; each repetition has its own."""
    return f"a:{announcement}:{repetition}" if repetition else f"a:{announcement}"
