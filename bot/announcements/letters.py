"""What a visitor writes back to an announcement, as the staff reads it, and the answer."""

import datetime as dt
from dataclasses import dataclass

from bot.language.catalog import say
from bot.language.said import say_time
from bot.messaging.languages import Language
from bot.messaging.message import ChatId
from bot.messaging.reply import Ask, Reply

TEXT_LIMIT = 500
OPEN_LIMIT = 3
"""Letters of one visitor that wait for an answer; what is more is not taken."""


@dataclass(frozen=True, slots=True)
class Letter:
    """Something that a visitor wrote to the organizers.

    Attributes:
        chat: where the answer goes; never shown.
        announcement: what it was written to; `None` once that is deleted.
        answer: "" until somebody has answered.
    """

    id: int
    chat: ChatId
    announcement: int | None
    at: dt.datetime
    text: str
    answer: str = ""
    answered_by: str = ""


def shown_to_staff(letter: Letter, headline: str, language: Language, zone: dt.tzinfo) -> Reply:
    """Show a letter to somebody of the staff."""
    lines = [letter.text]
    if letter.answer:
        lines.append(say(language, "letter_answered", name=letter.answered_by, text=letter.answer))
    return Reply(
        language,
        "\n\n".join(lines),
        title=say(language, "letter_title", number=letter.id),
        note=say(
            language, "letter_note", time=say_time(letter.at.astimezone(zone)), title=headline
        ),
        buttons=(Ask(say(language, "button_answer"), f"y:an:{letter.id}"),),
    )


def shown_to_visitor(letter: Letter, language: Language) -> Reply:
    """Show the answer to whoever wrote."""
    return Reply(
        language,
        letter.answer,
        title=say(language, "letter_answer_title"),
        note=say(language, "letter_answer_note", text=letter.text[:80]),
    )
