"""When one can apply, and when somebody is told."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from bot.knowledge.model import LegalForm
from bot.support.founded import Founded, aged
from bot.support.results import results
from bot.support.situation import Situation
from bot.support.terms import (
    Intake,
    Moment,
    Occasion,
    Qualifying,
    deadline_moments,
    intake_at,
    is_stale,
    qualify_moment,
    qualify_moments,
    qualifying,
)
from tests.support.conftest import TODAY, offer

ZONE = ZoneInfo("Europe/Warsaw")
NOW = dt.datetime(2017, 11, 30, 10, 0, tzinfo=ZONE)
WINDOW = {"mode": "window", "opens": "2017-12-10", "closes": "2017-12-20T15:00"}


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("fields", "moment", "intake"),
    [
        ({"deadline": "2017-11-30"}, "2017-11-30T23:59", Intake.OPEN),
        ({"deadline": "2017-11-30"}, "2017-12-01T00:00", Intake.PASSED),
        ({"deadline": "ciagly"}, "2017-11-30T10:00", Intake.ALWAYS),
        ({"intake": {"mode": "continuous"}}, "2017-11-30T10:00", Intake.ALWAYS),
        ({}, "2017-11-30T10:00", Intake.NOT_KNOWN),
        ({"intake": WINDOW}, "2017-12-09T23:59", Intake.OPENS_LATER),
        ({"intake": WINDOW}, "2017-12-10T00:00", Intake.OPEN),
        ({"intake": WINDOW}, "2017-12-20T14:59", Intake.OPEN),
        ({"intake": WINDOW}, "2017-12-20T15:00", Intake.PASSED),
        ({"intake": {"mode": "by_call"}}, "2017-11-30T10:00", Intake.NOT_KNOWN),
        ({"intake": {"mode": "closed"}}, "2017-11-30T10:00", Intake.CLOSED),
        ({"status": "inactive", "deadline": "ciagly"}, "2017-11-30T10:00", Intake.CLOSED),
        ({"intake": {"mode": "by_call", "opens": "2017-11-01"}}, "2017-11-30T10:00", Intake.OPEN),
    ],
)
def test_whether_one_can_apply(fields, moment, intake):
    assert intake_at(offer(**fields), at(moment)) is intake


def told(moments):
    return [(f"{one.at:%m-%d %H:%M}", one.occasion, one.number) for one in moments]


def test_a_saved_offer_is_reminded_of_before_its_deadline():
    assert deadline_moments(offer(deadline="2017-12-20"), NOW) == tuple(
        Moment(
            at(f"2017-12-{day}T09:00"),
            at(until),
            Occasion.CLOSES,
            dt.date(2017, 12, 20),
            left,
        )
        for day, left, until in (
            ("06", 14, "2017-12-17T09:00"),
            ("17", 3, "2017-12-19T09:00"),
            ("19", 1, "2017-12-21T00:00"),
        )
    )


def test_what_has_passed_is_not_reminded_of():
    moments = deadline_moments(offer(deadline="2017-12-02"), NOW)

    assert told(moments) == [("12-01 09:00", Occasion.CLOSES, 1)]


def test_nothing_is_told_after_the_hour_at_which_it_closes():
    intake = {"mode": "window", "opens": "2017-12-20", "closes": "2017-12-20T08:00"}

    moments = deadline_moments(offer(intake=intake), NOW)

    assert told(moments) == [
        ("12-06 09:00", Occasion.CLOSES, 14),
        ("12-17 09:00", Occasion.CLOSES, 3),
        ("12-19 09:00", Occasion.CLOSES, 1),
    ]
    assert moments[-1].until == at("2017-12-20T08:00")


def test_somebody_is_told_when_it_opens():
    first = deadline_moments(offer(intake=WINDOW), NOW)[1]

    assert first == Moment(
        at("2017-12-10T09:00"), at("2017-12-20T15:00"), Occasion.OPENS, dt.date(2017, 12, 10)
    )


@pytest.mark.parametrize("fields", [{"deadline": "ciagly"}, {}, {"status": "inactive"}])
def test_without_a_last_day_there_is_no_moment(fields):
    assert deadline_moments(offer(**fields), NOW) == ()


OLD = {"for": {"organisation_age_months": {"min": 12}}}


def since(day: str) -> Situation:
    founded = dt.date.fromisoformat(day)
    return Situation(founded=Founded(founded, founded))


def test_the_day_is_told_on_which_an_organisation_is_old_enough():
    assert qualifying(offer(**OLD), since("2017-03-03"), TODAY) == Qualifying(
        dt.date(2018, 3, 3), is_exact=True
    )
    assert qualify_moments(offer(**OLD), since("2017-03-03"), NOW) == (
        Moment(
            at("2018-03-03T09:00"),
            at("2018-03-17T09:00"),
            Occasion.QUALIFIES,
            dt.date(2018, 3, 3),
            12,
        ),
    )


def test_a_day_of_qualifying_is_of_no_use_where_the_intake_is_over_by_then():
    day = dt.date(2018, 3, 3)

    assert told(qualify_moment(offer(**OLD), day, NOW)) == [("03-03 09:00", "qualifies", 12)]
    assert qualify_moment(offer(deadline="2018-03-02", **OLD), day, NOW) == ()
    assert qualify_moment(offer(status="inactive", **OLD), day, NOW) == ()
    assert qualify_moment(offer(), day, NOW) == ()


def test_a_month_tells_the_day_by_which_it_is():
    march = Situation(founded=Founded(dt.date(2017, 3, 1), dt.date(2017, 3, 31)))

    assert qualifying(offer(**OLD), march, TODAY) == Qualifying(
        dt.date(2018, 3, 31), is_exact=False
    )


@pytest.mark.parametrize(
    ("fields", "situation"),
    [
        (OLD, since("2016-03-03")),  # is already
        (OLD, Situation()),  # not known
        (OLD, Situation(founded=aged(0, 12, TODAY))),  # known too roughly
        (OLD, Situation(founded=aged(3, None, TODAY))),
        (OLD | {"deadline": "2018-03-02"}, since("2017-03-03")),  # over by then
        ({}, since("2017-03-03")),  # asks for no age
        (
            OLD,
            Situation(founded=Founded(TODAY, TODAY), forms=frozenset({LegalForm.INFORMAL_GROUP})),
        ),
    ],
)
def test_no_day_is_promised_that_nobody_knows(fields, situation):
    assert qualifying(offer(**fields), situation, TODAY) is None
    assert qualify_moments(offer(**fields), situation, NOW) == ()


@pytest.mark.parametrize(
    ("fields", "stale"),
    [
        ({}, False),
        ({"checked": {"date": "2017-10-31", "by": "desk"}, "recheck_after_days": 30}, False),
        ({"checked": {"date": "2017-10-30", "by": "desk"}, "recheck_after_days": 30}, True),
    ],
)
def test_a_record_that_was_not_checked_for_long_is_stale(fields, stale):
    assert is_stale(offer(**fields), TODAY) is stale


def test_results_come_by_deadline_then_by_fit(areas):
    def named(name, **fields):
        return offer(id=name, **fields)

    offers = [
        named("always"),
        named("later", deadline="2018-01-15"),
        named("surely", area=["near"]),
        named("soon", deadline="2017-12-05"),
        named("not-here", area=["far"]),
        named("old", **OLD),
        named("over", deadline="2017-10-31"),
        named("long-over", deadline="2017-09-30"),
        named("gone", status="defunct"),
        named("far-and-old", area=["far"], **OLD),
    ]
    situation = Situation(area="near", founded=since("2017-03-03").founded)

    found = results(offers, situation, NOW, areas)

    assert [one.offer.id for one in found.fits] == ["soon", "later", "surely", "always"]
    assert [one.offer.id for one in found.nearly] == ["not-here", "old"]
    assert [one.offer.id for one in found.passed] == ["over", "long-over"]
    assert found.nearly[1].qualifies == Qualifying(dt.date(2018, 3, 3), is_exact=True)
