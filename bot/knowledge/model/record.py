"""What records and their parts have in common: texts in several languages, a source, an id."""

from enum import StrEnum
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from bot.knowledge.model.values import AsOf, Id, Line, Paragraphs
from bot.messaging.languages import Language


class Part(BaseModel):
    """What all records and their parts have in common: immutable, and no unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class LocalText(Part):
    """A text in several languages. Plain text instead of a map is the same in all of them.

    `mt` names the languages whose text no person has reviewed.
    """

    pl: Paragraphs
    en: Paragraphs | None = None
    uk: Paragraphs | None = None
    mt: tuple[Language, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _same_everywhere(cls, value: Any) -> Any:
        return {"pl": value, "en": value, "uk": value} if isinstance(value, str) else value

    def in_language(self, language: Language) -> str:
        """Say it in `language`, or in Polish where that is missing."""
        return self.given(language) or self.pl

    def given(self, language: Language) -> str | None:
        """Say it in `language`, or `None` where that is missing."""
        match language:
            case Language.PL:
                return self.pl
            case Language.EN:
                return self.en
            case Language.UK:
                return self.uk

    def all(self) -> tuple[tuple[Language, str], ...]:
        """List the languages that are written, with their text."""
        given = ((language, self.given(language)) for language in Language)
        return tuple((language, text) for language, text in given if text is not None)


class Phrases(Part):
    """Ways to say something, by language. A plain list is for all languages."""

    pl: tuple[Line, ...] = ()
    en: tuple[Line, ...] = ()
    uk: tuple[Line, ...] = ()
    any: tuple[Line, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _for_all_languages(cls, value: Any) -> Any:
        return {"any": value} if isinstance(value, list | tuple) else value

    def all(self) -> tuple[str, ...]:
        """List all of them, Polish first."""
        return self.pl + self.any + self.en + self.uk


class Source(StrEnum):
    """Where a fact comes from."""

    DOCUMENT = "document"
    PUBLIC = "pub"
    ORGANIZER = "org"
    EXAMPLE = "example"


class Fact(Part):
    """One value with a source of its own. Plain text instead of a map has the record's source."""

    value: LocalText
    src: Source | None = None
    src_ref: Line | None = None
    as_of: AsOf | None = None

    @model_validator(mode="before")
    @classmethod
    def _plain_value(cls, value: Any) -> Any:
        return {"value": value} if isinstance(value, str) else value


class Record(Part):
    """What every record has: an id, where it comes from, how people call it.

    `unknown` names the fields that are known to be unknown: the bot says so
    instead of guessing. `example` marks what is invented.
    """

    id: Id
    src: Source = Source.ORGANIZER
    src_ref: Line | None = Field(None, description="The page or document this comes from.")
    as_of: AsOf | None = Field(None, description='As of when it is true: "2017-12", "2023-11-15".')
    example: bool = Field(False, description="Invented, to show what the bot can do.")
    aliases: Phrases = Field(Phrases(), description="What else people call it.")
    keywords: Phrases = Field(Phrases(), description="Words people would look for it by.")
    not_me: tuple[Line, ...] = Field((), description="Names that look alike but mean another.")
    unknown: tuple[Line, ...] = Field((), description="Fields that nobody has told us.")

    @model_validator(mode="after")
    def _example_is_marked(self) -> "Record":
        if self.example != (self.src is Source.EXAMPLE):
            raise PydanticCustomError("example_mark", "they go together")
        return self
