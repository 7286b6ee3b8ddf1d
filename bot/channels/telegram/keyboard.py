"""Buttons → inline keyboards that Telegram takes, and lines of text for those it does not."""

import re
from collections.abc import Iterable, Sequence
from typing import Any, assert_never
from urllib.parse import urlsplit

from telegram.constants import InlineKeyboardButtonLimit, InlineKeyboardMarkupLimit

from bot.messaging.reply import Ask, Button, Copy, Link

Key = dict[str, Any]
"""An `InlineKeyboardButton` of the Bot API."""
Row = list[Key]

ROW_WIDTH = 34
"""About how many signs fit beside each other on a phone."""
KEY_EDGE = 3
"""What the frame of a button takes of them."""

_EMPTY_LABEL = "…"
_HOST = re.compile(r"([^\s.@]+\.)+[^\s.@]{2,}")


def key(button: Button) -> Key | None:
    """Draw a button; `None` if Telegram has none of this kind."""
    label = button.label.strip() or _EMPTY_LABEL
    match button:
        case Ask(data=data):
            return {"text": label, "callback_data": data}
        case Link(url=url):
            return {"text": label, "url": url} if _is_address(url) else None
        case Copy(text=text):
            fits = 1 <= len(text) <= InlineKeyboardButtonLimit.MAX_COPY_TEXT
            return {"text": label, "copy_text": {"text": text}} if fits else None
        case _:
            assert_never(button)


def line(button: Button) -> str:
    """Say in text what the button would have done."""
    match button:
        case Ask(label):
            return label
        case Link(label, url):
            address = re.sub(r"^(tel|mailto|sms):", "", url)
            return label if label == address else f"{label}: {address}"
        case Copy(label, text):
            return label if label == text else f"{label}: {text}"
        case _:
            assert_never(button)


def rows(keys: Iterable[Key]) -> list[Row]:
    """Put buttons beside each other as far as their labels stay readable."""
    laid: list[Row] = []
    for new in keys:
        if laid and _fits([*laid[-1], new]):
            laid[-1].append(new)
        else:
            laid.append([new])
    return laid


def keyboards(laid: Sequence[Row]) -> list[dict[str, list[Row]]]:
    """Make as few keyboards as the limit of buttons allows; most often one, or none."""
    made: list[list[Row]] = []
    for row in laid:
        count = sum(len(other) for other in made[-1]) if made else 0
        if made and count + len(row) <= InlineKeyboardMarkupLimit.TOTAL_BUTTON_NUMBER:
            made[-1].append(row)
        else:
            made.append([row])
    return [{"inline_keyboard": keyboard} for keyboard in made]


def _fits(row: Row) -> bool:
    # All buttons of a row are as wide as the widest needs.
    widest = max(len(key["text"]) for key in row)
    return (
        len(row) <= InlineKeyboardMarkupLimit.BUTTONS_PER_ROW
        and len(row) * (widest + KEY_EDGE) <= ROW_WIDTH
    )


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return False
    if parts.scheme == "tg":
        return bool(host)
    return parts.scheme in ("http", "https") and bool(_HOST.fullmatch(host)) and " " not in url
