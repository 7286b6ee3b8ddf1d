"""The frame of a question: words that carry it without saying what it is about.

"Przepraszam, czy mógłby mi Pan powiedzieć, gdzie jest…" must not outweigh what follows,
nor may it count as unknown words.
"""

from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml
from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.language.fold import fold
from bot.matching.inflection import stems

_FILE = Path(__file__).with_name("frames.yaml")

_LONGEST = 40
ASKINGS = ("where", "when", "who", "how-much", "why", "how", "what")
"""What question words ask for: the ids of `questions` in frames.yaml."""
STOP_WEIGHT = 0.03
TIME_WEIGHT = 0.05
QUESTION_WEIGHT = 0.1
SOFT_WEIGHT = 0.2
"""How much such words count, against 1 for a word that only one entry holds."""


@dataclass(frozen=True, slots=True)
class Frames:
    """Frame words, folded, with their weight; question words with what they ask for.

    Attributes:
        kin: the families of words for who gets something.
        gives: the words before them, such as "for".
    """

    weights: MappingProxyType[str, float]
    soft_families: frozenset[str]
    by_first: MappingProxyType[str, tuple[str, ...]]
    asks: MappingProxyType[str, str]
    kin: frozenset[str]
    gives: frozenset[str]


@cache
def frames() -> Frames:
    """Read the frame words, once."""
    read: dict[str, Any] = yaml.load(_FILE.read_text("utf-8"), yaml.CBaseLoader)  # noqa: S506 - makes only text
    soft = _words(read["soft"])
    weights = dict.fromkeys(soft, SOFT_WEIGHT)
    weights |= dict.fromkeys(_words(read["times"]), TIME_WEIGHT)
    weights |= dict.fromkeys(_words(read["stop"]), STOP_WEIGHT)
    asks = {
        word: question["id"]
        for question in read["questions"]
        for word in _words({key: question[key] for key in ("pl", "en", "uk")})
        if " " not in word
    }
    weights |= dict.fromkeys(asks, QUESTION_WEIGHT)
    families = frozenset(stem for word in soft if len(word) > 4 for stem in stems(word)[:1])
    by_first: dict[str, list[str]] = defaultdict(list)
    for word in weights:
        if len(word) >= 4:
            by_first[word[0]].append(word)
    return Frames(
        MappingProxyType(weights),
        families,
        MappingProxyType({first: tuple(words) for first, words in by_first.items()}),
        MappingProxyType(asks),
        frozenset(stems(word)[0] for word in _words(read["kin"])),
        frozenset(map(fold, read["for"])),
    )


@lru_cache(maxsize=4096)
def mistyped_frame(word: str) -> str | None:
    """Take an unknown word for the frame word that one slip made it of, if there is one."""
    if not 4 <= len(word) <= _LONGEST:
        return None
    near = process.extractOne(
        word, frames().by_first.get(word[0], ()), scorer=OSA.distance, score_cutoff=1
    )
    return near[0] if near else None


def _words(by_language: dict[str, list[str]]) -> list[str]:
    return [fold(word).strip() for words in by_language.values() for word in words]
