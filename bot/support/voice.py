"""Says texts outside a conversation: on a page, in a message that nobody asked for."""

import datetime as dt
from dataclasses import dataclass

from bot.knowledge.model import Knowledge, LocalText
from bot.language.catalog import say, say_count
from bot.messaging.languages import Language


@dataclass(frozen=True, slots=True)
class PlainVoice:
    """A `bot.support.said.Voice` that needs no more than the fair and a day."""

    language: Language
    knowledge: Knowledge
    today: dt.date

    def say(self, key: str, /, **values: object) -> str:
        """Say one of the bot's own sentences."""
        return say(self.language, key, **values)

    def count(self, key: str, n: int) -> str:
        """Say how many, in the right form."""
        return say_count(self.language, key, n)

    def read(self, text: LocalText) -> str:
        """Say a text of a record."""
        return text.in_language(self.language)
