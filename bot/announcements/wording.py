"""Changes of the programme in words: what was and what is, in each language.

Names stand after a colon or in quotation marks, so that no case of them has to be known.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import assert_never

from bot.announcements.fairwide import is_of_exhibitors, said_exhibitors, said_fairwide
from bot.announcements.headlines import subject_of
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
)
from bot.knowledge.dated import Saved, saved_under
from bot.knowledge.model import Knowledge, LocalText, Place, Session
from bot.knowledge.occurrences import session_end, session_start
from bot.language.catalog import say, sentences
from bot.language.plurals import plural
from bot.language.said import say_date, say_range, say_time
from bot.messaging.languages import Language

_QUOTES = {Language.PL: "„”", Language.EN: "“”", Language.UK: "«»"}


@dataclass(frozen=True, slots=True)
class Wording:
    """Says changes in one language, as of one day.

    Attributes:
        knowledge: the fair; before or after the changes.
        today: a day that is not this one is named.
    """

    language: Language
    knowledge: Knowledge
    today: dt.date

    def headline(self, changes: Sequence[Change]) -> str:
        """Say what they are about: "Zmiana sali", "Odwołane", "Zmiany w programie"."""
        return self._say(f"change_title_{subject_of(changes, self.knowledge)}")

    def lines(self, changes: Sequence[Change]) -> tuple[str, ...]:
        """Say each change in a line; what nobody is told has none."""
        moved = {change.record for change in changes if isinstance(change, TimeChanged)}
        others = (one for one in changes if not is_of_exhibitors(one))
        said = (self.line(one, is_moved=one.record in moved) for one in others)
        return (*(line for line in said if line), *said_exhibitors(changes, self))

    def line(self, change: Change, *, is_moved: bool = False) -> str:
        """Say one change; "" for one that nobody is told.

        Args:
            is_moved: its time has changed too, which another line tells.
        """
        match change:
            case PlaceChanged(_, old_place, new_place):
                return self._place(change, old_place, new_place, is_moved=is_moved)
            case TimeChanged() | Cancelled() | Restored():
                return self._when_or_whether(change)
            case HoursChanged() | Joined() | Gone(is_exhibitor=True):
                return said_fairwide(change, self)
            case Added() | DateAdded() | Gone():
                return self._new_or_gone(change)
            case SpeakersChanged(_, old, new, names):
                who = {"old": self.people(old, ()), "new": self.people(new, names)}
                key = "change_speakers" if who["old"] else "change_speakers_new"
                return self._about(key, change, when=self.when_of(change), **who)
            case SeatsChanged(_, is_full):
                key = "change_full" if is_full else "change_seats"
                return self._about(key, change, when=self.when_of(change))
            case StandsChanged(_, before, after):
                key = "change_stands" if before else "change_stand_new"
                numbers = {"old": ", ".join(before), "new": ", ".join(after)}
                return self._about(key if after else "change_stands_none", change, **numbers)
            case Renamed(_, before_name, name):
                old_name, new_name = self.text(before_name), self.text(name)
                return self._say("change_renamed", old=old_name, new=new_name)
            case TextChanged():
                return ""
            case _:
                assert_never(change)

    def _place(self, change: PlaceChanged, old: str, new: str, *, is_moved: bool) -> str:
        when = "" if is_moved else self.when_of(change)
        key = "change_place" if old else "change_place_new"
        places = {"old": self.place(old), "new": self.place(new)}
        return self._about(key if when else "change_place_undated", change, when=when, **places)

    def _when_or_whether(self, change: TimeChanged | Cancelled | Restored) -> str:
        match change:
            case TimeChanged():
                return self._time(change)
            case Cancelled():
                return self._cancelled(change)
            case Restored():
                told = {"when": self.when_of(change), "place": self._where(change)}
                return self._about("change_restored", change, **told)
            case _:
                assert_never(change)

    def _new_or_gone(self, change: Added | DateAdded | Gone) -> str:
        match change:
            case Added(session):
                told = {"when": self.when_of_session(session), "place": self.place(session.place)}
                return self._about("change_added", change, **told)
            case DateAdded(_, span):
                where = self._where(change)
                return self._about("change_date_added", change, when=self.when(span), place=where)
            case Gone(span=was):
                return self._about("change_gone", change, when=self.when(was) if was else "")
            case _:
                assert_never(change)

    def title_of(self, record: str) -> str:
        """Say what a record is called, without quotation marks."""
        saved = saved_under(record, self.knowledge)
        if saved is not None:
            return self.text(saved.name)
        place = self.knowledge.places.get(record)
        return self.text(place.name) if place else record

    def title_of_change(self, change: Change) -> str:
        """Say what a change is about, without quotation marks; of what is gone, what it was."""
        match change:
            case Added(session):
                return self.text(session.title)
            case Gone(name=name) | Joined(name=name):
                return self.text(name)
            case _:
                series = change.record.partition("@")[0]
                title = self.title_of(change.record)
                return self.title_of(series) if title == change.record else title

    def when(self, span: Span) -> str:
        """Say from when to when, with the day where it is not today."""
        said = say_range(span.start, span.end)
        day = span.start.date()
        return said if day == self.today else f"{say_date(day, self.language)}, {said}"

    def place(self, place_id: str) -> str:
        """Say where: the name of the place, with its floor where that is known."""
        place = self.knowledge.places.get(place_id)
        return self._named(place) if place else place_id

    def text(self, text: LocalText) -> str:
        """Say a text of the knowledge."""
        return text.in_language(self.language)

    def quoted(self, name: str) -> str:
        """Set a name in the quotation marks of the language, unless it has some of its own."""
        if any(sign in name for sign in "„”“«»"):
            return name
        first, last = tuple(_QUOTES[self.language])
        return f"{first}{name}{last}"

    def minutes_late(self, minutes: int) -> str:
        """Say by how much: "20 minut", "1 minutę", in the case that goes with "później"."""
        one, few, many = sentences(self.language)["count_minutes_late"].split("|")
        return f"{minutes} {plural(minutes, self.language, one, few, many)}"

    def _about(self, key: str, change: Change, **values: object) -> str:
        title = self.quoted(self.title_of_change(change))
        return _tidy(self._say(key, title=title, **values))

    def _time(self, change: TimeChanged) -> str:
        old = self.when(change.old)
        if change.delay_min <= 0 or change.new.start.date() != change.old.start.date():
            return self._about("change_time", change, old=old, new=self.when(change.new))
        start = say_time(change.new.start)
        if change.new.start.date() != self.today:
            start = f"{start} ({say_date(change.new.start.date(), self.language)})"
        late = self.minutes_late(change.delay_min)
        was = say_time(change.old.start)
        return self._about("change_delay", change, start=start, minutes=late, old=was)

    def _cancelled(self, change: Cancelled) -> str:
        lines = [self._about("change_cancelled", change, when=self.when_of(change))]
        if change.reason:
            lines.append(self._say("change_reason", reason=self.text(change.reason)))
        instead = saved_under(change.replacement, self.knowledge) if change.replacement else None
        if instead is not None:
            span = self.when(span_of(instead)) if instead.start else ""
            where = self._named(instead.place) if instead.place else ""
            title = self.quoted(self.text(instead.name))
            lines.append(self._say("change_instead", title=title, when=span, place=where))
        return " ".join(lines)

    def when_of_session(self, session: Session) -> str:
        """Say when a session is that need not be in the knowledge yet."""
        zone = self.knowledge.event.zone
        start, end = session_start(session, zone), session_end(session, zone)
        return self.when(Span(_local(start), _local(end)))

    def when_of(self, change: Change) -> str:
        """Say when it is what a change is about; "" for what has no time."""
        saved = saved_under(change.record, self.knowledge)
        return self.when(span_of(saved)) if saved and saved.start else ""

    def _where(self, change: Change) -> str:
        saved = saved_under(change.record, self.knowledge)
        return self._named(saved.place) if saved and saved.place else ""

    def _named(self, place: Place) -> str:
        floor = f", {self.text(place.floor)}" if place.floor else ""
        return f"{self.text(place.name)}{floor}"

    def people(self, ids: Sequence[str], names: Sequence[tuple[str, str]]) -> str:
        """Say who: those who agreed to be shown, and whoever was named with the change."""
        given = dict(names)
        people = self.knowledge.people
        known = (people[one].display_name for one in ids if one in people and people[one].consent)
        return ", ".join(
            (*known, *(given[one] for one in ids if one in given and one not in people))
        )

    def _say(self, key: str, /, **values: object) -> str:
        return say(self.language, key, **values)


def span_of(saved: Saved) -> Span:
    """Say from when to when something is, as the fair's clock shows it."""
    assert saved.start is not None  # noqa: S101 - asked only of what has a time
    assert saved.end is not None  # noqa: S101
    return Span(_local(saved.start), _local(saved.end))


def _tidy(said: str) -> str:
    """Leave out what has nothing in it: the time of what has none, the place that nobody knows."""
    return said.replace(" ()", "").replace(", .", ".")


def _local(moment: dt.datetime) -> dt.datetime:
    return moment.replace(tzinfo=None)
