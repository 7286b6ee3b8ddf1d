"""When things take place, as moments with a time zone."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta
from dateutil.rrule import FR, MO, MONTHLY, SA, SU, TH, TU, WE, WEEKLY, rrule

from bot.knowledge.model import Consultation, Moved, Rule, Series, Session

_WEEKDAYS = {"pn": MO, "wt": TU, "sr": WE, "cz": TH, "pt": FR, "so": SA, "nd": SU}


@dataclass(frozen=True, slots=True, order=True)
class Occurrence:
    """One date of a series; both ends are aware.

    Attributes:
        planned: the day by the rule, by which it is saved and signed up for, also once it has
            been moved.
        place: the id of the place where it is held.
        is_on: whether it takes place; one that was cancelled stays in the list, to be told.
        is_full: whether all its seats are taken.
    """

    start: dt.datetime
    end: dt.datetime
    planned: dt.date
    place: str
    is_on: bool = True
    is_full: bool = False

    @property
    def is_moved(self) -> bool:
        """Say whether it takes place on another day than the rule says."""
        return self.planned != self.start.date()


def session_start(session: Session, zone: ZoneInfo) -> dt.datetime:
    """Say when a session really starts, its delay included."""
    planned = dt.datetime.combine(session.date, session.start, zone)
    return planned + dt.timedelta(minutes=session.delay_min)


def session_end(session: Session, zone: ZoneInfo) -> dt.datetime:
    """Say when a session really ends, its delay included."""
    planned = dt.datetime.combine(session.end_date or session.date, session.end, zone)
    return planned + dt.timedelta(minutes=session.delay_min)


def occurrences(series: Series, zone: ZoneInfo) -> tuple[Occurrence, ...]:
    """List all dates of a series in order, cancelled ones too; none where they are not known.

    `extra_dates` take the rule's times, and `moved` ones too unless they have their own. The
    hour stays the same by the local clock when the clocks change.
    """
    rule = series.rule
    if rule is None:
        return ()
    moved = {one.from_: one for one in series.moved}
    days = {*rule_days(rule), *series.extra_dates} - {*series.except_dates}
    return tuple(sorted(_occurrence(day, rule, moved.get(day), series, zone) for day in days))


def _occurrence(
    day: dt.date, rule: Rule, moved: Moved | None, series: Series, zone: ZoneInfo
) -> Occurrence:
    held = moved.to if moved else day
    start = (moved and moved.start) or rule.start
    end = (moved and moved.end) or rule.end
    return Occurrence(
        dt.datetime.combine(held, start, zone),
        dt.datetime.combine(held, end, zone),
        day,
        (moved and moved.place) or series.place,
        day not in series.cancelled_dates,
        series.registration.full or day in series.full_dates,
    )


def rule_days(rule: Rule) -> Iterator[dt.date]:
    """List the days of a rule (RFC 5545), without what a series adds, moves and excepts."""
    weekday = _WEEKDAYS[rule.weekday]
    until = dt.datetime.combine(rule.until, dt.time())
    start = dt.datetime.combine(rule.from_, dt.time())
    if rule.freq == "weekly":
        # Every second Tuesday counts from the first Tuesday, not from the week of `from`.
        first = start + relativedelta(weekday=weekday)
        found = rrule(WEEKLY, dtstart=first, interval=rule.interval, until=until)
    else:
        nth = weekday(rule.nth or 1)
        found = rrule(MONTHLY, dtstart=start, interval=rule.interval, byweekday=nth, until=until)
    return (moment.date() for moment in found)


@dataclass(frozen=True, slots=True, order=True)
class Appointment:
    """One slot of an adviser's hours; both ends are aware."""

    start: dt.datetime
    end: dt.datetime


def appointments(consultation: Consultation, zone: ZoneInfo) -> tuple[Appointment, ...]:
    """List all slots of a consultation in order; a rest that is too short is none."""
    length = dt.timedelta(minutes=consultation.minutes)
    found = []
    for day in consultation.days:
        start = dt.datetime.combine(day.date, day.start, zone)
        closes = dt.datetime.combine(day.date, day.end, zone)
        while start + length <= closes:
            found.append(Appointment(start, start + length))
            start += length
    return tuple(sorted(found))
