import datetime as dt
import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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
    yaml_values,
)
from bot.knowledge.dated import saved_under
from bot.knowledge.differences import differences, is_misprint, span_of_session
from bot.knowledge.laying import laid_over
from bot.knowledge.model import (
    Before,
    Event,
    Exhibitor,
    Knowledge,
    LocalText,
    Person,
    Place,
    Series,
    Session,
    Status,
)
from bot.knowledge.occurrences import occurrences

THURSDAY = dt.date(2017, 11, 30)
PLACES = ("sala-2", "sala-12", "scena")
PEOPLE = ("anna", "oleh")
STANDS = ("1", "2", "12A")
NAMES = ("Gala", "Panel o pracy", "Warsztat")


def at(hour, minute=0, day=THURSDAY):
    return dt.datetime.combine(day, dt.time(hour, minute))


def session(session_id="gala", **fields):
    start = {"date": "2017-11-30", "start": "14:00", "end": "15:00"}
    known = {"id": session_id, "title": "Gala", "type": "gala", "place": "sala-2", **start}
    return Session.model_validate(known | fields)


def series(series_id="kurs", **fields):
    rule = {"freq": "weekly", "weekday": "wt", "start": "16:00", "end": "18:00"}
    rule |= {"from": "2018-03-06", "until": "2018-04-10"}
    known = {"id": series_id, "title": "Kurs", "type": "szkolenie", "host": "rops"}
    return Series.model_validate(known | {"place": "sala-2", "rule": rule} | fields)


def fair(*records):
    event = Event.model_validate(
        {
            "id": "fair",
            "name": "Targi",
            "edition": 2,
            "start_date": "2017-11-30",
            "end_date": "2017-12-01",
            "city": "Kielce",
            "organizer": "rops",
        }
    )
    places = [Place.model_validate({"id": i, "name": i, "kind": "room"}) for i in PLACES]
    people = [Person(id=i, display_name=i, consent=True) for i in PEOPLE]

    def of(kind, *more):
        return {one.id: one for one in (*more, *records) if isinstance(one, kind)}

    return Knowledge(
        event=event,
        places=of(Place, *places),
        people=of(Person, *people),
        sessions=of(Session),
        series=of(Series),
        exhibitors=of(Exhibitor),
    )


# --- each change, laid over the fair ----------------------------------------------------


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


# --- differences ------------------------------------------------------------------------


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


def exhibitor(record_id, name, *stands):
    raw = {"id": record_id, "kind": "inne", "name": name, "stands": list(stands)}
    return Exhibitor.model_validate(raw)


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


# --- laws -------------------------------------------------------------------------------


@st.composite
def sessions(draw, session_id):
    start = draw(st.sampled_from(["09:00", "14:00", "23:30"]))
    length = draw(st.sampled_from([30, 60]))
    day = draw(st.sampled_from([THURSDAY, dt.date(2018, 3, 25)]))
    end = dt.datetime.combine(day, dt.time.fromisoformat(start)) + dt.timedelta(minutes=length)
    delay = draw(st.sampled_from([0, 0, 20]))
    status = "delayed" if delay else draw(st.sampled_from(["planned", "moved", "cancelled"]))
    return session(
        session_id,
        title=draw(st.sampled_from(NAMES)),
        date=day.isoformat(),
        start=start,
        end=f"{end:%H:%M}",
        end_date=end.date().isoformat() if end.date() != day else None,
        place=draw(st.sampled_from(PLACES)),
        speakers=draw(st.lists(st.sampled_from(PEOPLE), unique=True)),
        delay_min=delay,
        status=status,
        registration={"full": draw(st.booleans())},
        description=draw(st.sampled_from([None, "Opis."])),
    )


