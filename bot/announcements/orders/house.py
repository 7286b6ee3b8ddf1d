"""Orders about the house and the people in it: lost and found, parking, meals, alarms …"""

import datetime as dt
import re

from bot.announcements.orders.asked import Asked, is_moment
from bot.announcements.orders.model import (
    AllClear,
    Dish,
    Evacuation,
    FirstAid,
    Found,
    Lost,
    Meal,
    Missing,
    ParkingFull,
    Quiet,
    Statistics,
    Thanks,
    Unclear,
    Wifi,
)
from bot.announcements.orders.things import thing_in
from bot.announcements.orders.where import part_named, places_called
from bot.announcements.orders.words import Said
from bot.knowledge.model import PlaceKind
from bot.language.fold import fold
from bot.language.times import TimeKind
from bot.language.tokens import tokenize

_PASSWORD = re.compile(
    r"(?:has[łl][oa]|password|парол[ья])"
    r"(?:[\s,]+(?:do|to|of|for|the|w|sieci|wi-?fi|вайфай|вай-фай|jest|is|це|до|od|teraz|now|тепер|nowe|new|"
    r"zmienione|zmieniło|zmienilo|się|sie|na|changed|мережі)\b)*+"
    r"[\s,]*(?:[:=–-]\s*)?[„“”\"«]?(?P<password>[^\s„“”\"«»]+)",
    re.IGNORECASE,
)
_PASSWORD_AFTER_COLON = re.compile(
    r"(?:has[łl][oa]|password|парол[ья])[^:=\n]{0,40}[:=]\s*[„“”\"«]?(?P<password>[^\s„“”\"«»]+)",
    re.IGNORECASE,
)
"""Whatever stands between, what follows the colon is meant: "пароль вайфай змінився: abc"."""
_NETWORK = re.compile(
    r"(?:sieć|siec|network|мережа)\s*(?:wi-?fi)?\s*(?:to|is|jest|це)?\s*[:=–-]?\s*[„“”\"«]?"
    r"(?P<network>(?!has[łl]o|password|пароль|now|teraz|тепер)[^\s,;„“”\"«»]+)",
    re.IGNORECASE,
)
_ROOM_LEFT = re.compile(
    r"\b(?:wolne miejsca|miejsca wolne|są miejsca|sa miejsca|prosimy parkować|prosimy parkowac|"
    r"prosimy na|prosimy jechać na|prosimy jechac na|parkujcie|please use|park at|park in|use|"
    r"można parkować|mozna parkowac|zapraszamy na|free spaces|free parking|please park|"
    r"вільні місця|є місця|паркуйтеся|можна паркувати)"
    r"\s*(?:są|sa|jest|are|is|є|:|–|-)?\s*(?P<where>.+)",
    re.IGNORECASE,
)
_LINK = re.compile(r"https?://\S+|www\.\S+", re.IGNORECASE)
_COLLECT = frozenset(
    "odbior odbioru odebrania odebrac czeka czekaja lezy leza w we przy na u obok kolo collect "
    "pick waiting at in near by can is are забрати чекає чекають у в на біля під лежить".split()
)
_COLLECTED = ("odbior", "odebr", "zabra", "collect", "pick", "забра", "забер")
_DISHES = (
    (Dish.LUNCH, ("obiad", "lunch", "обід", "обіду", "meal", "posil")),
    (Dish.COFFEE, ("kaw", "coffee", "кав")),
    (Dish.BREAKFAST, ("sniadan", "breakfast", "сніданок")),
    (Dish.SUPPER, ("kolacj", "dinner", "вечер")),
)
_PARTS = tuple(
    "hol hal pietr parter rzad rzed sektor skrzydl stref antresol piwnic klatk korytarz wejsc "
    "hall row floor zone wing sector basement corridor entrance "
    "хол поверх ряд сектор крил зон антресол підвал коридор вхід".split()
)
"""Beginnings of words for parts of a building: what stands with them names one."""
_DANGERS = tuple(
    "pozar pali ogien dym gaz bomb fire smoke gas burn пожеж горить вогонь дим газ бомб".split()
)
_LOOKED_FOR = 12
"""Words of a thing in the organizer's own words; more would tell too much of it."""


