"""The fair as the answers need it: made once of each snapshot, then only looked at.

What would otherwise be searched at every question is laid out here: sessions by
time and room, exhibitors by stand and category, dates of series, whom to ask.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.knowledge.model import (
    Announcement,
    AnyRecord,
    Emergency,
    Exhibitor,
    Faq,
    Knowledge,
    LocalText,
    Mark,
    Offer,
    Person,
    Place,
    PlaceKind,
    Record,
    Route,
    RouteIntent,
    Series,
    Session,
    SessionType,
    Status,
    Term,
)
from bot.knowledge.occurrences import Occurrence, occurrences, session_end, session_start
from bot.language.fold import fold
from bot.language.times import Calendar
from bot.language.tokens import tokenize
from bot.matching.snapshot import Snapshot

SLUG_LIMIT = 40


@dataclass(frozen=True, slots=True)
class Slot:
    """A session with its real times, its delay included.

    Attributes:
        gap: the time until the next session in the same room on the same day, with that
            session; `None` where nothing follows.
    """

    session: Session
    start: dt.datetime
    end: dt.datetime
    following: "tuple[dt.timedelta, Session] | None" = None

    @property
    def is_on(self) -> bool:
        """Say whether it takes place at all."""
        return self.session.status is not Status.CANCELLED


@dataclass(frozen=True, slots=True)
class Category:
    """A category of exhibitors, with those in it."""

    slug: str
    name: LocalText
    exhibitors: tuple[Exhibitor, ...]


@dataclass(frozen=True, slots=True)
class Fair:
    """One fair, laid out for questions."""

    snapshot: Snapshot
    zone: ZoneInfo
    calendar: Calendar
    slots: Mapping[str, Slot]
    """By id, in the order of time."""
    at_stand: Mapping[str, tuple[Exhibitor, ...]]
    """By stand number in upper case."""
    stand_areas: Mapping[str, Place]
    categories: Mapping[str, Category]
    dates: Mapping[str, tuple[Occurrence, ...]]
    fills: Mapping[str, tuple[Faq, ...]]
    """Examples, by the unanswered question that they would answer."""
    routes: Mapping[RouteIntent, Route]
    info_desk: Place | None
    first_aid: Place | None
    assembly: Place | None
    kinds: Mapping[str, str]
    """The kind of each record, by id."""
    phrasings: Mapping[str, tuple[str, ...]]
    """Records by the exact words, folded, in which they are called or asked for."""
    relations: Mapping[str, frozenset[str]]
    """The ids that a record names, beside its place."""

    @property
    def knowledge(self) -> Knowledge:
        """All records."""
        return self.snapshot.knowledge

    def record(self, record_id: str) -> AnyRecord | None:
        """Find a record of any kind."""
        return self.knowledge.get(record_id)

    def is_related(self, one: str, other: str) -> bool:
        """Say whether two records are about the same: one names the other, or both a third."""
        ones, others = self.relations.get(one, frozenset()), self.relations.get(other, frozenset())
        return other in ones or one in others or bool(ones & others)

    def session_types(self) -> tuple[SessionType, ...]:
        """List the types that the programme has, in the order of time."""
        return tuple(dict.fromkeys(slot.session.type for slot in self.slots.values()))

    def announcements(self, record_id: str, now: dt.datetime) -> tuple[Announcement, ...]:
        """List what was announced about a session or place and still holds; newest first."""
        about = (
            announcement
            for announcement in self.knowledge.announcements.values()
            if record_id in (announcement.session, announcement.place)
        )
        return self._still_holding(about, now)

    def news(self, now: dt.datetime) -> tuple[Announcement, ...]:
        """List all announcements that hold; newest first."""
        return self._still_holding(self.knowledge.announcements.values(), now)

    def _still_holding(
        self, announcements: Iterable[Announcement], now: dt.datetime
    ) -> tuple[Announcement, ...]:
        corrected = {a.corrects for a in self.knowledge.announcements.values() if a.corrects}
        local = now.astimezone(self.zone)
        holding = [
            (issued, announcement)
            for announcement in announcements
            if announcement.issued_at and announcement.id not in corrected
            for issued in (self.local(announcement.issued_at),)
            if issued <= local
            and (announcement.expires_at is None or local < self.local(announcement.expires_at))
        ]
        return tuple(a for _, a in sorted(holding, key=lambda pair: pair[0], reverse=True))

    def local(self, moment: dt.datetime) -> dt.datetime:
        """Read a moment of a record: without a zone it is local to the fair."""
        return moment.astimezone(self.zone) if moment.tzinfo else moment.replace(tzinfo=self.zone)


def lay_out(snapshot: Snapshot) -> Fair:
    """Make the view of a snapshot."""
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


def name_of(record: AnyRecord) -> LocalText:
    """Say what a record is called, in all its languages."""
    match record:
        case Session() | Series() | Offer():
            return record.title
        case Faq():
            return record.question
        case Term():
            return LocalText.model_validate(record.term)
        case Person():
            return LocalText.model_validate(record.display_name)
        case Mark():
            return record.name
        case _:
            name = getattr(record, "name", None)
            return name if isinstance(name, LocalText) else LocalText.model_validate(record.id)


def slug(text: str) -> str:
    """Make of a name what fits into button data: "Ozdoby świąteczne" → "ozdoby-swiateczne"."""
    letters = "".join(sign if sign.isalnum() else " " for sign in fold(text))
    return "-".join(letters.split()).encode()[:SLUG_LIMIT].decode(errors="ignore").strip("-")


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
        for words in dict.fromkeys(" ".join(t.text for t in tokenize(one)) for one in said):
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
