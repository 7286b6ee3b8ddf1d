"""Needs that no offer met: what an incubator wants to know, kept without who asked."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass, replace
from typing import Protocol

from bot.knowledge.model import Need
from bot.support.answers import FORM_ANSWERS
from bot.support.situation import Situation

NOT_TOLD = ""


@dataclass(frozen=True, slots=True)
class UnmetNeed:
    """A need that nobody could be offered anything for.

    Attributes:
        form: the sort of organisation, as one is asked for it; "" where it was not told.
        area: the id of an area; "" where none was told.
        times: how often.
        last_day: when last, by the fair's calendar.
    """

    need: Need
    form: str
    area: str
    times: int
    last_day: dt.date


class UnmetNeeds(Protocol):
    """Counts what could not be met."""

    async def count(self, situation: Situation, day: dt.date) -> None:
        """Count each need of a situation once."""
        ...

    async def unmet_needs(self) -> tuple[UnmetNeed, ...]:
        """List them, the most frequent first."""
        ...


class InMemoryUnmetNeeds:
    """Counts while the program runs."""

    def __init__(self) -> None:
        self._times: Counter[tuple[Need, str, str]] = Counter()
        self._last: dict[tuple[Need, str, str], dt.date] = {}

    async def count(self, situation: Situation, day: dt.date) -> None:
        """Count each need of a situation once."""
        for one in rows_of(situation, day):
            key = (one.need, one.form, one.area)
            self._times[key] += 1
            self._last[key] = day

    async def unmet_needs(self) -> tuple[UnmetNeed, ...]:
        """List them, the most frequent first."""
        return tuple(
            UnmetNeed(*key, times, self._last[key]) for key, times in self._times.most_common()
        )


def rows_of(situation: Situation, day: dt.date) -> tuple[UnmetNeed, ...]:
    """Say what to count: coarse enough that it points at nobody."""
    one = UnmetNeed(Need.ADVICE, _form(situation), situation.area or NOT_TOLD, 1, day)
    return tuple(replace(one, need=need) for need in sorted(situation.needs))


def _form(situation: Situation) -> str:
    for name, forms in FORM_ANSWERS.items():
        if situation.forms and situation.forms <= frozenset(forms):
            return name
    return NOT_TOLD
