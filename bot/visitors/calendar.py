"""A visitor's programme as a calendar file (RFC 5545), for import or to subscribe to."""

import datetime as dt
import hashlib
from collections.abc import Iterable

from icalendar import Calendar, Event, Timezone

from bot.knowledge.dated import Saved
from bot.knowledge.model import Knowledge
from bot.knowledge.was import said_before
from bot.language.catalog import say
from bot.messaging.languages import Language

MEDIA_TYPE = "text/calendar"
REFRESH = dt.timedelta(minutes=15)
"""How often a subscribed calendar is asked to look again; programs may take their time."""

_EPOCH = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)


def calendar_of(
    saved: Iterable[Saved], knowledge: Knowledge, language: Language, now: dt.datetime
) -> bytes:
    """Write the calendar of what has a time; cancelled sessions stay in it as cancelled.

    `SEQUENCE` counts the seconds since the year 2000 (32 bits last until 2068): a file that is
    made later has the higher one, by which a calendar program knows that the event it has is to
    be replaced.

    Args:
        saved: in any order.
        knowledge: the fair they belong to.
        language: of titles and places.
        now: the moment that the file is made, aware.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Targobot//programme//PL")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", knowledge.event.name.in_language(language))
    calendar.add("refresh-interval", REFRESH, parameters={"value": "DURATION"})
    # The same for programs that are older than RFC 7986.
    calendar.add("x-published-ttl", f"PT{REFRESH // dt.timedelta(minutes=1)}M")
    dated = [one for one in saved if one.start and one.end]
    days = [moment.date() for one in dated for moment in (one.start, one.end) if moment]
    if days:
        year = dt.timedelta(days=366)
        zone = knowledge.event.timezone
        calendar.add_component(
            Timezone.from_tzid(zone, first_date=min(days) - year, last_date=max(days) + year)
        )
    for one in dated:
        calendar.add_component(_event(one, knowledge, language, now))
    content: bytes = calendar.to_ical()
    return content


def _event(saved: Saved, knowledge: Knowledge, language: Language, now: dt.datetime) -> Event:
    event = Event()
    # The same for every visitor and language, so that an import replaces and never doubles.
    fair = hashlib.sha256(knowledge.event.id.encode()).hexdigest()[:12]
    event.add("uid", f"{saved.key}-{fair}@targobot")
    event.add("dtstamp", now.astimezone(dt.UTC))
    event.add("last-modified", now.astimezone(dt.UTC))
    event.add("sequence", int((now - _EPOCH) / dt.timedelta(seconds=1)))
    event.add("summary", saved.name.in_language(language))
    event.add("dtstart", saved.start)
    event.add("dtend", saved.end)
    event.add("status", "CONFIRMED" if saved.is_on else "CANCELLED")
    if saved.place is not None:
        place = [text for text in (saved.place.name, saved.place.floor) if text]
        event.add("location", ", ".join(text.in_language(language) for text in place))
        if saved.place.lat is not None and saved.place.lon is not None:
            event.add("geo", (saved.place.lat, saved.place.lon))
    if told := _description(saved, knowledge, language):
        event.add("description", told)
    return event


def _description(saved: Saved, knowledge: Knowledge, language: Language) -> str:
    record = saved.record
    told = [] if saved.is_on else [say(language, "calendar_cancelled")]
    if was := said_before(saved.key, knowledge, language):
        told.append(say(language, "calendar_was", was=was))
    if record.description:
        told.append(record.description.in_language(language))
    if record.example:
        told.append(say(language, "note_example"))
    return "\n\n".join(told)
