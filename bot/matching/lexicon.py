"""The concept lexicon: which words mean the same thing, in all three languages.

It is what carries "де поїсти" to an entry that says "catering". Words meet concepts by
being equal or of one family. Only a word that nothing knows is taken for a slip of one that
says a concept (`slips`, `meant_by`).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

import yaml

from bot.knowledge.model import Concept
from bot.language.fold import fold
from bot.language.tokens import tokenize
from bot.matching.frames import ASKINGS, STOP_WEIGHT, frames
from bot.matching.inflection import stems
from bot.matching.phrasebook import Combinations, Phrasebook, Span
from bot.matching.relations import NAMED, Relations, relate
from bot.matching.spelling import Slip, Spelling

_FOLDER = Path(__file__).with_name("concepts")
_BEYOND = "beyond"
"""The file of what no fair is about."""
_PLAIN = Path(__file__).with_name("plain_words.yaml")
_INFLECTED = 0.96
"""How much a word counts that is only of one family with a concept's word."""
_STEMS_OF = MappingProxyType({"pl": "p:", "en": "e:", "uk": "у:"})


class Said(NamedTuple):
    """What a word has of the lexicon: its stems there, and the concepts it says, how surely."""

    stems: tuple[str, ...]
    concepts: tuple[tuple[int, float], ...]


NOTHING_SAID = Said((), ())


@dataclass(slots=True)
class Lexicon:
    """Concepts by number, and the words and phrases that say them."""

    names: list[str] = field(default_factory=list)
    words: list[list[str]] = field(default_factory=list)
    _words: dict[str, tuple[int, ...]] = field(default_factory=dict)
    _stems: dict[str, tuple[int, ...]] = field(default_factory=dict)
    _phrases: Phrasebook = field(default_factory=Phrasebook)
    _combinations: Combinations = field(default_factory=lambda: Combinations(()))
    beyond: frozenset[int] = frozenset()
    """Concepts that no fair is about: no entry says them, whatever its words are."""
    _plain: frozenset[str] = frozenset()
    """Words that are cut like one of ours and are none of its family."""
    nearness: list[dict[int, float]] = field(default_factory=list)
    _above: Sequence[tuple[int, ...]] = ()
    _spelling: Spelling = field(default_factory=lambda: Spelling(()))
    _alike: dict[tuple[Any, ...], Any] = field(default_factory=dict)
    """Of tuples that are equal, the one that is kept: tens of thousands of words say few things."""

    def add(self, concept: int, said: Sequence[str], family: str) -> None:
        """Let a word or a phrase, given as its folded words, say a concept.

        A word's family is of its own language only: renta is no form of "rent". Of a phrase
        the words that tell something may stand apart and in any order: "padła mi w drodze
        bateria" says what "padła bateria" does; "za potrzebą" is said only like this.
        """
        if len(said) == 1:
            word = said[0].replace("-", "")
            self._say_once(self._words, word, concept)
            self.words[concept].append(word)
            for stem in stems(word) if len(word) >= 3 else ():
                if stem.startswith(family):
                    self._say_once(self._stems, stem, concept)
        elif said:
            self._phrases.add(concept, _stems_of(said, family), is_loose=False)
            weights = frames().weights
            telling = [word for word in said if weights.get(word, 1.0) > STOP_WEIGHT]
            if len(telling) > 1 and not all(word in weights for word in telling):
                self._phrases.add(concept, _stems_of(telling, family), is_loose=True)

    def _say_once(self, said: dict[str, tuple[int, ...]], word: str, concept: int) -> None:
        known = said.get(word, ())
        if concept not in known:
            concepts = (*known, concept)
            said[word] = self._alike.setdefault(concepts, concepts)

    def settle(self, relations: Relations) -> None:
        """Take up how the concepts are related, and forget what only building needed."""
        self.nearness = relations.nearness
        self._above = relations.above
        self._combinations = Combinations(relations.combinations)
        self._phrases.settle()
        known = dict.fromkeys((*self._stems, *self._phrases.stems))
        self._spelling = Spelling(known, self._words)
        self._alike = {}

    def of_word(self, word: str) -> tuple[tuple[int, float], ...]:
        """Find the concepts that a folded word says by itself, with how surely."""
        exact = self._words.get(word)
        if exact is not None:
            return tuple((concept, 1.0) for concept in exact)
        if self.is_plain(word):
            return ()
        found: dict[int, float] = {}
        if len(word) > 3:
            for stem in stems(word):
                for concept in self._stems.get(stem, ()):
                    found[concept] = _INFLECTED
        return tuple(found.items())

    def is_plain(self, word: str) -> bool:
        """Say whether this common word is a form of none of ours: "świecie" is not "święta"."""
        return word in self._plain or word in frames().weights

    def has(self, word: str) -> bool:
        """Say whether a concept is said by this very word."""
        return word in self._words

    def tells_apart(self, one: str, other: str) -> bool:
        """Say whether it holds both words, and for things that have nothing to do with each other.

        What is cut alike is not of one family then: "kawał" is no form of "kawa".
        """
        if one == other:
            return False
        ours, theirs = self._words.get(one), self.of_word(other)
        if not ours:
            return one in self._plain and bool(theirs)
        return bool(theirs) and not any(
            each in self.nearness[concept] for concept in ours for each, _ in theirs
        )

    def knows(self, word: str) -> bool:
        """Say whether this is a word of the lexicon or of its phrases, or one of its family."""
        if word in self._plain or self.of_word(word):
            return True
        return any(stem in self._phrases for stem in stems(word))

    def said_by(self, word: str) -> Said:
        """Say what a folded word has of the lexicon as it stands."""
        ask = frames().asks.get(word)
        if ask is None:
            return Said(stems(word), self.of_word(word))
        return Said(stems(word), ((len(self.names) + ASKINGS.index(ask), 1.0),))

    def slips(self, word: str) -> tuple[Slip, ...]:
        """Find the families that a word which nothing knows may be a misspelt one of."""
        return tuple(self._spelling.near(word))

    def meant_by(self, slips: Iterable[Slip]) -> Said:
        """Say what a misspelt word would have said."""
        rates: dict[int, float] = {}
        found = tuple(slips)
        for slip in found:
            for concept in self._stems.get(slip.stem, ()):
                rates[concept] = max(rates.get(concept, 0.0), slip.rate)
        return Said(tuple(slip.stem for slip in found), tuple(rates.items()))

    def of_phrases(self, words: Sequence[Said]) -> Iterator[Span]:
        """Find the concepts that several words say together."""
        found = list(self._phrases.find([said.stems for said in words]))
        yield from found
        parts = [(span.concept, span.places) for span in found]
        for at, said in enumerate(words):
            parts += [(concept, (at,)) for concept, _ in said.concepts]
        yield from self._combinations.find(parts)

    def above(self, concept: int) -> Sequence[int]:
        """List the concepts that are wider, the nearest first."""
        return self._above[concept]

    def near(self, concept: int) -> dict[int, float]:
        """List the concept itself, what is narrower, broader or related, with how near."""
        return self.nearness[concept]


