"""How old an organisation is, in what somebody wrote: "od roku", "since March 2016", "нова"."""

import datetime as dt
import re
from collections.abc import Iterator

from bot.language.fold import fold
from bot.language.tokens import tokenize
from bot.support.founded import Founded, aged, months_after

_NUMBERS = {
    word: number
    for number, words in enumerate(
        (
            "jeden jednego jedna rok roku one a an рік року один одного одна",
            "dwa dwoch dwie two два двох дві",
            "trzy trzech three три трьох",
            "cztery czterech four чотири чотирьох",
            "piec pieciu five пять пяти",
            "szesc szesciu six шість шести",
            "siedem siedmiu seven сім семи",
            "osiem osmiu eight вісім восьми",
            "dziewiec dziewieciu nine девять девяти",
            "dziesiec dziesieciu ten десять десяти",
        ),
        1,
    )
    for word in fold(words).split()
}
_MONTHS = [
    fold(stems)
    for stems in (
        "stycz jan січ",
        "lut feb лют",
        "mar mar берез",
        "kwie apr квіт",
        "maj may трав",
        "czerw jun черв",
        "lip jul лип",
        "sierp aug серп",
        "wrze sep верес",
        "paz oct жовт",
        "list nov листоп",
        "grud dec груд",
    )
]
_NUMBER = rf"(\d{{1,2}}|{'|'.join(_NUMBERS)})"
_HALF = fold("pol|half a|half|пів|полроку|півроку")
_MONTH = fold("miesiac|miesiace|miesiecy|month|months|місяць|місяці|місяців")
_YEAR = fold("rok|roku|lata|lat|year|years|рік|року|роки|років|літ")
# Whatever makes a length of time the age of something, and not a plan or a price.
_BEFORE = fold(
    "od|od ponad|juz|istniejemy|istnieje|dziala|dzialamy|mamy|ma|for|been|is|вже|уже|існуємо|існує|"
    "діємо|діє|працюємо|має|протягом"
)
_AFTER = fold("temu|old|ago|stazu|doswiadczenia|тому")
_OVER = fold("ponad|powyzej|wiecej niz|over|more than|понад|більше|більш ніж")
_UNDER = fold("niecaly|niecale|niespelna|mniej niz|ponizej|under|less than|менше|менш ніж|неповний")
_NEW = re.compile(
    fold(
        r"\b(?:now(?:a|e|ej|ego|ym)|mlod(?:a|e|ej|ego|ym)|swiez[aeo]\w*|new|young|brand-new|"
        r"нов(?:а|е|ий|ої|ого|ому|им|ою)|молод(?:а|е|ий|ої|ого)) (?:\w+ ){0,1}?"
        r"(?:stowarzysz|fundac|organizac|spoldziel|kol[oae]|klub|spolk|associat|foundat|organi[sz]at|"
        r"cooperat|circle|ngo|group|обєднан|фонд|організац|кооператив|товариств|гурт)"
        r"|\b(?:dopiero|wlasnie) (?:zaczyn|powsta|zalo|ruszam|startuj)"
        r"|\bjust (?:start|found|begun|begin|set up)|\b(?:щойно|тільки) (?:почин|створ|засн|почал)"
    )
)
_LENGTH = rf"(?:(?P<half>{_HALF}) (?:{_YEAR}|year)|(?:{_NUMBER} )?(?P<unit>{_MONTH}|{_YEAR}))"
_AGE = re.compile(
    rf"\b(?:(?P<before>{_BEFORE}) )?(?:(?P<over>{_OVER}) |(?P<under>{_UNDER}) )?{_LENGTH}"
    rf"(?: (?P<after>{_AFTER}))?\b"
)
_SINCE = fold("od|since|з|із|від")
_FOUNDED = fold(
    "zaloz|powsta|zarejestrowan|istnie|dziala|utworzon|founded|started|registered|since|created|"
    "set up|заснован|створен|зареєстрован|існу|діє|діємо"
)
_NUMERIC = re.compile(r"\b(\d{1,2})[./](\d{1,2})[./](20\d\d|19\d\d)\b")
_WORDED = re.compile(r"\b(?:(\d{1,2})(?:st|nd|rd|th)? )?([^\W\d]+) (20\d\d|19\d\d)\b")
_ONLY_YEAR = re.compile(
    rf"\b(?:{_SINCE}|(?:{_FOUNDED})\w*(?: {fold('w|in|у|в')})?)(?: roku)? (20\d\d|19\d\d)\b"
)


def founding_in(text: str, today: dt.date) -> Founded | None:
    """Find when the organisation was founded; `None` where nothing tells."""
    said = " ".join(token.text for token in tokenize(text))
    return next((f for f in (*_dated(said, today), *_lasting(said, today)) if f is not None), None)


def _dated(said: str, today: dt.date) -> Iterator[Founded | None]:
    if not re.search(rf"\b(?:{_FOUNDED}|{_SINCE})", said):
        return
    for day, month, year in _NUMERIC.findall(said):
        yield _on(int(year), int(month), int(day), today)
    for day, word, year in _WORDED.findall(said):
        yield _on(int(year), _month(word), int(day or 0), today)
    for year in _ONLY_YEAR.findall(said):
        yield _on(int(year), 0, 0, today)


def _on(year: int, month: int, day: int, today: dt.date) -> Founded | None:
    """Take a day, a month or a year as the time of founding; the future is none."""
    try:
        first = dt.date(year, month or 1, day or 1)
    except ValueError:
        return None
    length = 12 if not month else 1
    last = first if day else months_after(first, length) - dt.timedelta(days=1)
    if month == 0 and day:
        return None
    return Founded(first, min(last, today)) if first <= today else None


def _month(word: str) -> int:
    for number, stems in enumerate(_MONTHS, 1):
        if any(word.startswith(stem) for stem in stems.split()):
            return number
    return 0


def _lasting(said: str, today: dt.date) -> Iterator[Founded | None]:
    for found in _AGE.finditer(said):
        if found["before"] or found["after"] or found["over"] or found["under"]:
            yield _length(found, today)
    if _NEW.search(said):
        yield aged(0, 12, today)


def _length(found: re.Match[str], today: dt.date) -> Founded:
    months, spread = _months(found)
    if found["over"]:
        return aged(months, None, today)
    if found["under"]:
        return aged(0, months, today)
    return aged(months, months + spread, today)


def _months(found: re.Match[str]) -> tuple[int, int]:
    """Give a length in months, and how much longer it may be in truth."""
    if found["half"]:
        return 6, 3
    number = found[found.re.groupindex["half"] + 1]
    count = (int(number) if number.isdigit() else _NUMBERS[number]) if number else 1
    if re.fullmatch(_MONTH, found["unit"]):
        return count, 1
    # "od roku" is seldom more than a year and a half, "od trzech lat" less than four years.
    return count * 12, 6 if count == 1 else 12
