"""Days and stretches of days in a row of folded words: "jutro", "30.11", "drugiego dnia"."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum, auto

from bot.language.times import words as say


class Stretch(StrEnum):
    """How long the days are that were meant."""

    DAY = auto()
    WEEKEND = auto()
    WEEK = auto()
    MONTH = auto()


@dataclass(frozen=True, slots=True)
class Days:
    """The days that were meant, both ends included.

    Attributes:
        is_ambiguous: another day could be meant as well ("w przyszły piątek").
    """

    first: dt.date
    last: dt.date
    stretch: Stretch = Stretch.DAY
    is_ambiguous: bool = False


@dataclass(frozen=True, slots=True)
class Almanac:
    """Against what days are read.

    Attributes:
        today: the day of the moment that was handed in.
        fair: the days of the fair, in order; may be empty.
    """

    today: dt.date
    fair: tuple[dt.date, ...]


Found = tuple[Days, int]

_NUMERIC = re.compile(r"(\d{1,2})[./-](\d{1,2})(?:[./-](\d{2}|\d{4}))?")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_NTH_DAY = re.compile(r"(\d{1,2})(?:-?(?:go|ego|tego|szego|st|nd|rd|th|го))?")
_FAIR_DAY = re.compile(r"d([1-9])")


def days_at(words: Sequence[str], i: int, almanac: Almanac) -> Found | None:
    """Read days that begin at word `i`."""
    return (
        _relative(words, i, almanac)
        or _date(words, i, almanac)
        or _fair_day(words, i, almanac)
        or _weekday(words, i, almanac)
        or _stretch(words, i, almanac)
    )


def _word(words: Sequence[str], i: int) -> str:
    return words[i] if 0 <= i < len(words) else ""


def _one(day: dt.date, j: int, *, is_ambiguous: bool = False) -> Found:
    return Days(day, day, is_ambiguous=is_ambiguous), j


def _relative(words: Sequence[str], i: int, almanac: Almanac) -> Found | None:
    word, following = _word(words, i), _word(words, i + 1)
    if (word, following) == ("po", "jutrze"):
        return _one(almanac.today + dt.timedelta(2), i + 2)
    if word in say.DAYS:
        j = i + 2 if following in say.DAY_NOUNS else i + 1
        return _one(almanac.today + dt.timedelta(say.DAYS[word]), j)
    if word in say.IN:
        number = int(following) if following.isdecimal() else say.NUMBERS.get(following)
        unit = _word(words, i + 2)
        if number and number < 400 and unit in say.DAYS_LONG:
            return _one(almanac.today + dt.timedelta(number), i + 3)
        if number and number < 60 and unit in say.WEEKS_LONG:
            return _one(almanac.today + dt.timedelta(weeks=number), i + 3)
        if following in say.WEEKS_LONG or (following == "a" and unit in say.WEEKS_LONG):
            return _one(almanac.today + dt.timedelta(weeks=1), i + 2 + (following == "a"))
    return None


def _date(words: Sequence[str], i: int, almanac: Almanac) -> Found | None:
    word, following = _word(words, i), _word(words, i + 1)
    if iso := _ISO.fullmatch(word):
        return _made(int(iso[1]), int(iso[2]), int(iso[3]), i + 1)
    if numeric := _NUMERIC.fullmatch(word):
        return _numeric_date(numeric, i, almanac)
    if word in say.MONTHS and (day := _day_of_month(following)) and not following.endswith("."):
        return _in_a_near_year(day, say.MONTHS[word], i + 2, words, almanac)
    day = _day_of_month(word)
    if day is None:
        return None
    if word == "trzydziestego" and following == "pierwszego":
        day, i, following = 31, i + 1, _word(words, i + 2)
    elif word in ("dwudziestego", "двадцятого") and following in say.ORDINAL_DAYS:
        day, i, following = 20 + say.ORDINAL_DAYS[following], i + 1, _word(words, i + 2)
    if following == "of":
        i, following = i + 1, _word(words, i + 2)
    month = say.MONTHS.get(following) or say.ROMAN_MONTHS.get(following)
    if month and not (following in ("i", "v", "x") and word.isdecimal() and len(words) > i + 2):
        return _in_a_near_year(day, month, i + 2, words, almanac)
    is_spoken_day = not word.isdecimal() and word not in say.FAIR_DAYS
    if is_spoken_day and following not in say.DAY_NOUNS and (word[0].isdecimal() or len(word) > 6):
        return _day_alone(day, i + 1, almanac)
    return None


def _numeric_date(numeric: re.Match[str], i: int, almanac: Almanac) -> Found | None:
    day, month, year = int(numeric[1]), int(numeric[2]), numeric[3]
    # With a slash some write the month first; with a dot nobody does, 11.30 is a time.
    orders = ((day, month), (month, day)) if "/" in numeric[0] else ((day, month),)
    for d, m in orders:
        if (m, d) in {(one.month, one.day) for one in almanac.fair}:
            return _in_a_near_year(d, m, i + 1, (), almanac, year)
    is_time = "." in numeric[0] and not year and day < 25 and month < 60 and len(numeric[2]) == 2
    if is_time or ("-" in numeric[0] and not year):
        return None
    for d, m in orders:
        if 1 <= m <= 12 and 1 <= d <= 31:
            return _in_a_near_year(d, m, i + 1, (), almanac, year)
    return None


def _day_of_month(word: str) -> int | None:
    if word in say.ORDINAL_DAYS:
        return say.ORDINAL_DAYS[word]
    numbered = _NTH_DAY.fullmatch(word)
    return int(numbered[1]) if numbered and 1 <= int(numbered[1]) <= 31 else None


def _in_a_near_year(
    day: int,
    month: int,
    j: int,
    words: Sequence[str],
    almanac: Almanac,
    year: str | None = None,
) -> Found | None:
    """Take the year that was said, else the fair's, else the next in which the day comes."""
    said = year or _word(words, j)
    if year or (said.isdecimal() and len(said) == 4):
        number = int(said) + (2000 if len(said) == 2 else 0)
        return _made(number, month, day, j + (not year))
    for fair_day in almanac.fair:
        if (fair_day.month, fair_day.day) == (month, day):
            return _one(fair_day, j)
    found = _made(almanac.today.year, month, day, j)
    if found and found[0].first < almanac.today - dt.timedelta(180):
        return _made(almanac.today.year + 1, month, day, j)
    return found


