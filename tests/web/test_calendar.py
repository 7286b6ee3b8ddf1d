import datetime as dt

from icalendar import Calendar
from starlette.testclient import TestClient

from bot.clock import stopped_clock
from bot.messaging.languages import Language
from bot.messaging.message import ChatId
from bot.web.calendar import calendar_route
from bot.web.server import make_app
from tests.knowledge.test_dated import fair, session

NOW = dt.datetime(2017, 11, 30, 9, tzinfo=dt.UTC)
KEY = "kK9-secret_secret_secr"


class OneCalendar:
    """Whoever knows KEY sees Anna's programme."""

    async def owner_of_calendar(self, key):
        return (ChatId("telegram", "1"), None) if key == KEY else None

    async def saved_by(self, chat):
        return ("talk",)


def client(knowledge):
    route = calendar_route(OneCalendar(), lambda: knowledge[0], stopped_clock(NOW), Language.PL)
    return TestClient(make_app([route]))


def test_the_secret_address_gives_the_programme_as_it_is_now():
    shown = [fair(session("talk", "10:00", "11:00"))]
    web = client(shown)
    before = web.get(f"/kalendarz/{KEY}.ics")

    shown[0] = fair(session("talk", "12:00", "13:00"))
    after = web.get(f"/kalendarz/{KEY}.ics")

    assert before.headers["content-type"].startswith("text/calendar")
    (event,) = Calendar.from_ical(before.content).walk("VEVENT")
    (moved,) = Calendar.from_ical(after.content).walk("VEVENT")
    assert event.decoded("dtstart").hour == 10
    assert moved.decoded("dtstart").hour == 12


def test_no_cache_on_the_way_and_no_search_engine_keeps_it():
    answer = client([fair()]).get(f"/kalendarz/{KEY}.ics")

    assert answer.headers["cache-control"] == "private, no-store"
    assert answer.headers["x-robots-tag"] == "noindex"


def test_a_wrong_key_tells_nothing():
    web = client([fair()])

    for key in ("guess", "x" * 500, "%2e%2e"):
        assert web.get(f"/kalendarz/{key}.ics").status_code == 404
