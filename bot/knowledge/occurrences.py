"""When things take place, as moments with a time zone."""

import calendar
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.knowledge.model import Rule, Series, Session

_WEEKDAYS = ("pn", "wt", "sr", "cz", "pt", "so", "nd")


@dataclass(frozen=True, slots=True, order=True)
class Occurrence:
    """One date of a series; both ends are aware."""

    start: dt.datetime
    end: dt.datetime


def session_start(session: Session, zone: ZoneInfo) -> dt.datetime:
    """Say when a session really starts, its delay included."""
    planned = dt.datetime.combine(session.date, session.start, zone)
    return planned + dt.timedelta(minutes=session.delay_min)


def session_end(session: Session, zone: ZoneInfo) -> dt.datetime:
    """Say when a session really ends, its delay included."""
    planned = dt.datetime.combine(session.end_date or session.date, session.end, zone)
    return planned + dt.timedelta(minutes=session.delay_min)


def occurrences(series: Series, zone: ZoneInfo) -> tuple[Occurrence, ...]:
    """List all dates of a series in order; none where the dates are not known.

    `extra_dates` take the rule's times. The hour stays the same by the local clock when
    the clocks change.
    """
    rule = series.rule
    if rule is None:
        return ()
    days = {*rule_days(rule), *series.extra_dates} - {*series.except_dates}
    return tuple(
        Occurrence(
            dt.datetime.combine(day, rule.start, zone), dt.datetime.combine(day, rule.end, zone)
        )
        for day in sorted(days)
    )


def rule_days(rule: Rule) -> Iterator[dt.date]:
    """List the days of a rule, without what a series adds and excepts."""
    weekday = _WEEKDAYS.index(rule.weekday)
    if rule.freq == "weekly":
        day = rule.from_ + dt.timedelta(days=(weekday - rule.from_.weekday()) % 7)
        while day <= rule.until:
            yield day
            day += dt.timedelta(weeks=rule.interval)
        return
    year, month = rule.from_.year, rule.from_.month
    while dt.date(year, month, 1) <= rule.until:
        day_of_month = _nth_weekday(year, month, weekday, rule.nth or 1)
        if day_of_month and rule.from_ <= day_of_month <= rule.until:
            yield day_of_month
        month += rule.interval
        year, month = year + (month - 1) // 12, (month - 1) % 12 + 1


def _nth_weekday(year: int, month: int, weekday: int, nth: int) -> dt.date | None:
    days = [
        dt.date(year, month, week[weekday])
        for week in calendar.monthcalendar(year, month)
        if week[weekday]
    ]
    # A fifth Tuesday exists only in some months.
    return days[-1] if nth == -1 else days[nth - 1] if nth <= len(days) else None
