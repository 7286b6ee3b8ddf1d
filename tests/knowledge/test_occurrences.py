import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.knowledge.model import Series, Session
from bot.knowledge.occurrences import occurrences, session_end, session_start

WARSAW = ZoneInfo("Europe/Warsaw")


def series(rule: dict[str, Any] | None, **more: object) -> Series:
    base: dict[str, Any] = {
        "id": "s",
        "title": "S",
        "type": "szkolenie",
        "host": "cao",
        "place": "cao",
    }
    times = {"start": "16:00", "end": "18:00"}
    return Series.model_validate(base | more | {"rule": rule and rule | times})


def days(one: Series) -> list[str]:
    return [occurrence.start.date().isoformat() for occurrence in occurrences(one, WARSAW)]


def test_a_series_without_known_dates_has_none():
    assert occurrences(series(None), WARSAW) == ()


def test_every_second_week():
    rule = {"freq": "weekly", "interval": 2, "weekday": "wt"}

    assert days(series(rule | {"from": "2017-11-30", "until": "2018-01-10"})) == [
        "2017-12-05",
        "2017-12-19",
        "2018-01-02",
    ]


@pytest.mark.parametrize(
    ("nth", "expected"),
    [
        (1, ["2018-01-02", "2018-02-06", "2018-03-06"]),
        (-1, ["2018-01-30", "2018-02-27", "2018-03-27"]),
        (5, ["2018-01-30"]),
    ],
)
def test_nth_weekday_of_the_month(nth, expected):
    rule = {"freq": "monthly", "nth": nth, "weekday": "wt"}

    assert days(series(rule | {"from": "2018-01-01", "until": "2018-03-31"})) == expected


def test_extra_dates_are_added_and_excepted_ones_left_out():
    rule = {
        "freq": "monthly",
        "nth": 1,
        "weekday": "wt",
        "from": "2018-04-01",
        "until": "2018-05-31",
    }
    one = series(rule, extra_dates=["2018-04-20"], except_dates=["2018-05-01"])

    assert days(one) == ["2018-04-03", "2018-04-20"]


def test_a_moved_date_is_held_on_its_new_day_and_known_by_its_planned_one():
    rule = {"freq": "weekly", "weekday": "wt", "from": "2018-01-01", "until": "2018-01-16"}
    moved = [{"from": "2018-01-09", "to": "2018-01-18", "start": "10:00", "end": "12:00"}]
    dates = occurrences(series(rule, moved=moved), WARSAW)

    assert [
        (one.planned.day, one.start.day, one.start.hour, one.end.hour, one.is_moved)
        for one in dates
    ] == [(2, 2, 16, 18, False), (16, 16, 16, 18, False), (9, 18, 10, 12, True)]


def test_a_moved_date_keeps_the_rules_times_unless_it_has_its_own():
    rule = {"freq": "weekly", "weekday": "wt", "from": "2018-01-01", "until": "2018-01-02"}
    (one,) = occurrences(series(rule, moved=[{"from": "2018-01-02", "to": "2018-01-03"}]), WARSAW)

    assert one.start == dt.datetime(2018, 1, 3, 16, tzinfo=WARSAW)


def test_every_second_month_counts_from_the_month_that_the_rule_begins_in():
    rule = {"freq": "monthly", "nth": 2, "weekday": "pn", "interval": 2}

    assert days(series(rule | {"from": "2018-01-20", "until": "2018-06-30"})) == [
        "2018-03-12",
        "2018-05-14",
    ]


def test_the_hour_stays_when_the_clocks_change():
    rule = {"freq": "weekly", "weekday": "nd", "from": "2018-03-18", "until": "2018-03-25"}
    before, after = occurrences(series(rule), WARSAW)

    assert [before.start.hour, after.start.hour] == [16, 16]
    assert (after.start.utcoffset(), before.start.utcoffset()) == (
        dt.timedelta(hours=2),
        dt.timedelta(hours=1),
    )


def test_a_delay_moves_start_and_end():
    session = Session.model_validate(
        {
            "id": "s",
            "title": "S",
            "type": "panel",
            "date": "2017-11-30",
            "start": "10:00",
            "end": "11:00",
            "place": "p",
            "status": "delayed",
            "delay_min": 15,
        }
    )

    assert session_start(session, WARSAW) == dt.datetime(2017, 11, 30, 10, 15, tzinfo=WARSAW)
    assert session_end(session, WARSAW) == dt.datetime(2017, 11, 30, 11, 15, tzinfo=WARSAW)
