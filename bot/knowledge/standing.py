"""Which changes made in chat stand against what the YAML says by now.

Where both say something else, the later of the two holds; but what was cancelled stays so.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
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
from bot.knowledge.model import Hours, Knowledge, Series, Session


@dataclass(frozen=True, slots=True)
class Made:
    """A change that somebody confirmed in chat.

    Attributes:
        number: of its row; it grows with time.
        at: when it was confirmed, aware.
        by: who confirmed it, by the name that the staff knows.
        announcement: which told it; `None` if that is gone.
        written_back: whether the YAML has said it since.
    """

    number: int
    change: Change
    at: dt.datetime
    by: str = ""
    announcement: int | None = None
    written_back: bool = False


class Aspect(StrEnum):
    """What of a record a change is about; changes of one aspect follow each other."""

    PLACE = "place"
    TIME = "time"
    IS_ON = "is_on"
    SPEAKERS = "speakers"
    SEATS = "seats"
    STANDS = "stands"
    NAME = "name"
    BEING = "being"
    HOURS = "hours"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Standing:
    """What becomes of the changes made in chat.

    Attributes:
        holding: to be laid over the YAML, the newest last.
        overruled: about what the YAML was given another value for since.
        said: those that the YAML says too by now.
    """

    holding: tuple[Made, ...] = ()
    overruled: tuple[Made, ...] = ()
    said: tuple[Made, ...] = ()

    @property
    def changes(self) -> tuple[Change, ...]:
        """What is to be laid over the YAML."""
        return tuple(one.change for one in self.holding)


def standing(
    knowledge: Knowledge, made: Iterable[Made], edited: Mapping[str, dt.datetime]
) -> Standing:
    """Weigh the changes made in chat against the YAML.

    Args:
        knowledge: what the YAML says, without any change.
        made: the newest last.
        edited: when the file of each record was edited last, by id.
    """
    every = tuple(made)
    chains: defaultdict[tuple[str, Aspect], list[Made]] = defaultdict(list)
    for one in every:
        chains[one.change.record, aspect_of(one.change)].append(one)
    overruled: set[int] = set()
    said: set[int] = set()
    superseded: set[int] = set()
    for (key, aspect), chain in chains.items():
        numbers = {one.number for one in chain}
        value, last = value_of(key, aspect, knowledge), wanted(chain[-1].change)
        if value == last:
            said |= numbers
        elif value and isinstance(chain[-1].change, Added | DateAdded | Joined):
            # The YAML has it too, perhaps with more and newer details.
            said |= numbers
            superseded |= numbers
        elif _is_overruled(value, chain, edited.get(key.partition("@")[0])):
            overruled |= numbers
    return Standing(
        tuple(one for one in every if one.number not in overruled | superseded),
        tuple(one for one in every if one.number in overruled),
        tuple(one for one in every if one.number in said),
    )


def aspect_of(change: Change) -> Aspect:  # noqa: C901 - one line for each kind
    """Say what of its record a change is about."""
    match change:
        case PlaceChanged():
            return Aspect.PLACE
        case TimeChanged():
            return Aspect.TIME
        case Cancelled() | Restored():
            return Aspect.IS_ON
        case SpeakersChanged():
            return Aspect.SPEAKERS
        case SeatsChanged():
            return Aspect.SEATS
        case StandsChanged():
            return Aspect.STANDS
        case Renamed():
            return Aspect.NAME
        case Added() | DateAdded() | Joined() | Gone():
            return Aspect.BEING
        case HoursChanged():
            return Aspect.HOURS
        case TextChanged():
            return Aspect.TEXT
        case _:
            assert_never(change)


def _is_overruled(value: object, chain: Sequence[Made], edited_at: dt.datetime | None) -> bool:
    """Say whether the YAML says something else because it was edited after the chat."""
    last = chain[-1]
    aspect = aspect_of(last.change)
    if aspect is Aspect.IS_ON and isinstance(last.change, Cancelled):
        # The tombstone: an old file, or a new one, may still have it planned.
        return False
    if edited_at is None or edited_at <= last.at or value is None:
        return False
    if last.written_back:
        return True
    if aspect is Aspect.IS_ON or aspect is Aspect.BEING:
        return False
    known = [wanted(one.change) for one in chain] + [_was(one.change) for one in chain]
    return value not in known


def wanted(change: Change) -> object:
    """Say what a change makes of its aspect."""
    match change:
        case PlaceChanged(new=new) | StandsChanged(new=new) | SpeakersChanged(new=new):
            return new
        case TimeChanged(new=new):
            return new
        case Renamed(new=new):
            return new
        case HoursChanged(new=new):
            return new
        case SeatsChanged(is_full=is_full):
            return is_full
        case Added() | DateAdded() | Joined():
            # Never the same as what the YAML has, which knows more of it.
            return change
        case Cancelled() | Gone():
            return False
        case Restored():
            return True
        case TextChanged():
            return None
        case _:
            assert_never(change)


def _was(change: Change) -> object:
    match change:
        case PlaceChanged(old=old) | StandsChanged(old=old) | SpeakersChanged(old=old):
            return old
        case TimeChanged(old=old):
            return old
        case Renamed(old=old):
            return old
        case HoursChanged(old=old):
            return old
        case SeatsChanged(is_full=is_full):
            return not is_full
        case _:
            return None


def value_of(key: str, aspect: Aspect, knowledge: Knowledge) -> object:
    """Say what a fair has for one aspect of a record; `None` where it has no such record."""
    if aspect is Aspect.HOURS:
        return hours_on(dt.date.fromisoformat(key.partition("@")[2]), knowledge)
    place = knowledge.places.get(key)
    if place is not None:
        return place.name if aspect is Aspect.NAME else None
    found = saved_under(key, knowledge)
    if found is None:
        return False if aspect is Aspect.BEING else None
    if isinstance(found.record, Session | Series) and aspect is Aspect.SEATS:
        return _is_full(key, found.record)
    match aspect:
        case Aspect.PLACE:
            return _place(found)
        case Aspect.TIME:
            return _span(found)
        case Aspect.IS_ON:
            return found.is_on
        case Aspect.NAME:
            return found.name
        case Aspect.BEING:
            return True
        case _:
            # Speakers and stands; others have none.
            return getattr(found.record, aspect.value, None)


def hours_on(day: dt.date, knowledge: Knowledge) -> Span | None:
    """Say from when to when the fair is open on a day; `None` for no hours."""
    return next((_open(one) for one in knowledge.event.hours if one.date == day), None)


def _open(hours: Hours) -> Span:
    return Span(*(dt.datetime.combine(hours.date, at) for at in (hours.open, hours.close)))


def _place(found: Saved) -> str | None:
    if isinstance(found.record, Series) and not found.start:
        return found.record.place
    return found.place.id if found.place else None


def _span(found: Saved) -> Span | None:
    if not (found.start and found.end):
        return None
    return Span(found.start.replace(tzinfo=None), found.end.replace(tzinfo=None))


def _is_full(key: str, record: Session | Series) -> bool:
    _, _, day = key.partition("@")
    if day and isinstance(record, Series):
        return dt.date.fromisoformat(day) in record.full_dates
    return record.registration.full
