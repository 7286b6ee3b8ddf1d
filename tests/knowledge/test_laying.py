import datetime as dt

import pytest

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
    Span,
    SpeakersChanged,
    StandsChanged,
    TextChanged,
    TimeChanged,
    as_json,
    from_json,
)
from bot.knowledge.dated import saved_under
from bot.knowledge.laying import laid_over
from bot.knowledge.model import Before, Exhibitor, LocalText, Person, Status
from bot.knowledge.occurrences import occurrences
from tests.knowledge.fair import at, exhibitor, fair, series, session


def test_a_moved_session_is_elsewhere_and_tells_where_it_was():
    now = laid_over(fair(session()), [PlaceChanged("gala", "sala-2", "sala-12")])

    assert now.sessions["gala"].place == "sala-12"
    assert now.before == {"gala": Before(place="sala-2")}


def test_a_delay_keeps_the_planned_time_beside_it():
    delay = TimeChanged("gala", Span(at(14), at(15)), Span(at(14, 20), at(15, 20)), 20)
    now = laid_over(fair(session()), [delay])

    assert now.sessions["gala"] == session(delay_min=20, status="delayed")
    assert now.before == {"gala": Before(start=at(14), end=at(15))}


def test_a_second_delay_counts_from_the_plan():
    first = TimeChanged("gala", Span(at(14), at(15)), Span(at(14, 20), at(15, 20)), 20)
    second = TimeChanged("gala", Span(at(14, 20), at(15, 20)), Span(at(14, 30), at(15, 30)), 10)
    now = laid_over(fair(session()), [first, second])

    assert now.sessions["gala"].delay_min == 30
    assert now.before == {"gala": Before(start=at(14), end=at(15))}


def test_another_time_takes_the_place_of_the_planned_one_and_of_a_delay():
    moved = TimeChanged(
        "gala", Span(at(14, 15), at(15, 15)), Span(at(16), at(17, 30, dt.date(2017, 12, 1)))
    )
    now = laid_over(fair(session(delay_min=15, status="delayed")), [moved])

    expected = session(start="16:00", end="17:30", end_date="2017-12-01")
    assert now.sessions["gala"] == expected


def test_what_is_moved_and_moved_back_is_as_it_was():
    there = PlaceChanged("gala", "sala-2", "sala-12")
    back = PlaceChanged("gala", "sala-12", "sala-2")
    fair_now = fair(session())

    assert laid_over(fair_now, [there, back]) == fair_now


def test_a_cancelled_session_stays_with_its_reason_and_what_takes_its_place():
    reason = LocalText(pl="choroba")
    knowledge = fair(session(), session("panel"))
    now = laid_over(knowledge, [Cancelled("gala", reason, "panel")])

    assert now.sessions["gala"].status is Status.CANCELLED
    assert now.sessions["panel"].replaces == "gala"
    assert now.before == {"gala": Before(reason=reason, replacement="panel")}
    assert laid_over(now, [Restored("gala")]) == knowledge


def test_somebody_unknown_who_speaks_gets_a_record():
    knowledge = fair(session(speakers=["anna"]))
    change = SpeakersChanged("gala", ("anna",), ("jan-lis",), (("jan-lis", "Jan Lis"),))
    now = laid_over(knowledge, [change])

    assert now.sessions["gala"].speakers == ("jan-lis",)
    assert now.people["jan-lis"] == Person(id="jan-lis", display_name="Jan Lis", consent=True)
    assert now.before == {"gala": Before(speakers=("anna",))}


def test_a_session_is_added_and_gone():
    new = session("panel", registration={"seats": 5})
    now = laid_over(fair(session()), [Added(new), Gone("gala", LocalText(pl="Gala"))])

    assert dict(now.sessions) == {"panel": new}
    assert now.get("gala") is None
    assert now.get("panel") == new


def test_an_exhibitor_stands_elsewhere_and_is_called_otherwise():
    raw = {"id": "ola", "name": "Ola", "kind": "inne", "stands": ["1"]}
    new_name = LocalText.model_validate("Ola i Jan")
    changes: list[Change] = [
        StandsChanged("ola", ("1",), ("2",)),
        Renamed("ola", LocalText.model_validate("Ola"), new_name),
    ]
    now = laid_over(fair(Exhibitor.model_validate(raw)), changes)

    assert (now.exhibitors["ola"].stands, now.exhibitors["ola"].name) == (("2",), new_name)
    assert now.before["ola"] == Before(stands=("1",), name=LocalText.model_validate("Ola"))


def test_one_date_of_a_series_moves_in_time_and_place():
    key = "kurs@2018-03-13"
    day = dt.date(2018, 3, 14)
    old = Span(at(16, day=dt.date(2018, 3, 13)), at(18, day=dt.date(2018, 3, 13)))
    changes: list[Change] = [
        TimeChanged(key, old, Span(at(17, day=day), at(18, 30, day))),
        PlaceChanged(key, "sala-2", "scena"),
    ]
    now = laid_over(fair(series()), changes)

    saved = saved_under(key, now)
    assert saved is not None
    assert saved.start == dt.datetime(2018, 3, 14, 17, tzinfo=now.event.zone)
    assert saved.place == now.places["scena"]
    assert now.before == {key: Before(place="sala-2", start=old.start, end=old.end)}
    assert len(occurrences(now.series["kurs"], now.event.zone)) == 6


def test_one_date_of_a_series_is_cancelled_and_stays_in_the_list():
    key = "kurs@2018-03-13"
    now = laid_over(fair(series()), [Cancelled(key), SeatsChanged("kurs@2018-03-20", True)])

    dates = occurrences(now.series["kurs"], now.event.zone)
    assert [one.is_on for one in dates] == [True, False, True, True, True, True]
    assert [one.is_full for one in dates] == [False, False, True, False, False, False]
    assert laid_over(now, [Restored(key), SeatsChanged("kurs@2018-03-20", False)]) == fair(series())


def test_a_date_is_added_with_its_own_hours():
    key = "kurs@2018-03-15"
    span = Span(at(9, day=dt.date(2018, 3, 15)), at(11, day=dt.date(2018, 3, 15)))
    now = laid_over(fair(series()), [DateAdded(key, span)])

    saved = saved_under(key, now)
    assert saved is not None
    assert saved.start is not None
    assert saved.start.replace(tzinfo=None) == span.start


@pytest.mark.parametrize(
    "change",
    [
        PlaceChanged("nothing", "sala-2", "scena"),
        PlaceChanged("nothing@2018-03-13", "sala-2", "scena"),
        Cancelled("nothing"),
        Gone("nothing", LocalText(pl="x")),
        TextChanged("gala"),
        StandsChanged("gala", (), ("1",)),
    ],
)
def test_a_change_of_what_is_not_there_changes_nothing(change):
    knowledge = fair(session(), series())

    assert laid_over(knowledge, [change]) == knowledge


@pytest.mark.parametrize(
    "change",
    [
        HoursChanged("fair@2017-12-01", None, Span(at(9), at(16))),
        Joined("dom", LocalText(pl="Dom"), ("7",)),
        Gone("ul", LocalText(pl="Ul"), is_exhibitor=True),
    ],
)
def test_what_only_the_yaml_says_lays_nothing_over_it_and_travels_as_json(change):
    knowledge = fair(session(), exhibitor("dom", "Dom", "7"))

    assert laid_over(knowledge, [change]) == knowledge
    assert from_json(as_json(change)) == change
