"""There is one fair, it is possible, and every id is given once."""

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.knowledge.model import Event, Route, RouteIntent
from bot.knowledge.problem import Place, Problem
from bot.knowledge.written import Written

LONGEST_FAIR = dt.timedelta(days=60)


def event_is_one(written: Sequence[Written], folder: Path, *, is_whole: bool) -> Iterator[Problem]:
    """Report a fair that is missing, described twice, or impossible."""
    events = [one for one in written if isinstance(one.record, Event)]
    if not events and is_whole:
        yield Problem(Place(folder, 0), "there is no `event`.", "Describe the fair as `event:`.")
    for one in events[1:]:
        yield one.error(
            f"the fair is described twice, first in {events[0].said_place()}.",
            "One folder is one fair: keep one `event`.",
        )
    for one in events:
        if isinstance(one.record, Event):
            yield from _event_is_possible(one, one.record)


def _event_is_possible(one: Written, event: Event) -> Iterator[Problem]:
    if event.end_date < event.start_date:
        yield one.error("it ends before it starts.", "Swap the two dates.", "end_date")
    elif event.end_date - event.start_date > LONGEST_FAIR:
        what = f"it lasts over {LONGEST_FAIR.days} days."
        yield one.error(what, "Check the years.", "end_date")
    else:
        for number, hours in enumerate(event.hours):
            if hours.date not in event.days:
                what = f"{hours.date} is no day of the fair."
                yield one.error(what, "Mend the date.", "hours", number, "date")
    for number, hours in enumerate(event.hours):
        if hours.close <= hours.open:
            yield one.error("it closes before it opens.", "Swap the two.", "hours", number, "close")
    try:
        ZoneInfo(event.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        yield one.error(
            f"the time zone “{event.timezone}” does not exist.",
            "Write one such as Europe/Warsaw.",
            "timezone",
        )


def ids_are_unique(written: Sequence[Written]) -> Iterator[Problem]:
    """Report ids that two records have, of whatever kinds."""
    first: dict[str, Written] = {}
    for one in written:
        earlier = first.setdefault(one.record.id, one)
        if earlier is not one:
            yield one.error(
                f"the id is taken by {earlier.kind} in {earlier.said_place('id')}.",
                "Give one of them another id; ids are unique over all kinds.",
                "id",
            )


def routes_are_unique(written: Sequence[Written]) -> Iterator[Problem]:
    """Report intents that two routes answer."""
    first: dict[RouteIntent, Written] = {}
    for one in written:
        if isinstance(one.record, Route):
            earlier = first.setdefault(one.record.intent, one)
            if earlier is not one:
                what = f"`{one.record.intent}` is answered already in {earlier.said_place()}."
                yield one.error(what, "Keep one of the two.", "intent")
