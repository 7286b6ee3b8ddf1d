"""The grammar of button data: `<letter>:<argument>[:<argument>…]`, at most 64 bytes.

Records:  e exhibitor, s session, t series, o offer, ad adviser, p place, q question, g term,
          m mark, r organizer, n person, v the fair; then the id and, where one
          facet is asked, the facet: `e:pomocna-dlon:contact`.
The rest: a stand `a:12`, a day `d:20171130:1400-1600:warsztat:0`, a room `b:sala:-:0`,
          lists `l:<which>:<page>`, a category `c:catering:0`, who
          has a facet `h:jobs:0`, words `f:catering:0`,
          a language `i:uk`, the bot's own `x:<topic>`.

Data comes from outside and may be old or forged: whatever is no wish reads as `None`.
A deep link has "_" for ":", and may write the kind out: `exhibitor_pomocna-dlon`.
"""

import datetime as dt
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from bot.dialogue.wishes import (
    About,
    AllSeries,
    AtStand,
    Categories,
    Exhibitors,
    Facet,
    Found,
    Having,
    Next,
    Now,
    Offers,
    Places,
    Programme,
    RoomProgramme,
    Routed,
    Say,
    Speak,
    Topic,
    Wish,
)
from bot.knowledge.model import Audience, RouteIntent, SeriesType, SessionType
from bot.messaging.languages import Language
from bot.messaging.reply import ASK_DATA_LIMIT_BYTES

LETTERS: Mapping[str, str] = MappingProxyType(
    {
        "exhibitors": "e",
        "sessions": "s",
        "series": "t",
        "offers": "o",
        "consultations": "ad",
        "places": "p",
        "faq": "q",
        "glossary": "g",
        "marks": "m",
        "organizers": "r",
        "people": "n",
        "event": "v",
    }
)
"""The letter of each kind of record."""

_KIND_WORDS = {
    "exhibitor": "e",
    "session": "s",
    "series": "t",
    "training": "t",
    "offer": "o",
    "place": "p",
    "faq": "q",
    "term": "g",
    "mark": "m",
}
_LAST_PAGE = 999


LISTED = len("l:categories:99:")
"""Bytes beside the words of a list that leaves something out."""


def tap_about(kind: str, record_id: str, facet: Facet = Facet.ALL) -> str:
    """Write a wish for a record into button data."""
    data = f"{LETTERS[kind]}:{record_id}"
    return data if facet is Facet.ALL else f"{data}:{facet.value}"


def tap(wish: Wish) -> str:  # noqa: C901 - one line for each kind of wish
    """Write any other wish into button data.

    Raises:
        ValueError: it is one that no button can ask for.
    """
    match wish:
        case AtStand(stand):
            return f"a:{stand}"
        case Programme(day, begin, finish, kind, page):
            return f"d:{_day(day)}:{_span(begin, finish)}:{kind.value if kind else '-'}:{page}"
        case RoomProgramme(room, day, page):
            return f"b:{room}:{_day(day)}:{page}"
        case Exhibitors("", page):
            return f"l:exhibitors:{page}"
        case Exhibitors(category, page):
            return f"c:{category}:{page}"
        case Having(facet, page):
            return f"h:{facet.value}:{page}"
        case Categories(page, ""):
            return f"l:categories:{page}"
        case Categories(page, without):
            return f"l:categories:{page}:{_short(without, LISTED)}"
        case AllSeries() as wanted:
            return _all_series(wanted)
        case Offers(page):
            return f"l:offers:{page}"
        case Places(page):
            return f"l:places:{page}"
        case Found(words, page):
            return f"f:{_short(words)}:{page}"
        case Now():
            return "x:now"
        case Next(None):
            return "x:next"
        case Routed(intent):
            return f"x:{intent.value}"
        case Say(topic):
            return f"x:{topic.value}"
        case Speak(language):
            return f"i:{language.value}"
        case _:
            raise ValueError(f"no button asks for {type(wish).__name__}")


def read_tap(data: str) -> Wish | None:
    """Read button data; `None` for what is no wish. Whether the id exists is not asked here."""
    letter, _, rest = data.partition(":")
    if not rest or len(data.encode(errors="replace")) > ASK_DATA_LIMIT_BYTES:
        return None
    reader = _READERS.get(letter)
    try:
        return reader(rest) if reader else None
    except ValueError:
        return None


def read_deep_link(payload: str) -> Wish | None:
    """Read what followed /start; `None` for what is no wish."""
    head, _, rest = payload.partition("_")
    letter = _KIND_WORDS.get(head, head)
    return read_tap(f"{letter}:{rest.replace('_', ':')}")


def _day(day: dt.date | None) -> str:
    return f"{day:%Y%m%d}" if day else "-"


