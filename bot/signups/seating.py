"""Who gets a seat, who waits, and how long a place is kept: rules without a store.

A place that is offered counts as taken until it is accepted, declined, or lapses. Whoever
comes later never passes somebody who waits.
"""

import datetime as dt
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Self

DAY_BEGINS = dt.time(8)
DAY_ENDS = dt.time(21)
"""Between these the time of an offer runs; at night nobody has to answer."""

_DAY = dt.timedelta(days=1)


class State(StrEnum):
    """Where somebody on a list stands."""

    SEATED = "seated"
    OFFERED = "offered"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Taken:
    """How full a list is.

    Attributes:
        seated: have a place.
        offered: places that are kept for somebody who has not answered yet.
        waiting: wait for a place.
        is_closed: the organizer takes nobody any more.
        is_cancelled: the organizer called it off.
    """

    seated: int = 0
    offered: int = 0
    waiting: int = 0
    is_closed: bool = False
    is_cancelled: bool = False

    def left(self, seats: int) -> int:
        """Say how many places somebody new could have."""
        return 0 if self.waiting else max(0, seats - self.seated - self.offered)

    def with_one(self, state: State) -> Self:
        """Say how full it is with somebody new."""
        return replace(self, **{state.value: getattr(self, state.value) + 1})


EMPTY = Taken()


def place_for(taken: Taken, seats: int, *, may_wait: bool) -> State | None:
    """Say where somebody new stands; `None` where there is neither a seat nor a waiting list."""
    if taken.left(seats):
        return State.SEATED
    return State.WAITING if may_wait else None


def places_to_offer(taken: Taken, seats: int) -> int:
    """Say to how many of those who wait a place is to be offered now."""
    if taken.is_cancelled:
        return 0
    return min(taken.waiting, max(0, seats - taken.seated - taken.offered))


def told_at(now: dt.datetime, zone: dt.tzinfo) -> dt.datetime:
    """Say when an offer may be told: now, or in the morning."""
    local = now.astimezone(zone)
    if local.time() < DAY_BEGINS:
        return dt.datetime.combine(local.date(), DAY_BEGINS, zone)
    if local.time() >= DAY_ENDS:
        return dt.datetime.combine(local.date() + _DAY, DAY_BEGINS, zone)
    return now


def lapses_at(
    now: dt.datetime, hold: dt.timedelta, start: dt.datetime, zone: dt.tzinfo
) -> dt.datetime:
    """Say until when a place is kept for whom it is offered to.

    Args:
        now: when it became free, aware.
        hold: how long it is kept, counted between `DAY_BEGINS` and `DAY_ENDS` only.
        start: it is never kept longer than this.
        zone: of the fair.
    """
    begins = told_at(now, zone).astimezone(zone)
    while True:
        evening = dt.datetime.combine(begins.date(), DAY_ENDS, zone)
        # Subtracted in UTC: two moments of one zone would forget that its clocks change.
        awake = evening.astimezone(dt.UTC) - begins.astimezone(dt.UTC)
        if hold <= awake:
            end = (begins.astimezone(dt.UTC) + hold).astimezone(zone)
            return min(end, start)
        hold -= awake
        begins = dt.datetime.combine(begins.date() + _DAY, DAY_BEGINS, zone)
