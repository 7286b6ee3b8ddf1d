"""Makes the view of the fair, once for each snapshot."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from zoneinfo import ZoneInfo

from bot.dialogue.fair import Category, Fair, Slot, name_of, slug
from bot.knowledge.model import (
    AnyRecord,
    Emergency,
    Exhibitor,
    Faq,
    Knowledge,
    LocalText,
    Offer,
    Place,
    PlaceKind,
    Record,
    Series,
    Session,
    Term,
)
from bot.knowledge.occurrences import occurrences, session_end, session_start
from bot.language.times import Calendar
from bot.language.tokens import folded_words
from bot.matching.snapshot import Snapshot


@lru_cache(maxsize=1)
def lay_out(snapshot: Snapshot) -> Fair:
    """Make the view of a snapshot; that of the newest is kept, for all conversations."""
    knowledge = snapshot.knowledge
    zone = knowledge.event.zone
    places = knowledge.places.values()
    organizer = knowledge.organizers.get(knowledge.event.organizer)
    emergency = organizer.emergency if organizer else Emergency()
    return Fair(
        snapshot=snapshot,
        zone=zone,
        calendar=_calendar(knowledge, zone),
        slots=_slots(knowledge, zone),
        at_stand=_at_stand(knowledge),
        stand_areas={stand.upper(): place for place in places for stand in place.stands},
        categories=_categories(knowledge),
        dates={one.id: occurrences(one, zone) for one in knowledge.series.values()},
        fills=_fills(knowledge),
        routes={route.intent: route for route in knowledge.routes.values()},
        info_desk=_place(
            knowledge, organizer.info_desk_place if organizer else None, PlaceKind.INFO_DESK
        ),
        first_aid=_place(knowledge, emergency.first_aid_place, PlaceKind.FIRST_AID),
        assembly=_place(knowledge, emergency.assembly_place, PlaceKind.ASSEMBLY),
        kinds=_kinds(knowledge),
        phrasings=_phrasings(knowledge),
        relations={record.id: _named_by(record) for record in knowledge.records()},
    )


def _calendar(knowledge: Knowledge, zone: ZoneInfo) -> Calendar:
    event = knowledge.event
    if not event.hours:
        return Calendar(event.days, zone)
    opens = min(hours.open for hours in event.hours)
    return Calendar(event.days, zone, opens, max(hours.close for hours in event.hours))


def _slots(knowledge: Knowledge, zone: ZoneInfo) -> dict[str, Slot]:
    bare = sorted(
        (
            Slot(session, session_start(session, zone), session_end(session, zone))
            for session in knowledge.sessions.values()
        ),
        key=lambda slot: (slot.start, slot.end),
    )
    following: dict[str, tuple[dt.timedelta, Session]] = {}
    later: dict[tuple[str, dt.date], Slot] = {}
    for slot in reversed(bare):
        if not slot.is_on:
            continue
        room = (slot.session.place, slot.start.date())
        if after := later.get(room):
            following[slot.session.id] = (after.start - slot.end, after.session)
        later[room] = slot
    return {
        slot.session.id: Slot(slot.session, slot.start, slot.end, following.get(slot.session.id))
        for slot in bare
    }


def _at_stand(knowledge: Knowledge) -> dict[str, tuple[Exhibitor, ...]]:
    at: defaultdict[str, list[Exhibitor]] = defaultdict(list)
    for exhibitor in knowledge.exhibitors.values():
        for stand in exhibitor.stands:
            at[stand.upper()].append(exhibitor)
    return {stand: tuple(there) for stand, there in at.items()}


def _categories(knowledge: Knowledge) -> dict[str, Category]:
    names: dict[str, LocalText] = {}
    inside: defaultdict[str, list[Exhibitor]] = defaultdict(list)
    for exhibitor in knowledge.exhibitors.values():
        for name in exhibitor.categories:
            key = slug(name.pl)
            names.setdefault(key, name)
            inside[key].append(exhibitor)
    return {key: Category(key, names[key], tuple(inside[key])) for key in sorted(names) if key}


def _place(knowledge: Knowledge, named: str | None, kind: PlaceKind) -> Place | None:
    """Take the place that is named, otherwise the first of its kind."""
    if named and (place := knowledge.places.get(named)):
        return place
    return next((place for place in knowledge.places.values() if place.kind is kind), None)


def _kinds(knowledge: Knowledge) -> dict[str, str]:
    groups: Mapping[str, Mapping[str, Record]] = {
        "organizers": knowledge.organizers,
        "places": knowledge.places,
        "exhibitors": knowledge.exhibitors,
        "sessions": knowledge.sessions,
        "series": knowledge.series,
        "offers": knowledge.offers,
        "consultations": knowledge.consultations,
        "marks": knowledge.marks,
        # Nobody is found who did not agree to be shown.
        "people": {i: person for i, person in knowledge.people.items() if person.consent},
        "faq": knowledge.faq,
        "glossary": knowledge.glossary,
    }
    kinds = {record_id: kind for kind, group in groups.items() for record_id in group}
    return kinds | {knowledge.event.id: "event"}


def _fills(knowledge: Knowledge) -> dict[str, tuple[Faq, ...]]:
    filling: defaultdict[str, list[Faq]] = defaultdict(list)
    for faq in knowledge.faq.values():
        if faq.fills:
            filling[faq.fills].append(faq)
    return {filled: tuple(faqs) for filled, faqs in filling.items()}


def _phrasings(knowledge: Knowledge) -> dict[str, tuple[str, ...]]:
    known = _kinds(knowledge)
    by_words: defaultdict[str, list[str]] = defaultdict(list)
    for record in knowledge.records():
        if record.id not in known:
            continue
        said = [text for _, text in name_of(record).all()]
        said += record.aliases.all()
        if isinstance(record, Faq):
            said += record.variants.all()
        if isinstance(record, Term):
            said += [text for _, text in record.expand.all()]
        for words in dict.fromkeys(" ".join(folded_words(one)) for one in said):
            by_words[words].append(record.id)
    return {words: tuple(ids) for words, ids in by_words.items() if words}


def _named_by(record: AnyRecord) -> frozenset[str]:
    """List what a record is about or belongs to; many records share a place by chance."""
    match record:
        case Faq():
            named = [record.about, record.fills, *record.links]
        case Offer():
            named = [record.provider]
        case Series():
            named = [record.host]
        case Exhibitor():
            named = list(record.presents)
        case Term():
            named = [record.see]
        case _:
            named = []
    return frozenset(i for i in named if i)