def found(asked: Asked, *, is_lost: bool) -> Found | Lost | Unclear:
    """Read what was found or lost, and where it waits."""
    words = asked.said.words
    # "Kluczyki do auta" wait at no car park.
    collected = next((n for n, word in enumerate(words) if word.startswith(_COLLECTED)), 0)
    spots = (
        spot
        for spot in reversed(asked.spots)
        if spot.places
        # Where it was found is not where it waits.
        and spot.start >= collected
        and (
            spot.places[0].kind is not PlaceKind.PARKING
            or fold(spot.said).startswith(("park", "парк", "стоян"))
        )
    )
    place = next(spots, None)
    where = place.places[0].id if place else ""
    known = thing_in(words)
    thing = known.pl if known else asked.answers.get(Missing.THING) or _thing_said(asked)
    if not thing:
        return Unclear(Missing.THING)
    return Lost(thing, where) if is_lost else Found(thing, where)


def _thing_said(asked: Asked) -> str:
    """Give the words behind "znaleziono", up to where it waits; before it if none are behind."""
    said = asked.said
    trigger = next(met for met in said.triggers if met.name in ("found", "lost"))
    stops = asked.taken | {n for n, word in enumerate(said.words) if word in _COLLECT}
    behind = said.after(trigger.end, stops) if trigger.end < len(said.words) else ""
    thing = re.split(r"[,.;:!(]", behind or said.typed(0, trigger.start))[0].strip()
    thing = re.sub(r"\d[\d -]*", "", thing)
    return " ".join(thing.split()[:_LOOKED_FOR])


def parking(asked: Asked) -> ParkingFull:
    """Read that the car park is full, and where there is room."""
    text = asked.said.text
    met = _ROOM_LEFT.search(text)
    if met and not re.search(r"(?:brak|nie ma|no|немає)\s*$", text[: met.start()], re.IGNORECASE):
        return ParkingFull(met["where"].strip(" .!,:"))
    parts = re.split(r"[,.;!–]\s+", text, maxsplit=1)
    behind = parts[1].strip(" .!,:") if len(parts) == 2 else ""
    return ParkingFull(re.sub(r"^(?:wolne|free|вільно)\s+", "", behind, flags=re.IGNORECASE))


def meal(asked: Asked) -> Meal | Unclear | None:
    """Read when and where there is something to eat."""
    told = [time for time in asked.times if is_moment(time) or time.kind is TimeKind.RANGE]
    if not told:
        return None
    start = told[0].start
    end = told[0].end if told[0].kind is TimeKind.RANGE else None
    spot = next((one for one in asked.spots), None)
    if (spot and not spot.places) or Missing.ROOM in asked.answers:
        place = asked.place(spot)
        return (
            place if isinstance(place, Unclear) else Meal(start, end, place.id, dish=_dish(asked))
        )
    where = spot.places[0].id if spot else _eating_place(asked)
    return Meal(start, end, where, _for_whom(asked), _dish(asked))


def _for_whom(asked: Asked) -> str:
    """Read "dla wystawców", up to the next place, time or comma."""
    said = asked.said
    at = next((n for n, word in enumerate(said.words) if word in ("dla", "for", "для")), None)
    if at is None:
        return ""
    stops = asked.taken_and_told | {n for n, word in enumerate(said.words) if word in _COLLECT}
    return re.split(r"[,.;!]", said.after(at + 1, stops))[0].strip()


def _dish(asked: Asked) -> Dish:
    for dish, beginnings in _DISHES:
        if any(word.startswith(beginnings) for word in asked.said.words):
            return dish
    return Dish.FOOD


def _eating_place(asked: Asked) -> str:
    """Find a place that is named without a preposition: "Lunch 13:00, bufet"."""
    for word in asked.said.words:
        for place in places_called([word], asked.snapshot):
            if place.kind in (PlaceKind.FOOD, PlaceKind.ROOM):
                return place.id
    return ""