@cache
def shipped_lexicon() -> Lexicon:
    """Give the lexicon that ships with the bot; made once."""
    return lexicon_with(())


def lexicon_with(concepts: Iterable[Concept]) -> Lexicon:
    """Give the shipped lexicon with a fair's own concepts; those of a known id add to it.

    Raises:
        KnowledgeError: a concept names a wider or a related one that does not exist.
    """
    return build_lexicon(_records_with({each.id: each for each in concepts}), _plain_words())


def _records_with(own: dict[str, Concept]) -> Iterator[dict[str, Any]]:
    for record in _shipped_records():
        concept = own.pop(record["id"], None)
        yield record if concept is None else _joined(record, concept)
    for concept in own.values():
        yield _joined({}, concept)


def _plain_words() -> frozenset[str]:
    read = yaml.load(_PLAIN.read_text("utf-8"), yaml.CBaseLoader)  # noqa: S506 - makes only text
    return frozenset(fold(word) for words in read.values() for word in words)


def _shipped_records() -> Iterator[dict[str, Any]]:
    """Read the shipped concepts one by one, since all of them as read take 8 MB."""
    for file in sorted(_FOLDER.glob("*.yaml")):
        # Makes only text, so that "no" and "on" stay words.
        for record in yaml.load(file.read_text("utf-8"), yaml.CBaseLoader):  # noqa: S506
            yield {**record, "is_beyond": file.stem == _BEYOND}


def _joined(known: dict[str, Any], concept: Concept) -> dict[str, Any]:
    own = {name: getattr(concept, name) for name in ("pl", "en", "uk", "broader", "related")}
    added = {name: [*known.get(name, ()), *own[name]] for name in own}
    # A fair that adds to what no fair is about is about it.
    return {**known, "id": concept.id, **added, "is_beyond": False}


def build_lexicon(
    records: Iterable[dict[str, Any]], plain: frozenset[str] = frozenset()
) -> Lexicon:
    """Make a lexicon of records with `id`, words per language, `broader`, `related`, `made_of`.

    Args:
        records: the concepts.
        plain: folded words that are cut like one of a concept and say none.
    """
    lexicon = Lexicon(_plain=plain)
    slim: list[dict[str, Any]] = []
    beyond: set[int] = set()
    for number, record in enumerate(records):
        lexicon.names.append(record["id"])
        lexicon.words.append([])
        for language in ("pl", "en", "uk"):
            for phrase in record.get(language, ()):
                words = [token.text for token in tokenize(phrase)]
                lexicon.add(number, words, _STEMS_OF[language])
        slim.append({"id": record["id"], **{key: record.get(key, ()) for key in NAMED}})
        if record.get("is_beyond"):
            beyond.add(number)
    lexicon.beyond = frozenset(beyond)
    lexicon.settle(relate(slim))
    return lexicon


def _stems_of(words: Sequence[str], family: str) -> tuple[str, ...]:
    """Take the stem of each word in a language, or the word where it has none there."""
    found = [stems(word) for word in words]
    return tuple(next((s for s in each if s.startswith(family)), each[0]) for each in found)
