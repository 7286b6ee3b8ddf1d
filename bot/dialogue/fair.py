"""The fair as the answers need it: made once of each snapshot, then only looked at.

What would otherwise be searched at every question is laid out here: sessions by
time and room, exhibitors by stand and category, dates of series, whom to ask.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.knowledge.model import (
    Announcement,
    AnyRecord,
    Consultation,
    Exhibitor,
    Faq,
    Knowledge,
    LocalText,
    Mark,
    Offer,
    Person,
    Place,
    Route,
    RouteIntent,
    Series,
    Session,
    Status,
    Term,
)
from bot.knowledge.occurrences import Occurrence
from bot.language.fold import fold
from bot.language.times import Calendar
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


def name_of(record: AnyRecord) -> LocalText:
    """Say what a record is called, in all its languages."""
    match record:
        case Session() | Series() | Offer() | Consultation():
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
