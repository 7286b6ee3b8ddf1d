"""Finds phrases in a text: words that stand for something, written in YAML by people.

A phrase is words; "word*" is every word that begins so. It is found anywhere in a text.
Phrases are folded at load, so they may be written as people write.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import Any

import yaml

from bot.language.fold import fold

_TELLING = 2
"""Signs from which on a first word is asked before those that are shorter."""
_REMEMBERED = 1024


@dataclass(frozen=True, slots=True)
class Met:
    """A phrase that was found: `name` is what it stands for, [start, end) its words."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A phrase; of two for one name at one place, that of the lesser `order` is taken."""

    order: tuple[bool, int, int]
    name: str
    others: tuple[str, ...]
    """The words after the first; the last sign of a stem is "*"."""

    def goes_on(self, words: Sequence[str], start: int) -> bool:
        """Say whether what follows the word at `start`, which fits, fits too."""
        at = start
        for own in self.others:
            at += 1
            if at == len(words) or not _fits(own, words[at]):
                return False
        return True


class PhraseBook:
    """Finds phrases in a text: those that begin with a word are looked up by it.

    Most of a message's time would go into this, a dozen books for each message, so what
    begins with a word is remembered for the words that were met last.
    """

    def __init__(self, phrases: Mapping[str, Iterable[str]]) -> None:
        """Hold the phrases of each name."""
        self._by_word: dict[str, list[_Phrase]] = {}
        self._by_stem: dict[str, list[_Phrase]] = {}
        for number, (name, one) in enumerate(_pairs(phrases)):
            first, *others = fold(one).replace("?", "").split()
            stem = first.rstrip("*")
            order = (len(stem) < _TELLING, -len(others), number)
            known = self._by_stem if first.endswith("*") else self._by_word
            known.setdefault(stem, []).append(_Phrase(order, name, tuple(others)))
        self._lengths = sorted({len(stem) for stem in self._by_stem})
        self._starting = lru_cache(maxsize=_REMEMBERED)(self._found_starting)

    def find(self, words: Sequence[str]) -> tuple[Met, ...]:
        """Find all phrases; of those for one name that overlap, the longest."""
        met: list[Met] = []
        for start, word in enumerate(words):
            starting = self._starting(word)
            if not starting:
                continue
            seen: set[str] = set()
            for phrase in starting:
                if phrase.name in seen:
                    continue
                if not phrase.others or phrase.goes_on(words, start):
                    seen.add(phrase.name)
                    met.append(Met(phrase.name, start, start + 1 + len(phrase.others)))
        return tuple(met)

    def _found_starting(self, word: str) -> tuple[_Phrase, ...]:
        found = list(self._by_word.get(word, ()))
        for length in self._lengths:
            if length <= len(word):
                found += self._by_stem.get(word[:length], ())
        return tuple(sorted(found, key=lambda phrase: phrase.order))


def _pairs(phrases: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, str]]:
    return ((name, one) for name, said in phrases.items() for one in said)


def load_phrases(file: Path) -> Mapping[str, list[str]]:
    """Load a name, then a list of phrases for all languages or lists by language."""
    # The base loader takes everything as text: "no" is a word here, and no `False`.
    text = file.read_text(encoding="utf-8")
    raw: dict[str, Any] = yaml.load(text, yaml.CBaseLoader)  # noqa: S506 - makes texts only
    return {name: list(_flat(said)) for name, said in raw.items()}


def _flat(said: Any) -> Iterable[str]:
    """Take a list, or lists by language."""
    return chain.from_iterable(said.values()) if isinstance(said, dict) else said


def _fits(own: str, word: str) -> bool:
    return word == own or (own[-1] == "*" and word.startswith(own[:-1]))
