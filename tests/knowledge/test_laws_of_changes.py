"""Whatever changes: the differences, laid over the old, make the new."""

import datetime as dt
import json

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.knowledge.changes import as_json, from_json, yaml_values
from bot.knowledge.differences import differences, span_of_session
from bot.knowledge.laying import laid_over
from bot.knowledge.model import Exhibitor, Status
from bot.knowledge.occurrences import occurrences
from tests.knowledge.fair import PEOPLE, PLACES, THURSDAY, fair, series, session

STANDS = ("1", "2", "12A")
NAMES = ("Gala", "Panel o pracy", "Warsztat")


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
