"""An index is asked what it should and should not find, to learn how sure it may be."""

from collections.abc import Iterator, Sequence
from itertools import islice
from random import Random
from typing import Protocol

from bot.language.tokens import tokenize
from bot.matching.calibrate import Evidence, Trial, out_of_scope
from bot.matching.collection import FIELDS, Collection
from bot.matching.compare import Comparison
from bot.matching.decide import CHOICES
from bot.matching.entries import Field
from bot.matching.lexicon import Lexicon
from bot.matching.question import Question

_PHRASINGS = 100
_FOREIGN_WEIGHT = 0.4
"""What must not be found is asked more often here than by visitors."""
_SAID = frozenset((Field.NAME, Field.ALIAS, Field.QUESTION, Field.VARIANT, Field.KEYWORD))


class Asked(Protocol):
    """The part of an index that trials need."""

    @property
    def collection(self) -> Collection:
        """What it searches."""

    def read(self, query: str) -> Question:
        """Read a message as a question to these entries."""

    def compare(
        self, question: Question, *, without_entry: int = -1, without_phrasing: int = -1
    ) -> list[Comparison]:
        """Compare a question with the likeliest entries, as if some did not exist."""

    def evidence(self, question: Question, compared: Sequence[Comparison]) -> Evidence:
        """Gather what speaks for and against the first of the compared entries."""


def trials(index: Asked) -> Iterator[Trial]:
    """Ask the index, and say whether the right one was among the first hits."""
    for text, entry, phrasing in _own(index.collection):
        question = index.read(text)
        yield from _trial(index, question, entry)
        yield from _trial(index, question, entry, without_phrasing=phrasing)
        yield from _trial(index, question, -1, without_entry=entry)
        other = index.read(_in_other_words(text, index.collection.vocabulary.lexicon))
        yield from _trial(index, other, entry)
        yield from _trial(index, index.read(_with_a_slip(text)), entry)
    for message in out_of_scope():
        yield from _trial(index, index.read(message), -1)


def _trial(
    index: Asked,
    question: Question,
    right: int,
    *,
    without_entry: int = -1,
    without_phrasing: int = -1,
) -> Iterator[Trial]:
    compared = index.compare(
        question, without_entry=without_entry, without_phrasing=without_phrasing
    )
    if compared:
        is_found = right in [one.entry for one in compared[:CHOICES]]
        weight = 1.0 if right >= 0 else _FOREIGN_WEIGHT
        yield Trial(index.evidence(question, compared), is_found, weight)


def _with_a_slip(text: str) -> str:
    """Let two letters of the longest word change places, as visitors do."""
    word = max(text.split(), key=len, default="")
    at = len(word) // 2
    slipped = word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :] if at else word
    return text.replace(word, slipped, 1) if word else text


def _in_other_words(text: str, lexicon: Lexicon) -> str:
    """Say it in other words of the same meaning, of any language, as visitors do."""
    words = []
    for at, token in enumerate(tokenize(text)):
        concepts = lexicon.of_word(token.text)
        alike = lexicon.words[concepts[0][0]] if concepts else ()
        words.append(alike[(at * 7 + len(text)) % len(alike)] if alike else token.text)
    return " ".join(words)


def _own(collection: Collection) -> list[tuple[str, int, int]]:
    """Pick phrasings, each with its entry and its number among all, always the same ones."""
    count = len(collection.entries)
    chance = Random(0)  # noqa: S311 - a sample, always alike
    entries = range(count) if count <= _PHRASINGS else chance.sample(range(count), _PHRASINGS)
    found = []
    for entry in entries:
        first = collection.entry_starts[entry]
        for offset, phrasing in enumerate(collection.entries[entry].phrasings):
            if FIELDS[collection.phrasing_fields[first + offset]] in _SAID:
                found.append((phrasing.text, entry, first + offset))
    chance.shuffle(found)
    return list(islice(found, _PHRASINGS))
