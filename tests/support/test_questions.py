"""The next question is worth asking, and an answer to it is understood."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.model import LegalForm, Need, People
from bot.support.answers import FORM_ANSWERS, answered
from bot.support.areas import ELSEWHERE
from bot.support.conditions import Topic
from bot.support.founded import aged
from bot.support.needs import needs_of
from bot.support.questions import (
    MOST,
    SENSITIVE,
    Asking,
    expected_left,
    next_question,
    questions,
    remaining,
)
from bot.support.situation import Situation
from tests.support.conftest import TODAY, offer
from tests.whole_fair import whole_fair

KNOWLEDGE = whole_fair()
OFFERS = tuple(KNOWLEDGE.offers.values())

situations = st.builds(
    Situation,
    forms=st.sets(st.sampled_from(LegalForm), max_size=3).map(frozenset),
    founded=st.none() | st.integers(0, 40).map(lambda months: aged(months, months + 6, TODAY)),
    area=st.none() | st.sampled_from([*KNOWLEDGE.areas, ELSEWHERE]),
    social_enterprise=st.none() | st.booleans(),
)


def asking(areas, situation=Situation(), asked=()):  # noqa: B008 - it is frozen
    return Asking(situation, frozenset(asked), TODAY, areas)


@given(situations, st.sampled_from(Need))
def test_a_question_leaves_fewer_offers_on_average_and_all_its_answers_are_read(situation, need):
    offers = [one for one in OFFERS if need in needs_of(one)]
    about = asking(KNOWLEDGE.areas, situation)

    question = next_question(offers, about)

    left = remaining(offers, situation, TODAY, KNOWLEDGE.areas)
    if question is not None:
        assert expected_left(left, question, about) < len(left)
        for answer in question.answers:
            assert answered(situation, question.key, answer, TODAY) is not None


@given(situations, st.sampled_from(Need))
def test_no_other_question_would_leave_fewer_unless_it_is_sensitive(situation, need):
    offers = [one for one in OFFERS if need in needs_of(one)]
    about = asking(KNOWLEDGE.areas, situation)
    chosen = next_question(offers, about)
    if chosen is None or chosen.topic in SENSITIVE:
        return
    left = remaining(offers, situation, TODAY, KNOWLEDGE.areas)

    others = [one for one in questions(left, about) if one.topic not in SENSITIVE]

    best = min(expected_left(left, one, about) for one in others)
    assert expected_left(left, chosen, about) == best


@given(situations)
def test_a_search_ends_after_three_questions_whatever_is_answered(situation):
    asked: set[str] = set()
    for _ in range(MOST + 1):
        question = next_question(OFFERS, asking(KNOWLEDGE.areas, situation, asked))
        if question is None:
            break
        assert question.key not in asked
        asked.add(question.key)
    assert len(asked) <= MOST


def test_what_splits_most_is_asked_first(areas):
    offers = [
        offer(area=["near"]),
        offer(area=["near"], **{"for": {"obp": True}}),
        offer(area=["far"]),
        offer(area=["far"]),
    ]

    question = next_question(offers, asking(areas))

    assert question is not None
    assert (question.topic, question.answers) == (Topic.AREA, ("near", "far", ELSEWHERE))


def test_nothing_is_asked_that_no_offer_depends_on(areas):
    assert next_question([offer(), offer(), offer()], asking(areas)) is None


def test_few_offers_are_shown_and_not_asked_about(areas):
    assert next_question([offer(area=["near"]), offer(area=["far"])], asking(areas)) is None


def test_a_sensitive_question_waits_for_the_others(areas):
    offers = [offer(**{"for": {"people": ["disabled"], "obp": True}}) for _ in range(4)]

    first = next_question(offers, asking(areas))
    second = next_question(offers, asking(areas, Situation(obp=True), ["obp"]))

    assert first is not None
    assert second is not None
    assert (first.key, second.key) == ("obp", "people.disabled")


def test_the_ages_one_can_choose_are_those_that_matter(areas):
    offers = [
        offer(**{"for": {"organisation_age_months": {"max": 12}}}),
        offer(**{"for": {"organisation_age_months": {"min": 24}}}),
        offer(**{"for": {"organisation_age_months": {"min": 12}}}),
    ]

    question = next_question(offers, asking(areas))

    assert question is not None
    assert question.answers == ("0-12", "12-24", "24-")


@pytest.mark.parametrize("key", FORM_ANSWERS)
def test_a_form_that_is_chosen_narrows_what_was_said(key):
    said = Situation(forms=frozenset(LegalForm))

    chosen = answered(said, "form", key, TODAY)

    assert chosen == Situation(forms=frozenset(FORM_ANSWERS[key]))


@pytest.mark.parametrize(
    ("key", "answer", "becomes"),
    [
        ("old", "12-24", Situation(founded=aged(12, 24, TODAY))),
        ("old", "24-", Situation(founded=aged(24, None, TODAY))),
        ("area", "near", Situation(area="near")),
        ("obp", "yes", Situation(obp=True)),
        ("se", "no", Situation(social_enterprise=False)),
        ("income", "0-100001", Situation(income=(0, 100_000))),
        ("people.seniors", "no", Situation(not_people=frozenset({People.SENIORS}))),
        ("people.seniors", "yes", Situation(people=frozenset({People.SENIORS}))),
        ("people.nobody", "yes", None),
        ("old", "now", None),
        ("obp", "perhaps", None),
        ("form", "empire", None),
        ("nothing", "yes", None),
    ],
)
def test_an_answer_becomes_part_of_the_situation(key, answer, becomes):
    assert answered(Situation(), key, answer, TODAY) == becomes


@given(situations, st.sets(st.sampled_from(Need)).map(frozenset))
def test_a_situation_that_is_written_reads_back(situation, needs):
    whole = situation.with_(Situation(needs=needs))

    assert Situation.read(whole.written()) == whole


def test_what_is_told_later_goes_before_and_needs_add_up():
    earlier = Situation(needs=frozenset({Need.ROOM}), area="near", obp=False)
    later = Situation(needs=frozenset({Need.LEGAL}), area="far")

    assert earlier.with_(later) == Situation(
        needs=frozenset({Need.ROOM, Need.LEGAL}), area="far", obp=False
    )


def test_a_word_of_another_version_is_left_out():
    kept = {"needs": ["room", "rocket"], "founded": [None, "2016-01-01"]}

    assert Situation.read(kept).needs == frozenset({Need.ROOM})
    assert Situation.read(kept).founded is not None
    assert dt.date(2016, 1, 1) == Situation.read(kept).founded.latest  # type: ignore[union-attr]
