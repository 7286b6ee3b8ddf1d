"""All rules between records, in one list; what each demands stands in `rules`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.knowledge.problem import Problem
from bot.knowledge.rules import (
    floor,
    identity,
    programme,
    references,
    signing_up,
    support,
    telling,
)
from bot.knowledge.written import Written


@dataclass(frozen=True, slots=True)
class Lost:
    """What is there but could not be read, so that missing it is no second mistake.

    Attributes:
        ids: of records that could not be made.
        is_whole: whether every file could be read.
    """

    ids: frozenset[str]
    is_whole: bool


_RULES = (
    identity.ids_are_unique,
    identity.routes_are_unique,
    references.groups_exist,
    references.places_form_a_tree,
    references.people_agreed,
    programme.sessions_are_possible,
    programme.days_are_of_the_fair,
    programme.series_are_possible,
    programme.announcements_are_possible,
    support.offers_are_possible,
    support.law_is_dated,
    signing_up.sign_up_is_possible,
    signing_up.consultations_are_possible,
    floor.stands_have_one_place,
    floor.coordinates_are_pairs,
    telling.unknown_is_unknown,
    telling.examples_fill_unknowns,
    telling.choices_have_options,
    telling.everything_is_translated,
    telling.names_are_told_apart,
)


def validate(written: Sequence[Written], folder: Path, lost: Lost) -> Iterator[Problem]:
    """Compare the records with each other and report what does not fit.

    Args:
        written: the records that could be made.
        folder: what was read, for what is missing altogether.
        lost: what could not be read.
    """
    is_whole = lost.is_whole and not lost.ids
    yield from identity.event_is_one(written, folder, is_whole=is_whole)
    yield from references.references_exist(written, lost.ids, is_whole=lost.is_whole)
    for rule in _RULES:
        yield from rule(written)
