"""Lays a change over one date of a series."""

import datetime as dt
from typing import Any, assert_never

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
    Span,
    SpeakersChanged,
    StandsChanged,
    TextChanged,
    TimeChanged,
)
from bot.knowledge.model import Moved, Series


def change_date(series: Series, day: dt.date, change: Change) -> Series:
    """Make a change of the date that the series has by its rule on `day`."""
    match change:
        case PlaceChanged(new=place):
            return _moved(series, day, place=place)
        case TimeChanged(new=span):
            return _moved(series, day, span=span)
        case Cancelled():
            return _listed(series, "cancelled_dates", day, is_in=True)
        case Restored():
            back = _listed(series, "except_dates", day, is_in=False)
            return _listed(back, "cancelled_dates", day, is_in=False)
        case SeatsChanged(is_full=is_full):
            return _listed(series, "full_dates", day, is_in=is_full)
        case DateAdded(span=span):
            more = _listed(_without(series, day), "extra_dates", day, is_in=True)
            return _moved(_listed(more, "except_dates", day, is_in=False), day, span=span)
        case Gone():
            return _without(series, day)
        case Added() | SpeakersChanged() | StandsChanged() | Renamed() | TextChanged():
            return series
        case Joined() | HoursChanged():
            return series
        case _:
            assert_never(change)


def _moved(
    series: Series, day: dt.date, *, place: str | None = None, span: Span | None = None
) -> Series:
    rule = series.rule
    if rule is None:
        # Without a rule nobody knows the dates, and there is none to move.
        return series
    old = next((one for one in series.moved if one.from_ == day), None)
    to = span.start.date() if span else old.to if old else day
    start = span.start.time() if span else (old and old.start) or rule.start
    end = span.end.time() if span else (old and old.end) or rule.end
    where = place or (old and old.place) or series.place
    new = Moved.model_validate(
        {
            "from": day,
            "to": to,
            "start": start if start != rule.start else None,
            "end": end if end != rule.end else None,
            "place": where if where != series.place else None,
        }
    )
    others = tuple(one for one in series.moved if one.from_ != day)
    says_nothing = new.to == day and not (new.start or new.end or new.place)
    kept = others if says_nothing else (*others, new)
    return series.model_copy(update={"moved": tuple(sorted(kept, key=lambda one: one.from_))})


def _listed(series: Series, name: str, day: dt.date, *, is_in: bool) -> Series:
    days: tuple[dt.date, ...] = getattr(series, name)
    kept = {*days, day} if is_in else {*days} - {day}
    if kept == {*days}:
        return series
    update: dict[str, Any] = {name: tuple(sorted(kept))}
    return series.model_copy(update=update)


def _without(series: Series, day: dt.date) -> Series:
    for name in ("extra_dates", "cancelled_dates", "full_dates"):
        series = _listed(series, name, day, is_in=False)
    moved = tuple(one for one in series.moved if one.from_ != day)
    series = series.model_copy(update={"moved": moved})
    return _listed(series, "except_dates", day, is_in=True)
