"""Whether changes still hold at the moment somebody is told of them, and what holds instead.

Between confirming and writing a message a point may be moved again, called off, or begin.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import assert_never

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
from bot.knowledge.dated import Saved, saved_under
from bot.knowledge.model import Exhibitor, Knowledge, Series, Session, Status
from bot.knowledge.standing import hours_on


@dataclass(frozen=True, slots=True)
class Holding:
    """What is left to tell.

    Attributes:
        changes: with what is now, wherever that is not what was announced.
        is_other: whether something has changed once more since.
    """

    changes: tuple[Change, ...]
    is_other: bool = False


def holding(
    changes: Iterable[Change], knowledge: Knowledge, now: dt.datetime, *, is_fresh: bool = False
) -> Holding:
    """Keep what still holds of some changes.

    Args:
        changes: as they were announced.
        knowledge: the fair as it is now.
        now: what has begun, or is over, by then is not told any more.
        is_fresh: they were confirmed just now: where the fair is as before, it has not
            learned of them yet; otherwise somebody took them back.
    """
    every = tuple(changes)
    kept = [(one, _as_it_is(one, knowledge, now, is_fresh=is_fresh)) for one in every]
    left = tuple(one for _, one in kept if one is not None)
    return Holding(left, any(one is not None and one != was for was, one in kept))


def _as_it_is(
    change: Change, knowledge: Knowledge, now: dt.datetime, *, is_fresh: bool
) -> Change | None:
    match change:
        case TextChanged():
            return None
        case Added(session):
            return _added(change, knowledge.sessions.get(session.id), now, knowledge, is_fresh)
        case HoursChanged():
            return _hours(change, knowledge, now)
        case Joined(record):
            return change if is_fresh or record in knowledge.exhibitors else None
        case Gone(record, _, span):
            is_back = saved_under(record, knowledge) is not None and not is_fresh
            is_over = span is not None and span.end.replace(tzinfo=knowledge.event.zone) <= now
            return None if is_back or is_over else change
        case Renamed():
            return change
        case StandsChanged(record, _, new):
            exhibitor = knowledge.exhibitors.get(record)
            return _stands(change, exhibitor, new, is_fresh=is_fresh)
        case _:
            saved = saved_under(change.record, knowledge)
            if saved is None or (saved.end is not None and saved.end <= now):
                return None
            return _of_saved(change, saved, now, is_fresh=is_fresh)


def _of_saved(
    change: PlaceChanged
    | TimeChanged
    | Cancelled
    | Restored
    | SpeakersChanged
    | SeatsChanged
    | DateAdded,
    saved: Saved,
    now: dt.datetime,
    *,
    is_fresh: bool,
) -> Change | None:
    match change:
        case Cancelled():
            return change if is_fresh or not saved.is_on else None
        case Restored() | DateAdded():
            return change if is_fresh or saved.is_on else None
        case _ if not saved.is_on:
            # Called off since, which another message tells.
            return None
        case PlaceChanged(_, old, new):
            place = _place(saved)
            if place == new or (place == old and is_fresh):
                return change
            return None if place in (old, "") else replace(change, new=place)
        case TimeChanged():
            return _time(change, saved, now, is_fresh=is_fresh)
        case SpeakersChanged(_, old, new):
            speakers = saved.record.speakers if isinstance(saved.record, Session) else new
            if speakers == new or (speakers == old and is_fresh):
                return change
            return None if speakers == old else replace(change, new=speakers, names=())
        case SeatsChanged(_, is_full):
            has_begun = saved.start is not None and saved.start <= now
            holds = is_fresh or _is_full(saved) == is_full
            return change if holds and not has_begun else None
        case _:
            assert_never(change)


def _time(
    change: TimeChanged, saved: Saved, now: dt.datetime, *, is_fresh: bool
) -> TimeChanged | None:
    if saved.start is None or saved.end is None:
        return None
    span = Span(saved.start.replace(tzinfo=None), saved.end.replace(tzinfo=None))
    if span == change.old:
        return change if is_fresh else None
    if saved.start <= now:
        return None
    if span == change.new:
        return change
    late = round((span.start - change.old.start) / dt.timedelta(minutes=1))
    is_late = isinstance(saved.record, Session) and saved.record.status is Status.DELAYED
    return TimeChanged(change.record, change.old, span, late if is_late and late > 0 else 0)


def _added(
    change: Added,
    session: Session | None,
    now: dt.datetime,
    knowledge: Knowledge,
    is_fresh: bool,
) -> Added | None:
    if session is None:
        return change if is_fresh else None
    saved = saved_under(session.id, knowledge)
    if saved is None or not saved.is_on or saved.end is None or saved.end <= now:
        return None
    return Added(session)


def _stands(
    change: StandsChanged, exhibitor: Exhibitor | None, new: tuple[str, ...], *, is_fresh: bool
) -> StandsChanged | None:
    if exhibitor is None:
        return None
    if exhibitor.stands == new or (exhibitor.stands == change.old and is_fresh):
        return change
    return None if exhibitor.stands == change.old else replace(change, new=exhibitor.stands)


def _hours(change: HoursChanged, knowledge: Knowledge, now: dt.datetime) -> HoursChanged | None:
    """Keep it until the day has closed, with the hours that it has by now."""
    present = hours_on(change.day, knowledge)
    ends = [span.end for span in (change.old, present) if span]
    zone = knowledge.event.zone
    if present == change.old or not ends or max(ends).replace(tzinfo=zone) <= now:
        return None
    return replace(change, new=present)


def _place(saved: Saved) -> str:
    if isinstance(saved.record, Series) and saved.start is None:
        return saved.record.place
    return saved.place.id if saved.place else ""


def _is_full(saved: Saved) -> bool:
    record = saved.record
    if not isinstance(record, Session | Series):
        return False
    day = saved.key.partition("@")[2]
    if day and isinstance(record, Series):
        return record.registration.full or day in {one.isoformat() for one in record.full_dates}
    return record.registration.full
