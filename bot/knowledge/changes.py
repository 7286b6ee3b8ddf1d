"""What can change in the programme for visitors, one type for each; each is about one record.

An organizer's words, or an edit of the YAML, become such changes (`differences.py`); drafts and
the store hold them as JSON; `laying.py` lays them over the YAML. Times are local to the fair and
without a zone, as in the YAML. `record` is a key as in `dated.py`: the id of a record, or
`id@YYYY-MM-DD` for one date of a series, by the day that its rule says.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel, TypeAdapter, ValidationError

from bot.knowledge.model import LocalText, Session


@dataclass(frozen=True, slots=True)
class Span:
    """From when to when something takes place: local to the fair, without a zone."""

    start: dt.datetime
    end: dt.datetime


@dataclass(frozen=True, slots=True)
class PlaceChanged:
    """A session, a series or one date of it takes place elsewhere; both are ids of places."""

    record: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class TimeChanged:
    """A session or one date of a series takes place at another time.

    Attributes:
        old: when it was to be really, an earlier delay included.
        new: when it is now.
        delay_min: by how many minutes it is late beyond `old`; 0 if it was moved, not delayed.
    """

    record: str
    old: Span
    new: Span
    delay_min: int = 0


@dataclass(frozen=True, slots=True)
class Cancelled:
    """A session or one date of a series does not take place.

    It leaves a tombstone: whatever the YAML says later, only `Restored` brings it back.

    Attributes:
        reason: as visitors are told it; `None` if they are told none.
        replacement: the id of the session that takes place instead; `None` for none.
        was: when it was to be, as visitors knew it: an edit of the YAML since changes nothing of
            that; `None` where it is not known.
    """

    record: str
    reason: LocalText | None = None
    replacement: str | None = None
    was: Span | None = None


@dataclass(frozen=True, slots=True)
class Restored:
    """What was cancelled, or gone, takes place after all."""

    record: str


@dataclass(frozen=True, slots=True)
class SpeakersChanged:
    """Others lead a session; both are ids of people.

    Attributes:
        names: those of `new` of whom there is no record, as pairs of id and name to show. Whoever
            names them here vouches that they agreed to be shown.
    """

    record: str
    old: tuple[str, ...]
    new: tuple[str, ...]
    names: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Added:
    """A session that was not in the programme, with all its fields."""

    session: Session

    @property
    def record(self) -> str:
        """The id of the new session."""
        return self.session.id


@dataclass(frozen=True, slots=True)
class DateAdded:
    """One more date of a series; `record` names the series and the day."""

    record: str
    span: Span


@dataclass(frozen=True, slots=True)
class SeatsChanged:
    """All seats of a session, a series or one date are taken, or some are free again."""

    record: str
    is_full: bool


@dataclass(frozen=True, slots=True)
class StandsChanged:
    """An exhibitor stands elsewhere; both are numbers of stands."""

    record: str
    old: tuple[str, ...]
    new: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Renamed:
    """An exhibitor, a place, a session or a series is called otherwise, and is still the same."""

    record: str
    old: LocalText
    new: LocalText


@dataclass(frozen=True, slots=True)
class Gone:
    """A session, an exhibitor, a series or a date is in the YAML no more, and was not cancelled.

    Attributes:
        name: what it was called: nobody can look it up any more.
        span: when it would have been; `None` for what has no time.
        is_exhibitor: it is somebody who will not be at the fair.
    """

    record: str
    name: LocalText
    span: Span | None = None
    is_exhibitor: bool = False


@dataclass(frozen=True, slots=True)
class Joined:
    """An exhibitor is at the fair who was not; the record is in the YAML by now."""

    record: str
    name: LocalText
    stands: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HoursChanged:
    """The fair opens or closes at another time on one day.

    Attributes:
        record: the id of the fair and the day, as `hours_key` writes it.
        old: `None` where the day had no hours.
        new: `None` where it has none any more: the fair is closed.
    """

    record: str
    old: Span | None = None
    new: Span | None = None

    @property
    def day(self) -> dt.date:
        """The day that it is about."""
        return dt.date.fromisoformat(self.record.partition("@")[2])


def hours_key(event: str, day: dt.date) -> str:
    """Write the key of one day's opening hours."""
    return f"{event}@{day.isoformat()}"


@dataclass(frozen=True, slots=True)
class TextChanged:
    """Some text about a record reads otherwise, a misprint was mended: nobody is told."""

    record: str


Change = (
    PlaceChanged
    | TimeChanged
    | Cancelled
    | Restored
    | SpeakersChanged
    | Added
    | DateAdded
    | SeatsChanged
    | StandsChanged
    | Renamed
    | Gone
    | Joined
    | HoursChanged
    | TextChanged
)

_KINDS: Mapping[str, type[Change]] = MappingProxyType(
    {
        "place": PlaceChanged,
        "time": TimeChanged,
        "cancelled": Cancelled,
        "restored": Restored,
        "speakers": SpeakersChanged,
        "added": Added,
        "date_added": DateAdded,
        "seats": SeatsChanged,
        "stands": StandsChanged,
        "renamed": Renamed,
        "gone": Gone,
        "joined": Joined,
        "hours": HoursChanged,
        "text": TextChanged,
    }
)
_NAMES = MappingProxyType({kind: name for name, kind in _KINDS.items()})


def as_json(change: Change) -> dict[str, Any]:
    """Write a change as plain lists and texts, with its kind as "what" and its "record"."""
    name = _NAMES[type(change)]
    values = _adapter(name).dump_python(change, by_alias=True, exclude_defaults=True)
    return {"what": name, "record": change.record, **plain(values)}


def from_json(raw: Mapping[str, Any]) -> Change:
    """Read what `as_json` wrote.

    Raises:
        ValueError: it is no change, or one of a kind that this version does not know.
    """
    name = str(raw.get("what"))
    if name not in _KINDS:
        raise ValueError("this is no kind of change")
    left_out = {"what", "record"} if _KINDS[name] is Added else {"what"}
    try:
        change: Change = _adapter(name).validate_python(
            {field: value for field, value in raw.items() if field not in left_out}
        )
    except ValidationError as error:
        # Its own text would show the values, which may hold names.
        where = ", ".join(".".join(map(str, one["loc"])) for one in error.errors())
        raise ValueError(f"the change cannot be read: {where}") from None
    return change


def yaml_values(record: BaseModel) -> dict[str, Any]:
    """Write a record as the values that the YAML would hold, without what goes without saying."""
    values: dict[str, Any] = plain(record.model_dump(by_alias=True, exclude_defaults=True))
    return values


def plain(value: Any) -> Any:
    """Make dates, times and texts by language what YAML and JSON can hold."""
    match value:
        case Enum():
            return value.value
        case dt.datetime():
            return value.isoformat(timespec="minutes")
        case dt.time():
            return value.isoformat(timespec="minutes")
        case dt.date():
            return value.isoformat()
        case Mapping():
            return {key: plain(one) for key, one in value.items()}
        case list() | tuple():
            return [plain(one) for one in value]
        case _:
            return value


@cache
def _adapter(name: str) -> TypeAdapter[Any]:
    return TypeAdapter(_KINDS[name])
