"""Lays changes over what the YAML says, so that every answer tells the new truth and the old.

Each change is made on the records themselves, and what was planned before is kept beside them
(`Knowledge.before`). Laying the same changes twice makes no difference.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import assert_never

from bot.knowledge.before import noted, still_other
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
from bot.knowledge.laying_dates import change_date
from bot.knowledge.model import (
    Before,
    Exhibitor,
    Knowledge,
    Person,
    Place,
    Series,
    Session,
    Status,
)

_DELAY_LIMIT_MIN = 600


def laid_over(knowledge: Knowledge, changes: Iterable[Change]) -> Knowledge:
    """Give the fair as it is with the changes.

    Args:
        knowledge: what the YAML says, or that with earlier changes.
        changes: the newest last. One about a record that is not there changes nothing.
    """
    wanted = tuple(changes)
    if not wanted:
        return knowledge
    work = _Work(
        dict(knowledge.sessions),
        dict(knowledge.series),
        dict(knowledge.exhibitors),
        dict(knowledge.places),
        dict(knowledge.people),
        dict(knowledge.before),
    )
    # What it was is what it was before the first of these changes, however often it changed.
    for change in wanted:
        work.before[change.record] = noted(work.before.get(change.record, Before()), change)
        work.make(change)
    now = replace(
        knowledge,
        sessions=MappingProxyType(work.sessions),
        series=MappingProxyType(work.series),
        exhibitors=MappingProxyType(work.exhibitors),
        places=MappingProxyType(work.places),
        people=MappingProxyType(work.people),
    )
    return replace(now, before=MappingProxyType(still_other(work.before, now)))


@dataclass
class _Work:
    """The records that changes can be about, while they are made."""

    sessions: dict[str, Session]
    series: dict[str, Series]
    exhibitors: dict[str, Exhibitor]
    places: dict[str, Place]
    people: dict[str, Person]
    before: dict[str, Before] = field(default_factory=dict)

    def make(self, change: Change) -> None:
        """Make one change."""
        record, _, day = change.record.partition("@")
        if day:
            if record in self.series:
                changed = change_date(self.series[record], dt.date.fromisoformat(day), change)
                self.series[record] = changed
        elif isinstance(change, Added):
            self.sessions[record] = change.session
        elif isinstance(change, Gone):
            for records in (self.sessions, self.series, self.exhibitors):
                records.pop(record, None)
        else:
            self._make_on_record(record, change)

    def _make_on_record(self, record: str, change: Change) -> None:
        if record in self.sessions:
            self.sessions[record] = _change_session(self.sessions[record], change)
            self._beside_session(record, change)
        elif record in self.series:
            self.series[record] = _change_series(self.series[record], change)
        elif record in self.exhibitors:
            self.exhibitors[record] = _change_exhibitor(self.exhibitors[record], change)
        elif record in self.places and isinstance(change, Renamed):
            self.places[record] = self.places[record].model_copy(update={"name": change.new})

    def _beside_session(self, record: str, change: Change) -> None:
        match change:
            case SpeakersChanged(names=names):
                for person, name in names:
                    known = Person(id=person, display_name=name, consent=True)
                    self.people.setdefault(person, known)
            case Cancelled(replacement=other) if other in self.sessions:
                instead = self.sessions[other]
                if instead.replaces is None:
                    self.sessions[other] = instead.model_copy(update={"replaces": record})
            case Restored():
                for other, session in tuple(self.sessions.items()):
                    if session.replaces == record:
                        self.sessions[other] = session.model_copy(update={"replaces": None})
            case _:
                pass


def _change_session(session: Session, change: Change) -> Session:
    match change:
        case PlaceChanged(new=place):
            return session.model_copy(update={"place": place})
        case TimeChanged():
            return session.model_copy(update=_times(session, change))
        case Cancelled():
            return session.model_copy(update={"status": Status.CANCELLED})
        case Restored():
            is_off = session.status is Status.CANCELLED
            return session.model_copy(update={"status": Status.PLANNED}) if is_off else session
        case SpeakersChanged(new=speakers):
            return session.model_copy(update={"speakers": speakers})
        case SeatsChanged(is_full=is_full):
            seats = session.registration.model_copy(update={"full": is_full})
            return session.model_copy(update={"registration": seats})
        case Renamed(new=name):
            return session.model_copy(update={"title": name})
        case Added() | DateAdded() | StandsChanged() | Gone() | TextChanged():
            return session
        case Joined() | HoursChanged():
            # The YAML says these already; nothing is laid over it.
            return session
        case _:
            assert_never(change)


def _times(session: Session, change: TimeChanged) -> Mapping[str, object]:
    """Keep the planned time beside a delay, and put a new time in the place of the planned."""
    start = dt.datetime.combine(session.date, session.start)
    end = dt.datetime.combine(session.end_date or session.date, session.end)
    late = change.new.start - start
    minutes = int(late / dt.timedelta(minutes=1))
    if change.delay_min and change.new.end - end == late and 0 < minutes <= _DELAY_LIMIT_MIN:
        return {"delay_min": minutes, "status": Status.DELAYED}
    is_delayed = session.status is Status.DELAYED
    first, last = change.new.start, change.new.end
    return {
        "date": first.date(),
        "start": first.time(),
        "end": last.time(),
        "end_date": last.date() if last.date() != first.date() else None,
        "delay_min": 0,
        "status": Status.PLANNED if is_delayed else session.status,
    }


def _change_series(series: Series, change: Change) -> Series:
    match change:
        case PlaceChanged(new=place):
            return series.model_copy(update={"place": place})
        case SeatsChanged(is_full=is_full):
            seats = series.registration.model_copy(update={"full": is_full})
            return series.model_copy(update={"registration": seats})
        case Renamed(new=name):
            return series.model_copy(update={"title": name})
        case _:
            return series


def _change_exhibitor(exhibitor: Exhibitor, change: Change) -> Exhibitor:
    match change:
        case StandsChanged(new=stands):
            return exhibitor.model_copy(update={"stands": stands})
        case Renamed(new=name):
            return exhibitor.model_copy(update={"name": name})
        case _:
            return exhibitor