def quiet(asked: Asked) -> Quiet:
    """Read that people should be quiet: where, and until when."""
    until = next((time for time in asked.times if time.kind is TimeKind.BEFORE), None)
    ranged = next((time for time in asked.times if time.kind is TimeKind.RANGE), None)
    place = next((spot.places[0].id for spot in asked.spots if spot.places), "")
    found = until or ranged
    return Quiet(place, found.end if found else None)


def wifi(asked: Asked) -> Wifi | None:
    """Read the password of the network, with every sign of it."""
    text = asked.said.text
    password = _PASSWORD_AFTER_COLON.search(text) or _PASSWORD.search(text)
    network = _NETWORK.search(text)
    name = network["network"].rstrip(".,;!") if network else ""
    # A sign of exclamation may be part of it; a full stop hardly is.
    secret = password["password"].rstrip(".,;") if password else ""
    return Wifi(name, secret) if name or secret else None


def thanks(asked: Asked) -> Thanks:
    """Read that visitors are thanked, and where the materials are."""
    link = _LINK.search(asked.said.text)
    return Thanks(link[0].rstrip(".,;)") if link else "")


def evacuation(asked: Asked) -> Evacuation:
    """Read that everybody has to leave, and from where."""
    said = asked.said
    # Where it burns is not all that has to be left.
    why = _dangerous(said)
    spot = next((one for one in asked.spots if not why & {*one.numbers}), None)
    words = spot.said if spot else _typed_zone(said, why)
    if part := part_named(words, asked.snapshot):
        return Evacuation(part.id)
    is_part = spot or any(token.text.startswith(_PARTS) for token in tokenize(words))
    return Evacuation(words if is_part else "")


def _dangerous(said: Said) -> frozenset[int]:
    """Give the words from a danger to the end of its clause, or to the order to leave."""
    order = said.places_of("evacuation")
    found: set[int] = set()
    for clause in said.clauses:
        starts = [n for n in clause if said.words[n].startswith(_DANGERS)]
        if starts:
            end = min((n for n in clause & order if n > min(starts)), default=max(clause) + 1)
            found.update(range(min(starts), end))
    return frozenset(found)


def _typed_zone(said: Said, why: frozenset[int]) -> str:
    """Give what was typed beside the order, from the first word that says something to the last."""
    taken = said.places_of("evacuation", "filler") | why
    order = max(said.places_of("evacuation"), default=-1)
    left = [n for n in range(len(said.words)) if n not in taken]
    left = [n for n in left if n > order] or left
    return said.typed(left[0], left[-1] + 1) if left else ""


def all_clear(asked: Asked) -> AllClear:
    """Read that the alarm is over, and when one may come back."""
    at = next((time.start for time in asked.times if time.kind is not TimeKind.NOW), None)
    length = asked.length
    if at is None and length and length.start - 1 in asked.said.places_of("ahead"):
        at = asked.now + dt.timedelta(minutes=length.minutes)
    return AllClear(at if at and at > asked.now else None)


def first_aid(asked: Asked) -> FirstAid:
    """Read where somebody needs help."""
    spot = next((one for one in asked.spots), None)
    if spot is None:
        return FirstAid(asked.said.rest(asked.said.places_of("first_aid")))
    if spot.stand:
        return FirstAid(stand=spot.stand)
    return FirstAid(place=spot.places[0].id) if spot.places else FirstAid(spot.said)


def statistics(asked: Asked) -> Statistics:
    """Read what is to be counted: "ile osób pytało o dotacje" → "dotacje"."""
    text = asked.said.text.strip(" ?.!")
    met = re.search(
        r"(?:pyta\w*\s+o|asked?\s+about|asking\s+about|пита\w*\s+про|\bo|\babout|\bпро)\s+(.+)$",
        text,
        re.IGNORECASE,
    )
    about = met[1] if met else ""
    words = [token.text for token in tokenize(about)]
    return Statistics("" if words[:1] in (["co"], ["people"]) else about)