def _made(year: int, month: int, day: int, j: int) -> Found | None:
    try:
        return _one(dt.date(year, month, day), j)
    except ValueError:
        return None


def _day_alone(day: int, j: int, almanac: Almanac) -> Found | None:
    for fair_day in almanac.fair:
        if fair_day.day == day:
            return _one(fair_day, j)
    return None


def _fair_day(words: Sequence[str], i: int, almanac: Almanac) -> Found | None:
    word, following = _word(words, i), _word(words, i + 1)
    if short := _FAIR_DAY.fullmatch(word):
        return _nth_day(int(short[1]), i + 1, almanac)
    if word in say.FAIR_DAYS and following in say.DAY_NOUNS:
        return _nth_day(say.FAIR_DAYS[word], i + 2, almanac)
    if word in say.DAY_NOUNS and following in say.FAIR_DAYS:
        return _nth_day(say.FAIR_DAYS[following], i + 2, almanac)
    if word in say.DAY_NOUNS and following in ("otwarcia", "відкриття"):
        return _nth_day(1, i + 2, almanac)
    return None


def _nth_day(nth: int, j: int, almanac: Almanac) -> Found | None:
    place = nth if nth < 0 else nth - 1
    if almanac.fair and -len(almanac.fair) <= place < len(almanac.fair):
        return _one(almanac.fair[place], j)
    return None


def _weekday(words: Sequence[str], i: int, almanac: Almanac) -> Found | None:
    word, following = _word(words, i), _word(words, i + 1)
    if word in say.NEXT_ONE and following in say.WEEKDAYS:
        day = _coming(say.WEEKDAYS[following], almanac)
        # Said on a Thursday, the next Thursday is surely not this one.
        day += dt.timedelta(7 if day == almanac.today else 0)
        return _one(day, i + 2, is_ambiguous=True)
    if word in say.WEEKDAYS:
        return _one(_coming(say.WEEKDAYS[word], almanac), i + 1)
    return None


def _coming(weekday: int, almanac: Almanac) -> dt.date:
    # Who asks about Friday on the way to a fair means the fair's Friday.
    for day in almanac.fair:
        if day.weekday() == weekday and (day >= almanac.today or almanac.today > almanac.fair[-1]):
            return day
    return almanac.today + dt.timedelta((weekday - almanac.today.weekday()) % 7)


def _stretch(words: Sequence[str], i: int, almanac: Almanac) -> Found | None:
    word, following = _word(words, i), _word(words, i + 1)
    today = almanac.today
    monday = today - dt.timedelta(today.weekday())
    if word in say.WEEKENDS:
        return Days(monday + dt.timedelta(5), monday + dt.timedelta(6), Stretch.WEEKEND), i + 1
    if word in say.NEXT_ONE and following in say.WEEKS:
        start = monday + dt.timedelta(7)
        return Days(start, start + dt.timedelta(6), Stretch.WEEK), i + 2
    if word in ("tym", "this", "цього", "цьому") and following in say.WEEKS:
        return Days(monday, monday + dt.timedelta(6), Stretch.WEEK), i + 2
    if word in say.MONTHS and word != "may":
        return _month(say.MONTHS[word], i + 1, words, today)
    return None


def _month(month: int, j: int, words: Sequence[str], today: dt.date) -> Found:
    said = _word(words, j)
    if said.isdecimal() and len(said) == 4 and 1900 < int(said) < 2200:
        year, j = int(said), j + 1
    else:
        year = today.year + (month < today.month)
    first = dt.date(year, month, 1)
    after = dt.date(year + month // 12, month % 12 + 1, 1)
    return Days(first, after - dt.timedelta(1), Stretch.MONTH), j
