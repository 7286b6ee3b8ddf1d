"""The questions at the end of the fair: what is asked with buttons, of whom nothing is kept."""

from bot.knowledge.model import Knowledge, Survey, SurveyQuestion

LIMIT = 5
"""Questions of one survey; more are answered by few."""


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
