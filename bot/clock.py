"""The only place that asks what time it is; everybody else is handed a `Clock`."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Clock = Callable[[], datetime]
"""Says the present moment as an aware `datetime`."""


def real_clock() -> datetime:
    """Say the real present moment, in UTC."""
    return datetime.now(UTC)


def clock_starting_at(start: datetime) -> Clock:
    """Make a clock that shows `start` now and runs on from there at normal speed.

    Raises:
        ValueError: `start` has no time zone.
    """
    if start.tzinfo is None:
        raise ValueError("a clock needs a start with a time zone")
    began = time.monotonic()
    return lambda: start + timedelta(seconds=time.monotonic() - began)


def stopped_clock(moment: datetime) -> Clock:
    """Make a clock that always shows `moment`."""
    if moment.tzinfo is None:
        raise ValueError("a clock needs a moment with a time zone")
    return lambda: moment
