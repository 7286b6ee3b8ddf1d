"""The pieces of times that a text tells, one after another: a day, an hour, "po 14", "zaraz"."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum, auto

from bot.language.times import words as say
from bot.language.times.clock import ClockTime, clock_at
from bot.language.times.days import Almanac, Days, days_at
from bot.language.times.offsets import offset_at
from bot.language.tokens import Token


class TimeKind(StrEnum):
    """How a time was told."""

    NOW = auto()
    SOON = auto()
    NEXT = auto()
    MOMENT = auto()
    DAY = auto()
    DAY_PART = auto()
    RANGE = auto()
    BEFORE = auto()
    AFTER = auto()
    WEEKEND = auto()
    WEEK = auto()
    MONTH = auto()


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a time: days, or something within a day; `span` counts words."""

    span: tuple[int, int]
    days: Days | None = None
    start: ClockTime | None = None
    end: ClockTime | None = None
    kind: TimeKind = TimeKind.DAY
    offset: dt.timedelta | None = None
    hours: tuple[int, int] | None = None

    @property
    def is_within_day(self) -> bool:
        """Whether it is a time of day rather than a day, or a time counted from now."""
        return bool(self.start or self.end or self.hours)


def parts_in(
    words: Sequence[str], almanac: Almanac, tokens: Sequence[Token], text: str
) -> list[Part]:
    """Find the pieces in a text, in their order; two hours with a dash between are a range.

    Args:
        words: of the text, folded.
        almanac: the present day and the fair's.
        tokens: the same words with their places.
        text: as it was typed.
    """
    parts: list[Part] = []
    i = 0
    while i < len(words):
        part = _part_at(words, i, almanac)
        if part is None:
            i += 1
            continue
        previous = parts[-1] if parts else None
        if previous and _is_dash_between(previous, part, tokens, text):
            part = replace(
                previous, end=part.start, kind=TimeKind.RANGE, span=(previous.span[0], part.span[1])
            )
            parts.pop()
        parts.append(part)
        i = part.span[1]
    return parts


def _part_at(words: Sequence[str], i: int, almanac: Almanac) -> Part | None:
    if i and words[i - 1] in say.NOT_A_TIME_BEFORE:
        return None
    for read in (_present, _offset, _range, _bounded):
        if part := read(words, i):
            return part
    if found := days_at(words, i, almanac):
        return Part((i, found[1]), days=found[0])
    return _part_of_day(words, i) or _moment(words, i)


def _present(words: Sequence[str], i: int) -> Part | None:
    for kind, singles, phrases in (
        (TimeKind.NOW, say.NOW, say.NOW_PHRASES),
        (TimeKind.SOON, say.SOON, say.SOON_PHRASES),
        (TimeKind.NEXT, say.NEXT, frozenset[tuple[str, ...]]()),
    ):
        if words[i] in singles:
            is_day = (
                kind is TimeKind.NEXT
                and i + 1 < len(words)
                and words[i + 1]
                in (
                    *say.WEEKDAYS,
                    *say.WEEKS,
                )
            )
            return None if is_day else Part((i, i + 1), kind=kind)
        for phrase in phrases:
            if tuple(words[i : i + len(phrase)]) == phrase:
                return Part((i, i + len(phrase)), kind=kind)
    return None


def _offset(words: Sequence[str], i: int) -> Part | None:
    found = offset_at(words, i)
    if found is None:
        return None
    return Part((i, found[1]), offset=found[0], kind=TimeKind.MOMENT)


def _range(words: Sequence[str], i: int) -> Part | None:
    """Read "od 10 do 12", "między 10 a 12", "10-12"."""
    if "-" in words[i] and words[i].replace("-", "").replace(":", "").isdecimal():
        ends = words[i].split("-")
        is_announced = i > 0 and words[i - 1] in say.AT | say.FROM
        is_clock = ":" in words[i] or is_announced
        if len(ends) == 2 and is_clock:
            first = clock_at([ends[0]], 0, is_announced=True)
            last = clock_at([ends[1]], 0, is_announced=True)
            if first and last:
                return Part((i, i + 1), start=first[0], end=last[0], kind=TimeKind.RANGE)
        return None
    if words[i] not in say.FROM:
        return None
    first = clock_at(words, i + 1, is_announced=True)
    if first is None:
        return None
    j = first[1]
    last = None
    if j < len(words) and words[j] in say.TO:
        last = clock_at(words, j + 1, is_announced=True)
    if last:
        return Part((i, last[1]), start=first[0], end=last[0], kind=TimeKind.RANGE)
    if words[i] in ("od", "from", "від"):
        return Part((i, j), start=first[0], kind=TimeKind.AFTER)
    return None


def _bounded(words: Sequence[str], i: int) -> Part | None:
    """Read "po 14", "przed dwunastą", "do 15:00"."""
    kind = {True: TimeKind.AFTER, False: TimeKind.BEFORE}[words[i] in say.AFTER]
    if words[i] not in say.AFTER | say.BEFORE or tuple(words[i : i + 2]) in say.PART_PHRASES:
        return None
    found = clock_at(words, i + 1, is_announced=True)
    if found is None:
        return None
    if kind is TimeKind.AFTER:
        return Part((i, found[1]), start=found[0], kind=kind)
    return Part((i, found[1]), end=found[0], kind=kind)


def _part_of_day(words: Sequence[str], i: int) -> Part | None:
    pair = tuple(words[i : i + 2])
    if len(pair) == 2 and pair in say.PART_PHRASES:
        hours = say.PART_HOURS[say.PART_PHRASES[pair[0], pair[1]]]
        return Part((i, i + 2), hours=hours, kind=TimeKind.DAY_PART)
    if words[i] in say.PARTS:
        hours = say.PART_HOURS[say.PARTS[words[i]]]
        return Part((i, i + 1), hours=hours, kind=TimeKind.DAY_PART)
    return None


def _moment(words: Sequence[str], i: int) -> Part | None:
    if words[i] in say.AT:
        j = i + 1
        while j < len(words) and words[j] in say.AT | say.HOUR_NOUNS:
            j += 1
        found = clock_at(words, j, is_announced=True)
        if found and not (words[i] in ("w", "в", "у") and words[j].isdecimal()):
            return Part((i, found[1]), start=found[0], kind=TimeKind.MOMENT)
        return None
    found = clock_at(words, i, is_announced=False)
    return Part((i, found[1]), start=found[0], kind=TimeKind.MOMENT) if found else None


def _is_dash_between(previous: Part, part: Part, tokens: Sequence[Token], text: str) -> bool:
    if not (previous.start and part.start and previous.span[1] == part.span[0]):
        return False
    gap = text[tokens[previous.span[1] - 1].end : tokens[part.span[0]].start]
    return gap.strip() in ("-", "–", "—")
