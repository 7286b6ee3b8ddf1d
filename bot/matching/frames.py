"""The frame of a question: words that carry it without saying what it is about.

"Przepraszam, czy mógłby mi Pan powiedzieć, gdzie jest…" must not outweigh what follows,
nor may it count as unknown words.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from bot.language.fold import fold

_FILE = Path(__file__).with_name("frames.yaml")

STOP_WEIGHT = 0.03
QUESTION_WEIGHT = 0.1
SOFT_WEIGHT = 0.2
"""How much such words count, against 1 for a word that only one entry holds."""


@dataclass(frozen=True, slots=True)
class Frames:
    """Frame words, folded, with their weight; question words with what they ask for."""

    weights: MappingProxyType[str, float]
    asks: MappingProxyType[str, str]


@cache
def frames() -> Frames:
    """Read the frame words, once."""
    read: dict[str, Any] = yaml.load(_FILE.read_text("utf-8"), yaml.CBaseLoader)
    weights = dict.fromkeys(_words(read["soft"]), SOFT_WEIGHT)
    weights |= dict.fromkeys(_words(read["stop"]), STOP_WEIGHT)
    asks = {
        word: question["id"]
        for question in read["questions"]
        for word in _words({key: question[key] for key in ("pl", "en", "uk")})
        if " " not in word
    }
    weights |= dict.fromkeys(asks, QUESTION_WEIGHT)
    return Frames(MappingProxyType(weights), MappingProxyType(asks))


def _words(by_language: dict[str, list[str]]) -> list[str]:
    return [fold(word).strip() for words in by_language.values() for word in words]
