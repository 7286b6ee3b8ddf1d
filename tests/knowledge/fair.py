"""A small fair, and records to put into it."""

import datetime as dt

from bot.knowledge.model import Event, Exhibitor, Knowledge, Person, Place, Series, Session

THURSDAY = dt.date(2017, 11, 30)
PLACES = ("sala-2", "sala-12", "scena")
PEOPLE = ("anna", "oleh")


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


def exhibitor(record_id, name, *stands):
    raw = {"id": record_id, "kind": "inne", "name": name, "stands": list(stands)}
    return Exhibitor.model_validate(raw)
