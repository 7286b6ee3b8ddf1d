"""Long texts, cut where a reader would pause.

No channel may lose a word of an answer because the platform has a limit: the
text is cut at the end of a paragraph, else of a line, a sentence, a word, and
only inside a word that is longer than the limit by itself.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable

Measure = Callable[[str], int]
"""Says how long a text is for a platform. A longer text never measures less."""

_PAUSES = (
    re.compile(r"\n\s*\n"),
    re.compile(r"\n"),
    re.compile(r"(?<=[.!?…:;])\s"),
    re.compile(r"\s"),
)
"""Where a reader pauses, the longest pause first."""

_ZERO_WIDTH_JOINER = "\u200d"


def utf16_length(text: str) -> int:
    """Count UTF-16 code units, as Telegram does: most emoji are two."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def split(text: str, limit: int, measure: Measure = utf16_length) -> tuple[str, ...]:
    """Cut a text into parts that each fit.

    White space around a cut is dropped; everything else is kept, in order. A
    text of white space alone has no parts.

    Args:
        text: what to cut.
        limit: the most that a part may measure; at least what one sign measures.
        measure: how the platform counts.

    Raises:
        ValueError: a single sign of the text measures more than the limit.
    """
    parts = []
    rest = text.strip()
    while rest:
        at = len(rest) if measure(rest) <= limit else _cut(rest, limit, measure)
        parts.append(rest[:at].rstrip())
        rest = rest[at:].lstrip()
    return tuple(parts)


def _cut(text: str, limit: int, measure: Measure) -> int:
    fits = bisect_right(range(len(text)), limit, key=lambda end: measure(text[: end + 1]))
    if fits == 0:
        raise ValueError(f"one sign alone is longer than the limit of {limit}")
    # One sign more than fits may be the white space that is dropped anyway.
    window = text[: fits + 1]
    for pause in _PAUSES:
        ends = [found.start() for found in pause.finditer(window) if found.start() <= fits]
        # A pause near the beginning would leave a scrap: a shorter pause further on is better.
        if ends and ends[-1] * 3 >= fits:
            return ends[-1]
    ends = [found.start() for found in _PAUSES[-1].finditer(window)]
    return ends[-1] if ends else _between_signs(text, fits)


def _between_signs(text: str, end: int) -> int:
    """Move a cut before the sign that it would tear: an accented letter, a joined emoji."""
    at = end
    while at > 1 and _continues(text, at):
        at -= 1
    return at if at > 1 else end


def _continues(text: str, at: int) -> bool:
    sign = text[at]
    return (
        unicodedata.combining(sign) > 0
        or sign == _ZERO_WIDTH_JOINER
        or text[at - 1] == _ZERO_WIDTH_JOINER
        or "\ufe00" <= sign <= "\ufe0f"  # variation selectors
        or "\U0001f3fb" <= sign <= "\U0001f3ff"  # skin tones
    )
