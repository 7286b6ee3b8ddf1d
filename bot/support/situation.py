"""What is known of an organisation that looks for support, and how it is kept."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any, Self, TypeVar

from bot.knowledge.model import ActivityField, LegalForm, Need, People
from bot.support.founded import Founded

Word = TypeVar("Word", bound=StrEnum)

FORMLESS = frozenset({LegalForm.INFORMAL_GROUP, LegalForm.NATURAL_PERSON})
"""What was never founded, so that it has no age and no status."""


@dataclass(frozen=True, slots=True)
class Situation:
    """What was told. What is empty or `None` is not known.

    Attributes:
        forms: what the organisation may be; one of them is true.
        area: the id of an area, or `areas.ELSEWHERE`.
        income: of the last year, from and to in złoty, both included; `None` for no limit.
        not_people: for whom it is told not to be active; likewise `not_fields`.
    """

    needs: frozenset[Need] = frozenset()
    forms: frozenset[LegalForm] = frozenset()
    founded: Founded | None = None
    area: str | None = None
    obp: bool | None = None
    social_enterprise: bool | None = None
    income: tuple[int, int | None] | None = None
    people: frozenset[People] = frozenset()
    not_people: frozenset[People] = frozenset()
    fields: frozenset[ActivityField] = frozenset()
    not_fields: frozenset[ActivityField] = frozenset()
    person_age: int | None = None

    @property
    def is_formless(self) -> bool:
        """Say whether it is surely no organisation by law."""
        return bool(self.forms) and self.forms <= FORMLESS

    @property
    def tells_nothing(self) -> bool:
        """Say whether nothing at all is known."""
        return self == Situation()

    def with_(self, told: "Situation") -> "Situation":
        """Add what was told now; it goes before what was told earlier, and needs add up."""
        changed = {
            field.name: getattr(told, field.name)
            for field in fields(told)
            if getattr(told, field.name) not in (None, frozenset())
        }
        return replace(
            self,
            **changed
            | {"needs": self.needs | told.needs}
            | {"forms": self.forms & told.forms or told.forms or self.forms}
            | {"people": self.people | told.people, "fields": self.fields | told.fields},
        )

    def written(self) -> dict[str, Any]:
        """Write it as JSON, without what is not known."""
        found: dict[str, Any] = {}
        for field in fields(self):
            value = getattr(self, field.name)
            match value:
                case None:
                    continue
                case frozenset():
                    if value:
                        found[field.name] = sorted(str(one) for one in value)
                case Founded(earliest, latest):
                    found[field.name] = [earliest.isoformat() if earliest else None, str(latest)]
                case tuple():
                    found[field.name] = list(value)
                case _:
                    found[field.name] = value
        return found

    @classmethod
    def read(cls, found: Mapping[str, Any]) -> Self:
        """Read what `written` wrote; a word that a newer version does not know is left out."""
        founded, income = found.get("founded"), found.get("income")
        return cls(
            needs=_words(Need, found.get("needs")),
            forms=_words(LegalForm, found.get("forms")),
            founded=_founded(founded) if founded else None,
            area=found.get("area"),
            obp=found.get("obp"),
            social_enterprise=found.get("social_enterprise"),
            income=(income[0], income[1]) if income else None,
            people=_words(People, found.get("people")),
            not_people=_words(People, found.get("not_people")),
            fields=_words(ActivityField, found.get("fields")),
            not_fields=_words(ActivityField, found.get("not_fields")),
            person_age=found.get("person_age"),
        )


def _founded(days: list[str | None]) -> Founded:
    earliest, latest = days
    return Founded(
        dt.date.fromisoformat(earliest) if earliest else None,
        dt.date.fromisoformat(latest or ""),
    )


def _words(kind: type[Word], words: list[str] | None) -> frozenset[Word]:
    known = {one.value for one in kind}
    return frozenset(kind(word) for word in words or () if word in known)
