"""Questions for a time and nothing else: "co jest jutro rano?", "program na piątek"."""

import datetime as dt
from dataclasses import replace

from bot.dialogue.context import Context
from bot.dialogue.fair import Fair, Slot
from bot.dialogue.reading import Reading
from bot.dialogue.wishes import About, Next, Now, Programme, Wish
from bot.knowledge.model import SessionType
from bot.language.times import TimeKind, TimeReading

SOON = dt.timedelta(minutes=30)
"""Beside a moment that was asked for, what begins within this is shown too."""
_SOON = frozenset({TimeKind.NEXT, TimeKind.SOON})


def timed(reading: Reading, context: Context, fair: Fair) -> Wish | None:
    """Answer "co jest jutro rano?": a time, and nothing else but the programme."""
    if not reading.times or reading.uncovered:
        return None
    if "fair" in reading.requests and reading.times[0].kind is TimeKind.NEXT:
        return None
    others = set(reading.requests) - {"programme", "now", "next", "fair"}
    if others and not reading.types:
        return None
    is_about_programme = {"programme", "now", "next"} & set(reading.requests)
    if reading.facets and not reading.content and not is_about_programme:
        return None
    return programme_at(reading.times[0], reading.types[0] if reading.types else None)


def programme_at(time: TimeReading, kind: SessionType | None) -> Wish:
    """Make of a time the wish for the programme at that time."""
    day = time.start.date()
    match time.kind:
        case TimeKind.NOW | TimeKind.SOON if kind is None:
            return Now() if time.kind is TimeKind.NOW else Next()
        case TimeKind.NEXT:
            return Next(kind)
        case TimeKind.MOMENT | TimeKind.NOW | TimeKind.SOON:
            at = time.start.time().replace(second=0, microsecond=0)
            return Programme(day, at, at, kind)
        case TimeKind.DAY_PART | TimeKind.RANGE:
            return Programme(day, time.start.time(), _end_of(time), kind)
        case TimeKind.AFTER:
            return Programme(day, time.start.time(), None, kind)
        case TimeKind.BEFORE:
            return Programme(day, None, _end_of(time), kind)
        case TimeKind.DAY:
            return Programme(day, type=kind)
        case _:
            return Programme(type=kind)


def _end_of(time: TimeReading) -> dt.time | None:
    return time.end.time() if time.end.date() == time.start.date() else None


def within(about: About, times: tuple[TimeReading, ...]) -> About:
    """Ask the same of some days only; "the next one" names no day."""
    days = [time for time in times if time.kind not in _SOON]
    if not days:
        return about
    last = days[-1].end - dt.timedelta(seconds=1)
    return replace(about, start=days[0].start.date(), end=max(last, days[0].start).date())


def is_within(slot: Slot, wish: Programme) -> bool:
    """Say whether a session belongs to the part of the programme that is wished for."""
    if wish.day is not None and slot.start.date() != wish.day:
        return False
    if wish.type is not None and slot.session.type is not wish.type:
        return False
    if wish.begin is None and wish.finish is None:
        return True
    starts, ends = slot.start.time(), _end_time(slot)
    if wish.begin is not None and wish.begin == wish.finish:
        return starts <= wish.begin < ends or wish.begin <= starts <= _after(wish.begin)
    if wish.begin is not None and ends <= wish.begin:
        return False
    return wish.finish is None or starts < wish.finish


def _after(begin: dt.time) -> dt.time:
    moment = dt.datetime.combine(dt.date.min, begin) + SOON
    return moment.time() if moment.date() == dt.date.min else dt.time.max


def _end_time(slot: Slot) -> dt.time:
    """Say when it ends on the day that it starts."""
    return slot.end.time() if slot.end.date() == slot.start.date() else dt.time.max
