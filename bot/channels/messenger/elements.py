"""The elements of the Send API, each within its limit. Pure.

Limits as Meta's reference told them in 2026: "Quick Replies", "Button Template" and "Generic
Template" (all of 2026-04-22). That of a button's title is not in the reference any more; 20 is
what it used to be. Nothing says what is counted, so UTF-16 units are, the strictest way.
"""

import json
import re
from collections.abc import Sequence
from typing import Any, assert_never
from urllib.parse import urlsplit

from bot.channels.split import utf16_length
from bot.messaging.languages import Language
from bot.messaging.reply import Ask, Button, Copy, Link

Element = dict[str, Any]
"""A `message` of the Send API, or a part of one."""

TEXT = 2000
TEMPLATE_TEXT = 640
KEYS = 3
KEY_TITLE = 20
CHIPS = 13
CARDS = 10
CARD_LINE = 80
PAYLOAD_BYTES = 1000

NOTHING_TO_SAY = "…"
"""The text of a message that is there for its buttons."""

_MORE = "more:"
_UNSENDABLE = re.compile("[\ud800-\udfff\x00]")
_HOST = re.compile(r"([^\s.@]+\.)+[^\s.@]{2,}")
_PHONE = re.compile(r"\+\d{6,15}")


def clean(text: str) -> str:
    """Take out what JSON over HTTP cannot carry: halves of characters, and NUL."""
    return _UNSENDABLE.sub("", text)


def cut(text: str, limit: int) -> str:
    """Shorten a title to its limit, and show that it is shortened."""
    if utf16_length(text) <= limit:
        return text
    kept = text[: limit - 1]
    while utf16_length(kept) > limit - 1:
        kept = kept[:-1]
    return kept.rstrip() + "…"


def label_of(button: Button) -> str:
    """Say what a button is called, whole."""
    return " ".join(clean(button.label).split()) or NOTHING_TO_SAY


def key(button: Button) -> Element | None:
    """Draw a button of a template; `None` where Messenger has none of this kind."""
    title = cut(label_of(button), KEY_TITLE)
    match button:
        case Ask(data=data):
            return {"type": "postback", "title": title, "payload": data}
        case Link(url=url) if number := _phone(url):
            return {"type": "phone_number", "title": title, "payload": number}
        case Link(url=url):
            return {"type": "web_url", "title": title, "url": url} if _is_address(url) else None
        case Copy():
            return None
        case _:
            assert_never(button)


def line(button: Button) -> str:
    """Say in text what a button does that cannot be drawn, or whose title is cut."""
    label = label_of(button)
    match button:
        case Ask():
            return f"• {label}"
        case Link(url=url):
            address = re.sub(r"^(tel|mailto|sms):", "", clean(url))
            return label if label == address else f"{label}: {address}"
        case Copy(text=text):
            return label if label == text else f"{label}: {clean(text)}"
        case _:
            assert_never(button)


def is_cut(label: str) -> bool:
    """Say whether a label does not fit on a button."""
    return utf16_length(label) > KEY_TITLE


def with_keys(words: str, keys: Sequence[Element]) -> Element:
    """Make a message of a short text with up to three buttons."""
    template = {"template_type": "button", "text": words, "buttons": list(keys)}
    return {"attachment": {"type": "template", "payload": template}}


def card(title: str, subtitle: str, keys: Sequence[Element]) -> Element:
    """Make a card of a carousel."""
    drawn: Element = {"title": cut(title, CARD_LINE) or NOTHING_TO_SAY}
    if subtitle:
        drawn["subtitle"] = cut(subtitle, CARD_LINE)
    if keys:
        drawn["buttons"] = list(keys)
    return drawn


def carousel(cards: Sequence[Element]) -> Element:
    """Make a message of up to ten cards."""
    template = {"template_type": "generic", "elements": list(cards)}
    return {"attachment": {"type": "template", "payload": template}}


def chip(title: str, payload: str) -> Element:
    """Make a quick reply: it goes away when the next message comes."""
    return {"content_type": "text", "title": cut(title, KEY_TITLE), "payload": payload}


def pack(asks: Sequence[Ask], language: Language) -> tuple[str, int]:
    """Put into the payload of "more" as many buttons as fit.

    Returns:
        The payload, and how many are in it.
    """
    packed: list[list[str]] = []
    payload = ""
    for ask in asks:
        longer = json.dumps(
            [*packed, [label_of(ask), ask.data]], ensure_ascii=False, separators=(",", ":")
        )
        longer = f"{_MORE}{language.value}:{longer}"
        if len(longer.encode()) > PAYLOAD_BYTES:
            break
        payload = longer
        packed.append([label_of(ask), ask.data])
    return payload, len(packed)


def unpack(payload: str) -> tuple[Language, tuple[Ask, ...]] | None:
    """Read what `pack` wrote; `None` for anything else. It comes from outside."""
    if not payload.startswith(_MORE):
        return None
    language, _, written = payload.removeprefix(_MORE).partition(":")
    try:
        asks = tuple(Ask(str(label), str(data)) for label, data in json.loads(written))
        return Language(language), asks
    except (ValueError, TypeError, RecursionError):
        return None


def _phone(url: str) -> str:
    number = re.sub(r"[\s().-]", "", url.removeprefix("tel:")) if url.startswith("tel:") else ""
    return number if _PHONE.fullmatch(number) else ""


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return False
    is_web = parts.scheme in ("http", "https") and bool(_HOST.fullmatch(host))
    return is_web and not re.search(r"[\s\x00\ud800-\udfff]", url)
