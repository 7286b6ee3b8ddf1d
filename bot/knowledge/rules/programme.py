"""What takes place is possible: in its time, in its room, within the fair."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from bot.knowledge.model import Announcement, Event, Exhibitor, Rule, Series, Session, Status
from bot.knowledge.occurrences import occurrences, rule_days
from bot.knowledge.problem import Problem
from bot.knowledge.rules.identity import LONGEST_FAIR
from bot.knowledge.written import Written

LONGEST_RULE = dt.timedelta(days=5 * 366)
_ANYWHERE = ZoneInfo("UTC")

Booked = tuple[dt.datetime, dt.datetime, Written]


def sessions_are_possible(written: Sequence[Written]) -> Iterator[Problem]:
    """Report sessions that end before they start or share a room at the same time."""
    rooms: dict[str, list[Booked]] = defaultdict(list)
    for one in written:
        if not isinstance(one.record, Session):
            continue
        session = one.record
        start = dt.datetime.combine(session.date, session.start)
        end = dt.datetime.combine(session.end_date or session.date, session.end)
        if end <= start:
            yield one.error(
                f"it ends ({session.end:%H:%M}) before it starts ({session.start:%H:%M}).",
                "Swap `start` and `end`, or add `end_date` if it ends on a later day.",
                "end",
            )
        elif session.status is not Status.CANCELLED:
            rooms[session.place].append((start, end, one))
        yield from _session_is_consistent(one, session, start)
    for place, booked in rooms.items():
        yield from _overlaps(place, sorted(booked, key=lambda entry: entry[:2]))


def _session_is_consistent(one: Written, session: Session, start: dt.datetime) -> Iterator[Problem]:
    is_delayed = session.status is Status.DELAYED
    if is_delayed and not session.delay_min:
        yield one.warning(
            "it is delayed by nothing.", "Say by how much: `delay_min: 15`.", "status"
        )
    if session.delay_min and not is_delayed:
        remedy = "Write `status: delayed`, or take `delay_min` out."
        yield one.warning(f"it is {session.status} and yet delayed.", remedy, "delay_min")
    deadline = session.registration.deadline
    if deadline and deadline > start:
        what = "one can sign up until after it has started."
        yield one.warning(what, "Mend the deadline.", "registration", "deadline")


def _overlaps(place: str, booked: Sequence[Booked]) -> Iterator[Problem]:
    start, end, holder = booked[0]
    for begin, finish, one in booked[1:]:
        if begin < end:
            yield one.error(
                f"it starts at {begin:%H:%M} in {place}, where {holder.record.id} runs "
                f"{start:%H:%M}–{end:%H:%M} ({holder.said_place('start')}).",
                "Move one of them to another room or time.",
                "start",
            )
        if finish > end:
            start, end, holder = begin, finish, one


def days_are_of_the_fair(written: Sequence[Written]) -> Iterator[Problem]:
    """Report sessions and exhibitors on days that the fair does not have."""
    events = [one.record for one in written if isinstance(one.record, Event)]
    if not events or not dt.timedelta() <= _length(events[0]) <= LONGEST_FAIR:
        return
    days = events[0].days
    remedy = "Mend the date, or the dates of the event."
    for one in written:
        match one.record:
            case Session(date=day) if day not in days:
                what = f"{day} is no day of the fair ({days[0]} to {days[-1]})."
                yield one.error(what, remedy, "date")
            case Exhibitor(present_on=present):
                for number, day in enumerate(present):
                    if day not in days:
                        what = f"{day} is no day of the fair ({days[0]} to {days[-1]})."
                        yield one.error(what, remedy, "present_on", number)


def _length(event: Event) -> dt.timedelta:
    return event.end_date - event.start_date


def series_are_possible(written: Sequence[Written]) -> Iterator[Problem]:
    """Report series whose rule gives no date, or whose dates contradict it."""
    for one in written:
        match one.record:
            case Series(rule=Rule() as rule) as series:
                yield from _rule_is_possible(one, series, rule)
            case Series(extra_dates=extra, except_dates=but, moved=moved) if extra or but or moved:
                field = "extra_dates" if extra else "except_dates" if but else "moved"
                what = f"`{field}` needs a `rule` that says the times."
                yield one.error(what, "Add the rule.", field)


def _rule_is_possible(one: Written, series: Series, rule: Rule) -> Iterator[Problem]:
    if rule.end <= rule.start:
        yield one.error("it ends before it starts.", "Swap the two times.", "rule", "end")
    if rule.freq == "weekly" and rule.nth is not None:
        remedy = "Take it out; `interval: 2` is every second week."
        yield one.error("`nth` is for monthly rules only.", remedy, "rule", "nth")
    if rule.until < rule.from_:
        yield one.error("`until` is before `from`.", "Swap the two dates.", "rule", "until")
        return
    if rule.until - rule.from_ > LONGEST_RULE:
        yield one.error("it recurs for over 5 years.", "Check the years.", "rule", "until")
        return
    if not occurrences(series, _ANYWHERE):
        yield one.warning("its rule gives no date at all.", "Check the rule.", "rule")
    days = {*rule_days(rule), *series.extra_dates}
    for number, day in enumerate(series.except_dates):
        if day not in days:
            what = f"{day} is excepted, and would be no date anyway."
            yield one.warning(what, "Check the date.", "except_dates", number)
    yield from _moved_dates_are_possible(one, series, rule, days - {*series.except_dates})


def _moved_dates_are_possible(
    one: Written, series: Series, rule: Rule, days: set[dt.date]
) -> Iterator[Problem]:
    seen: set[dt.date] = set()
    held = days - {moved.from_ for moved in series.moved}
    for number, moved in enumerate(series.moved):
        if moved.from_ not in days or moved.from_ in seen:
            why = "moved twice" if moved.from_ in seen else "moved, and would be no date anyway"
            yield one.error(f"{moved.from_} is {why}.", "Check the date.", "moved", number)
        if moved.to in held:
            what = f"{moved.from_} is moved to {moved.to}, when the series takes place already."
            yield one.error(what, "Move it to another day.", "moved", number)
        if (moved.end or rule.end) <= (moved.start or rule.start):
            yield one.error(
                "the moved date ends before it starts.", "Mend the times.", "moved", number
            )
        seen.add(moved.from_)
        held.add(moved.to)


def announcements_are_possible(written: Sequence[Written]) -> Iterator[Problem]:
    """Report news that are over before they begin."""
    for one in written:
        match one.record:
            case Announcement(issued_at=issued, expires_at=expires) if issued and expires:
                if expires <= issued:
                    yield one.error(
                        "it expires before it is issued.", "Swap the two.", "expires_at"
                    )
