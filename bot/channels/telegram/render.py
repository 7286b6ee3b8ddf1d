"""Reply → calls of the Bot API. Pure: it knows the limits and no network.

A reply becomes blocks, each all bold, all italic or all plain. Only blocks are
cut, never the markup around them, so that a tag is always closed in its own
message.
"""

import html
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from telegram import InputFile
from telegram.constants import MessageLimit, ParseMode

from bot.channels.split import split, utf16_length
from bot.channels.telegram.keyboard import Key, Row, key, keyboards, line, rows
from bot.channels.telegram.updates import clean
from bot.messaging.reply import Ask, Button, Card, Copy, File, Link, MapPoint, Reply

LIMIT = int(MessageLimit.MAX_TEXT_LENGTH)
"""In UTF-16 units. The rules do not say what they count, so the stricter way is taken."""

ENTITIES = int(MessageLimit.MESSAGE_ENTITIES)
"""Telegram draws no more than these in one message, and drops the rest without a word."""

NOTHING_TO_SAY = "…"
"""The text of a message that is there for its buttons."""


class Style(StrEnum):
    """How a block is drawn; the value is the tag."""

    PLAIN = ""
    BOLD = "b"
    ITALIC = "i"


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of text in one style, with what parts it from the block before."""

    text: str
    style: Style = Style.PLAIN
    gap: str = "\n\n"


@dataclass(frozen=True, slots=True)
class Call:
    """A call of the Bot API, yet without the chat that it goes to.

    Attributes:
        method: such as "sendMessage".
        parameters: as the Bot API names them.
        plain: the same text without markup, for the day when the markup is refused.
    """

    method: str
    parameters: dict[str, Any]
    plain: str = ""


def render(reply: Reply) -> tuple[Call, ...]:
    """Draw a reply as the messages that show it, in the order in which to send them."""
    keys, lines = _keys(reply)
    boards = keyboards(keys)
    calls = [_message(markup, plain) for markup, plain in messages(_blocks(reply, lines))]
    places = [Call("sendVenue", _venue(reply.point))] if reply.point else []
    files = [Call("sendDocument", _document(reply.file))] if reply.file else []
    # The last messages carry the buttons; a map or a file does where it stands alone.
    carriers = calls or places or files
    while len(carriers) < len(boards):
        carriers.append(_message(NOTHING_TO_SAY, NOTHING_TO_SAY))
    for call, board in zip(reversed(carriers), reversed(boards), strict=False):
        call.parameters["reply_markup"] = board
    return (*calls, *places, *files)


def messages(blocks: Iterable[Block]) -> list[tuple[str, str]]:
    """Lay blocks out in messages within the limit, each as (markup, plain text)."""
    laid: list[list[Block]] = []
    size = 0
    for block in _cut(blocks):
        length = utf16_length(block.gap) + utf16_length(block.text)
        if laid and size + length <= LIMIT and len(laid[-1]) < ENTITIES:
            laid[-1].append(block)
            size += length
        else:
            laid.append([block])
            size = utf16_length(block.text)
    return [(_joined(part, _drawn), _joined(part, _bare)) for part in laid]


def card_blocks(card: Card, number: int | None = None) -> list[Block]:
    """Draw one card; numbered where its buttons must be told from those of others."""
    title = card.title if number is None else f"{number}. {card.title}"
    return [
        Block(title, Style.BOLD),
        Block(card.text, gap="\n"),
        Block(card.note, Style.ITALIC, gap="\n"),
    ]


def _blocks(reply: Reply, lines: list[str]) -> list[Block]:
    numbered = _needs_numbers(reply.cards)
    blocks = [Block(reply.title, Style.BOLD), Block(reply.text)]
    for number, card in enumerate(reply.cards, 1):
        blocks += card_blocks(card, number if numbered else None)
    blocks += [Block("\n".join(lines)), Block(reply.note, Style.ITALIC)]
    return blocks


def _needs_numbers(cards: tuple[Card, ...]) -> bool:
    """Say whether two cards have a button of the same name."""
    labels = Counter(button.label for card in cards for button in card.buttons)
    return any(count > 1 for count in labels.values())


def _keys(reply: Reply) -> tuple[list[Row], list[str]]:
    """Draw all buttons, and as lines of text those that Telegram does not have."""
    laid: list[Row] = []
    lines: list[str] = []
    numbered = _needs_numbers(reply.cards)
    groups = [
        tuple(_numbered(button, number) if numbered else button for button in card.buttons)
        for number, card in enumerate(reply.cards, 1)
    ]
    # The buttons of a card stay together; those of cards with one each share rows.
    if all(len(group) <= 1 for group in groups):
        groups = [tuple(button for group in groups for button in group)]
    for group in (*groups, reply.buttons):
        keys: list[Key] = []
        for button in group:
            if drawn := key(button):
                keys.append(drawn)
            else:
                lines.append(line(button))
        laid += rows(keys)
    return laid, lines


def _numbered(button: Button, number: int) -> Button:
    label = f"{number}. {button.label}"
    match button:
        case Ask(data=data):
            return Ask(label, data)
        case Link(url=url):
            return Link(label, url)
        case Copy(text=text):
            return Copy(label, text)


def _cut(blocks: Iterable[Block]) -> Iterable[Block]:
    for block in blocks:
        gap = block.gap
        for part in split(clean(block.text).replace("\x00", ""), LIMIT):
            yield Block(part, block.style, gap)
            gap = "\n\n"


def _joined(blocks: list[Block], draw: Callable[[Block], str]) -> str:
    first, *others = blocks
    return "".join([draw(first), *(other.gap + draw(other) for other in others)])


def _drawn(block: Block) -> str:
    text = html.escape(block.text, quote=False)
    return f"<{block.style}>{text}</{block.style}>" if block.style else text


def _bare(block: Block) -> str:
    return block.text


def _message(markup: str, plain: str) -> Call:
    return Call(
        "sendMessage",
        {
            "text": markup,
            "parse_mode": ParseMode.HTML.value,
            "link_preview_options": {"is_disabled": True},
        },
        plain,
    )


def _document(file: File) -> dict[str, Any]:
    return {"document": InputFile(file.content, filename=file.name, attach=False)}


def _venue(point: MapPoint) -> dict[str, Any]:
    title = clean(point.title).strip() or NOTHING_TO_SAY
    return {
        "latitude": point.latitude,
        "longitude": point.longitude,
        "title": title,
        "address": clean(point.address).strip() or title,
    }
