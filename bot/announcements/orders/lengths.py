"""How long something takes or is late, in a row of folded words: "20 min", "pół godziny"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.language.times import words as say

_GLUED = re.compile(r"(\d{1,3})(min|minut|h|хв)")
_NUMBER = re.compile(r"\d{1,3}([.,]\d)?")
_ONE_HOUR = say.HOURS_LONG - {"h"}
LONGEST_MINUTES = 600


@dataclass(frozen=True, slots=True)
class Length:
    """Some minutes, and the words that say them, from `start` to before `end`."""

    minutes: int
    start: int
    end: int


def length_in(words: Sequence[str]) -> Length | None:
    """Find the first length of time; `None` where there is none or it is longer than ten hours."""
    for start in range(len(words)):
        found = _at(words, start)
        if found and 0 < found[0] <= LONGEST_MINUTES:
            minutes, end = found
            more = _at(words, end + (_word(words, end) in ("i", "and", "і")))
            if minutes % 60 == 0 and more and more[0] < 60:
                minutes, end = minutes + more[0], more[1]
            return Length(minutes, start, end)
    return None


def bare_minutes(words: Sequence[str], start: int) -> Length | None:
    """Read a number without a noun from a word on: "opóźnione o 20", "late by 20"."""
    for number in range(start, min(start + 3, len(words))):
        word = words[number]
        if word.isdecimal() and 0 < int(word) <= LONGEST_MINUTES:
            return Length(int(word), number, number + 1)
    return None


def _at(words: Sequence[str], at: int) -> tuple[int, int] | None:
    word, following = _word(words, at), _word(words, at + 1)
    if glued := _GLUED.fullmatch(word):
        return int(glued[1]) * (60 if glued[2] == "h" else 1), at + 1
    if word in say.HALF and (following in say.HOURS_LONG or following == "an"):
        return 30, at + (3 if following == "an" else 2)
    if word == "полчаса":
        return 30, at + 1
    if word in say.ONE_AND_A_HALF and following in say.HOURS_LONG:
        return 90, at + 2
    if word in say.QUARTER and following not in say.HOURS and following not in ("po", "past", "to"):
        return 15, at + 1
    number = _number(words, at)
    if number is None:
        is_hour = word in ("godzine", "godzinke", "годину") or (
            word in ("an", "a") and following == "hour"
        )
        return (60, at + (2 if following == "hour" else 1)) if is_hour else None
    value, end = number
    noun = _word(words, end)
    if noun in say.MINUTES:
        return round(value), end + 1
    # "14 godzina" is a time of day; "2 godziny" is a length.
    if noun in _ONE_HOUR | {"h"} and noun not in ("godzina", "година", "год"):
        return round(value * 60), end + 1
    return None


def _number(words: Sequence[str], at: int) -> tuple[float, int] | None:
    word = _word(words, at)
    if _NUMBER.fullmatch(word):
        return float(word.replace(",", ".")), at + 1
    tens = say.NUMBERS.get(word)
    if tens is None:
        return None
    unit = say.NUMBERS.get(_word(words, at + 1), 0)
    if tens >= 20 and tens % 10 == 0 and 1 <= unit <= 9:
        return tens + unit, at + 2
    return tens, at + 1


def _word(words: Sequence[str], at: int) -> str:
    return words[at] if 0 <= at < len(words) else ""
