"""Times of day in a row of folded words: "wpol do trzeciej", "14.30", "half past two"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.language.times import words as say

_WRITTEN = re.compile(r"(\d{1,2})[:.](\d{2})")
_SUFFIXED = re.compile(r"(\d{1,2})-?(?:tej|stej|ej|ta|sta|ma|ga|ci|[ії]й|ої|та)")
_ENGLISH = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?(am|pm)")
_GLUED = re.compile(r"([01]?\d|2[0-3])([0-5]\d)")


@dataclass(frozen=True, slots=True)
class ClockTime:
    """A time of day as it was said.

    Attributes:
        hour: 0 to 24.
        is_settled: it can mean only this hour; otherwise an hour up to 12 may be
            one of the afternoon.
    """

    hour: int
    minute: int = 0
    is_settled: bool = False

    def earlier_by(self, minutes: int) -> "ClockTime":
        """Say the time `minutes` before: "za kwadrans ósma" is 15 before eight."""
        total = self.hour * 60 + self.minute - minutes
        return ClockTime(total // 60, total % 60, self.is_settled)


Found = tuple[ClockTime, int]
"""A time, and the position after its last word."""


def clock_at(words: Sequence[str], i: int, *, is_announced: bool) -> Found | None:
    """Read a time of day that begins at word `i`.

    Args:
        words: folded.
        i: where to look.
        is_announced: a word before says that a time comes ("o", "po", "at"), so that a bare
            number or an hour's name may be one.
    """
    found = _around_the_hour(words, i) or _short_of_hour(words, i) or _written(words, i)
    if not found and is_announced:
        found = _hour_and_minutes(words, i)
    if not found:
        found = _with_noun(words, i)
    return _with_part_of_day(words, found) if found else None


def _word(words: Sequence[str], i: int) -> str:
    return words[i] if 0 <= i < len(words) else ""


def _written(words: Sequence[str], i: int) -> Found | None:
    """Read what is written as a time: 14:30, 14.30, 2pm, 14-tej."""
    word = _word(words, i)
    if english := _ENGLISH.fullmatch(word):
        hour = int(english[1]) % 12 + (12 if english[3] == "pm" else 0)
        return _valid(hour, int(english[2] or 0), i + 1, is_settled=True)
    if written := _WRITTEN.fullmatch(word):
        return _valid(int(written[1]), int(written[2]), i + 1, is_settled=word.startswith("0"))
    if suffixed := _SUFFIXED.fullmatch(word):
        return _valid(int(suffixed[1]), 0, i + 1)
    return None


def _hour_and_minutes(words: Sequence[str], i: int) -> Found | None:
    """Read an hour that was announced, with its minutes: "14 30", "1430", "drugiej piętnaście"."""
    word = _word(words, i)
    if len(word) in (3, 4) and (glued := _GLUED.fullmatch(word)):
        return _valid(int(glued[1]), int(glued[2]), i + 1, is_settled=len(word) == 4)
    hour = _hour(words, i)
    if hour is None or _word(words, i + 1) in say.NOT_A_TIME_AFTER:
        return None
    value, j = hour
    minutes = _minutes(words, j)
    return _valid(value, minutes[0], minutes[1]) if minutes else _valid(value, 0, j)


def _with_noun(words: Sequence[str], i: int) -> Found | None:
    """Read "14 godzina", "2 o'clock", "2 pm": the noun after it says that it is a time."""
    hour = _hour(words, i)
    if hour is None:
        return None
    value, j = hour
    following = _word(words, j)
    if following in ("am", "pm"):
        return _valid(value % 12 + (12 if following == "pm" else 0), 0, j + 1, is_settled=True)
    if following in ("oclock", "година", "годині") or (
        following == "o" and _word(words, j + 1) == "clock"
    ):
        return _valid(value, 0, j + (2 if following == "o" else 1))
    return None


def _around_the_hour(words: Sequence[str], i: int) -> Found | None:
    """Read a time told from the nearest hour: "wpół do trzeciej", "quarter to eight"."""
    word, following = _word(words, i), _word(words, i + 1)
    if word == "w" and following == "pol":
        return _around_the_hour(words, i + 1)
    if word in ("wpol", "pol") and following == "do":
        return _before_hour(words, i + 2, 30)
    if word in ("пів", "пол") and following == "на":
        return _before_hour(words, i + 2, 30)
    if word == "half":
        return _after_hour(words, i + 2 if following == "past" else i + 1, 30)
    if word in ("za", "за"):
        minutes = _amount(words, i + 1)
        return _before_hour(words, minutes[1], minutes[0]) if minutes else None
    minutes = _amount(words, i)
    if not minutes:
        return None
    amount, j = minutes
    link = _word(words, j)
    if link in ("po", "past", "по"):
        return _after_hour(words, j + 1, amount)
    is_range = word.isdecimal()  # "10 to 12" goes from ten to twelve
    if (link == "to" and not is_range) or (link == "do" and word in say.QUARTER):
        return _before_hour(words, j + 1, amount)
    if link == "на" and word in say.QUARTER:
        return _before_hour(words, j + 1, 45)
    return None


def _amount(words: Sequence[str], i: int) -> tuple[int, int] | None:
    word = _word(words, i)
    if word in ("a", "the"):
        return _amount(words, i + 1)
    if word in say.QUARTER:
        return 15, i + 1
    number = _minutes(words, i)
    if number is None:
        return None
    value, j = number
    return value, j + (_word(words, j) in say.MINUTES)


def _before_hour(words: Sequence[str], i: int, minutes: int) -> Found | None:
    hour = _hour(words, i)
    if hour is None or hour[0] == 0:
        return None
    return ClockTime(hour[0]).earlier_by(minutes), hour[1]


def _short_of_hour(words: Sequence[str], i: int) -> Found | None:
    """Read times half in Russian: "пів третього", "полтретьего", "без п'ятнадцяти вісім"."""
    word, following = _word(words, i), _word(words, i + 1)
    if word in ("пів", "пол") and following in say.HALVED:
        return ClockTime(say.HALVED[following]).earlier_by(30), i + 2
    if word[:3] in ("пів", "пол") and word[3:] in say.HALVED:
        return ClockTime(say.HALVED[word[3:]]).earlier_by(30), i + 1
    if word not in ("без", "bez"):
        return None
    is_figure = following.isdecimal() and len(following) <= 2
    minutes = int(following) if is_figure else say.SHORT_BY.get(following, 60)
    if minutes > 59:
        return None
    j = i + 2 + (_word(words, i + 2) in say.MINUTES)
    hour = say.NUMBERS.get(_word(words, j), 0)
    if 1 <= hour <= 12:
        return ClockTime(hour).earlier_by(minutes), j + 1
    return _before_hour(words, j, minutes)


def _after_hour(words: Sequence[str], i: int, minutes: int) -> Found | None:
    hour = _hour(words, i)
    return _valid(hour[0], minutes, hour[1]) if hour else None


def _hour(words: Sequence[str], i: int) -> tuple[int, int] | None:
    word = _word(words, i)
    if word in say.HOUR_NOUNS:
        word, i = _word(words, i + 1), i + 1
    if word.isdecimal() and len(word) <= 2 and int(word) <= 24:
        return int(word), i + 1
    if word in ("dwudziesta", "dwudziestej", "двадцята", "двадцятій"):
        unit = say.HOURS.get(_word(words, i + 1), 0)
        if 1 <= unit <= 3:
            return 20 + unit, i + 2
    value = say.HOURS.get(word)
    return (value, i + 1) if value is not None else None


def _minutes(words: Sequence[str], i: int) -> tuple[int, int] | None:
    word = _word(words, i)
    if word.isdecimal() and len(word) <= 2 and int(word) < 60:
        return int(word), i + 1
    tens = say.NUMBERS.get(word)
    if tens is None:
        return None
    unit = say.NUMBERS.get(_word(words, i + 1), 0)
    if tens >= 20 and tens % 10 == 0 and 1 <= unit <= 9:
        return tens + unit, i + 2
    return tens, i + 1


def _with_part_of_day(words: Sequence[str], found: Found) -> Found:
    """Settle an hour by what follows it: "o drugiej po południu", "9:30 pm"."""
    time, j = found
    if _word(words, j) in ("am", "pm") and time.hour <= 12:
        hour = time.hour % 12 + (12 if _word(words, j) == "pm" else 0)
        return ClockTime(hour, time.minute, is_settled=True), j + 1
    rest = list(words[j : j + 4])
    for noise in ("in", "the"):
        if rest and rest[0] == noise:
            rest = rest[1:]
    part = say.PARTS.get(rest[0]) if rest else None
    width = len(words[j : j + 4]) - len(rest) + 1
    if len(rest) > 1 and (rest[0], rest[1]) in say.PART_PHRASES:
        part, width = say.PART_PHRASES[rest[0], rest[1]], width + 1
    if part is None or time.hour > 12:
        return found
    is_late = part in (say.AFTERNOON, say.EVENING) and time.hour < 12
    return ClockTime(time.hour + 12 * is_late, time.minute, is_settled=True), j + width


def _valid(hour: int, minute: int, j: int, *, is_settled: bool = False) -> Found | None:
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        return None
    return ClockTime(hour, minute, is_settled or hour > 12 or hour == 0), j
