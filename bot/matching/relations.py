"""How concepts stand to each other: wider, narrower, related, made of others."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.errors import KnowledgeError
from bot.matching.frames import ASKINGS
from bot.matching.phrasebook import Combination

NAMED = ("broader", "related", "made_of")
"""The keys of a record by which it names other concepts."""
_NARROWER, _BROADER, _RELATED = 0.75, 0.5, 0.4
_STEPS = ((_BROADER, _NARROWER), (_BROADER**2, _NARROWER**2))
"""How near what is one and two steps up is, and seen from there what is below."""


@dataclass(frozen=True, slots=True)
class Relations:
    """What concepts, by number, have to do with each other.

    Attributes:
        nearness: per concept itself, what is narrower, broader or related, with how near.
        above: per concept all that are wider, the nearest first.
        combinations: which concepts together say another; what is asked for may be a part.
    """

    nearness: list[dict[int, float]]
    above: list[tuple[int, ...]]
    combinations: list[Combination]


def relate(records: Sequence[Mapping[str, Any]]) -> Relations:
    """Relate concepts, numbered in this order, by what their records name.

    Raises:
        KnowledgeError: one names another that does not exist.
    """
    numbers = {record["id"]: number for number, record in enumerate(records)}
    parts = numbers | {ask: len(records) + at for at, ask in enumerate(ASKINGS)}
    parents: list[list[int]] = []
    related: list[list[int]] = []
    combinations: list[Combination] = []
    for number, record in enumerate(records):
        parents.append(_numbered(record["id"], record.get("broader", ()), numbers))
        related.append(_numbered(record["id"], record.get("related", ()), numbers))
        for names in record.get("made_of", ()):
            combination = _numbered(record["id"], names, parts)
            combinations.append(Combination(number, tuple(combination)))
    above = [_all_above(number, parents) for number in range(len(records))]
    return Relations(_nearness(parents, related), above, combinations)


def _numbered(concept: str, names: Iterable[str], numbers: Mapping[str, int]) -> list[int]:
    for name in names:
        if name not in numbers:
            raise KnowledgeError(
                f"concepts {concept}: there is no concept {name}.\n"
                "    Name one of this fair or of those that ship with the bot."
            )
    return [numbers[name] for name in names]


def _all_above(number: int, parents: Sequence[Sequence[int]]) -> tuple[int, ...]:
    above: dict[int, None] = {}
    level = parents[number]
    while level:
        above |= dict.fromkeys(level)
        level = [wider for each in level for wider in parents[each] if wider not in above]
    return tuple(above)


def _nearness(
    parents: Sequence[Sequence[int]], related: Sequence[Sequence[int]]
) -> list[dict[int, float]]:
    found: list[dict[int, float]] = [{number: 1.0} for number in range(len(parents))]
    for number, others in enumerate(related):
        for other in others:
            _raise_to(found[number], other, _RELATED)
            _raise_to(found[other], number, _RELATED)
        level = parents[number]
        for up, down in _STEPS:
            for parent in level:
                _raise_to(found[number], parent, up)
                _raise_to(found[parent], number, down)
            level = [above for parent in level for above in parents[parent]]
    return found


def _raise_to(rates: dict[int, float], concept: int, rate: float) -> None:
    rates[concept] = max(rates.get(concept, 0.0), rate)
