"""Times counted from now: "za pół godziny", "in 20 minutes", "через годину"."""

import datetime as dt
from collections.abc import Sequence

from bot.language.times import words as say


def offset_at(words: Sequence[str], i: int) -> tuple[dt.timedelta, int] | None:
    """Read how far from now a time is that begins with the word at `i`, and where it ends."""
    if words[i] not in say.IN or i + 1 >= len(words):
        return None
    rest = list(words[i + 1 : i + 5])
    skipped = 0
    if rest and rest[0] in ("a", "an"):
        rest, skipped = rest[1:], 1
    found = _length(rest)
    if found is None:
        return None
    length, used = found
    return length, i + 1 + skipped + used


def _length(rest: Sequence[str]) -> tuple[dt.timedelta, int] | None:
    word, following = (*rest, "", "")[:2]
    if word in say.HALF:
        used = 2 if following in say.HOURS_LONG else 3 if following in ("an", "a") else 1
        return (dt.timedelta(minutes=30), used) if used > 1 or word == "полчаса" else None
    if word in say.ONE_AND_A_HALF and following in say.HOURS_LONG:
        return dt.timedelta(minutes=90), 2
    if word in say.QUARTER and following not in say.HOURS:
        return dt.timedelta(minutes=15), 1
    if word in ("godzine", "godzinke", "hour", "годину", "час"):
        return dt.timedelta(hours=1), 1
    number = _number(word)
    if number is None:
        return None
    if following in say.MINUTES:
        return dt.timedelta(minutes=number), 2
    if following in say.HOURS_LONG:
        return dt.timedelta(hours=number), 2
    if word[-1:] == "h" and number:
        return dt.timedelta(hours=number), 1
    return None


def _number(word: str) -> float | None:
    digits = word.removesuffix("h").removesuffix("min").replace(",", ".")
    if digits.replace(".", "", 1).isdecimal():
        value = float(digits)
        return value if value < 1000 else None
    return say.NUMBERS.get(word)
