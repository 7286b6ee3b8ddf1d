import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo

from icalendar import Calendar

from bot.knowledge.changes import Cancelled, Change, PlaceChanged, Span, TimeChanged
from bot.knowledge.dated import by_time
from bot.knowledge.laying import laid_over
from bot.knowledge.model import Place
from bot.messaging.languages import Language
from bot.visitors.calendar import calendar_of
from tests.knowledge.test_dated import fair, session

NOW = dt.datetime(2017, 11, 1, 12, tzinfo=dt.UTC)
SECOND = dt.timedelta(seconds=1)
WARSAW = ZoneInfo("Europe/Warsaw")


def span(start, end):
    day = dt.date(2017, 11, 30)
    return Span(*(dt.datetime.combine(day, dt.time.fromisoformat(one)) for one in (start, end)))


def events(content: bytes):
    return Calendar.from_ical(content).walk("VEVENT")


def written(keys, knowledge, now=NOW, language=Language.PL):
    return calendar_of(by_time(keys, knowledge), knowledge, language, now)


def test_a_session_is_read_back_with_time_zone_and_place():
    (event,) = events(written(["talk"], fair(session("talk", "10:00", "11:30"))))

    assert event.decoded("dtstart") == dt.datetime(2017, 11, 30, 10, tzinfo=WARSAW)
    assert event.decoded("dtend") == dt.datetime(2017, 11, 30, 11, 30, tzinfo=WARSAW)
    assert event["dtstart"].params["TZID"] == "Europe/Warsaw"
    assert event["location"] == "Hala"
    assert event["status"] == "CONFIRMED"


def test_a_change_keeps_the_identity_and_raises_the_sequence():
    (before,) = events(written(["talk"], fair(session("talk", "10:00", "11:00"))))
    moved = fair(session("talk", "12:00", "13:00", status="cancelled"))
    (after,) = events(written(["talk"], moved, NOW + dt.timedelta(minutes=5), Language.UK))

    assert after["uid"] == before["uid"]
    assert after["sequence"] > before["sequence"]
    assert after["status"] == "CANCELLED"
    assert after.decoded("last-modified") > before.decoded("last-modified")


def test_a_change_made_in_chat_is_an_update_that_says_what_was():
    before, place = fair(session("talk", "10:00", "11:00")), {"name": "Sala 2", "kind": "room"}
    moved: list[Change] = [
        TimeChanged("talk", span("10:00", "11:00"), span("12:00", "13:00")),
        PlaceChanged("talk", "hall", "sala-2"),
    ]
    room = Place.model_validate({"id": "sala-2"} | place)
    knowledge = replace(before, places={**before.places, "sala-2": room})

    (first,) = events(written(["talk"], before))
    (second,) = events(written(["talk"], laid_over(knowledge, moved), NOW + SECOND))
    off = laid_over(knowledge, [Cancelled("talk")])
    (third,) = events(written(["talk"], off, NOW + 2 * SECOND))

    assert first["uid"] == second["uid"] == third["uid"]
    assert first["sequence"] < second["sequence"] < third["sequence"]
    assert second.decoded("dtstart") == dt.datetime(2017, 11, 30, 12, tzinfo=WARSAW)
    assert second["location"] == "Sala 2"
    assert second["description"] == "Zmiana. Wcześniej: 10:00–11:00, Hala."
    assert (third["status"], third["description"]) == ("CANCELLED", "Odwołane.")


def test_a_date_moved_over_the_clock_change_keeps_its_local_hour():
    # Summer time begins on 25 March 2018.
    old, new = (
        Span(*(dt.datetime.combine(dt.date.fromisoformat(day), dt.time(h)) for h in (16, 18)))
        for day in ("2018-03-20", "2018-03-26")
    )
    key = "course@2018-03-20"

    (event,) = events(written([key], laid_over(fair(), [TimeChanged(key, old, new)])))

    assert event.decoded("dtstart").astimezone(dt.UTC).hour == 14
    assert event["uid"].startswith(key)


def test_the_hour_is_right_on_both_sides_of_the_clock_change():
    content = written(["course@2018-03-20", "course@2018-03-27"], fair())

    starts = [event.decoded("dtstart").astimezone(dt.UTC) for event in events(content)]
    assert [start.hour for start in starts] == [15, 14]
    (zone,) = Calendar.from_ical(content).walk("VTIMEZONE")
    assert {str(part["tzname"]) for part in zone.subcomponents} == {"CET", "CEST"}


def test_what_has_no_time_is_left_out():
    assert events(written(["firm"], fair())) == []


def test_an_invented_session_says_so():
    knowledge = fair(session("talk", "10:00", "11:00", example=True, src="example"))

    (event,) = events(written(["talk"], knowledge))

    assert event["description"] == "przykład"
