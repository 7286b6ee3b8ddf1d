"""Words: what they mean, and which of them mean the same."""

from pydantic import Field

from bot.knowledge.model.record import LocalText, Record
from bot.knowledge.model.values import Id, Line


class Term(Record):
    """A word or acronym that people ask the meaning of."""

    term: Line
    expand: LocalText
    short: LocalText | None = None
    legal: LocalText | None = Field(
        None,
        description="It tells of law: whom to ask. The bot adds that it is no legal advice.",
    )
    see: Id | None = None


class Concept(Record):
    """Words that mean the same to somebody who looks for it; added to those the bot knows.

    With the id of a concept that ships with the bot, the words are added to that one.
    """

    pl: tuple[Line, ...] = ()
    en: tuple[Line, ...] = ()
    uk: tuple[Line, ...] = ()
    broader: tuple[Id, ...] = Field((), description="Wider concepts, own or shipped.")
    related: tuple[Id, ...] = Field((), description="Near concepts, own or shipped.")
