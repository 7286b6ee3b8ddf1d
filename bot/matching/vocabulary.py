"""The words of all entries and how a typed word meets them.

A feature is a word or a concept that entries hold, known by its number. `meetings` answers
which features a typed word stands for, how closely and by what: equal before inflected,
inflected before corrected, and what is found exactly is never corrected.
"""

from array import array
from collections import Counter, OrderedDict, defaultdict
from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.matching.frames import ASKINGS, frames
from bot.matching.inflection import is_acronym_ending, stems
from bot.matching.lexicon import NOTHING_SAID, Lexicon, Said
from bot.matching.script import cyrillic_readings, latin_reading, look_alike, polish_reading
from bot.matching.spelling import Slip, Spelling
from bot.matching.typos import NEIGHBOURS, budget, closeness

_LONGEST = 40
_CACHED = 4096
_SMALL = 5000
"""Up to so many words all are compared with a word that nothing else explains."""


class How(StrEnum):
    """By what a typed word met one of an entry."""

    EXACT = "exact"
    FOLDED = "folded"
    INFLECTED = "inflected"
    PART = "part"
    TYPO = "typo"
    SIMILAR = "similar"
    CONCEPT = "concept"
    CODE = "code"


class Meeting(NamedTuple):
    """A feature that a typed word stands for; `rate` is 1 for the word itself."""

    feature: int
    rate: float
    how: How


