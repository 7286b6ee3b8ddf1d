"""All deadlines of some offers in one calendar: opening, closing, the day one qualifies."""

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from icalendar import Calendar, Event

from bot.knowledge.model import Knowledge, Offer
from bot.language.catalog import say
from bot.messaging.languages import Language
from bot.support.situation import Situation
from bot.support.terms import Intake, Occasion, intake_at, qualifying


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day that matters for an offer."""

    day: dt.date
    occasion: Occasion
    offer: Offer


def deadlines_of(
    offers: Iterable[Offer], situation: Situation, now: dt.datetime
) -> tuple[Deadline, ...]:
    """List the days to come, the next first."""
    found = []
    for offer in offers:
        if intake_at(offer, now) is Intake.CLOSED:
            continue
        soon = qualifying(offer, situation, now.date())
        days = (
            (offer.opens_on, Occasion.OPENS),
            (offer.closes_on, Occasion.CLOSES),
            (soon.day if soon else None, Occasion.QUALIFIES),
        )
        found += [
            Deadline(day, occasion, offer)
            for day, occasion in days
            if day is not None and day >= now.date()
        ]
    return tuple(sorted(found, key=lambda one: (one.day, one.offer.id, one.occasion)))


def deadline_calendar(
    deadlines: Iterable[Deadline], knowledge: Knowledge, language: Language, now: dt.datetime
) -> bytes:
    """Write a calendar file (RFC 5545) with a whole day for each."""
    calendar = Calendar()
    calendar.add("prodid", "-//Targobot//deadlines//PL")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", say(language, "deadlines_title"))
    for one in deadlines:
        calendar.add_component(_event(one, knowledge, language, now))
    content: bytes = calendar.to_ical()
    return content


def _event(one: Deadline, knowledge: Knowledge, language: Language, now: dt.datetime) -> Event:
    event = Event()
    # Without the day: a deadline that moves replaces the one that was imported.
    fair = hashlib.sha256(knowledge.event.id.encode()).hexdigest()[:12]
    event.add("uid", f"{one.offer.id}-{one.occasion}@{fair}.targobot")
    event.add("dtstamp", now.astimezone(dt.UTC))
    event.add("dtstart", one.day)
    event.add("dtend", one.day + dt.timedelta(days=1))
    name = one.offer.title.in_language(language)
    said = say(language, f"deadline_{one.occasion.value}", day="", offer=name)
    event.add("summary", said.removeprefix(": "))
    event.add("transp", "TRANSPARENT")
    return event
