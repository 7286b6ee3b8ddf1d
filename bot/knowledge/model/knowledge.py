"""All records of a fair together, by kind and by id."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from bot.knowledge.model.announcements import Announcement
from bot.knowledge.model.consultations import Consultation
from bot.knowledge.model.event import Event
from bot.knowledge.model.exhibitors import Exhibitor
from bot.knowledge.model.faq import Faq, Route
from bot.knowledge.model.glossary import Concept, Term
from bot.knowledge.model.marks import Mark
from bot.knowledge.model.offers import Offer
from bot.knowledge.model.organizers import Organizer
from bot.knowledge.model.people import Person
from bot.knowledge.model.places import Area, Place
from bot.knowledge.model.record import LocalText, Record
from bot.knowledge.model.series import Series
from bot.knowledge.model.sessions import Session
from bot.knowledge.model.surveys import Survey

AnyRecord = (
    Event
    | Organizer
    | Place
    | Exhibitor
    | Session
    | Series
    | Offer
    | Area
    | Consultation
    | Mark
    | Person
    | Faq
    | Term
    | Concept
    | Announcement
    | Route
    | Survey
)

KINDS: Mapping[str, type[Record]] = MappingProxyType(
    {
        "event": Event,
        "organizers": Organizer,
        "places": Place,
        "exhibitors": Exhibitor,
        "sessions": Session,
        "series": Series,
        "offers": Offer,
        "areas": Area,
        "consultations": Consultation,
        "marks": Mark,
        "people": Person,
        "faq": Faq,
        "glossary": Term,
        "concepts": Concept,
        "announcements": Announcement,
        "routes": Route,
        "surveys": Survey,
    }
)
"""The top-level keys of a YAML file; `event` holds one record, the others a list."""


@dataclass(frozen=True, slots=True)
class Before:
    """What was planned before it was changed in chat; `None` where that is as it was.

    Attributes:
        place: the id of the place.
        start: by the fair's local clock, without a zone, like all times here.
        reason: why it was cancelled, if that was told.
        replacement: the id of what takes place instead of what was cancelled.
        off_start: with `off_end`, when what is cancelled was to be, as visitors knew it then:
            the YAML may have been edited since.
    """

    place: str | None = None
    start: dt.datetime | None = None
    end: dt.datetime | None = None
    speakers: tuple[str, ...] | None = None
    stands: tuple[str, ...] | None = None
    name: LocalText | None = None
    reason: LocalText | None = None
    replacement: str | None = None
    off_start: dt.datetime | None = None
    off_end: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Everything that is known about one fair. Each mapping is by id, in the files' order.

    Attributes:
        before: what was planned before it was changed in chat, by key (`bot.knowledge.dated`).
    """

    event: Event
    organizers: Mapping[str, Organizer] = field(default_factory=dict)
    places: Mapping[str, Place] = field(default_factory=dict)
    exhibitors: Mapping[str, Exhibitor] = field(default_factory=dict)
    sessions: Mapping[str, Session] = field(default_factory=dict)
    series: Mapping[str, Series] = field(default_factory=dict)
    offers: Mapping[str, Offer] = field(default_factory=dict)
    areas: Mapping[str, Area] = field(default_factory=dict)
    consultations: Mapping[str, Consultation] = field(default_factory=dict)
    marks: Mapping[str, Mark] = field(default_factory=dict)
    people: Mapping[str, Person] = field(default_factory=dict)
    faq: Mapping[str, Faq] = field(default_factory=dict)
    glossary: Mapping[str, Term] = field(default_factory=dict)
    concepts: Mapping[str, Concept] = field(default_factory=dict)
    announcements: Mapping[str, Announcement] = field(default_factory=dict)
    routes: Mapping[str, Route] = field(default_factory=dict)
    surveys: Mapping[str, Survey] = field(default_factory=dict)
    before: Mapping[str, Before] = field(default_factory=dict)
    _by_id: Mapping[str, AnyRecord] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index the records by id, once."""
        object.__setattr__(self, "_by_id", {record.id: record for record in self.records()})

    def get(self, record_id: str) -> AnyRecord | None:
        """Find a record of any kind; `None` where there is none."""
        return self._by_id.get(record_id)

    def records(self) -> Iterator[AnyRecord]:
        """Go through all records, kind by kind."""
        yield self.event
        yield from self.organizers.values()
        yield from self.places.values()
        yield from self.exhibitors.values()
        yield from self.sessions.values()
        yield from self.series.values()
        yield from self.offers.values()
        yield from self.areas.values()
        yield from self.consultations.values()
        yield from self.marks.values()
        yield from self.people.values()
        yield from self.faq.values()
        yield from self.glossary.values()
        yield from self.concepts.values()
        yield from self.announcements.values()
        yield from self.routes.values()
        yield from self.surveys.values()
