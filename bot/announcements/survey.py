"""The questions at the end of the fair: asked with buttons, once for each person, anonymously.

What was answered is counted without who answered it; that somebody has answered a question is
kept apart from it, so that nobody counts twice.
"""

from collections.abc import Mapping
from typing import Protocol

from bot.knowledge.model import Knowledge, Survey, SurveyQuestion
from bot.language.catalog import say, say_count
from bot.messaging.languages import Language
from bot.messaging.message import ChatId

LETTER = "j"
"""Of the buttons: `j:<number>` asks a question, `j:<number>:<answer>` answers it."""

LIMIT = 5
"""Questions of one survey; more are answered by few."""

SCALE = ("1", "2", "3", "4", "5")

Counts = Mapping[str, Mapping[str, int]]
"""How often each answer was given, by question; an answer is a number of the scale, or the
number of an option, counted from 0."""


class SurveyAnswers(Protocol):
    """Counts answers, each question once for each chat."""

    async def answer(self, chat: ChatId, survey: str, question: str, answer: str) -> bool:
        """Count an answer; say whether the chat had not answered this question before."""
        ...

    async def answered_by(self, chat: ChatId, survey: str) -> frozenset[str]:
        """Say which questions of a survey a chat has answered, not how."""
        ...

    async def counts(self, survey: str) -> Counts:
        """Give how often each answer was given."""
        ...


def survey_of(knowledge: Knowledge) -> Survey | None:
    """Find the survey of the fair; `None` where it has none."""
    return next(iter(knowledge.surveys.values()), None)


def asked_in(knowledge: Knowledge) -> tuple[SurveyQuestion, ...]:
    """List the questions that are answered by buttons, at most five.

    A question for free text is left out: what somebody writes may tell who they are.
    """
    survey = survey_of(knowledge)
    questions = survey.questions if survey else ()
    return tuple(one for one in questions if one.type != "text")[:LIMIT]


def answers_to(question: SurveyQuestion, language: Language) -> tuple[tuple[str, str], ...]:
    """List the answers that can be given: the value that is counted, and what a button says."""
    if question.type == "scale_1_5":
        return tuple((one, one) for one in SCALE)
    options = enumerate(question.options)
    return tuple((str(number), text.in_language(language)) for number, text in options)


def said_results(counts: Counts, knowledge: Knowledge, language: Language) -> str:
    """Say how a survey was answered, question by question; "" where nobody has answered."""
    parts = []
    for question in asked_in(knowledge):
        given = counts.get(question.id, {})
        total = sum(given.values())
        if not total:
            continue
        lines = [f"{question.text.in_language(language)} {_answers(language, total)}"]
        for value, label in answers_to(question, language):
            lines.append(f"• {label}: {given.get(value, 0)}")
        if question.type == "scale_1_5":
            mean = sum(int(one) * times for one, times in given.items() if one in SCALE) / total
            lines.append(say(language, "survey_mean", mean=_decimal(mean, language)))
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


def _answers(language: Language, total: int) -> str:
    return f"({say_count(language, 'count_given_answers', total)})"


def _decimal(number: float, language: Language) -> str:
    said = f"{number:.1f}"
    return said if language is Language.EN else said.replace(".", ",")
