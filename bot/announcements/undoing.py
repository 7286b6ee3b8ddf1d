"""What takes the changes of an announcement back, so that the programme is as it was before them.

Taken back is a change of its own: it is told with what it was, reminders and calendars follow, and
the YAML can say it. Only the newest change of a thing can be taken back: what somebody has changed
once more since stays as they made it.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import assert_never

from bot.announcements.news import folded
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
from bot.knowledge.model import Knowledge
from bot.knowledge.standing import aspect_of, value_of, wanted


@dataclass(frozen=True, slots=True)
class Undoing:
    """What becomes of the changes of an announcement when it is taken back.

    Attributes:
        back: the changes that take them back.
        stays: what cannot be taken back: it was changed once more since, or its record is gone.
    """

    back: tuple[Change, ...] = ()
    stays: tuple[Change, ...] = ()


def undoing(
    changes: Iterable[Change], knowledge: Knowledge, earlier: Iterable[Change], now: dt.datetime
) -> Undoing:
    """Say how some changes are taken back.

    Args:
        changes: those of one announcement.
        knowledge: the fair as it is now, with them.
        earlier: what was changed in chat before them, for why something was cancelled.
        now: what is over by then is left alone.
    """
    before = tuple(earlier)
    back: list[Change] = []
    stays: list[Change] = []
    for change in folded(changes):
        if isinstance(change, TextChanged) or _is_over(change, knowledge, now):
            continue
        one = _back(change, knowledge, before) if _still_is(change, knowledge) else None
        if one is None:
            stays.append(change)
        else:
            back.append(one)
    return Undoing(tuple(back), tuple(stays))


def _is_over(change: Change, knowledge: Knowledge, now: dt.datetime) -> bool:
    saved = saved_under(change.record, knowledge)
    return saved is not None and saved.end is not None and saved.end <= now


def _still_is(change: Change, knowledge: Knowledge) -> bool:
    """Say whether the fair is as the change made it."""
    if isinstance(change, Added | DateAdded):
        saved = saved_under(change.record, knowledge)
        return saved is not None and saved.is_on
    return value_of(change.record, aspect_of(change), knowledge) == wanted(change)


def _back(change: Change, knowledge: Knowledge, earlier: tuple[Change, ...]) -> Change | None:
    match change:
        case PlaceChanged(record, old, new):
            return PlaceChanged(record, new, old) if old in knowledge.places else None
        case TimeChanged(record, old, new, delay):
            # As much less late: what was late before is late by that again.
            return TimeChanged(record, new, old, -delay)
        case Cancelled() | Restored() | Added() | DateAdded():
            return _on_or_off(change, earlier)
        case SpeakersChanged(record, old_people, new_people):
            return SpeakersChanged(record, new_people, old_people)
        case SeatsChanged(record, is_full):
            return SeatsChanged(record, not is_full)
        case StandsChanged(record, old_stands, new_stands):
            return StandsChanged(record, new_stands, old_stands)
        case Renamed(record, old_name, new_name):
            return Renamed(record, new_name, old_name)
        case Gone() | Joined() | HoursChanged() | TextChanged():
            # Only the YAML says these.
            return None
        case _:
            assert_never(change)


def _on_or_off(
    change: Cancelled | Restored | Added | DateAdded, earlier: tuple[Change, ...]
) -> Change:
    match change:
        case Cancelled(record):
            return Restored(record)
        case Restored(record):
            off = [one for one in earlier if isinstance(one, Cancelled) and one.record == record]
            return off[-1] if off else Cancelled(record)
        case Added() | DateAdded():
            # It was announced: whoever asks for it learns that it is called off.
            return Cancelled(change.record)
        case _:
            assert_never(change)
