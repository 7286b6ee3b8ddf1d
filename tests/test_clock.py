import datetime as dt

import pytest

from bot.clock import clock_starting_at, real_clock, stopped_clock

NOON = dt.datetime(2017, 11, 30, 12, tzinfo=dt.UTC)


def test_the_real_clock_has_a_time_zone():
    assert real_clock().tzinfo is dt.UTC


def test_a_clock_runs_on_from_its_start():
    clock = clock_starting_at(NOON)

    first, second = clock(), clock()

    assert NOON <= first < second < NOON + dt.timedelta(minutes=1)


def test_a_stopped_clock_stands_still():
    assert stopped_clock(NOON)() == NOON


@pytest.mark.parametrize("make", [clock_starting_at, stopped_clock])
def test_a_start_without_time_zone_is_refused(make):
    with pytest.raises(ValueError, match="time zone"):
        make(NOON.replace(tzinfo=None))
