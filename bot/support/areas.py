"""Where an organisation is, against where an offer is given."""

from collections.abc import Iterable, Iterator, Mapping

from bot.knowledge.model import Area
from bot.support.outcome import Outcome

ELSEWHERE = "-"
"""Stands for an area that the knowledge does not list."""

Areas = Mapping[str, Area]


def within(area: str, areas: Areas) -> Iterator[str]:
    """Go from an area upwards: itself, what it lies in, what that lies in."""
    here: str | None = area
    seen: set[str] = set()
    while here is not None and here not in seen:
        seen.add(here)
        yield here
        record = areas.get(here)
        here = record.parent if record is not None else None


def is_given_in(given: Iterable[str], area: str, areas: Areas) -> Outcome:
    """Say whether something that is given in some areas is given in `area`.

    Who is known to be in a county only may or may not be in one of its towns.
    """
    wanted = set(given)
    if wanted.intersection(within(area, areas)):
        return Outcome.MET
    if any(area in within(one, areas) for one in wanted):
        return Outcome.NOT_KNOWN
    return Outcome.NOT_MET


def county_of(area: str, areas: Areas) -> str:
    """Give the area that one is asked for: the widest below the voivodeship, or itself."""
    above = list(within(area, areas))
    roots = {one for one in above if one not in areas or areas[one].parent is None}
    inner = [one for one in above if one not in roots]
    return inner[-1] if inner else area
