import datetime as dt
from dataclasses import replace

import pytest

from bot.knowledge.changes import (
    Added,
    Cancelled,
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
    TextChanged,
    TimeChanged,
)
from bot.knowledge.differences import differences, is_misprint
from bot.knowledge.model import Event, LocalText, Place
from tests.knowledge.fair import at, exhibitor, fair, series, session


@pytest.mark.parametrize(
    ("old", "new", "changes"),
    [
        (session(), session(), ()),
        (session(), session(place="scena"), (PlaceChanged("gala", "sala-2", "scena"),)),
        (
            session(),
            session(delay_min=20, status="delayed"),
            (TimeChanged("gala", Span(at(14), at(15)), Span(at(14, 20), at(15, 20)), 20),),
        ),
        (
            session(delay_min=20, status="delayed"),
            session(),
            (TimeChanged("gala", Span(at(14, 20), at(15, 20)), Span(at(14), at(15))),),
        ),
        (
            session(),
            session(start="15:00", end="16:00"),
            (TimeChanged("gala", Span(at(14), at(15)), Span(at(15), at(16))),),
        ),
        (session(), session(status="cancelled"), (Cancelled("gala"),)),
        (session(status="cancelled"), session(status="confirmed"), (Restored("gala"),)),
        (session(), session(speakers=["anna"]), (SpeakersChanged("gala", (), ("anna",)),)),
        (session(), session(registration={"full": True}), (SeatsChanged("gala", True),)),
        (
            session(),
            session(title="Zakończenie"),
            (
                Renamed(
                    "gala",
                    LocalText.model_validate("Gala"),
                    LocalText.model_validate("Zakończenie"),
                ),
            ),
        ),
        (session(title="Gala finałowa"), session(title="Gala  finalowa."), (TextChanged("gala"),)),
        (session(), session(description="Więcej o gali."), (TextChanged("gala"),)),
        (session(), session(status="confirmed"), ()),
        (None, session(), (Added(session()),)),
        (
            session(),
            None,
            (Gone("gala", LocalText.model_validate("Gala"), Span(at(14), at(15))),),
        ),
    ],
)
def test_an_edit_of_a_session_is_seen_for_what_it_is(old, new, changes):
    before, after = (fair(*([one] if one else [])) for one in (old, new))

    assert differences(before, after) == changes


def open_on(knowledge, *hours):
    raw = [{"date": day, "open": start, "close": end} for day, start, end in hours]
    event = Event.model_validate(knowledge.event.model_dump() | {"hours": raw})
    return replace(knowledge, event=event)


def test_other_opening_hours_are_seen_day_by_day():
    thursday = ("2017-11-30", "09:00", "17:00")
    before = open_on(fair(), thursday, ("2017-12-01", "09:00", "16:00"))
    after = open_on(fair(), thursday, ("2017-12-01", "10:00", "15:00"))
    friday = dt.date(2017, 12, 1)

    was, now = Span(at(9, 0, friday), at(16, 0, friday)), Span(at(10, 0, friday), at(15, 0, friday))
    assert differences(before, after) == (HoursChanged("fair@2017-12-01", was, now),)
    closed = open_on(fair(), thursday)
    assert differences(before, closed) == (HoursChanged("fair@2017-12-01", was, None),)
    assert differences(after, after) == ()


def test_who_comes_and_who_will_not_be_there_is_seen():
    before = fair(exhibitor("ul", "Złoty Ul", "5"))
    after = fair(exhibitor("dom", "Fundacja Dom", "7", "8"))

    assert differences(before, after) == (
        Gone("ul", LocalText.model_validate("Złoty Ul"), is_exhibitor=True),
        Joined("dom", LocalText.model_validate("Fundacja Dom"), ("7", "8")),
    )


def test_an_edit_of_dates_is_seen_date_by_date():
    day = dt.date(2018, 3, 13)
    new = series(
        cancelled_dates=["2018-03-06"],
        moved=[{"from": "2018-03-13", "to": "2018-03-14"}],
        except_dates=["2018-03-20"],
        extra_dates=["2018-03-22"],
    )

    assert differences(fair(series()), fair(new)) == (
        Gone(
            "kurs@2018-03-20",
            LocalText.model_validate("Kurs"),
            Span(at(16, day=dt.date(2018, 3, 20)), at(18, day=dt.date(2018, 3, 20))),
        ),
        Cancelled("kurs@2018-03-06"),
        TimeChanged(
            "kurs@2018-03-13",
            Span(at(16, day=day), at(18, day=day)),
            Span(at(16, day=dt.date(2018, 3, 14)), at(18, day=dt.date(2018, 3, 14))),
        ),
        DateAdded(
            "kurs@2018-03-22",
            Span(at(16, day=dt.date(2018, 3, 22)), at(18, day=dt.date(2018, 3, 22))),
        ),
    )


def test_a_series_that_moves_as_a_whole_is_one_change():
    changed = differences(fair(series()), fair(series(place="scena")))

    assert changed == (PlaceChanged("kurs", "sala-2", "scena"),)


def test_a_room_that_is_called_otherwise_moves_nothing():
    new = Place.model_validate({"id": "sala-2", "name": "Sala 9", "kind": "room"})
    before, after = fair(session()), fair(session(), new)

    assert differences(before, after) == (
        Renamed("sala-2", LocalText.model_validate("sala-2"), LocalText.model_validate("Sala 9")),
    )


@pytest.mark.parametrize(
    ("old", "new", "is_same"),
    [
        ("„Pomocna Dłoń”", "Pomocna Dłoń", True),
        ("Warsztat: miska z gliny", "Warsztat: miska z wikliny", False),
        ("Warsztat: miska z gliyn", "Warsztat: miska z gliny", True),
        ("Sala 101", "Sala 102", False),
        ("Fundacja X", "Fundacja Y", False),
        ("Panel", "Panel o pracy", False),
        ("Konsultacje", "Konsultacja", True),
    ],
)
def test_a_misprint_is_no_other_name(old, new, is_same):
    assert is_misprint(old, new) is is_same
