"""Text becomes tokens: words, numbers and codes, with their place in the text."""

import re
from dataclasses import dataclass
from functools import lru_cache

from bot.language.fold import fold

# A word; a code such as 12a, cwis-e; a time such as 14:30; a date such as 30.11.2017.
# A hyphen or dot binds only between word signs, so that a sentence's end is no part of a word.
_TOKEN = re.compile(r"\w+(?:['’ʼ`-]\w+|[:.,/](?=\d)\d+)*|%")

PER_CENT = "procent"
"""What is read for %: "8%" is as little a stand as "8 procent"."""

_TEXTS, _WORDS = 32, 4096
"""So many texts and words that were met last are remembered with what became of them."""


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a text.

    Attributes:
        text: folded.
        raw: as it was typed; `whole[start:end] == raw`.
    """

    text: str
    raw: str
    start: int
    end: int


@lru_cache(maxsize=_TEXTS)
def tokenize(text: str) -> tuple[Token, ...]:
    """Cut a text into tokens; what is no word, number or code is left out.

    Whoever reads a message begins with this, so the last few texts are remembered.
    """
    return tuple(
        Token(folded, found[0], found.start(), found.end())
        for found in _TOKEN.finditer(text)
        if (folded := _folded(found[0]))
    )


def folded_words(text: str) -> list[str]:
    """List what `tokenize` makes of a text without its places: quicker, for texts by thousands."""
    return [folded for raw in _TOKEN.findall(text) if (folded := _folded(raw))]


@lru_cache(maxsize=_WORDS)
def _folded(word: str) -> str:
    return PER_CENT if word == "%" else fold(word).strip()
