import datetime as dt

import pytest

from bot.announcements.queries.survey import SqlSurveyAnswers
from bot.announcements.survey import asked_in, said_results
from bot.clock import stopped_clock
from bot.knowledge.model import Survey
from bot.messaging.languages import Language
from bot.messaging.message import ChatId
from bot.visitors.queries import SqlVisitors
from tests.fakes.survey_answers import InMemorySurveyAnswers
from tests.knowledge.test_dated import fair

ANNA, BOB, WEB = ChatId("telegram", "1"), ChatId("telegram", "2"), ChatId("web", "x")
NOW = dt.datetime(2017, 12, 1, 14, tzinfo=dt.UTC)


def asking(count: int = 2):
    knowledge = fair()
    questions = [
        {"id": "rate", "type": "scale_1_5", "text": {"pl": "Ocena?", "en": "Rating?"}},
        {"id": "best", "type": "choice", "text": "Co?", "options": ["stoiska", "gala"]},
        {"id": "free", "type": "text", "text": "Czego brakło?"},
        *({"id": f"q{n}", "type": "choice", "text": "?", "options": ["a"]} for n in range(9)),
    ]
    raw = {"id": "end", "opens_at": "2017-12-01T14:00", "questions": questions[: count + 1]}
    surveys = {"end": Survey.model_validate(raw)}
    return type(knowledge)(knowledge.event, surveys=surveys)


@pytest.fixture(params=["memory", "store"])
def answers(request, store):
    return InMemorySurveyAnswers() if request.param == "memory" else SqlSurveyAnswers(store)


async def test_each_person_counts_once(answers):
    first = await answers.answer(ANNA, "end", "rate", "5")
    again = await answers.answer(ANNA, "end", "rate", "1")
    other = await answers.answer(BOB, "end", "rate", "5")
    await answers.answer(BOB, "end", "best", "1")
    await answers.answer(BOB, "other", "best", "0")

    assert (first, again, other) == (True, False, True)
    assert await answers.counts("end") == {"rate": {"5": 2}, "best": {"1": 1}}
    assert await answers.answered_by(BOB, "end") == {"rate", "best"}


async def test_what_somebody_answered_outlives_that_they_did(store):
    answers = SqlSurveyAnswers(store)
    visitors = SqlVisitors(store, stopped_clock(NOW))
    await answers.answer(ANNA, "end", "rate", "5")

    exported = await visitors.export(ANNA)
    await visitors.forget(ANNA)

    assert exported["survey_done"] == [
        {"channel": "telegram", "chat": "1", "survey": "end", "question": "rate"}
    ]
    assert await answers.answered_by(ANNA, "end") == frozenset()
    assert await answers.counts("end") == {"rate": {"5": 1}}


async def test_who_is_kept_nowhere_else_is_forgotten_with_the_others(store):
    answers = SqlSurveyAnswers(store)
    visitors = SqlVisitors(store, stopped_clock(NOW))
    await visitors.save(ANNA, "talk")
    await answers.answer(ANNA, "end", "rate", "5")
    await answers.answer(WEB, "end", "rate", "5")

    await visitors.forget_silent(NOW - dt.timedelta(days=30))

    assert await answers.answered_by(WEB, "end") == frozenset()
    assert await answers.answered_by(ANNA, "end") == {"rate"}


def test_at_most_five_questions_are_asked_and_none_for_free_text():
    assert [one.id for one in asked_in(asking(11))] == ["rate", "best", "q0", "q1", "q2"]


def test_results_are_told_without_who_gave_them():
    counts = {"rate": {"5": 2, "4": 1}, "best": {"1": 1}}

    assert said_results(counts, asking(), Language.PL) == (
        "Ocena? (3 odpowiedzi)\n• 1: 0\n• 2: 0\n• 3: 0\n• 4: 1\n• 5: 2\nŚrednia: 4,7\n\n"
        "Co? (1 odpowiedź)\n• stoiska: 0\n• gala: 1"
    )
    assert said_results({}, asking(), Language.EN) == ""
