"""A text of an organizer becomes an order, a question back, or nothing.

The triggers (`triggers.yaml`) say what sort of order it is (`kinds.py`); places, times and
lengths are taken out; what is left names the session, which the index of the fair finds.
"""

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType

from bot.announcements.orders import being, house, people, programme
from bot.announcements.orders.asked import Asked, ask
from bot.announcements.orders.kinds import aim_of
from bot.announcements.orders.model import (
    AskSurvey,
    Correction,
    Missing,
    MissingChild,
    MostAsked,
    Order,
    Statistics,
    Unanswered,
    Unclear,
)
from bot.announcements.orders.words import read_words
from bot.language.times import Calendar
from bot.matching.snapshot import Snapshot

_NONE: Mapping[Missing, str] = MappingProxyType({})
_FEW = 4
_PROGRAMME = ("restore", "cancel", "delay", "speaker", "move", "seats", "full", "takes_place")


def read_order(
    text: str,
    snapshot: Snapshot,
    calendar: Calendar,
    now: dt.datetime,
    answers: Mapping[Missing, str] = _NONE,
) -> Order | Unclear | None:
    """Read what somebody of the staff wrote.

    Args:
        text: as it was typed, in Polish, English or Ukrainian.
        snapshot: the fair as it is now.
        calendar: against which times are read.
        now: the present moment, aware.
        answers: what was answered when the same text was read before and something was unclear:
            the value of an option, or other words.

    Returns:
        The order; what has to be asked back; `None` where the text is no order: a question,
        a doubt, or some other news.
    """
    said = read_words(text)
    aim = aim_of(said)
    if aim is None:
        return None
    asked = ask(said, snapshot, calendar, now, answers)
    if aim == "correction":
        return _corrected(asked)
    return _read(aim, asked)


def _read(aim: str, asked: Asked) -> Order | Unclear | None:
    match aim:
        case "cancel":
            return being.cancelled(asked)
        case "wont_be":
            return being.not_on(asked)
        case "restore":
            return being.restored(asked)
        case "delay" | "move" | "takes_place":
            return programme.moved(asked, aim)
        case "full" | "seats":
            return programme.seats(asked, is_full=aim == "full")
        case "soon":
            return programme.soon(asked)
        case "speaker":
            return people.speaker(asked)
        case "stand":
            return people.at_stand(asked)
        case "new_point":
            return people.new_point(asked)
        case _:
            return _in_the_house(aim, asked)


def _in_the_house(aim: str, asked: Asked) -> Order | Unclear | None:
    match aim:
        case "found" | "lost":
            return house.found(asked, is_lost=aim == "lost")
        case "child":
            return MissingChild()
        case "survey":
            return AskSurvey()
        case "unanswered":
            return Unanswered()
        case "most_asked":
            return MostAsked()
        case _:
            return _HOUSE[aim](asked)


_HOUSE = MappingProxyType(
    {
        "parking": house.parking,
        "meal": house.meal,
        "quiet": house.quiet,
        "wifi": house.wifi,
        "thanks": house.thanks,
        "evacuation": house.evacuation,
        "all_clear": house.all_clear,
        "first_aid": house.first_aid,
        "statistics": house.statistics,
    }
)


def _corrected(asked: Asked) -> Correction | Unclear:
    """Read what was wrong and, where it is told, what is right."""
    said = asked.said
    frame = min((met.end for met in said.triggers if met.name == "correction"), default=0)
    wrong = said.typed(frame, len(said.words)).strip(" .:!,–-") or said.text
    aim = next((one for one in _PROGRAMME if said.has(one)), None)
    if aim is None and (asked.spots or asked.times or asked.length):
        aim = "move"
    if aim is None:
        return Correction(wrong)
    right = _read(aim, asked)
    if isinstance(right, Unclear) and (right.missing is not Missing.SESSION or _names_one(right)):
        return right
    if right is None or isinstance(right, Unclear | Statistics | MostAsked | Unanswered):
        return Correction(wrong)
    return Correction(wrong, right)


def _names_one(unclear: Unclear) -> bool:
    """Say whether something was named that is one of a few."""
    return not unclear.said and 1 < len(unclear.options) <= _FEW
