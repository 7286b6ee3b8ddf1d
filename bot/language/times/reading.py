"""Days, times of day and stretches in a text become `TimeReading`s against the fair's calendar."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum, auto
from zoneinfo import ZoneInfo

from bot.language.times import words as say
from bot.language.times.clock import ClockTime, clock_at
from bot.language.times.days import Almanac, Days, Stretch, days_at
from bot.language.tokens import Token, tokenize

_FIRST_HOUR, _LAST_HOUR = 8, 20
"""Between these a fair has something on."""
SOON = dt.timedelta(minutes=15)
"""How far "zaraz" and "za chwilę" reach."""


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
class Calendar:
    """What times are read against.

    Attributes:
        days: the days of the fair, in order; may be empty.
        opens: when its days begin and `closes` when they end, by the local clock.
    """

    days: tuple[dt.date, ...]
    zone: ZoneInfo
    opens: dt.time = dt.time(9)
    closes: dt.time = dt.time(17)


@dataclass(frozen=True, slots=True)
class TimeReading:
    """One time that a text tells.

    Attributes:
        start: when it begins, aware; for `BEFORE` the beginning of the day.
        end: when it ends, not included; a moment ends when it begins.
        span: the place of its words in the text: from, and up to but not including.
        has_day: the text names the day; otherwise it was assumed.
        is_ambiguous: it could be another time as well; `alternatives` are those.
    """

    start: dt.datetime
    end: dt.datetime
    kind: TimeKind
    span: tuple[int, int]
    has_day: bool = False
    is_ambiguous: bool = False
    alternatives: tuple[dt.datetime, ...] = ()


@dataclass(frozen=True, slots=True)
class _Part:
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


def read_times(text: str, now: dt.datetime, calendar: Calendar) -> tuple[TimeReading, ...]:
    """Find the times in a text, in their order; a day and a time that belong together are one.

    Args:
        text: as it was typed.
        now: the present moment, aware.
        calendar: of the fair.
    """
    tokens = tokenize(text)
    words = [token.text for token in tokens]
    if not _may_tell_time(words):
        return ()
    local = now.astimezone(calendar.zone)
    almanac = Almanac(local.date(), calendar.days)
    parts = _without_negated(_parts(words, almanac, tokens, text), words)
    return tuple(_reading(part, tokens, local, calendar) for part in _joined(parts))


def bare_number(text: str) -> int | None:
    """Say the number that is all of the text: it may be a stand or an hour."""
    tokens = tokenize(text)
    alone = tokens[0].text if len(tokens) == 1 else ""
    return int(alone) if alone.isdecimal() and len(alone) <= 4 else None


def hours_alone(text: str) -> str:
    """Give "12-14" where that is all of the text: it may be hours or stands; "" otherwise."""
    ends = [part.strip() for part in text.strip(" ?!.").replace("–", "-").split("-")]
    if len(ends) != 2 or not all(one.isdecimal() and len(one) <= 2 for one in ends):
        return ""
    first, last = map(int, ends)
    return f"{first}-{last}" if _FIRST_HOUR <= first < last <= _LAST_HOUR else ""


def _may_tell_time(words: Sequence[str]) -> bool:
    triggers = say.trigger_words()
    return any(word in triggers or word[0].isdecimal() or word in ("d1", "d2") for word in words)


def _parts(
    words: Sequence[str], almanac: Almanac, tokens: Sequence[Token], text: str
) -> list[_Part]:
    parts: list[_Part] = []
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


def _part_at(words: Sequence[str], i: int, almanac: Almanac) -> _Part | None:
    if i and words[i - 1] in say.NOT_A_TIME_BEFORE:
        return None
    for read in (_present, _offset, _range, _bounded):
        if part := read(words, i):
            return part
    if found := days_at(words, i, almanac):
        return _Part((i, found[1]), days=found[0])
    return _part_of_day(words, i) or _moment(words, i)


def _present(words: Sequence[str], i: int) -> _Part | None:
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
            return None if is_day else _Part((i, i + 1), kind=kind)
        for phrase in phrases:
            if tuple(words[i : i + len(phrase)]) == phrase:
                return _Part((i, i + len(phrase)), kind=kind)
    return None


def _offset(words: Sequence[str], i: int) -> _Part | None:
    """Read "za pół godziny", "in 20 minutes", "через годину"."""
    if words[i] not in say.IN or i + 1 >= len(words):
        return None
    rest = list(words[i + 1 : i + 5])
    skipped = 0
    if rest and rest[0] in ("a", "an"):
        rest, skipped = rest[1:], 1
    found = _length(rest)
    if found is None:
        return None
    length, used = found
    return _Part((i, i + 1 + skipped + used), offset=length, kind=TimeKind.MOMENT)


def _length(rest: Sequence[str]) -> tuple[dt.timedelta, int] | None:
    word, following = (*rest, "", "")[:2]
    if word in say.HALF:
        used = 2 if following in say.HOURS_LONG else 3 if following in ("an", "a") else 1
        return (dt.timedelta(minutes=30), used) if used > 1 or word == "полчаса" else None
    if word in say.ONE_AND_A_HALF and following in say.HOURS_LONG:
        return dt.timedelta(minutes=90), 2
    if word in say.QUARTER and following not in say.HOURS:
        return dt.timedelta(minutes=15), 1
    if word in ("godzine", "godzinke", "hour", "годину", "час"):
        return dt.timedelta(hours=1), 1
    number = _number(word)
    if number is None:
        return None
    if following in say.MINUTES:
        return dt.timedelta(minutes=number), 2
    if following in say.HOURS_LONG:
        return dt.timedelta(hours=number), 2
    if word[-1:] == "h" and number:
        return dt.timedelta(hours=number), 1
    return None


def _number(word: str) -> float | None:
    digits = word.removesuffix("h").removesuffix("min").replace(",", ".")
    if digits.replace(".", "", 1).isdecimal():
        value = float(digits)
        return value if value < 1000 else None
    return say.NUMBERS.get(word)


def _range(words: Sequence[str], i: int) -> _Part | None:
    """Read "od 10 do 12", "między 10 a 12", "10-12"."""
    if "-" in words[i] and words[i].replace("-", "").replace(":", "").isdecimal():
        ends = words[i].split("-")
        is_announced = i > 0 and words[i - 1] in say.AT | say.FROM
        is_clock = ":" in words[i] or is_announced
        if len(ends) == 2 and is_clock:
            first = clock_at([ends[0]], 0, is_announced=True)
            last = clock_at([ends[1]], 0, is_announced=True)
            if first and last:
                return _Part((i, i + 1), start=first[0], end=last[0], kind=TimeKind.RANGE)
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
        return _Part((i, last[1]), start=first[0], end=last[0], kind=TimeKind.RANGE)
    if words[i] in ("od", "from", "від"):
        return _Part((i, j), start=first[0], kind=TimeKind.AFTER)
    return None


def _bounded(words: Sequence[str], i: int) -> _Part | None:
    """Read "po 14", "przed dwunastą", "do 15:00"."""
    kind = {True: TimeKind.AFTER, False: TimeKind.BEFORE}[words[i] in say.AFTER]
    if words[i] not in say.AFTER | say.BEFORE or tuple(words[i : i + 2]) in say.PART_PHRASES:
        return None
    found = clock_at(words, i + 1, is_announced=True)
    if found is None:
        return None
    if kind is TimeKind.AFTER:
        return _Part((i, found[1]), start=found[0], kind=kind)
    return _Part((i, found[1]), end=found[0], kind=kind)


def _part_of_day(words: Sequence[str], i: int) -> _Part | None:
    pair = tuple(words[i : i + 2])
    if len(pair) == 2 and pair in say.PART_PHRASES:
        hours = say.PART_HOURS[say.PART_PHRASES[pair[0], pair[1]]]
        return _Part((i, i + 2), hours=hours, kind=TimeKind.DAY_PART)
    if words[i] in say.PARTS:
        hours = say.PART_HOURS[say.PARTS[words[i]]]
        return _Part((i, i + 1), hours=hours, kind=TimeKind.DAY_PART)
    return None


def _moment(words: Sequence[str], i: int) -> _Part | None:
    if words[i] in say.AT:
        j = i + 1
        while j < len(words) and words[j] in say.AT | say.HOUR_NOUNS:
            j += 1
        found = clock_at(words, j, is_announced=True)
        if found and not (words[i] in ("w", "в", "у") and words[j].isdecimal()):
            return _Part((i, found[1]), start=found[0], kind=TimeKind.MOMENT)
        return None
    found = clock_at(words, i, is_announced=False)
    return _Part((i, found[1]), start=found[0], kind=TimeKind.MOMENT) if found else None


def _is_dash_between(previous: _Part, part: _Part, tokens: Sequence[Token], text: str) -> bool:
    if not (previous.start and part.start and previous.span[1] == part.span[0]):
        return False
    gap = text[tokens[previous.span[1] - 1].end : tokens[part.span[0]].start]
    return gap.strip() in ("-", "–", "—")


def _without_negated(parts: list[_Part], words: Sequence[str]) -> list[_Part]:
    """Leave out what was said not to be meant: "nie dziś, tylko jutro"."""
    kept = [
        part
        for part in parts
        if not (part.days and part.span[0] and words[part.span[0] - 1] in ("nie", "not", "не"))
    ]
    return kept or parts


def _joined(parts: list[_Part]) -> list[_Part]:
    """Give times of day their day: the named one that is nearest to them."""
    days = [part for part in parts if part.days and part.days.stretch is Stretch.DAY]
    joined = [_with_day(part, days) if part.is_within_day else part for part in parts]
    taken = {part.days for part in joined if part.is_within_day}
    kept = [
        part for part in joined if part.is_within_day or part.days not in taken or not part.days
    ]
    return sorted(kept, key=lambda part: part.span)


def _with_day(part: _Part, days: list[_Part]) -> _Part:
    day = min(days, key=lambda one: abs(one.span[0] - part.span[0]), default=None)
    if day is None:
        return part
    span = (min(day.span[0], part.span[0]), max(day.span[1], part.span[1]))
    return replace(part, days=day.days, span=span)


_STRETCHES = {
    Stretch.DAY: TimeKind.DAY,
    Stretch.WEEKEND: TimeKind.WEEKEND,
    Stretch.WEEK: TimeKind.WEEK,
    Stretch.MONTH: TimeKind.MONTH,
}


def _reading(
    part: _Part, tokens: Sequence[Token], now: dt.datetime, calendar: Calendar
) -> TimeReading:
    span = (tokens[part.span[0]].start, tokens[part.span[1] - 1].end)
    if part.kind in (TimeKind.NOW, TimeKind.NEXT):
        return TimeReading(now, now, part.kind, span)
    if part.kind is TimeKind.SOON:
        return TimeReading(now, now + SOON, part.kind, span)
    if part.offset:
        moment = now + part.offset
        return TimeReading(moment, moment, TimeKind.MOMENT, span)
    if part.days and not part.is_within_day:
        start = _at(part.days.first, dt.time(), calendar)
        end = _at(part.days.last + dt.timedelta(1), dt.time(), calendar)
        kind = _STRETCHES[part.days.stretch]
        return TimeReading(start, end, kind, span, True, part.days.is_ambiguous)
    return _within_day(part, span, now, calendar)


def _within_day(
    part: _Part, span: tuple[int, int], now: dt.datetime, calendar: Calendar
) -> TimeReading:
    day = part.days.first if part.days else _assumed_day(now, calendar)
    midnight = _at(day + dt.timedelta(1), dt.time(), calendar)
    has_day = part.days is not None
    is_ambiguous = bool(part.days and part.days.is_ambiguous)
    if part.hours:
        start, end = (_hour_of(day, hour, calendar) for hour in part.hours)
        return TimeReading(start, end, part.kind, span, has_day, is_ambiguous)
    starts = _possible(part.start, day, now, calendar, has_day) if part.start else []
    ends = _possible(part.end, day, now, calendar, has_day) if part.end else []
    start = starts[0] if starts else _at(day, dt.time(), calendar)
    others = (starts or ends)[1:]
    if part.kind is TimeKind.MOMENT:
        end = start
    elif ends:
        end = next((one for one in ends if one > start), ends[0])
    else:
        end = midnight
    is_ambiguous = is_ambiguous or bool(others)
    return TimeReading(start, end, part.kind, span, has_day, is_ambiguous, tuple(others))


def _assumed_day(now: dt.datetime, calendar: Calendar) -> dt.date:
    if not calendar.days or now.date() in calendar.days:
        return now.date()
    return calendar.days[0]


def _possible(
    time: ClockTime, day: dt.date, now: dt.datetime, calendar: Calendar, has_day: bool
) -> list[dt.datetime]:
    """List what an hour can mean, the likeliest first.

    An hour up to 12 may be one of the afternoon: what lies within an hour of the opening
    hours counts; of two, what is still to come.
    """
    first = _hour_of(day, time.hour, calendar, time.minute)
    if time.is_settled or time.hour >= 12:
        return [first]
    both = [first, _hour_of(day, time.hour + 12, calendar, time.minute)]
    margin = dt.timedelta(hours=1)
    opens = _at(day, calendar.opens, calendar) - margin
    closes = _at(day, calendar.closes, calendar) + margin
    open_ones = [one for one in both if opens <= one <= closes]
    if len(open_ones) == 1:
        return open_ones
    candidates = open_ones or both
    to_come = [one for one in candidates if one >= now and (has_day or one.date() == now.date())]
    best = (to_come or candidates)[0]
    return [best, *(one for one in candidates if one != best)]


def _hour_of(day: dt.date, hour: int, calendar: Calendar, minute: int = 0) -> dt.datetime:
    later = day + dt.timedelta(days=hour // 24)
    return _at(later, dt.time(hour % 24, minute), calendar)


def _at(day: dt.date, time: dt.time, calendar: Calendar) -> dt.datetime:
    return dt.datetime.combine(day, time, calendar.zone)