@st.composite
def series_of(draw, series_id):
    days = ["2018-03-06", "2018-03-13", "2018-03-20", "2018-03-27"]
    some = st.lists(st.sampled_from(days), unique=True, max_size=2)
    moved = [
        {
            "from": day,
            "to": draw(st.sampled_from([day, "2018-03-25"])),
            "start": draw(st.sampled_from([None, "10:00"])),
            "end": draw(st.sampled_from([None, "19:00"])),
            "place": draw(st.sampled_from([None, *PLACES])),
        }
        for day in draw(some)
    ]
    return series(
        series_id,
        place=draw(st.sampled_from(PLACES)),
        title=draw(st.sampled_from(NAMES)),
        extra_dates=draw(st.lists(st.sampled_from(["2018-03-08", "2018-03-29"]), unique=True)),
        except_dates=draw(some),
        cancelled_dates=draw(some),
        full_dates=draw(some),
        moved=moved,
        registration={"full": draw(st.booleans())},
    )


@st.composite
def exhibitors(draw, exhibitor_id):
    raw = {"id": exhibitor_id, "kind": "inne", "name": draw(st.sampled_from(NAMES))}
    return Exhibitor.model_validate(raw | {"stands": draw(st.lists(st.sampled_from(STANDS)))})


@st.composite
def fairs(draw):
    records = [
        *(draw(sessions(i)) for i in ("s1", "s2") if draw(st.booleans())),
        *(draw(series_of(i)) for i in ("c1",) if draw(st.booleans())),
        *(draw(exhibitors(i)) for i in ("e1", "e2") if draw(st.booleans())),
    ]
    return fair(*records)


def as_visitors_see_it(knowledge, without_new=None):
    """What changes cover: where, when, whether, by whom, and what it is called.

    A series or an exhibitor that is new is no change of the programme.
    """
    known = without_new or knowledge
    zone = knowledge.event.zone
    return (
        {
            one.id: (
                one.title,
                one.place,
                span_of_session(one, knowledge),
                one.status is Status.CANCELLED,
                one.speakers,
                one.registration.full,
            )
            for one in knowledge.sessions.values()
        },
        {
            one.id: (one.title, one.place, occurrences(one, zone))
            for one in knowledge.series.values()
            if one.id in known.series
        },
        {
            one.id: (one.name, one.stands)
            for one in knowledge.exhibitors.values()
            if one.id in known.exhibitors
        },
    )


@settings(deadline=None)  # a busy machine may take its time
@given(fairs(), fairs())
def test_the_differences_laid_over_the_old_make_the_new(old, new):
    now = laid_over(old, differences(old, new))

    assert as_visitors_see_it(now) == as_visitors_see_it(new, without_new=old)


@settings(deadline=None)  # a busy machine may take its time
@given(fairs())
def test_nothing_differs_from_itself(knowledge):
    assert differences(knowledge, knowledge) == ()
    assert laid_over(knowledge, ()) is knowledge


@settings(deadline=None)  # a busy machine may take its time
@given(fairs(), fairs())
def test_laying_twice_changes_nothing(old, new):
    changes = differences(old, new)
    once = laid_over(old, changes)

    assert laid_over(once, changes) == once


@settings(deadline=None)  # a busy machine may take its time
@given(fairs(), fairs())
def test_what_is_written_reads_back(old, new):
    for change in differences(old, new):
        assert from_json(json.loads(json.dumps(as_json(change)))) == change


@settings(deadline=None)  # a busy machine may take its time
@given(fairs())
def test_records_are_written_as_the_yaml_would_say_them(knowledge):
    for one in knowledge.records():
        assert type(one).model_validate(json.loads(json.dumps(yaml_values(one)))) == one


def test_json_says_what_and_about_what():
    reason = LocalText(pl="choroba")

    assert as_json(Cancelled("gala", reason)) == {
        "what": "cancelled",
        "record": "gala",
        "reason": {"pl": "choroba"},
    }
    assert as_json(Added(session()))["record"] == "gala"


@pytest.mark.parametrize("raw", [{}, {"what": "colour", "record": "gala"}])
def test_an_unknown_kind_of_change_is_refused(raw):
    with pytest.raises(ValueError, match="no kind of change"):
        from_json(raw)


def test_what_cannot_be_read_is_told_by_its_fields_only():
    with pytest.raises(ValueError, match=r"cannot be read: new$") as caught:
        from_json({"what": "place", "record": "gala", "old": "sala-2", "new": ["Anna Nowak"]})

    assert "Anna" not in str(caught.value)
