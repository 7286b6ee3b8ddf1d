"""What the address of the page asks for: language, need, who, where, open now."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Self, TypeVar
from urllib.parse import urlencode

from bot.knowledge.model import Need
from bot.messaging.languages import Language
from bot.support.answers import FORM_ANSWERS
from bot.support.areas import Areas
from bot.support.situation import Situation

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Filters:
    """What was chosen; "" for no choice. What an address may hold and we don't know is no choice.

    Attributes:
        form: a key of `FORM_ANSWERS`.
        area: the id of an area.
    """

    language: Language = Language.PL
    need: str = ""
    form: str = ""
    area: str = ""
    is_open: bool = False

    @classmethod
    def read(cls, query: Mapping[str, str], areas: Areas) -> Self:
        """Read the query of an address."""
        return cls(
            language=_one_of({one.value: one for one in Language}, query, "lang", Language.PL),
            need=_one_of({one.value: one.value for one in Need}, query, "need", ""),
            form=_one_of({one: one for one in FORM_ANSWERS}, query, "form", ""),
            area=_one_of({one: one for one in areas}, query, "area", ""),
            is_open=query.get("open") == "1",
        )

    def with_(self, name: str, value: str) -> Self:
        """Choose something else for one filter, as the address names it."""
        match name:
            case "need":
                return replace(self, need=value)
            case "form":
                return replace(self, form=value)
            case "area":
                return replace(self, area=value)
            case _:
                return replace(self, is_open=value == "1")

    def in_language(self, language: Language) -> Self:
        """Choose another language."""
        return replace(self, language=language)

    def chosen(self, name: str) -> str:
        """Say what is chosen for one filter."""
        match name:
            case "need":
                return self.need
            case "form":
                return self.form
            case "area":
                return self.area
            case _:
                return "1" if self.is_open else ""

    def cleared(self) -> Self:
        """Keep the language only."""
        return type(self)(self.language)

    @property
    def is_empty(self) -> bool:
        """Say whether nothing but the language is chosen."""
        return self == self.cleared()

    @property
    def query(self) -> str:
        """Write it as the query of an address, with its question mark; "" for no choice."""
        chosen = {
            "lang": self.language.value if self.language is not Language.PL else "",
            "need": self.need,
            "form": self.form,
            "area": self.area,
            "open": "1" if self.is_open else "",
        }
        written = urlencode({name: value for name, value in chosen.items() if value})
        return f"?{written}" if written else ""

    @property
    def situation(self) -> Situation:
        """Say what is known of whoever chose."""
        return Situation(
            needs=frozenset({Need(self.need)} if self.need else ()),
            forms=frozenset(FORM_ANSWERS[self.form] if self.form else ()),
            area=self.area or None,
        )


def _one_of(
    known: Mapping[str, Value], query: Mapping[str, str], name: str, default: Value
) -> Value:
    return known.get(query.get(name, ""), default)
