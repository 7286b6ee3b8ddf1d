"""What a text was read against, and how a question back is answered by more words."""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.announcements.orders.lengths import Length, length_in
from bot.announcements.orders.model import Missing, Option, Unclear
from bot.announcements.orders.where import Spot, place_named, rooms, spots_in
from bot.announcements.orders.which import key_given, which
from bot.announcements.orders.words import Said
from bot.knowledge.dated import Saved, saved_under
from bot.knowledge.model import Knowledge, Place
from bot.language.times import Calendar, TimeKind, TimeReading, read_times
from bot.matching.snapshot import Snapshot

_ON_THE_HOUR = {"na": "o ", "на": "о "}
_NO_TIME = re.compile(
    r"(?:2[4-9]|[3-9]\d):\d\d|(?:2[4-9]|[3-9]\d)\.(?:1[3-9]|[2-9]\d)|\d{1,2}[:.][6-9]\d"
)
"""What is typed as a time and is none: "25:00", "13:75"."""
_NO_HOUR = re.compile(r"2[4-9]|[3-9]\d")


@dataclass(frozen=True, slots=True)
class Asked:
    """One text of an organizer, with the fair around it and the answers given so far.

    Attributes:
        said: the words.
        answers: what was answered to questions back.
        spots: the places that it names.
        length: a length of time that it tells.
    """

    said: Said
    snapshot: Snapshot
    calendar: Calendar
    now: dt.datetime
    answers: Mapping[Missing, str] = field(default_factory=dict)
    spots: tuple[Spot, ...] = ()
    length: Length | None = None

    @property
    def knowledge(self) -> Knowledge:
        """The fair."""
        return self.snapshot.knowledge

    @property
    def no_times(self) -> frozenset[int]:
        """The words that were meant as a time, by number, and are none: "na godzinę 25"."""
        words = self.said.words
        return frozenset(
            n
            for n, word in enumerate(words)
            if _NO_TIME.fullmatch(word)
            or (n and _NO_HOUR.fullmatch(word) and words[n - 1].startswith(("godz", "годин")))
        )

    @property
    def taken(self) -> frozenset[int]:
        """The words that name a place or a length, by number."""
        taken = {n for spot in self.spots for n in spot.numbers}
        if self.length:
            taken.update(range(self.length.start, self.length.end))
        return frozenset(taken)

    @property
    def times(self) -> tuple[TimeReading, ...]:
        """The times that it tells."""
        return self.times_in(self.said.without(self.taken))

    def times_in(self, text: str) -> tuple[TimeReading, ...]:
        """Read times, also "na 15", as one says where something is moved to."""
        words = text.split(" ")
        for number, word in enumerate(words[:-1]):
            following = words[number + 1]
            if word == "з" and following[:1].isdigit() and "до" not in words[number:]:
                words[number] = "о"
            if word in _ON_THE_HOUR and (following[:1].isdigit() or following.endswith(("ą", "у"))):
                words[number] = _ON_THE_HOUR[word]
        # Two signs for two, so that every word keeps its place.
        return read_times(" ".join(words), self.now, self.calendar)

    def saved(self, key: str) -> Saved | None:
        """Find what a key names."""
        return saved_under(key, self.knowledge)

    def subject(self, *aims: str, without: frozenset[int] = frozenset()) -> str:
        """Give the words that are left to name a session."""
        return self.said.rest(self._taken_with(aims) | without)

    def session(
        self,
        *aims: str,
        place: str = "",
        is_over_too: bool = False,
        without: frozenset[int] = frozenset(),
    ) -> str | Unclear:
        """Find the session that the words beside those of an order name.

        Where all words together name none, those between the same commas are tried.
        """
        if given := self.answers.get(Missing.DATE) or self.answers.get(Missing.SESSION):
            return key_given(given, self.snapshot, self.now)
        taken = self._taken_with(aims) | without
        found = self._which(self.said.rest(taken), place, is_over_too=is_over_too)
        if isinstance(found, str) or not found.said:
            return found
        clauses = self.said.clauses
        for clause in sorted(clauses, key=lambda one: not self._ordered_in(one, aims)):
            outside = taken | (frozenset(range(len(self.said.words))) - clause)
            subject = self.said.rest(outside)
            one = self._which(subject, place, is_over_too=is_over_too) if subject else found
            if isinstance(one, str) or not one.said:
                return one
        return found

    def _which(self, subject: str, place: str, *, is_over_too: bool) -> str | Unclear:
        return which(
            subject, self.snapshot, self.now, self.times, place=place, is_over_too=is_over_too
        )

    def _taken_with(self, aims: tuple[str, ...]) -> frozenset[int]:
        taken = self.taken_and_told | self.said.places_of(*aims, "alone", "follows_too")
        taken |= self.no_times
        # Why something changes names other things than what changes.
        why = min(self.said.places_of("reason"), default=len(self.said.words))
        return taken | frozenset(range(why, len(self.said.words)))

    @property
    def taken_and_told(self) -> frozenset[int]:
        """The words that name a place or a length or tell a time, by number."""
        taken = set(self.taken)
        for time in self.times:
            taken.update(
                n
                for n, token in enumerate(self.said.tokens)
                if time.span[0] <= token.start and token.end <= time.span[1]
            )
        return frozenset(taken)

    def _ordered_in(self, clause: frozenset[int], aims: tuple[str, ...]) -> bool:
        return bool(clause & self.said.places_of(*aims))

    def place(self, spot: Spot | None, about: str = "") -> Place | Unclear:
        """Find the place of a spot, or what was answered to the question where."""
        if given := self.answers.get(Missing.ROOM):
            if (place := self.knowledge.places.get(given)) is not None:
                return place
            spot = place_named(given, self.snapshot) or spot
        places = spot.places if spot else ()
        if len(places) == 1:
            return places[0]
        offered = places or rooms(self.knowledge)[:8]
        options = tuple(Option(place.id, place.name) for place in offered)
        return Unclear(Missing.ROOM, options, about, spot.said if spot else "")

    def moment(self, *, about: str = "") -> TimeReading | Unclear:
        """Find the time that was answered to the question when; ask it where none was."""
        given = self.answers.get(Missing.TIME, "")
        found = next((one for one in self.times_in(f"o {given}") if is_moment(one)), None)
        no_time = given or " ".join(self.said.words[n] for n in sorted(self.no_times))
        return found or Unclear(Missing.TIME, about=about, said=no_time)


def is_moment(time: TimeReading) -> bool:
    """Say whether a time tells when something begins."""
    return time.kind in (TimeKind.MOMENT, TimeKind.RANGE, TimeKind.AFTER)


def ask(
    said: Said,
    snapshot: Snapshot,
    calendar: Calendar,
    now: dt.datetime,
    answers: Mapping[Missing, str],
) -> Asked:
    """Read the places and the length in a text."""
    spots = spots_in(said, snapshot)
    # "Zmieniamy godzinę" tells no length of an hour.
    taken = {n for spot in spots for n in spot.numbers} | said.places_of("move")
    words = ["" if n in taken else word for n, word in enumerate(said.words)]
    local = now.astimezone(calendar.zone)
    return Asked(said, snapshot, calendar, local, answers, spots, length_in(words))
