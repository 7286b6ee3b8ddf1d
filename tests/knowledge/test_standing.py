import datetime as dt

import pytest

from bot.knowledge.changes import (
    Added,
    Cancelled,
    Gone,
    PlaceChanged,
    Restored,
    SeatsChanged,
    Span,
    SpeakersChanged,
    TimeChanged,
)
from bot.knowledge.laying import laid_over
from bot.knowledge.model import LocalText, Status
from bot.knowledge.standing import Made, standing
from tests.knowledge.fair import at, fair, series, session

CONFIRMED = dt.datetime(2017, 11, 30, 9, tzinfo=dt.UTC)
EARLIER = CONFIRMED - dt.timedelta(hours=1)
LATER = CONFIRMED + dt.timedelta(hours=1)

MOVED = PlaceChanged("gala", "sala-2", "sala-12")


def made(*changes, written_back=False):
    return [
        Made(number, change, CONFIRMED, written_back=written_back)
        for number, change in enumerate(changes, 1)
    ]


def weighed(record, changes, edited=EARLIER):
    knowledge = fair(record) if record else fair()
    ids = {one.partition("@")[0] for one in (each.change.record for each in changes)}
    found = standing(knowledge, changes, dict.fromkeys(ids, edited))
    return found, laid_over(knowledge, found.changes)


@pytest.mark.parametrize(
    ("in_yaml", "edited", "written_back", "place"),
    [
        ("sala-2", EARLIER, False, "sala-12"),
        # Another record of the file was edited; this one says what it said before.
        ("sala-2", LATER, False, "sala-12"),
        # What had been drafted before the edit was confirmed after it.
        ("scena", EARLIER, False, "sala-12"),
        ("scena", LATER, False, "scena"),
        # The file said it, and was edited back on purpose.
        ("sala-2", LATER, True, "sala-2"),
        # A machine that still has the old file.
        ("sala-2", EARLIER, True, "sala-12"),
    ],
)
def test_of_chat_and_file_the_later_holds(in_yaml, edited, written_back, place):
    changes = made(MOVED, written_back=written_back)

    found, now = weighed(session(place=in_yaml), changes, edited)

    assert now.sessions["gala"].place == place
    assert found.overruled == (() if place == "sala-12" else tuple(changes))
    assert found.said == ()


def test_what_the_file_says_too_is_known_and_still_tells_what_was():
    changes = made(MOVED)

    found, now = weighed(session(place="sala-12"), changes, LATER)

    assert found.said == tuple(changes)
    assert now.before["gala"].place == "sala-2"


def test_changes_of_one_thing_follow_each_other():
    back = PlaceChanged("gala", "sala-12", "sala-2")

    assert weighed(session(), made(MOVED, back))[1] == fair(session())
    # The first of two was written into the file.
    onward = PlaceChanged("gala", "sala-12", "scena")
    _, now = weighed(session(place="sala-12"), made(MOVED, onward), LATER)
    assert now.sessions["gala"].place == "scena"
    assert now.before["gala"].place == "sala-2"


def test_only_what_the_file_overrules_is_left_out():
    delay = TimeChanged("gala", Span(at(14), at(15)), Span(at(14, 20), at(15, 20)), 20)

    found, now = weighed(session(place="scena"), made(MOVED, delay), LATER)

    assert [one.change for one in found.overruled] == [MOVED]
    assert (now.sessions["gala"].place, now.sessions["gala"].delay_min) == ("scena", 20)


@pytest.mark.parametrize("written_back", [True, False])
@pytest.mark.parametrize("edited", [EARLIER, LATER])
def test_a_cancelled_session_never_comes_back_by_itself(written_back, edited):
    revived = session(status="confirmed", start="16:00", end="17:00")

    found, now = weighed(revived, made(Cancelled("gala"), written_back=written_back), edited)

    assert now.sessions["gala"].status is Status.CANCELLED
    assert found.overruled == ()


def test_it_comes_back_when_somebody_says_so():
    _, now = weighed(session(status="cancelled"), made(Cancelled("gala"), Restored("gala")), LATER)

    assert now.sessions["gala"].status is Status.PLANNED


def test_a_cancelled_date_stays_cancelled_too():
    _, now = weighed(series(), made(Cancelled("kurs@2018-03-13")), LATER)

    assert now.series["kurs"].cancelled_dates == (dt.date(2018, 3, 13),)


def test_a_session_added_in_chat_is_taken_from_the_file_once_it_stands_there():
    changes = made(Added(session()))

    found, now = weighed(session(description="Więcej."), changes)

    assert now == fair(session(description="Więcej."))
    assert found.said == tuple(changes)
    assert weighed(None, changes)[1] == fair(session())


def test_what_was_taken_out_in_chat_stays_out():
    found, now = weighed(session(), made(Gone("gala", LocalText(pl="Gala"))), LATER)

    assert dict(now.sessions) == {}
    assert found.overruled == ()


def test_other_facts_are_weighed_alike():
    changes = made(SeatsChanged("gala", True), SpeakersChanged("gala", (), ("anna",)))

    found, now = weighed(session(speakers=["oleh"], registration={"full": True}), changes, LATER)

    assert found.said == (changes[0],)
    assert found.overruled == (changes[1],)
    assert now.sessions["gala"].speakers == ("oleh",)


def test_a_change_of_what_the_file_has_no_more_is_kept_and_does_nothing():
    found, now = weighed(None, made(MOVED, Cancelled("kurs@2018-03-13")), LATER)

    assert now == fair()
    assert found.overruled == ()
