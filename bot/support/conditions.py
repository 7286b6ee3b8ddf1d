"""Whether an organisation may use an offer: each condition by itself, with three outcomes."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from bot.knowledge.model import Offer, Range
from bot.support.areas import Areas, is_given_in
from bot.support.outcome import Outcome, outcome_of
from bot.support.situation import Situation

Aim = TypeVar("Aim")


class Topic(StrEnum):
    """What a condition is about."""

    FORM = "form"
    AREA = "area"
    YOUNG = "young"
    OLD = "old"
    OBP = "obp"
    SOCIAL_ENTERPRISE = "se"
    FIELDS = "fields"
    PEOPLE = "people"
    PERSON_AGE = "person"
    INCOME = "income"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is known of one condition of one offer."""

    topic: Topic
    outcome: Outcome


def verdicts(
    offer: Offer, situation: Situation, today: dt.date, areas: Areas
) -> tuple[Verdict, ...]:
    """Judge all conditions that the offer has; those open to everybody are none."""
    found = [*_of_place_and_form(offer, situation, areas), *_of_age(offer, situation, today)]
    found += [*_of_status(offer, situation), *_of_aims(offer, situation)]
    return tuple(Verdict(topic, outcome) for topic, outcome in found)


_Found = Iterator[tuple[Topic, Outcome]]


def _of_place_and_form(offer: Offer, situation: Situation, areas: Areas) -> _Found:
    allowed = frozenset(offer.for_.legal_forms)
    if allowed:
        forms = situation.forms
        is_met = None if not forms else _all_or_none(len(forms & allowed), len(forms))
        yield Topic.FORM, outcome_of(is_met)
    if offer.area:
        area = situation.area
        yield Topic.AREA, is_given_in(offer.area, area, areas) if area else Outcome.NOT_KNOWN


def _all_or_none(fitting: int, possible: int) -> bool | None:
    if fitting == possible:
        return True
    return None if fitting else False


def _of_age(offer: Offer, situation: Situation, today: dt.date) -> _Found:
    age, founded = offer.for_.organisation_age_months, situation.founded
    if age is None:
        return
    if age.min is not None:
        is_old = founded.has_passed(age.min, today) if founded else None
        # A group that was never founded has no age to show.
        yield Topic.OLD, Outcome.NOT_MET if situation.is_formless else outcome_of(is_old)
    if age.max is not None:
        is_young = founded.is_within(age.max, today) if founded else None
        yield Topic.YOUNG, Outcome.MET if situation.is_formless else outcome_of(is_young)


def _of_status(offer: Offer, situation: Situation) -> _Found:
    who = offer.for_
    pairs = (
        (Topic.OBP, who.obp, situation.obp),
        (Topic.SOCIAL_ENTERPRISE, who.social_enterprise, situation.social_enterprise),
    )
    for topic, wanted, told in pairs:
        if wanted is not None:
            has = False if situation.is_formless else told
            yield topic, outcome_of(None if has is None else has is wanted)
    if who.income_pln is not None:
        yield Topic.INCOME, _of_income(who.income_pln, situation.income)


def _of_income(wanted: Range, income: tuple[int, int | None] | None) -> Outcome:
    if income is None:
        return Outcome.NOT_KNOWN
    low, high = wanted.min or 0, wanted.max
    is_above = income[1] is not None and income[1] < low
    if is_above or (high is not None and income[0] > high):
        return Outcome.NOT_MET
    is_inside = income[0] >= low and (high is None or (income[1] is not None and income[1] <= high))
    return Outcome.MET if is_inside else Outcome.NOT_KNOWN


def _of_aims(offer: Offer, situation: Situation) -> _Found:
    """Judge whom and what it is for; who names one aim may well have others."""
    who = offer.for_
    if who.people:
        wanted = frozenset(who.people)
        yield Topic.PEOPLE, _named(wanted, situation.people, situation.not_people)
    if who.fields:
        active_in = frozenset(who.fields)
        yield Topic.FIELDS, _named(active_in, situation.fields, situation.not_fields)
    if who.person_age is not None:
        years, span = situation.person_age, who.person_age
        low, high = span.min or 0, span.max if span.max is not None else 200
        yield Topic.PERSON_AGE, outcome_of(None if years is None else low <= years <= high)


def _named(wanted: frozenset[Aim], told: frozenset[Aim], denied: frozenset[Aim]) -> Outcome:
    if wanted & told:
        return Outcome.MET
    return Outcome.NOT_MET if wanted <= denied else Outcome.NOT_KNOWN
