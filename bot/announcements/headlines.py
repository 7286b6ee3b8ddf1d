"""What some changes are about in one word, for their headline."""

from collections.abc import Sequence
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
    SpeakersChanged,
    StandsChanged,
    TextChanged,
    TimeChanged,
)
from bot.knowledge.model import Knowledge, PlaceKind


def subject_of(changes: Sequence[Change], knowledge: Knowledge) -> str:
    """Name what they are about, as `change_title_…` of the catalogue does; "several" if mixed."""
    kinds = {_kind(change, knowledge) for change in changes}
    return kinds.pop() if len(kinds) == 1 else "several"


def _kind(change: Change, knowledge: Knowledge) -> str:  # noqa: C901 - one line for each kind
    match change:
        case PlaceChanged(_, _, new):
            place = knowledge.places.get(new)
            return "room" if place and place.kind is PlaceKind.ROOM else "place"
        case TimeChanged():
            return "delay" if change.delay_min > 0 else "time"
        case HoursChanged():
            return "hours"
        case Joined() | Gone(is_exhibitor=True):
            return "exhibitors"
        case Cancelled() | Gone():
            return "cancelled"
        case Restored():
            return "restored"
        case SpeakersChanged():
            return "speakers"
        case Added() | DateAdded():
            return "added"
        case SeatsChanged(_, is_full):
            return "full" if is_full else "seats"
        case StandsChanged() | Renamed():
            return "stands" if change.record in knowledge.exhibitors else "several"
        case TextChanged():
            return "several"
        case _:
            assert_never(change)
