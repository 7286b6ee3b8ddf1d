import datetime as dt
from zoneinfo import ZoneInfo

from icalendar import Calendar

from bot.knowledge.dated import by_time
from bot.messaging.languages import Language
from bot.visitors.calendar import calendar_of
from tests.knowledge.test_dated import fair, session

NOW = dt.datetime(2017, 11, 1, 12, tzinfo=dt.UTC)
WARSAW = ZoneInfo("Europe/Warsaw")


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
