"""Stands and the ground they are on."""

from collections.abc import Iterator, Sequence

from bot.knowledge.model import Exhibitor, Place, PlaceKind
from bot.knowledge.problem import Problem
from bot.knowledge.written import Written


def stands_have_one_place(written: Sequence[Written]) -> Iterator[Problem]:
    """Report stands that lie in two places; warn of those that lie in none."""
    at: dict[str, Written] = {}
    for one in written:
        if isinstance(one.record, Place):
            for number, stand in enumerate(one.record.stands):
                earlier = at.setdefault(_code(stand), one)
                if earlier is not one:
                    what = f"stand {stand} is also in {earlier.record.id}."
                    yield one.error(what, "Keep it in one place.", "stands", number)
    for one in written:
        if isinstance(one.record, Place | Exhibitor):
            yield from _stands_are_given_once(one, one.record.stands)
        if isinstance(one.record, Exhibitor):
            for number, stand in enumerate(one.record.stands):
                if _code(stand) not in at:
                    remedy = f"Add it to the `stands` of a place of kind {PlaceKind.STAND_AREA}."
                    yield one.warning(f"stand {stand} is in no place.", remedy, "stands", number)


def _stands_are_given_once(one: Written, stands: Sequence[str]) -> Iterator[Problem]:
    seen: set[str] = set()
    for number, stand in enumerate(stands):
        if _code(stand) in seen:
            yield one.error(f"stand {stand} is listed twice.", "Keep one.", "stands", number)
        seen.add(_code(stand))


def _code(stand: str) -> str:
    # "12a" and "12A" are one stand.
    return stand.casefold().replace(" ", "")


def coordinates_are_pairs(written: Sequence[Written]) -> Iterator[Problem]:
    """Report places with one coordinate, which no map can show."""
    for one in written:
        if isinstance(one.record, Place) and (one.record.lat is None) != (one.record.lon is None):
            given = "lat" if one.record.lon is None else "lon"
            yield one.error("`lat` and `lon` go together.", "Add the other one.", given)
