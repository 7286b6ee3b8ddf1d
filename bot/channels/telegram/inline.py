"""Inline mode: "@bot catering" in any chat gives cards to share.

A card that is shared lives in a chat where the bot is not, so its buttons open
the bot by deep link instead of asking it there.
"""

import re
from collections.abc import Awaitable, Callable
from typing import Any

from telegram import InlineQuery
from telegram.constants import InlineQueryLimit, ParseMode

from bot.channels.telegram.keyboard import key as key_of
from bot.channels.telegram.keyboard import keyboards, rows
from bot.channels.telegram.render import NOTHING_TO_SAY, Call, card_blocks, messages
from bot.channels.telegram.texts import OPEN_BOT, language_of
from bot.channels.telegram.updates import Identity, clean, hint_of
from bot.messaging.languages import Language
from bot.messaging.reply import Ask, Button, Card, Link

Search = Callable[[str, str | None], Awaitable[tuple[Card, ...]]]
"""Query and language hint → cards to share."""

CACHE_S = 60
"""How long Telegram may keep an answer: a programme changes during the fair."""
START_PARAMETER = "inline"
_DESCRIPTION_LIMIT = 120
_DEEP_LINK = re.compile(r"[A-Za-z0-9_-]{1,64}")


async def answer_to(query: InlineQuery, search: Search, bot: Identity, default: Language) -> Call:
    """Find the cards for what somebody typed after the bot's name."""
    hint = hint_of(query.from_user)
    words = clean(query.query).strip()
    cards = await search(words, hint) if words else ()
    parameters: dict[str, Any] = {
        "inline_query_id": query.id,
        "results": [
            _article(str(number), card, bot)
            for number, card in enumerate(cards[: InlineQueryLimit.RESULTS], 1)
        ],
        "cache_time": CACHE_S,
        # The answer depends on the language of the one who asks.
        "is_personal": True,
    }
    if not cards:
        label = OPEN_BOT[language_of(hint, default)]
        parameters["button"] = {"text": label, "start_parameter": START_PARAMETER}
    return Call("answerInlineQuery", parameters)


def _article(article_id: str, card: Card, bot: Identity) -> dict[str, Any]:
    drawn = messages(card_blocks(card))
    article: dict[str, Any] = {
        "type": "article",
        "id": article_id,
        "title": clean(card.title) or NOTHING_TO_SAY,
        "description": _shortened(clean(card.text)),
        "input_message_content": {
            "message_text": drawn[0][0] if drawn else NOTHING_TO_SAY,
            "parse_mode": ParseMode.HTML.value,
            "link_preview_options": {"is_disabled": True},
        },
    }
    keys = [key for button in card.buttons if (key := key_of(_abroad(button, bot)))]
    # What cannot be asked from abroad has no place there.
    if boards := keyboards(rows(key for key in keys if "callback_data" not in key)):
        article["reply_markup"] = boards[0]
    return article


def _abroad(button: Button, bot: Identity) -> Button:
    """Turn a question into a link that opens the bot and asks it there."""
    if isinstance(button, Ask):
        payload = button.data.replace(":", "_")
        if _DEEP_LINK.fullmatch(payload):
            return Link(button.label, f"https://t.me/{bot.username}?start={payload}")
    return button


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _DESCRIPTION_LIMIT else f"{line[: _DESCRIPTION_LIMIT - 1]}…"
