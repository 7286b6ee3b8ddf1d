"""Questions with their answers, and which of them answers what the bot recognises by itself."""

from enum import StrEnum

from pydantic import Field

from bot.knowledge.model.record import LocalText, Phrases, Record
from bot.knowledge.model.values import Id, Line


class Faq(Record):
    """A question with its answer, or with the statement that nobody knows it."""

    question: LocalText
    variants: Phrases = Field(Phrases(), description="Other ways to ask, as people type them.")
    answer: LocalText
    answer_before: LocalText | None = Field(None, description="Instead of it, before the fair.")
    answer_during: LocalText | None = Field(None, description="Instead of it, during the fair.")
    answer_after: LocalText | None = Field(None, description="Instead of it, after the fair.")
    intents: tuple[Line, ...] = ()
    about: Id | None = Field(None, description="The record it is about.")
    links: tuple[Id, ...] = Field((), description="Records to offer as the next step.")
    not_known: bool = Field(False, description="The answer says that this is not known.")
    fills: Id | None = Field(
        None, description="An example: the question with `not_known` that it would answer."
    )
    legal: LocalText | None = Field(
        None,
        description="It tells of law: whom to ask. The bot adds that it is no legal advice.",
    )
    guard: Line | None = Field(None, description="A warning to whoever edits this.")


class RouteIntent(StrEnum):
    """Wishes that the bot recognises by itself and each fair answers differently."""

    HUMAN = "human"
    LOST_AND_FOUND = "lost_and_found"
    FEEDBACK = "feedback"
    PHOTOS = "photos"
    FIRST_AID = "first_aid"


class Route(Record):
    """Which question answers an intent that the bot recognises by itself, and who takes over."""

    intent: RouteIntent
    answer: Id | None = None
    handoff: Id | None = Field(None, description="The place where a person helps.")
