"""What is wrong with an offer of support is told, with how to mend it."""

import pytest

from bot.knowledge.problem import BrokenKnowledgeError, render_problems
from bot.knowledge.read import load_knowledge

AREAS = (
    "areas:\n"
    "  - {id: region, name: R, kind: voivodeship}\n"
    "  - {id: county, name: C, kind: powiat, parent: region}\n"
)


def told(folder) -> str:
    try:
        return render_problems(load_knowledge(folder).warnings, folder)
    except BrokenKnowledgeError as error:
        return str(error)


def with_offer(fields: str) -> str:
    return f"{AREAS}offers: [{{id: help, title: T, kind: doradztwo, {fields}}}]\n"


RIGHT = [
    "area: [county], deadline: 2017-12-15",
    "intake: {mode: window, opens: 2017-12-01, closes: 2017-12-15T12:00}, deadline: 2017-12-15",
    "intake: {mode: continuous}, deadline: ciagly",
    "for: {legal_forms: [association], organisation_age_months: {min: 6, max: 6}, obp: false}",
    "documents: [statut, {pl: umowa, en: contract, uk: договір}, {name: wniosek, optional: true}]",
    "legal_basis: [ustawa], disclaimer: D, as_of: '2017'",
    "checked: {date: 2017-11-01, by: office}, recheck_after_days: 30",
]


@pytest.mark.parametrize("fields", RIGHT)
def test_an_offer_that_is_right_is_taken_as_it_is(write_fair, fields):
    assert told(write_fair(with_offer(fields))) == ""


WRONG = [
    (
        "intake: {mode: window}",
        "a `window` needs its end.",
        "Write `closes`, or another `mode` where there is no last day.",
    ),
    (
        "intake: {mode: continuous, opens: 2017-12-01}",
        "`continuous` has no first and no last day.",
        "Take them out, or write `mode: window`.",
    ),
    (
        "intake: {mode: window, opens: 2017-12-20, closes: 2017-12-15T12:00}",
        "it closes (2017-12-15) before it opens (2017-12-20).",
        "Swap the two dates.",
    ),
    (
        "intake: {mode: by_call}, deadline: ciagly",
        "`deadline` and `intake` say different things.",
        "Keep one of them.",
    ),
    (
        "intake: {mode: window, closes: 2017-12-15T12:00}, deadline: 2017-12-16",
        "`deadline` and `intake` say different things.",
        "Keep one of them.",
    ),
    (
        "for: {organisation_age_months: {min: 24, max: 12}}",
        "nobody can be between them.",
        "Swap the two.",
    ),
    (
        "support: {amount_pln: {min: 5000, max: 500}}",
        "the largest amount is below the smallest.",
        "Swap the two.",
    ),
    (
        "area: [region, county]",
        "warning: county lies in region, which is named too.",
        "Keep one of them.",
    ),
    ("area: [countty]", "`area` names countty, which does not exist.", "Did you mean `county`?"),
    ("area: [rops]", "`area` names rops, which is no area.", "Name the id of an area."),
    (
        "legal_basis: [ustawa], as_of: '2017'",
        "warning: it rests on a law, and no `disclaimer` says whom to ask.",
        "Say that it is no legal advice, and whom to ask.",
    ),
    (
        "legal_basis: [ustawa], disclaimer: D",
        "warning: it rests on a law, and nothing says as of when it is true.",
        'Write `as_of: "2017-12"`.',
    ),
    (
        "recheck_after_days: 30",
        "warning: it is to be checked again, and never was.",
        "Say when it was: `checked: {date: …, by: …}`.",
    ),
]


@pytest.mark.parametrize(("fields", "what", "remedy"), WRONG)
def test_an_offer_that_cannot_be_is_told(write_fair, fields, what, remedy):
    said = told(write_fair(with_offer(fields)))

    assert what.removeprefix("warning: ") in said
    assert remedy in said
    assert said.count("\n    ") == 1, said


def test_areas_within_themselves_are_told(write_fair):
    folder = write_fair(AREAS.replace("kind: voivodeship", "kind: voivodeship, parent: county"))

    assert "it lies within itself." in told(folder)
