"""What a visitor can save, by its key: a record's id, `id@YYYY-MM-DD` for one date of a series,
or `id@YYYY-MM-DDTHHMM` for one slot of an adviser's hours.

Reminders, calendars and the visitor's programme all read keys here, so that a session that
moves has moved for all of them.
"""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.knowledge.model import (
    Consultation,
    Exhibitor,
    Knowledge,
    LocalText,
    Offer,
    Place,
    Series,
    Session,
    Status,
)
from bot.knowledge.occurrences import appointments, occurrences, session_end, session_start

Savable = Session | Series | Exhibitor | Offer | Consultation

_KEY = re.compile(r"([a-z0-9-]{1,48})(?:@(\d{4}-\d\d-\d\d)(T\d{4})?)?")


@dataclass(frozen=True, slots=True)
class Saved:
    """Something that can be in a visitor's programme.

    Attributes:
        key: what it is saved under.
        start: aware; `None` for what has no time, such as an exhibitor.
        end: aware; `None` where `start` is.
        place: where it takes place, if that is known.
        is_on: whether it takes place at all.
    """

    key: str
    record: Savable
    start: dt.datetime | None = None
    end: dt.datetime | None = None
    place: Place | None = None
    is_on: bool = True

    @property
    def name(self) -> LocalText:
        """What it is called."""
        return self.record.name if isinstance(self.record, Exhibitor) else self.record.title

    def overlaps(self, other: "Saved") -> bool:
        """Say whether both are on at the same time; one that begins as the other ends is not."""
        if not (self.is_on and other.is_on and self.start and self.end):
            return False
        return bool(other.start and other.end and self.start < other.end and other.start < self.end)


def key_of(record_id: str, day: dt.date | None = None) -> str:
    """Write a key."""
    return f"{record_id}@{day.isoformat()}" if day else record_id


def slot_key(record_id: str, start: dt.datetime) -> str:
    """Write the key of one slot; `start` is by the fair's clock."""
    return f"{record_id}@{start:%Y-%m-%dT%H%M}"


def saved_under(key: str, knowledge: Knowledge) -> Saved | None:
    """Read a key; `None` where there is no such record or date (any more)."""
    met = _KEY.fullmatch(key)
    if met is None:
        return None
    record_id, day, time = met.groups()
    match knowledge.get(record_id):
        case Consultation() as consultation if time:
            return _slot_of(consultation, key, knowledge)
        case _ if time:
            return None
        case Session() as session if day is None:
            zone = knowledge.event.zone
            return Saved(
                key,
                session,
                session_start(session, zone),
                session_end(session, zone),
                knowledge.places.get(session.place),
                session.status is not Status.CANCELLED,
            )
        case Series() as series:
            return _date_of(series, day, knowledge) if day else Saved(key, series)
        case Exhibitor() | Offer() as record if day is None:
            return Saved(key, record)
        case _:
            return None


def by_time(keys: Iterable[str], knowledge: Knowledge) -> tuple[Saved, ...]:
    """Read all keys that mean something, the earliest first and those without a time last."""
    known = [saved for key in keys if (saved := saved_under(key, knowledge))]
    latest = dt.datetime.max.replace(tzinfo=dt.UTC)
    return tuple(sorted(known, key=lambda one: (one.start or latest, one.key)))


def clashes(saved: Sequence[Saved]) -> tuple[tuple[Saved, Saved], ...]:
    """List the pairs that take place at the same time, in the order given."""
    return tuple(
        (one, other)
        for number, one in enumerate(saved)
        for other in saved[number + 1 :]
        if one.overlaps(other)
    )


def _date_of(series: Series, day: str, knowledge: Knowledge) -> Saved | None:
    """Find a date by its planned day or, as one reads it, by the day it was moved to."""
    dates = occurrences(series, knowledge.event.zone)
    found = next((date for date in dates if date.planned.isoformat() == day), None)
    found = found or next((date for date in dates if date.start.date().isoformat() == day), None)
    if found is None:
        return None
    place = knowledge.places.get(found.place)
    key = key_of(series.id, found.planned)
    return Saved(key, series, found.start, found.end, place, found.is_on)


def _slot_of(consultation: Consultation, key: str, knowledge: Knowledge) -> Saved | None:
    for one in appointments(consultation, knowledge.event.zone):
        if slot_key(consultation.id, one.start) == key:
            place = knowledge.places.get(consultation.place)
            return Saved(key, consultation, one.start, one.end, place)
    return None
