"""Which words say what somebody needs and is: a small lexicon beside the large one.

The words stand in `phrases.yaml`; names of areas come from the knowledge.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.knowledge.model import Area
from bot.matching.lexicon import Lexicon, build_lexicon, shipped_lexicon
from bot.matching.phrasebook import Span
from bot.matching.typos import budget

_SHORTEST_MENDED = 6
"""Signs from which on a word may be a slip of another."""
_FILE = Path(__file__).with_name("phrases.yaml")


@dataclass(frozen=True, slots=True)
class Said:
    """The words from `start` to before `end` say `what`, such as "needs:room" or "areas:kielce"."""

    what: str
    start: int
    end: int


class SupportLexicon:
    """Finds what is said about needs, forms, people, fields and areas."""

    def __init__(self, areas: Iterable[Area]) -> None:
        """Know the phrases of `phrases.yaml` and the names of some areas."""
        records = [*_records(), *map(_record_of_area, areas)]
        self._own = build_lexicon(records)
        self._shipped = shipped_lexicon()
        self._translated = _by_concept()
        self._of_forms = tuple(sorted(self._words_of_forms()))

    def said_in(self, words: Sequence[str]) -> tuple[Said, ...]:
        """Find all that some folded words say, from left to right; the longest phrase wins."""
        words = [self._mended(word) for word in words]
        found = [Said(name, s, e) for name, s, e in _spans(self._own, words)]
        for name, start, end in _spans(self._shipped, words):
            found += [Said(what, start, end) for what in self._translated.get(name, ())]
        found.sort(
            key=lambda said: (said.start - said.end, said.start, _ORDER.get(said.what[:5], 2))
        )
        kept: list[Said] = []
        for said in found:
            if not any(_covers(longer, said) for longer in kept) and said not in kept:
                kept.append(said)
        return tuple(sorted(kept, key=lambda said: said.start))

    def _words_of_forms(self) -> set[str]:
        """List the words by which legal forms are called, alone or within a phrase."""
        said: list[str] = []
        for name, words in _phrases()["forms"].items():
            for concept in words.get("concepts", ()):
                said += self._shipped.words[self._shipped.names.index(concept)]
            said += self._own.words[self._own.names.index(f"forms:{name}")]
        return {word for word in said if len(word) >= _SHORTEST_MENDED and word.isalpha()}

    def _mended(self, word: str) -> str:
        """Take a word that nothing knows for the word for a legal form that it is a slip of."""
        if len(word) < _SHORTEST_MENDED or self._own.knows(word) or self._shipped.knows(word):
            return word
        slips = budget(len(word))
        near = process.extractOne(word, self._of_forms, scorer=OSA.distance, score_cutoff=slips)
        return near[0] if near else word

    def unknown_concepts(self) -> tuple[str, ...]:
        """List what `phrases.yaml` takes for a concept and the large lexicon does not know."""
        return tuple(name for name in self._translated if name not in self._shipped.names)


_ORDER = {"idle:": 0, "seeki": 0, "needs": 1}
"""Of what the same words may say, the first wins."""


def form_of(name: str) -> tuple[str, ...]:
    """List the legal forms that a word for a form may mean."""
    return tuple(_phrases()["forms"][name]["is"])


def _covers(longer: Said, said: Said) -> bool:
    """Say whether a phrase is part of a longer one, and so does not speak for itself.

    "mamy stowarzyszenie" tells that somebody speaks of themselves, and still what they are;
    "założyć fundację" is what is wanted, and not what they are.
    """
    kind, other = longer.what.partition(":")[0], said.what.partition(":")[0]
    if kind in ("idle", "seeking") and (longer.start, longer.end) == (said.start, said.end):
        # "Przyda się" says that something is sought, and not that somebody offers to be of use.
        return kind == "idle" or other == "needs"
    sizes = longer.end - longer.start, said.end - said.start
    is_longer = sizes[0] > sizes[1] or (kind == "needs" and other == "forms")
    return kind != "seeking" and is_longer and longer.start <= said.start and said.end <= longer.end


def _spans(lexicon: Lexicon, words: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    for span in filter(_is_whole, lexicon.of_phrases([*map(lexicon.said_by, words)])):
        yield lexicon.names[span.concept], span.start, span.end
    for place, word in enumerate(words):
        for concept, _ in lexicon.of_word(word.replace("-", "")):
            yield lexicon.names[concept], place, place + 1


@cache
def _phrases() -> Mapping[str, Mapping[str, Mapping[str, Any]]]:
    # Makes only text, so that "no" and "on" stay words.
    loaded: dict[str, dict[str, dict[str, Any]]] = yaml.load(
        _FILE.read_text("utf-8"),
        yaml.CBaseLoader,  # noqa: S506 - the file is our own
    )
    return loaded


def _records() -> Iterator[dict[str, Any]]:
    for group, meanings in _phrases().items():
        for name, words in meanings.items():
            spoken = {language: words.get(language, ()) for language in ("pl", "en", "uk")}
            yield {"id": f"{group}:{name}", **spoken}


def _record_of_area(area: Area) -> dict[str, Any]:
    aliases = area.aliases
    return {
        "id": f"areas:{area.id}",
        "pl": [area.name.pl, *aliases.pl, *aliases.any],
        "en": [area.name.en or "", *aliases.en],
        "uk": [area.name.uk or "", *aliases.uk],
    }


@cache
def _by_concept() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for group, meanings in _phrases().items():
        for name, words in meanings.items():
            for concept in words.get("concepts", ()):
                found.setdefault(concept, []).append(f"{group}:{name}")
    return {concept: tuple(names) for concept, names in found.items()}


def _is_whole(span: Span) -> bool:
    """Say whether a phrase stands as one: of a long account scattered words tell too little."""
    return span.is_whole
