import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from bot.knowledge.dated import by_time, clashes, key_of, saved_under
from bot.knowledge.model import Event, Exhibitor, Knowledge, Place, Series, Session

WARSAW = ZoneInfo("Europe/Warsaw")
EVENT = Event.model_validate(
    {
        "id": "fair",
        "name": "Targi",
        "edition": 1,
        "start_date": "2017-11-30",
        "end_date": "2017-12-01",
        "city": "Kielce",
        "organizer": "us",
    }
)


def session(record_id: str, start: str, end: str, **more: object) -> Session:
    given = {"id": record_id, "title": record_id, "type": "panel", "date": "2017-11-30"}
    return Session.model_validate(given | {"start": start, "end": end, "place": "hall"} | more)


def fair(*sessions: Session) -> Knowledge:
    rule = {"freq": "weekly", "weekday": "wt", "start": "16:00", "end": "18:00"}
    series = Series.model_validate(
        {
            "id": "course",
            "title": "Kurs",
            "type": "szkolenie",
            "host": "us",
            "place": "hall",
            "rule": rule | {"from": "2018-03-20", "until": "2018-03-27"},
        }
    )
    firm = Exhibitor.model_validate({"id": "firm", "name": "Firma", "kind": "inne"})
    hall = Place.model_validate({"id": "hall", "name": "Hala", "kind": "room"})
    return Knowledge(
        EVENT,
        places={"hall": hall},
        exhibitors={"firm": firm},
        sessions={one.id: one for one in sessions},
        series={"course": series},
    )


def test_a_session_is_saved_with_its_real_time_and_its_place():
    saved = saved_under("talk", fair(session("talk", "10:00", "11:00", delay_min=20)))

    assert saved is not None
    assert saved.start == dt.datetime(2017, 11, 30, 10, 20, tzinfo=WARSAW)
    assert saved.end == dt.datetime(2017, 11, 30, 11, 20, tzinfo=WARSAW)
    assert saved.place is not None
    assert saved.place.id == "hall"


def test_one_date_of_a_series_keeps_its_hour_when_the_clocks_change():
    dates = [saved_under(f"course@2018-03-{day}", fair()) for day in (20, 27)]

    assert [saved.start and saved.start.hour for saved in dates if saved] == [16, 16]
    # Between them lies the night of 25 March 2018, in which an hour is left out.
    offsets = [saved.start and saved.start.utcoffset() for saved in dates if saved]
    assert offsets == [dt.timedelta(hours=1), dt.timedelta(hours=2)]


@pytest.mark.parametrize(
    "key",
    ["nobody", "course@2018-03-21", "course@2018-99-99", "firm@2018-03-20", "", "@", "A" * 99],
)
def test_a_key_that_means_nothing_is_nothing(key):
    assert saved_under(key, fair()) is None


def test_what_has_no_time_comes_last():
    knowledge = fair(session("late", "15:00", "16:00"), session("early", "09:00", "10:00"))

    keys = ["firm", "late", "gone", "early", key_of("course", dt.date(2018, 3, 20))]

    assert [one.key for one in by_time(keys, knowledge)] == [
        *("early", "late", "course@2018-03-20", "firm")
    ]


def test_only_what_overlaps_and_takes_place_clashes():
    saved = by_time(
        ["a", "b", "c", "d", "firm"],
        fair(
            session("a", "10:00", "11:00"),
            session("b", "10:30", "11:30"),
            session("c", "11:00", "12:00"),
            session("d", "10:00", "12:00", status="cancelled"),
        ),
    )

    assert [(one.key, other.key) for one, other in clashes(saved)] == [("a", "b"), ("b", "c")]


def test_a_delay_can_make_a_clash():
    talk = session("a", "10:00", "11:00", delay_min=15)

    saved = by_time(["a", "c"], fair(talk, session("c", "11:00", "12:00")))

    assert len(clashes(saved)) == 1


def test_a_moved_date_of_a_series_is_found_by_its_planned_day_and_by_its_new_one():
    knowledge = fair()
    moved = Series.model_validate(
        knowledge.series["course"].model_dump(by_alias=True, exclude_none=True)
        | {"moved": [{"from": "2018-03-20", "to": "2018-03-22"}]}
    )
    knowledge = Knowledge(EVENT, places=knowledge.places, series={"course": moved})

    planned, held = (saved_under(f"course@2018-03-{day}", knowledge) for day in (20, 22))

    assert planned is not None
    assert planned.start == dt.datetime(2018, 3, 22, 16, tzinfo=WARSAW)
    assert planned == held
    assert planned.key == "course@2018-03-20"
