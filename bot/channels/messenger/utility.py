"""Utility messages: approved templates that may go out after the 24 hours.

Whether Meta lets a Page in Poland send them, nobody can say but a live Page: so they are
off until somebody sets templates, and off again as soon as the platform refuses one. The shape
follows Meta's page "Send a utility message" of 2026-03-13.
"""

import logging
from collections.abc import Mapping
from typing import Any

from bot.channels.messenger.errors import GraphError, Kind
from bot.messaging.languages import Language
from bot.messaging.reply import Reply
from bot.visitors.taps import PLAN

log = logging.getLogger(__name__)

TITLE = 100
TEXT = 600
"""Signs of the two parameters: with the template's own words they stay below 1,024."""

_REFUSALS = frozenset({Kind.CONFIGURATION, Kind.OUR_BUG, Kind.WINDOW})


class Utility:
    """The templates of one Page, for as long as the platform takes them."""

    def __init__(self, templates: Mapping[Language, str]) -> None:
        """Use these templates: the name of the approved one in each language."""
        self._templates = dict(templates)

    def message(self, reply: Reply) -> dict[str, Any] | None:
        """Put a reply into the template of its language; `None` where that cannot be.

        The template's body has two parameters, what it is about and what is new.
        """
        name = self._templates.get(reply.language)
        about, news = _on_one_line(reply.title, TITLE), _on_one_line(reply.text, TEXT)
        if name is None or not about or not news:
            return None
        parameters = [{"type": "text", "text": text} for text in (about, news)]
        return {
            "template": {
                "name": name,
                "language": {"code": reply.language.value},
                "components": [
                    {"type": "body", "parameters": parameters},
                    {"type": "buttons", "parameters": [{"type": "POSTBACK", "payload": PLAN}]},
                ],
            }
        }

    def ends(self, error: GraphError) -> bool:
        """Say whether an error means that the platform takes none; then none is tried again."""
        if error.kind not in _REFUSALS or error.code not in (10, 100, 200):
            return False
        log.error(
            "Utility messages are off until the next start, for the platform refused one: %s."
            " What is outside the 24 hours waits until the visitor writes.",
            error,
        )
        self._templates.clear()
        return True


def _on_one_line(text: str, limit: int) -> str:
    words = " ".join(text.split())
    return words if len(words) <= limit else words[: limit - 1].rstrip() + "…"