def _span(begin: dt.time | None, finish: dt.time | None) -> str:
    if begin is None and finish is None:
        return "-"
    return "-".join(f"{time:%H%M}" if time else "" for time in (begin, finish))


def _short(words: str, beside: int = 6) -> str:
    """Cut words so that they fit beside a letter and a page, at a letter's end."""
    clean = words.replace(":", " ").encode()[: ASK_DATA_LIMIT_BYTES - beside]
    return clean.decode(errors="ignore").strip() or "-"


def _about(rest: str) -> Wish:
    record_id, _, facet = rest.partition(":")
    if not record_id:
        raise ValueError
    return About(record_id, Facet(facet) if facet else Facet.ALL)


def _programme(rest: str) -> Wish:
    day, span, kind, page = rest.split(":")
    begin, finish = _read_span(span)
    return Programme(
        _read_day(day), begin, finish, None if kind == "-" else SessionType(kind), _page(page)
    )


def _room(rest: str) -> Wish:
    room, day, page = rest.split(":")
    return RoomProgramme(room, _read_day(day), _page(page))


def _list(rest: str) -> Wish:
    name, page, *more = rest.split(":")
    number = _page(page)
    match name:
        case "exhibitors":
            return Exhibitors(page=number)
        case "categories":
            return Categories(number, ":".join(more))
        case "series":
            return _read_all_series(number, more)
        case "offers":
            return Offers(number)
        case "places":
            return Places(number)
        case _:
            raise ValueError(name)


def _all_series(wish: AllSeries) -> str:
    kind = wish.type.value if wish.type else "-"
    whom = _AUDIENCE_CODES[wish.for_whom] if wish.for_whom else "-"
    more = f":{whom}:{'w' if wish.weekend else '-'}" if wish.for_whom or wish.weekend else ""
    return f"l:series:{wish.page}:{kind}:{_day(wish.start)}:{_day(wish.end)}{more}"


def _read_all_series(page: int, more: list[str]) -> Wish:
    # Buttons of long ago have fewer parts.
    kind, start, end, whom, weekend = (*more, "-", "-", "-", "-", "-")[:5]
    if weekend not in ("-", "w"):
        raise ValueError(weekend)
    return AllSeries(
        None if kind == "-" else SeriesType(kind),
        page,
        _read_day(start),
        _read_day(end),
        None if whom == "-" else _audience(whom),
        weekend == "w",
    )


def _audience(code: str) -> Audience:
    for audience, own in _AUDIENCE_CODES.items():
        if own == code:
            return audience
    raise ValueError(code)


def _category(rest: str) -> Wish:
    slug, page = rest.rsplit(":", 1)
    return Exhibitors(slug, _page(page))


def _having(rest: str) -> Wish:
    facet, page = rest.split(":")
    return Having(Facet(facet), _page(page))


def _found(rest: str) -> Wish:
    words, page = rest.rsplit(":", 1)
    return Found(words, _page(page))


def _own(rest: str) -> Wish:
    match rest:
        case "now":
            return Now()
        case "next":
            return Next()
        case _ if rest in {intent.value for intent in RouteIntent}:
            return Routed(RouteIntent(rest))
        case _:
            return Say(Topic(rest))


def _read_day(day: str) -> dt.date | None:
    if day == "-":
        return None
    if not re.fullmatch(r"\d{8}", day, re.ASCII):
        raise ValueError(day)
    return dt.date(int(day[:4]), int(day[4:6]), int(day[6:]))


def _read_span(span: str) -> tuple[dt.time | None, dt.time | None]:
    if span == "-":
        return None, None
    begin, finish = span.split("-")
    return _read_time(begin), _read_time(finish)


def _read_time(time: str) -> dt.time | None:
    if not time:
        return None
    if not re.fullmatch(r"\d{4}", time, re.ASCII):
        raise ValueError(time)
    return dt.time(int(time[:2]), int(time[2:]))


def _page(page: str) -> int:
    if not re.fullmatch(r"\d{1,3}", page, re.ASCII):
        raise ValueError(page)
    return min(int(page), _LAST_PAGE)


_AUDIENCE_CODES: Mapping[Audience, str] = MappingProxyType(
    # Short, so that a list with all its wishes fits a button.
    {audience: audience.value[:4] for audience in Audience}
)

_READERS: Mapping[str, Callable[[str], Wish]] = MappingProxyType(
    dict.fromkeys(LETTERS.values(), _about)
    | {
        "a": AtStand,
        "d": _programme,
        "b": _room,
        "l": _list,
        "c": _category,
        "f": _found,
        "h": _having,
        "i": lambda rest: Speak(Language(rest)),
        "x": _own,
    }
)
