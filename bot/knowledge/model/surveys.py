"""What visitors are asked at the end."""

from typing import Literal

from bot.knowledge.model.record import LocalText, Part, Record
from bot.knowledge.model.values import Id, Moment, Web


class SurveyQuestion(Part):
    """One question of a survey."""

    id: Id
    type: Literal["scale_1_5", "choice", "text"]
    text: LocalText
    options: tuple[LocalText, ...] = ()


class Survey(Record):
    """What visitors are asked at the end."""

    opens_at: Moment
    anonymous: bool = True
    url: Web | None = None
    questions: tuple[SurveyQuestion, ...]
