"""Notes what was planned before changes, and forgets what is again as it was."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar, assert_never

from bot.knowledge.changes import (
    Added,
    Cancelled,
    Change,
    DateAdded,
    Gone,
    HoursChanged,
    Joined,
    PlaceChanged,
    Renamed,
    Restored,
    SeatsChanged,
    SpeakersChanged,
    StandsChanged,
    TextChanged,
    TimeChanged,
)
from bot.knowledge.dated import saved_under
from bot.knowledge.model import Before, Exhibitor, Knowledge, Place, Session

T = TypeVar("T")


def noted(before: Before, change: Change) -> Before:
    """Note what a change says that it was; what an earlier one said counts more."""
    match change:
        case PlaceChanged(old=place):
            return replace(before, place=before.place or place)
        case TimeChanged(old=span):
            if before.start is not None:
                return before
            return replace(before, start=span.start, end=span.end)
        case Cancelled(reason=reason, replacement=replacement, was=was):
            start, end = (was.start, was.end) if was else (None, None)
            told = replace(before, reason=reason, replacement=replacement)
            return replace(told, off_start=start, off_end=end)
        case Restored():
            told = replace(before, reason=None, replacement=None)
            return replace(told, off_start=None, off_end=None)
        case SpeakersChanged(old=speakers):
            kept = before.speakers
            return replace(before, speakers=speakers if kept is None else kept)
        case StandsChanged(old=stands):
            return replace(before, stands=stands if before.stands is None else before.stands)
        case Renamed(old=name):
            return replace(before, name=before.name or name)
        case (
            Added()
            | DateAdded()
            | SeatsChanged()
            | Gone()
            | Joined()
            | HoursChanged()
            | TextChanged()
        ):
            return before
        case _:
            assert_never(change)


def still_other(before: Mapping[str, Before], knowledge: Knowledge) -> dict[str, Before]:
    """Leave out what is again as it was: moved away and back is not moved."""
    kept = {key: _without_same(key, was, knowledge) for key, was in before.items()}
    return {key: was for key, was in kept.items() if was != Before()}


def _without_same(key: str, was: Before, knowledge: Knowledge) -> Before:
    place = knowledge.places.get(key)
    if place is not None:
        return replace(was, name=_other(was.name, place.name))
    now = saved_under(key, knowledge)
    if now is None:
        return Before()
    times = tuple(moment and _local(moment) for moment in (now.start, now.end))
    is_same_time = (was.start, was.end) == times
    if (was.off_start, was.off_end) == times:
        was = replace(was, off_start=None, off_end=None)
    record = now.record
    return replace(
        was,
        place=_other(was.place, _place_of(now.place, key, knowledge)),
        start=None if is_same_time else was.start,
        end=None if is_same_time else was.end,
        speakers=_other(was.speakers, record.speakers) if isinstance(record, Session) else None,
        stands=_other(was.stands, record.stands) if isinstance(record, Exhibitor) else None,
        name=_other(was.name, now.name),
    )


def _place_of(place: Place | None, key: str, knowledge: Knowledge) -> str | None:
    if place is not None:
        return place.id
    series = knowledge.series.get(key)
    return series.place if series else None


def _other(was: T | None, now: T | None) -> T | None:
    return None if was == now else was


def _local(moment: dt.datetime) -> dt.datetime:
    return moment.replace(tzinfo=None)
