"""An organizer's text as it is read: its words, which phrases stand in it, what is left of it."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path

from rapidfuzz.distance import OSA

from bot.language.fold import fold
from bot.language.phrases import Met, PhraseBook, load_phrases
from bot.language.tokens import Token, tokenize

LONGEST = 1000
"""Signs of a message that are read; a longer one is no order in plain words."""

_FOLDER = Path(__file__).parent
_SHORTEST_MENDED = 6
_LOOK_ALIKES = ("ewaluac", "evaluat", "przenikn", "pelni", "restaur")
"""Words of the field that a slip of the finger does not make an alarm or a change of."""


@dataclass(frozen=True, slots=True)
class Said:
    """What an organizer wrote.

    Attributes:
        text: as it was typed.
        words: folded, typing mistakes in words of orders mended; one for each token.
        triggers: the words of orders that were found.
        sides: what stands beside them and changes what they mean.
    """

    text: str
    tokens: tuple[Token, ...]
    words: tuple[str, ...]
    triggers: tuple[Met, ...]
    sides: tuple[Met, ...]

    def has(self, *names: str) -> bool:
        """Say whether one of these words of orders, or of what changes them, was found."""
        return any(met.name in names for met in (*self.triggers, *self.sides))

    def places_of(self, *names: str) -> frozenset[int]:
        """Give the numbers of the words that belong to phrases of these names."""
        met = (one for one in (*self.triggers, *self.sides) if one.name in names)
        return frozenset(chain.from_iterable(range(one.start, one.end) for one in met))

    def end_of(self, *names: str) -> int:
        """Give the number of the word after the last phrase of these names; 0 for none."""
        return max((met.end for met in self.triggers if met.name in names), default=0)

    def typed(self, start: int, end: int) -> str:
        """Give what was typed from one word to before another."""
        if start >= end or start >= len(self.tokens):
            return ""
        return self.text[self.tokens[start].start : self.tokens[end - 1].end]

    def rest(self, taken: Collection[int]) -> str:
        """Give the words that were not taken and say something, as they were typed."""
        left = (n for n in range(len(self.tokens)) if n not in taken and n not in self._filler)
        return " ".join(self.tokens[n].raw for n in left)

    @property
    def clauses(self) -> tuple[frozenset[int], ...]:
        """The numbers of the words between the same commas, colons or ends of sentences."""
        clauses: list[set[int]] = [set()]
        for number, token in enumerate(self.tokens):
            gap = self.text[self.tokens[number - 1].end : token.start] if number else ""
            if any(sign in gap for sign in ",.:;!?–—"):
                clauses.append(set())
            clauses[-1].add(number)
        return tuple(frozenset(clause) for clause in clauses)

    def after_colon(self, start: int) -> int:
        """Give the number of the first word after the next colon; the last number for none."""
        for number in range(max(start, 1), len(self.tokens)):
            if ":" in self.text[self.tokens[number - 1].end : self.tokens[number].start]:
                return number
        return len(self.tokens)

    def after(self, start: int, taken: Collection[int] = ()) -> str:
        """Give what was typed from a word on, up to the first that was taken."""
        end = next((n for n in range(start, len(self.tokens)) if n in taken), len(self.tokens))
        return self.typed(start, end)

    def without(self, taken: Iterable[int]) -> str:
        """Give the text with blanks where words were taken, so that all others keep their place."""
        signs = list(self.text)
        for number in taken:
            token = self.tokens[number]
            signs[token.start : token.end] = " " * (token.end - token.start)
        return "".join(signs)

    @property
    def _filler(self) -> frozenset[int]:
        return self.places_of("filler")


def read_words(text: str) -> Said:
    """Read a text of an organizer."""
    text = " ".join(text.replace("\u00a0", " ").split(" "))[:LONGEST]
    tokens = tokenize(text)
    words = tuple(_mended(token.text) for token in tokens)
    return Said(text, tokens, words, _book("triggers").find(words), _book("sides").find(words))


def is_room_noun(word: str) -> bool:
    """Say whether a word calls a place a room: "sali", "room", "зала"."""
    return any(met.name == "room" for met in _book("sides").find([word]))


def find_sides(words: Sequence[str]) -> frozenset[str]:
    """Name what stands in some words that changes the meaning of an order."""
    return frozenset(met.name for met in _book("sides").find(words))


@cache
def _book(file: str) -> PhraseBook:
    return PhraseBook(load_phrases(_FOLDER / f"{file}.yaml"))


@cache
def _long_words() -> tuple[str, ...]:
    """List the words that are an order by themselves and long enough to hold a mistake."""
    phrases = chain.from_iterable(load_phrases(_FOLDER / "triggers.yaml").values())
    words = {fold(phrase) for phrase in phrases if " " not in phrase}
    return tuple(sorted(word for word in words if len(word.rstrip("*")) >= _SHORTEST_MENDED))


@cache
def _known() -> PhraseBook:
    """Know every word of every phrase: none of them is a mistake for another."""
    phrases = chain(*load_phrases(_FOLDER / "triggers.yaml").values())
    others = chain(*load_phrases(_FOLDER / "sides.yaml").values())
    return PhraseBook(
        {"known": {word for one in chain(phrases, others) for word in fold(one).split()}}
    )


def _mended(word: str) -> str:
    """Take a mistyped word of an order for the word it is nearest to."""
    is_whole = not re.search(r"\d", word) and len(word) >= _SHORTEST_MENDED
    if not is_whole or _known().find([word]) or word.startswith(_LOOK_ALIKES):
        return word
    best, distance = word, 3
    for known in _long_words():
        stem = known.rstrip("*")
        allowed = 1 if len(stem) < 9 else 2
        typed = {word} if stem == known else {word[: len(stem) + n] for n in (-1, 0, 1)}
        found = min(OSA.distance(one, stem, score_cutoff=allowed) for one in typed)
        if found <= allowed and found < distance and word[0] == stem[0]:
            best, distance = stem, found
    return best
