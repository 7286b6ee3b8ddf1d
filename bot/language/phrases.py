"""Finds phrases in a text: words that stand for something, written in YAML by people.

A phrase is words; "word*" is every word that begins so. It is found anywhere in a text.
Phrases are folded at load, so they may be written as people write.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import yaml

from bot.language.fold import fold


@dataclass(frozen=True, slots=True)
class Met:
    """A phrase that was found: `name` is what it stands for, [start, end) its words."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Phrase:
    name: str
    words: tuple[str, ...]
    """The last sign of a stem is "*"."""

    def is_at(self, words: Sequence[str], start: int) -> bool:
        if start + len(self.words) > len(words):
            return False
        return all(_fits(own, words[start + n]) for n, own in enumerate(self.words))


class PhraseBook:
    """Finds phrases in a text. Phrases are looked up by the beginning of their first word."""

    def __init__(self, phrases: Mapping[str, Iterable[str]]) -> None:
        """Hold the phrases of each name."""
        self._by_beginning: dict[str, list[_Phrase]] = {}
        for name, said in phrases.items():
            for one in said:
                words = tuple(fold(one).replace("?", "").split())
                beginning = words[0].rstrip("*")[:2]
                self._by_beginning.setdefault(beginning, []).append(_Phrase(name, words))
        for group in self._by_beginning.values():
            group.sort(key=lambda phrase: -len(phrase.words))

    def find(self, words: Sequence[str]) -> tuple[Met, ...]:
        """Find all phrases; of those for one name that overlap, the longest."""
        met: list[Met] = []
        for start, word in enumerate(words):
            seen: set[str] = set()
            group = self._by_beginning.get(word[:2], ())
            shorter = self._by_beginning.get(word[:1], ()) if len(word) > 1 else ()
            for phrase in chain(group, shorter):
                if phrase.name not in seen and phrase.is_at(words, start):
                    seen.add(phrase.name)
                    met.append(Met(phrase.name, start, start + len(phrase.words)))
        return tuple(met)


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
    return word.startswith(own[:-1]) if own.endswith("*") else word == own
