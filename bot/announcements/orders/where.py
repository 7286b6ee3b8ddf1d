"""Which places an organizer names: where to, where from, and rooms that do not exist."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.announcements.orders.which import NAMES
from bot.announcements.orders.words import Said, find_sides, is_room_noun
from bot.knowledge.model import Knowledge, Place, PlaceKind
from bot.language.fold import fold
from bot.language.times import words as say
from bot.language.tokens import tokenize
from bot.matching.codes import stand_codes
from bot.matching.decide import Confident, Unknown
from bot.matching.inflection import stems
from bot.matching.snapshot import Snapshot

_KINDS = frozenset({"places"})
_LONGEST = 4
_FROM = frozenset("z ze from з із зі".split())
_TO = frozenset("do na w we przy u kolo obok to in into at near by до на в у біля під".split())
_BUT = frozenset("tylko lecz ale a but only not nie а але лише тільки не".split())
_ARTICLES = frozenset(("the", "a", "an"))
_NO_ROOM = frozenset({PlaceKind.OTHER, PlaceKind.STOP})
_LOCATIVE = re.compile(r"(\w{3,})cie$")
"""The only change of a last consonant that places often show: "w bufecie" is "bufet"."""


class Way(StrEnum):
    """How a place is named."""

    TO = "to"
    FROM = "from"
    NAMED = "named"


@dataclass(frozen=True, slots=True)
class Spot:
    """Words that name a place, from `start` to before `end`, with the preposition before them.

    Attributes:
        places: what may be meant, the likeliest first; empty for a room that does not exist.
        stand: the number of a stand in it; "" for none.
    """

    way: Way
    said: str
    start: int
    end: int
    places: tuple[Place, ...] = ()
    stand: str = ""

    @property
    def numbers(self) -> range:
        """The numbers of its words."""
        return range(self.start, self.end)


def spots_in(said: Said, snapshot: Snapshot) -> tuple[Spot, ...]:
    """Find the places that a text names, in its order."""
    found: list[Spot] = []
    at = 0
    while at < len(said.words):
        spot = _spot_at(said, at, snapshot)
        if spot:
            found.append(spot)
        at = spot.end if spot else at + 1
    return tuple(found)


def place_named(text: str, snapshot: Snapshot) -> Spot | None:
    """Read a text that is nothing but a place, as it is typed when the bot asks for one."""
    tokens = [token.text for token in tokenize(text)]
    for start in range(len(tokens)):
        for end in range(len(tokens), start, -1):
            if places := places_called(tokens[start:end], snapshot):
                return Spot(Way.NAMED, text, start, end, places)
    return None


def part_named(words: str, snapshot: Snapshot) -> Place | None:
    """Find the one part of the building that all of some words name, for what is urgent.

    Who leaves a hall must not read of one row in it: where several places have these words in
    a name, or one is only alike, it is none of them, and the words are told as they are.
    """
    said = [token.text for token in tokenize(words) if token.text not in _TO | _FROM]
    places = snapshot.knowledge.places.values()
    parts = (place for place in places if place.kind not in (PlaceKind.BUILDING, *_NO_ROOM))
    named = [place for place in parts if _is_called(place, said)]
    return named[0] if len(named) == 1 else None


def _is_called(place: Place, said: Sequence[str]) -> bool:
    names = [text for _, text in place.name.all()] + list(place.aliases.all())
    own = [{token.text for token in tokenize(name)} for name in names]
    known = [{stem for word in words for stem in stems(word)} | words for words in own]
    return bool(said) and any(
        all(word in words or {*stems(word)} & words for word in said) for words in known
    )


def rooms(knowledge: Knowledge) -> tuple[Place, ...]:
    """List the places where something of the programme takes place, those used most first."""
    used = [session.place for session in knowledge.sessions.values()]
    kinds = (PlaceKind.ROOM, PlaceKind.STAGE)
    places = [place for place in knowledge.places.values() if place.kind in kinds]
    return tuple(sorted(places, key=lambda place: -used.count(place.id)))


def places_called(words: Sequence[str], snapshot: Snapshot) -> tuple[Place, ...]:
    """Find the place that all of these words name; several where it is not certain which.

    A number is met exactly: room 12 is not room 101.
    """
    if all(is_room_noun(word) or word in say.HOURS for word in words):
        return ()
    if len(words) > 1 and is_room_noun(words[-1]):
        return ()
    found = _called(words, snapshot)
    return found or _called([_LOCATIVE.sub(r"\1t", word) for word in words], snapshot)


def _called(words: Sequence[str], snapshot: Snapshot) -> tuple[Place, ...]:
    ranking = snapshot.index.rank(" ".join(words), kinds=_KINDS, limit=5)
    decision = snapshot.index.decide(ranking)
    if isinstance(decision, Unknown):
        return ()
    hits = (decision.hit,) if isinstance(decision, Confident) else decision.hits
    named = []
    for hit in hits:
        met = {match.word.replace("-", "") for match in hit.matches if match.field in NAMES}
        place = snapshot.knowledge.places[hit.id]
        rest = [word for word in words if not (is_room_noun(word) or _is_filler(word))]
        rest += [word for word in (words[0], words[-1]) if not is_room_noun(word)]
        explained = all(_is_met(word, met) for word in rest)
        if explained and met and _has_numbers(place, words) and place.kind not in _NO_ROOM:
            named.append(place)
    return tuple(named)


def _is_met(word: str, met: set[str]) -> bool:
    parts = word.split("-")
    return word.isdigit() or "".join(parts) in met or {*parts} <= met


def _is_filler(word: str) -> bool:
    return "filler" in find_sides([word]) and not is_room_noun(word)


def _spot_at(said: Said, at: int, snapshot: Snapshot) -> Spot | None:
    word = said.words[at]
    way = Way.TO if word in _TO else Way.FROM if word in _FROM else Way.NAMED
    first = at + (way is not Way.NAMED)
    while 0 < first < len(said.words) and said.words[first] in _ARTICLES:
        first += 1
    if first in said.places_of("move") and not _is_numbered(said, first):
        # "Zmieniamy salę warsztatu": the room is what changes, and not its name.
        return None
    if first >= len(said.words) or (way is Way.NAMED and not is_room_noun(word)):
        return _stand_at(said, at, at, Way.NAMED, snapshot) if way is Way.NAMED else None
    if stand := _stand_at(said, at, first, way, snapshot):
        return stand
    for end in range(_last_end(said, first), first, -1):
        places = places_called(said.words[first:end], snapshot)
        if places:
            return Spot(way, said.typed(first, end), at, end, places)
    if is_room_noun(said.words[first]) and first + 1 < len(said.words):
        end = first + 2
        if not _is_filler(said.words[first + 1]):
            return Spot(way, said.typed(first, end), at, end)
    return None


def _is_numbered(said: Said, at: int) -> bool:
    return said.words[at + 1 : at + 2] != () and said.words[at + 1][:1].isdigit()


def _last_end(said: Said, first: int) -> int:
    """Say before which word a place that begins at `first` has ended."""
    # "Sala konferencyjna, ewakuacja": with the second word in it, it would be the assembly point.
    # "Nie w 101, tylko w konferencyjnej" names two.
    barred = said.places_of("evacuation") | {n for n, word in enumerate(said.words) if word in _BUT}
    longest = range(first, min(first + _LONGEST, len(said.words)))
    return next((number for number in longest if number in barred), longest.stop)


def _stand_at(said: Said, at: int, first: int, way: Way, snapshot: Snapshot) -> Spot | None:
    """Read "stoisko 5", "przy stoisku nr 12a"."""
    if not said.words[first].startswith(("stoisk", "stand", "booth", "стенд", "boks")):
        return None
    for end in range(first + 2, min(first + 5, len(said.words) + 1)):
        codes = stand_codes(said.typed(first, end))
        if len(codes) == 1:
            places = _area_of(codes[0], snapshot.knowledge)
            return Spot(way, said.typed(first, end), at, end, tuple(places), codes[0])
    return None


def _area_of(stand: str, knowledge: Knowledge) -> Iterator[Place]:
    for place in knowledge.places.values():
        if stand.upper() in (one.upper() for one in place.stands):
            yield place


def _has_numbers(place: Place, words: Sequence[str]) -> bool:
    wanted = {word for word in words if any(sign.isdigit() for sign in word)}
    names = " ".join((*(text for _, text in place.name.all()), *place.aliases.all()))
    return wanted <= {token.text for token in tokenize(fold(names))}
