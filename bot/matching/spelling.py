"""Which families of words a misspelt word may be of.

Compared are stems, so that a slip in an inflected word is mended as well: "steonki" has the
stem of "stronka" with one slip. Only for words that nothing knows; what is known is no slip.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.matching.inflection import stems
from bot.matching.typos import closeness, is_slip

_SHORTEST = 4
"""Shorter words are never mended."""
_LONG = 5
"""From this length on any one mistake is mended; in shorter words only a slip of the fingers."""
_VERY_LONG = 6
"""From this length of a stem on two mistakes are mended."""
_ONCE = 0.95
"""How much counts what is close only once letters that stand twice are taken once."""
_DOUBLED = re.compile(r"(.)\1+")
_MANY = 4
"""So many families at most are taken for what may have been meant."""
_LESS = 0.12
"""How much closer the closest may be than what is still taken as well."""


class Slip(NamedTuple):
    """A stem that a misspelt word may have, and how close it is, 0 to 1."""

    stem: str
    rate: float


class Spelling:
    """Stems, and words as they stand, arranged by how they begin and how long they are."""

    def __init__(self, known: Iterable[str], words: Iterable[str] = ()) -> None:
        """Know stems, as `inflection.stems` gives them, and whole words."""
        self._alike: dict[tuple[str, int], list[str]] = defaultdict(list)
        for stem in known:
            if stem[1:2] == ":":
                self._alike[stem[:3], len(stem)].append(stem)
        for word in words:
            if len(word) < _SHORTEST:
                continue
            self._alike[word[:1], len(word)].append(word)

    def near(self, word: str) -> list[Slip]:
        """Find the stems that a folded word may have been meant to have, the closest first."""
        if len(word) < _SHORTEST or not word.isalpha():
            return []
        found: dict[str, float] = {}
        for stem in stems(word):
            allowed = 2 if len(stem) - 2 >= _VERY_LONG else 1
            for other, distance in self._within(stem, stem[:3], allowed):
                rate = _rate(stem[2:], other[2:], distance)
                found[other] = max(found.get(other, 0.0), rate)
        single = _DOUBLED.sub(r"\1", word)
        if single != word:
            found |= {stem: rate * _ONCE for stem, rate in self.near(single)}
        for other, distance in self._within(word, word[0], 1):
            rate = _rate(word, other, distance)
            for stem in stems(other):
                found[stem] = max(found.get(stem, 0.0), rate)
        best = max(found.values(), default=0.0)
        near = [Slip(stem, rate) for stem, rate in found.items() if rate >= best - _LESS and rate]
        near.sort(key=lambda slip: (-slip.rate, slip.stem))
        return near[:_MANY]

    def _within(self, typed: str, beginning: str, allowed: int) -> list[tuple[str, int]]:
        """List what begins alike and is near enough, with how many mistakes away."""
        found: list[tuple[str, int]] = []
        for length in range(len(typed) - allowed, len(typed) + allowed + 1):
            others = self._alike.get((beginning, length))
            if others:
                near = process.extract(
                    typed, others, scorer=OSA.distance, score_cutoff=allowed, limit=None
                )
                found += [(other, int(distance)) for other, distance, _ in near]
        return found


def _rate(typed: str, meant: str, distance: int) -> float:
    if max(len(typed), len(meant)) < _LONG and not is_slip(typed, meant):
        return 0.0
    return closeness(typed, meant, distance)
