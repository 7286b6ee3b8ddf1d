"""What several words say together: phrases in their words, and combinations of concepts.

"padła bateria" is a phrase: these words, in their forms. That a child and being silent make
speech therapy is a combination: whatever words of any language say the one and the other.
Tens of thousands of phrases stand in one array of numbers, since as objects they would take
most of the memory that the bot has.
"""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

_REACH = 4
"""How many words away from its rarest one the others of a phrase may stand."""
_FAR = 7
"""How many words away from each other the concepts of a combination may be said."""
_APART = 0.95
"""How much a phrase counts whose words stand apart."""
_COMBINED = 0.9
"""How much a concept counts that only follows from others being said together."""
_ANCHOR, _COUNT, _HEAD = 2, 3, 4
"""Before a phrase's stems stand its concept, whether it is loose, which stem is its anchor, and how
many stems it has."""


@dataclass(frozen=True, slots=True)
class Span:
    """Concept `concept` is said by the words at these places together, this surely."""

    concept: int
    places: tuple[int, ...]
    is_whole: bool
    """Whether the words stand side by side, just as the phrase has them."""
    rate: float = 1.0

    @property
    def start(self) -> int:
        """Where it begins."""
        return self.places[0]

    @property
    def end(self) -> int:
        """Before which word it ends."""
        return self.places[-1] + 1


@dataclass(frozen=True, slots=True)
class Combination:
    """Concepts that, said near each other, say another one."""

    concept: int
    parts: tuple[int, ...]


class Phrasebook:
    """Phrases by their stems. Filled first, then settled, then only read."""

    def __init__(self) -> None:
        """Begin without phrases."""
        self._numbers: dict[str, int] = {}
        self._added = array("I")
        self._flat = array("I")
        self._begins = array("I", [0])

    def add(self, concept: int, stems: Sequence[str], *, is_loose: bool) -> None:
        """Let stems together say a concept: side by side, or near each other in any order."""
        self._added.extend((concept, is_loose, 0, len(stems)))
        for stem in stems:
            self._added.append(self._numbers.setdefault(stem, len(self._numbers)))

    def settle(self) -> None:
        """Arrange the phrases by their rarest stem, by which they are looked up."""
        added = self._added
        counts = Counter(stem for phrase in _each(added) for stem in _stems_in(added, phrase))
        starts: dict[int, list[int]] = defaultdict(list)
        for phrase in _each(added):
            stems = _stems_in(added, phrase)
            rarest = min(stems, key=counts.__getitem__)
            added[phrase + _ANCHOR] = stems.index(rarest)
            starts[rarest].append(phrase)
        for stem in range(len(self._numbers)):
            here = [added[at : at + _HEAD + added[at + _COUNT]] for at in starts.get(stem, ())]
            # Forms of the same words are the same phrase.
            for one in {each.tobytes(): each for each in here}.values():
                self._flat.extend(one)
            self._begins.append(len(self._flat))
        self._flat, self._added = array("I", self._flat), array("I")

    @property
    def stems(self) -> Iterable[str]:
        """The families of all words of the phrases."""
        return self._numbers

    def __contains__(self, stem: str) -> bool:
        """Say whether a phrase has a word of this family."""
        return stem in self._numbers

    def find(self, words: Sequence[Sequence[str]]) -> Iterator[Span]:
        """Find what words say together; of each word its stems are given."""
        numbers = self._numbers
        said = [[numbers[stem] for stem in of_word if stem in numbers] for of_word in words]
        present = {stem for of_word in said for stem in of_word}
        flat, begins = self._flat, self._begins
        for at, of_word in enumerate(said):
            for stem in of_word:
                begin, end = begins[stem], begins[stem + 1]
                while begin < end:
                    first, count = begin + _HEAD, flat[begin + _COUNT]
                    stems = flat[first : first + count]
                    # Most phrases with this word lack another of theirs.
                    if present.issuperset(stems):
                        yield from self._at(begin, stems, said, at)
                    begin = first + count

    def _at(
        self, phrase: int, stems: Sequence[int], said: Sequence[Sequence[int]], at: int
    ) -> Iterator[Span]:
        concept, is_loose, anchor = self._flat[phrase : phrase + _COUNT]
        if is_loose:
            places = _scattered(stems, anchor, said, at)
            if places:
                yield Span(concept, places, is_whole=False, rate=_APART)
        else:
            begin, end = at - anchor, at - anchor + len(stems)
            if begin >= 0 and end <= len(said) and all(map(_is_among, stems, said[begin:end])):
                yield Span(concept, tuple(range(begin, end)), is_whole=True)


def _each(phrases: "array[int]") -> Iterator[int]:
    at = 0
    while at < len(phrases):
        yield at
        at += _HEAD + phrases[at + _COUNT]


def _stems_in(phrases: "array[int]", phrase: int) -> "array[int]":
    return phrases[phrase + _HEAD : phrase + _HEAD + phrases[phrase + _COUNT]]


def _scattered(
    stems: Sequence[int], anchor: int, said: Sequence[Sequence[int]], at: int
) -> tuple[int, ...]:
    """Find where the stems stand whose anchor stands at `at`; () for nowhere near."""
    places = [at]
    for number, stem in enumerate(stems):
        if number == anchor:
            continue
        near = range(max(0, at - _REACH), min(len(said), at + _REACH + 1))
        free = [place for place in near if place not in places and stem in said[place]]
        if not free:
            return ()
        places.append(min(free, key=lambda place: abs(place - at)))
    return tuple(sorted(places))


def _is_among(stem: int, found: Sequence[int]) -> bool:
    return stem in found


class Combinations:
    """Which concepts together say another."""

    def __init__(self, combinations: Sequence[Combination]) -> None:
        """Know combinations, found by their rarest part."""
        uses = Counter(part for each in combinations for part in each.parts)
        self._by_part: dict[int, list[Combination]] = defaultdict(list)
        for each in combinations:
            self._by_part[min(each.parts, key=lambda part: uses[part])].append(each)
        self._parts = frozenset(uses)

    def find(self, said: Sequence[tuple[int, tuple[int, ...]]]) -> Iterator[Span]:
        """Find what follows from concepts, each given with the places of its words."""
        where: dict[int, list[tuple[int, ...]]] = defaultdict(list)
        for concept, places in said:
            if concept in self._parts:
                where[concept].append(places)
        if len(where) < 2:
            return
        for part, all_places in where.items():
            for combination in self._by_part.get(part, ()):
                if all(other in where for other in combination.parts):
                    for places in all_places:
                        yield from _combined(combination, part, places, where)


def _combined(
    combination: Combination,
    part: int,
    places: tuple[int, ...],
    where: dict[int, list[tuple[int, ...]]],
) -> Iterator[Span]:
    taken = list(places)
    for other in combination.parts:
        if other == part:
            continue
        free = [
            each
            for each in where[other]
            if not set(each) & set(taken) and abs(each[0] - places[0]) <= _FAR
        ]
        if not free:
            return
        nearest = min(free, key=lambda each: abs(each[0] - places[0]))
        taken += nearest
    taken.sort()
    is_whole = taken[-1] - taken[0] == len(taken) - 1
    yield Span(combination.concept, tuple(taken), is_whole=is_whole, rate=_COMBINED)
