"""Who may use an offer: every combination of form, age and area, and each other condition."""

import datetime as dt
from itertools import product

import pytest

from bot.knowledge.model import ActivityField, LegalForm, People
from bot.support.areas import ELSEWHERE
from bot.support.conditions import Topic, verdicts
from bot.support.founded import Founded, aged, months_after
from bot.support.outcome import Outcome
from bot.support.results import results
from bot.support.situation import Situation
from tests.support.conftest import TODAY, offer

YES, NO, OPEN = Outcome.MET, Outcome.NOT_MET, Outcome.NOT_KNOWN

# For associations and foundations from one to two years old in the county "near".
OFFER = offer(
    **{
        "for": {
            "legal_forms": ["association", "foundation"],
            "organisation_age_months": {"min": 12, "max": 24},
        },
        "area": ["near"],
    }
)
FORMS: dict[LegalForm | None, Outcome] = {
    None: OPEN,
    **dict.fromkeys(LegalForm, NO),
    LegalForm.ASSOCIATION: YES,
    LegalForm.FOUNDATION: YES,
}
# Months, or two limits of them: is it old enough, is it young enough?
AGES: dict[int | tuple[int, int | None] | None, tuple[Outcome, Outcome]] = {
    None: (OPEN, OPEN),
    0: (NO, YES),
    11: (NO, YES),
    12: (YES, YES),
    23: (YES, YES),
    24: (YES, YES),
    25: (YES, NO),
    600: (YES, NO),
    (0, 12): (NO, YES),
    (6, 18): (OPEN, YES),
    (12, 24): (YES, YES),
    (18, 30): (YES, OPEN),
    (24, None): (YES, OPEN),
    (25, None): (YES, NO),
    (0, None): (OPEN, OPEN),
}
PLACES: dict[str | None, Outcome] = {
    None: OPEN,
    "near": YES,
    "town": YES,
    "far": NO,
    "region": OPEN,
    ELSEWHERE: NO,
}
FORMLESS = (LegalForm.INFORMAL_GROUP, LegalForm.NATURAL_PERSON)


def founded(age: int | tuple[int, int | None] | None) -> Founded | None:
    match age:
        case None:
            return None
        case (low, high):
            return aged(low, high, TODAY)
        case int():
            day = months_after(TODAY, -age)
            return Founded(day, day)


@pytest.mark.parametrize(("form", "age", "area"), list(product(FORMS, AGES, PLACES)))
def test_every_combination_of_form_age_and_area_is_judged(areas, form, age, area):
    situation = Situation(forms=frozenset({form} if form else ()), founded=founded(age), area=area)
    old, young = AGES[age]
    if form in FORMLESS:
        old, young = NO, YES

    judged = {one.topic: one.outcome for one in verdicts(OFFER, situation, TODAY, areas)}

    assert judged == {
        Topic.FORM: FORMS[form],
        Topic.AREA: PLACES[area],
        Topic.OLD: old,
        Topic.YOUNG: young,
    }


@pytest.mark.parametrize(("form", "age", "area"), list(product(FORMS, AGES, PLACES)))
def test_what_is_not_known_never_excludes(areas, form, age, area):
    situation = Situation(forms=frozenset({form} if form else ()), founded=founded(age), area=area)
    now = dt.datetime.combine(TODAY, dt.time(10), dt.UTC)
    outcomes = [one.outcome for one in verdicts(OFFER, situation, TODAY, areas)]

    found = results([OFFER], situation, now, areas)

    assert len(found.fits) == (NO not in outcomes)
    assert len(found.nearly) == (outcomes.count(NO) == 1)


def test_an_offer_without_conditions_is_for_everybody(areas):
    assert verdicts(offer(), Situation(), TODAY, areas) == ()


def test_of_several_possible_forms_all_must_be_allowed(areas):
    only_foundations = offer(**{"for": {"legal_forms": ["foundation"]}})
    either = Situation(forms=frozenset({LegalForm.FOUNDATION, LegalForm.ASSOCIATION}))

    (verdict,) = verdicts(only_foundations, either, TODAY, areas)

    assert verdict.outcome is OPEN


def test_an_offer_for_a_town_may_fit_whoever_is_in_its_county(areas):
    (verdict,) = verdicts(offer(area=["town"]), Situation(area="near"), TODAY, areas)

    assert verdict.outcome is OPEN


@pytest.mark.parametrize(
    ("wanted", "told", "outcome"),
    [
        ({"obp": True}, Situation(), OPEN),
        ({"obp": True}, Situation(obp=True), YES),
        ({"obp": True}, Situation(obp=False), NO),
        ({"obp": False}, Situation(obp=False), YES),
        ({"obp": True}, Situation(forms=frozenset({LegalForm.INFORMAL_GROUP})), NO),
        ({"social_enterprise": True}, Situation(social_enterprise=True), YES),
        ({"social_enterprise": True}, Situation(), OPEN),
        ({"income_pln": {"max": 100}}, Situation(), OPEN),
        ({"income_pln": {"max": 100}}, Situation(income=(0, 100)), YES),
        ({"income_pln": {"max": 100}}, Situation(income=(0, None)), OPEN),
        ({"income_pln": {"max": 100}}, Situation(income=(101, None)), NO),
        ({"income_pln": {"min": 50}}, Situation(income=(0, 49)), NO),
        ({"income_pln": {"min": 50}}, Situation(income=(50, None)), YES),
        ({"people": ["seniors"]}, Situation(people=frozenset({People.SENIORS})), YES),
        ({"people": ["seniors"]}, Situation(people=frozenset({People.YOUTH})), OPEN),
        ({"people": ["seniors"]}, Situation(not_people=frozenset({People.SENIORS})), NO),
        ({"fields": ["sport"]}, Situation(fields=frozenset({ActivityField.SPORT})), YES),
        ({"fields": ["sport"]}, Situation(not_fields=frozenset({ActivityField.SPORT})), NO),
        ({"person_age": {"min": 18}}, Situation(person_age=18), YES),
        ({"person_age": {"min": 18}}, Situation(person_age=17), NO),
        ({"person_age": {"max": 30}}, Situation(), OPEN),
    ],
)
def test_each_other_condition_has_its_three_outcomes(areas, wanted, told, outcome):
    (verdict,) = verdicts(offer(**{"for": wanted}), told, TODAY, areas)

    assert verdict.outcome is outcome
