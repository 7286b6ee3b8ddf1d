"""Days, times of day and stretches in a text become `TimeReading`s against the fair's calendar."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from bot.language.times import words as say
from bot.language.times.clock import ClockTime
from bot.language.times.days import Almanac, Stretch
from bot.language.times.parts import Part, TimeKind, parts_in
from bot.language.tokens import Token, tokenize

_FIRST_HOUR, _LAST_HOUR = 8, 20
"""Between these a fair has something on."""

SOON = dt.timedelta(minutes=15)
"""How far "zaraz" and "za chwilę" reach."""


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
    parts = _without_negated(parts_in(words, almanac, tokens, text), words)
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


def _without_negated(parts: list[Part], words: Sequence[str]) -> list[Part]:
    """Leave out what was said not to be meant: "nie dziś, tylko jutro"."""
    kept = [
        part
        for part in parts
        if not (part.days and part.span[0] and words[part.span[0] - 1] in ("nie", "not", "не"))
    ]
    return kept or parts


def _joined(parts: list[Part]) -> list[Part]:
    """Give times of day their day: the named one that is nearest to them."""
    days = [part for part in parts if part.days and part.days.stretch is Stretch.DAY]
    joined = [_with_day(part, days) if part.is_within_day else part for part in parts]
    taken = {part.days for part in joined if part.is_within_day}
    kept = [
        part for part in joined if part.is_within_day or part.days not in taken or not part.days
    ]
    return sorted(kept, key=lambda part: part.span)


def _with_day(part: Part, days: list[Part]) -> Part:
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
    part: Part, tokens: Sequence[Token], now: dt.datetime, calendar: Calendar
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
    part: Part, span: tuple[int, int], now: dt.datetime, calendar: Calendar
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
