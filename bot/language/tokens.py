"""Text becomes tokens: words, numbers and codes, with their place in the text."""

import re
from dataclasses import dataclass

from bot.language.fold import fold

# A word; a code such as 12a, cwis-e; a time such as 14:30; a date such as 30.11.2017.
# A hyphen or dot binds only between word signs, so that a sentence's end is no part of a word.
_TOKEN = re.compile(r"\w+(?:['’ʼ`-]\w+|[:.,/](?=\d)\d+)*")


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


def tokenize(text: str) -> tuple[Token, ...]:
    """Cut a text into tokens; what is no word, number or code is left out."""
    return tuple(
        Token(folded, found[0], found.start(), found.end())
        for found in _TOKEN.finditer(text)
        if (folded := fold(found[0]).strip())
    )
