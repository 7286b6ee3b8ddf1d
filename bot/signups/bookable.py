"""What one can sign up for in chat, read from the knowledge by its key (`bot.knowledge.dated`).

A list belongs to a key and to no time: a session that moves, or a date of a training that is
moved, keeps its list.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from bot.knowledge.dated import Saved, key_of, saved_under, slot_key
from bot.knowledge.model import (
    Consultation,
    ContactAsked,
    Knowledge,
    Registration,
    Series,
    Session,
    SignUpMode,
)
from bot.knowledge.occurrences import appointments, occurrences


class Window(StrEnum):
    """Whether one can sign up at a moment, as the knowledge has it."""

    OPEN = "open"
    NOT_YET = "not_yet"
    PASSED = "passed"
    OVER = "over"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Bookable:
    """Something with seats.

    Attributes:
        saved: the record with its time and place.
        start: aware; nobody signs up later.
        opens: aware; `None` where one can sign up at any time.
        closes: aware; the deadline, or the start where there is none.
        waits: whether there is a waiting list.
        hold: how long a place that became free is kept for the first who waits.
        is_slot: one appointment with an adviser.
        is_full: the knowledge says that no seat is left, whatever the list says.
    """

    saved: Saved
    seats: int
    start: dt.datetime
    end: dt.datetime
    closes: dt.datetime
    opens: dt.datetime | None = None
    contact: ContactAsked = ContactAsked.ANY
    waits: bool = False
    hold: dt.timedelta = dt.timedelta(hours=2)
    is_slot: bool = False
    is_full: bool = False

    @property
    def key(self) -> str:
        """Under which the list is kept."""
        return self.saved.key

    @property
    def zone(self) -> dt.tzinfo:
        """Of the fair."""
        return self.start.tzinfo or dt.UTC

    def window(self, now: dt.datetime) -> Window:
        """Say whether one can sign up."""
        if not self.saved.is_on:
            return Window.CANCELLED
        if now >= self.start:
            return Window.OVER
        if now >= self.closes:
            return Window.PASSED
        return Window.NOT_YET if self.opens and now < self.opens else Window.OPEN


def bookable(key: str, knowledge: Knowledge) -> Bookable | None:
    """Find what a key stands for; `None` where one cannot sign up for it in chat (any more)."""
    saved = saved_under(key, knowledge)
    if saved is None or saved.start is None or saved.end is None:
        return None
    record = saved.record
    if isinstance(record, Consultation):
        contact = record.contact_asked
        start = saved.start
        return Bookable(saved, 1, start, saved.end, start, contact=contact, is_slot=True)
    registration = registration_of(record)
    seats = seats_of(record)
    if registration.mode is not SignUpMode.CHAT or not seats:
        return None
    zone = knowledge.event.zone
    return Bookable(
        saved,
        seats,
        saved.start,
        saved.end,
        closes=min(closing(registration, saved.start, knowledge), saved.start),
        opens=registration.opens.replace(tzinfo=zone) if registration.opens else None,
        contact=registration.contact,
        waits=registration.waiting_list,
        hold=dt.timedelta(minutes=registration.hold_minutes),
        is_full=registration.full or saved.key in _full_dates(record),
    )


def _full_dates(record: object) -> frozenset[str]:
    if not isinstance(record, Series):
        return frozenset()
    return frozenset(key_of(record.id, day) for day in record.full_dates)


def registration_of(record: object) -> Registration:
    """Give how one signs up; nothing where a record knows no sign-up."""
    return record.registration if isinstance(record, Session | Series) else Registration()


def seats_of(record: object) -> int | None:
    """Say how many seats there are; `None` where nobody said."""
    seats = registration_of(record).seats
    return seats or (record.seats if isinstance(record, Series) else None)


def closing(registration: Registration, start: dt.datetime, knowledge: Knowledge) -> dt.datetime:
    """Say until when one can sign up for what starts at `start`."""
    if registration.deadline is not None:
        return registration.deadline.replace(tzinfo=knowledge.event.zone)
    if registration.closes_hours_before is not None:
        return start - dt.timedelta(hours=registration.closes_hours_before)
    return start


def keys_of(record: object, knowledge: Knowledge) -> Iterator[str]:
    """List the keys of a record under which lists are kept, the earliest first."""
    zone = knowledge.event.zone
    match record:
        case Session():
            yield record.id
        case Series():
            yield from (key_of(record.id, one.planned) for one in occurrences(record, zone))
        case Consultation():
            yield from (slot_key(record.id, one.start) for one in appointments(record, zone))


def bookables(record: object, knowledge: Knowledge, now: dt.datetime) -> tuple[Bookable, ...]:
    """List what of a record one can still sign up for, now or later."""
    found = (bookable(key, knowledge) for key in keys_of(record, knowledge))
    return tuple(one for one in found if one is not None and one.start > now)