class Vocabulary:
    """The features of an index, found by typed words. Grows while the index is built."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Begin without words; the first numbers are the concepts' and the askings'."""
        self.lexicon = lexicon
        self.names: list[str] = [*lexicon.names, *ASKINGS]
        self.first_word = len(self.names)
        self._asks = {ask: len(lexicon.names) + at for at, ask in enumerate(ASKINGS)}
        self._words: dict[str, int] = {}
        self._held = bytearray(len(lexicon.names))
        self._parts: dict[str, list[int]] = defaultdict(list)
        self._by_stem: dict[str, list[int]] = defaultdict(list)
        self._by_first: dict[str, list[str]] = defaultdict(list)
        self._by_prefix: dict[str, list[str]] = defaultdict(list)
        self._by_trigram: dict[str, array[int]] = defaultdict(lambda: array("I"))
        self._acronyms: set[str] = set()
        self._spelling: Spelling | None = None
        self._met: OrderedDict[str, tuple[tuple[Meeting, ...], Said]] = OrderedDict()

    def word(self, text: str) -> int:
        """Number a folded word, adding it where it is new."""
        number = self._words.get(text)
        return self._add(text) if number is None else number

    def beside(self, text: str) -> tuple[int, ...]:
        """Number what a folded word says beside itself: its concepts, or what it asks for."""
        found = [concept for concept, _ in self.lexicon.of_word(text)]
        ask = frames().asks.get(text)
        if ask is not None:
            found.append(self._asks[ask])
        return tuple(found)

    def hold(self, concept: int) -> None:
        """Remember that an entry holds this concept."""
        if concept < len(self._held):
            self._held[concept] = 1

    def add_part(self, part: str, whole: int) -> None:
        """Let a part of a hyphenated name stand for the whole: cwis for CWIS-E."""
        if whole not in self._parts[part]:
            self._parts[part].append(whole)

    def mark_acronym(self, text: str) -> None:
        """Let this word be met exactly or inflected, never corrected."""
        self._acronyms.add(text)

    def __contains__(self, text: str) -> bool:
        """Say whether an entry holds this very word."""
        return text in self._words or text in self._parts

    def _add(self, text: str) -> int:
        number = self._words[text] = len(self.names)
        self.names.append(text)
        for stem in stems(text):
            self._by_stem[stem].append(number)
        if len(text) >= 4 and text.isalpha():
            self._by_first[text[0]].append(text)
            self._by_prefix[text[:4]].append(text)
            for gram in _trigrams(text):
                self._by_trigram[gram].append(number)
        return number

    def meetings(self, word: str) -> tuple[Meeting, ...]:
        """Find what a folded word stands for; nothing where it is unknown."""
        return self._read(word)[0]

    def said_by(self, word: str) -> Said:
        """Say what a word of a question has of the lexicon, mended where nothing knows it."""
        return self._read(word)[1]

    def _read(self, word: str) -> tuple[tuple[Meeting, ...], Said]:
        known = self._met.get(word)
        if known is not None:
            self._met.move_to_end(word)
            return known
        if len(word) > _LONGEST:
            return (), NOTHING_SAID
        slips = self.lexicon.slips(word) if self._is_strange(word) else ()
        said = self.lexicon.meant_by(slips) if slips else self.lexicon.said_by(word)
        read = self._met[word] = tuple(self._find(word, slips)), said
        if len(self._met) > _CACHED:
            self._met.popitem(last=False)
        return read

    def meetings_of_concept(self, concept: int, rate: float) -> list[Meeting]:
        """Find the features for a concept, its narrower, broader and related ones."""
        return [
            Meeting(other, rate * near * _CONCEPT, How.CONCEPT)
            for other, near in self.lexicon.near(concept).items()
            if self._held[other]
        ]

    def meetings_of_ask(self, word: str) -> tuple[Meeting, ...]:
        """Find what a question word asks for; nothing for any other word."""
        ask = frames().asks.get(word)
        return () if ask is None else (Meeting(self._asks[ask], 1.0, How.CONCEPT),)

    def is_known(self, word: str) -> bool:
        """Say whether an entry or the lexicon holds this word or one of its family."""
        return bool(self._exact(word)) or bool(self.lexicon.of_word(word))

    def _find(self, word: str, slips: Sequence[Slip]) -> list[Meeting]:
        if look_alike(word) in self._acronyms:
            word = look_alike(word)
        found = self._known(word)
        is_plain = self.lexicon.is_plain(word)
        if not found and not is_plain and not self.lexicon.has(word):
            for reading in (*cyrillic_readings(word), *latin_reading(word), *polish_reading(word)):
                found = [_less(met, _OTHER_SCRIPT) for met in self._known(reading)]
                if found:
                    word = reading
                    break
        # What the lexicon knows is no slip, even where no entry holds it.
        is_known = bool(found) or is_plain or self.lexicon.knows(word)
        found += self._relatives(word)
        if not is_known:
            found += self._corrected(word, slips)
            for reading in latin_reading(word):
                found += [_less(met, _OTHER_SCRIPT) for met in self._corrected(reading, ())]
                found += [_less(met, _OTHER_SCRIPT) for met in self._relatives(reading)]
        if not any(met.rate > 0.5 for met in found) and not self.lexicon.has(word):
            found += self._similar(word)
        best: dict[int, Meeting] = {}
        for met in found:
            if met.feature not in best or best[met.feature].rate < met.rate:
                best[met.feature] = met
        return sorted(best.values(), key=lambda met: (-met.rate, met.feature))

    def _known(self, word: str) -> list[Meeting]:
        found = self._exact(word)
        share = _BESIDE if found else self._trust(word)
        for concept, rate in self.lexicon.of_word(word):
            found += self.meetings_of_concept(concept, rate * share)
        return found

    def _trust(self, word: str) -> float:
        """Trust the concepts of MOPS less where a ROPS is: who means one must not get the other."""
        if len(word) <= 5 and any(OSA.distance(word, each) <= 1 for each in self._acronyms):
            return _LOOK_ALIKE
        return 1.0

    def _exact(self, word: str) -> list[Meeting]:
        found: list[Meeting] = []
        number = self._words.get(word)
        if number is not None:
            found.append(Meeting(number, 1.0, How.EXACT))
        found += [Meeting(whole, 0.95, How.PART) for whole in self._parts.get(word, ())]
        if len(word) > 3:
            seen = {number}
            for stem in stems(word):
                for other in self._by_stem.get(stem, ()):
                    name = self.names[other]
                    if (
                        other not in seen
                        and name not in self._acronyms
                        and not self.lexicon.tells_apart(word, name)
                    ):
                        seen.add(other)
                        found.append(Meeting(other, _INFLECTED, How.INFLECTED))
            found += self._inflected_acronym(word)
        return found

    def _inflected_acronym(self, word: str) -> list[Meeting]:
        for size in (1, 2, 3):
            stem, ending = word[:-size], word[-size:]
            if stem in self._acronyms and len(stem) >= 3 and is_acronym_ending(ending):
                return [Meeting(self._words[stem], 0.98, How.INFLECTED)]
        return []

    def _relatives(self, word: str) -> list[Meeting]:
        """Find words that begin alike: księgowa, księgowość; and those being typed."""
        if len(word) < 4 or not word.isalpha():
            return []
        found = []
        for other in self._by_prefix.get(word[:4], ()):
            if other in self._acronyms or self.lexicon.tells_apart(word, other):
                continue
            common = _common_prefix(word, other)
            share = 2 * common / (len(word) + len(other))
            if common == len(other):
                found.append(Meeting(self._words[other], 0.9 * share, How.PART))
            elif common == len(word) or (common >= 5 and share >= 0.6):
                rate = 0.9 * share if common < len(word) else 0.4 + 0.5 * share
                found.append(Meeting(self._words[other], rate, How.PART))
        return found

    def _corrected(self, word: str, slips: Sequence[Slip]) -> list[Meeting]:
        """Take a word for the nearest that the entries hold, else for one of the lexicon.

        Args:
            word: as it was typed or as it reads in Latin letters.
            slips: which families of the lexicon it may be a slip of.
        """
        allowed = budget(len(word))
        if not allowed or not word.isalpha():
            return []
        found = self._within(word, self._by_first.get(word[0], []), allowed)
        found += self._misspelt_forms(word)
        if not found and len(word) >= 5:
            for first in self._other_firsts(word):
                found += self._within(word, self._by_first.get(first, []), 1)
        best = max((met.rate for met in found), default=0.0)
        if best < _RESPELL_BELOW:
            found += self._respelled(word, slips, best)
            best = max((met.rate for met in found), default=0.0)
        return [met for met in found if met.rate >= best - 0.15]

    def _respelled(self, word: str, slips: Sequence[Slip], best: float) -> list[Meeting]:
        """Take a word that nothing holds for a misspelt one of the lexicon, if one is near."""
        found: list[Meeting] = []
        if self._trust(word) < 1:
            return found
        for concept, rate in self.lexicon.meant_by(slips).concepts:
            if rate > best:
                found += [
                    met._replace(how=How.TYPO)
                    for met in self.meetings_of_concept(concept, rate * _RESPELLED)
                ]
        return found

    def _misspelt_forms(self, word: str) -> list[Meeting]:
        """Take a word for a misspelt form of one that the entries hold."""
        if self._spelling is None:
            self._spelling = Spelling(self._by_stem)
        return [
            Meeting(number, slip.rate * _INFLECTED, How.TYPO)
            for slip in self._spelling.near(word)
            for number in self._by_stem[slip.stem]
            if self.names[number] not in self._acronyms
        ]

    def _is_strange(self, word: str) -> bool:
        """Say whether nobody knows this word, so that it may be a slip of another."""
        return not (word in frames().weights or self._exact(word) or self.lexicon.knows(word))

    def _other_firsts(self, word: str) -> str:
        if len(self._words) <= _SMALL:
            return "".join(first for first in self._by_first if first != word[0])
        return NEIGHBOURS.get(word[0], "") + word[1]

    def _within(self, word: str, others: list[str], allowed: int) -> list[Meeting]:
        near = process.extract(
            word, others, scorer=OSA.distance, score_cutoff=allowed, limit=None, processor=None
        )
        return [
            Meeting(self._words[other], closeness(word, other, int(distance)), How.TYPO)
            for other, distance, _ in near
            if other not in self._acronyms and int(distance) <= budget(min(len(word), len(other)))
        ]

    def _similar(self, word: str) -> list[Meeting]:
        """Find words that share many trigrams, where nothing better was found."""
        grams = _trigrams(word)
        if len(word) < 5 or not word.isalpha():
            return []
        counts: Counter[int] = Counter()
        for gram in sorted(grams, key=lambda gram: (len(self._by_trigram.get(gram, ())), gram))[:6]:
            counts.update(self._by_trigram.get(gram, ()))
        found = []
        for number, _ in counts.most_common(8):
            other = _trigrams(self.names[number])
            dice = 2 * len(grams & other) / (len(grams) + len(other))
            if dice >= 0.45 and self.names[number] not in self._acronyms:
                found.append(Meeting(number, 0.7 * dice, How.SIMILAR))
        return found


_INFLECTED = 0.95
_OTHER_SCRIPT = 0.9
_RESPELL_BELOW = 0.8
_LOOK_ALIKE = 0.5
_RESPELLED = 0.95
_CONCEPT = 0.85
"""How much it counts that a word says an entry's concept, against being its word."""
_BESIDE = 0.94
"""How much of that is left where the entries hold the word itself: they mean it the more."""


def _less(meeting: Meeting, share: float) -> Meeting:
    return meeting._replace(rate=meeting.rate * share)


def _common_prefix(one: str, other: str) -> int:
    size = min(len(one), len(other))
    for at in range(size):
        if one[at] != other[at]:
            return at
    return size


def _trigrams(word: str) -> set[str]:
    padded = f"^{word}$"
    return {padded[at : at + 3] for at in range(len(padded) - 2)}
