"""Update → `Incoming`: what a visitor sent, and whether it is meant for the bot.

In a private chat everything is meant for it. In a group only a command, a reply
to the bot and a message that names it are; the rest of the talk is none of its
business.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from telegram import Bot, CallbackQuery, Message, MessageEntity, Update, User
from telegram.constants import ChatType

from bot.messaging.message import (
    Attachment,
    AttachmentKind,
    ChatId,
    Command,
    Content,
    Incoming,
    Tap,
    Text,
)

CHANNEL = "telegram"

ALLOWED_UPDATES = ("message", "callback_query", "inline_query", "my_chat_member")

_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@(\w+))?(?:\s+(.*))?", re.DOTALL)
_LONE_SURROGATES = re.compile("[\ud800-\udfff]")

_KINDS = (
    ("sticker", AttachmentKind.STICKER),
    ("photo", AttachmentKind.PHOTO),
    ("voice", AttachmentKind.VOICE),
    ("video", AttachmentKind.VIDEO),
    ("video_note", AttachmentKind.VIDEO),
    # Before document: an animation comes with a document of the same file.
    ("animation", AttachmentKind.VIDEO),
    ("document", AttachmentKind.DOCUMENT),
    ("location", AttachmentKind.LOCATION),
    ("venue", AttachmentKind.LOCATION),
    ("contact", AttachmentKind.CONTACT),
    ("audio", AttachmentKind.OTHER),
    ("poll", AttachmentKind.OTHER),
    ("dice", AttachmentKind.OTHER),
    ("game", AttachmentKind.OTHER),
    ("story", AttachmentKind.OTHER),
    ("paid_media", AttachmentKind.OTHER),
    ("checklist", AttachmentKind.OTHER),
)


@dataclass(frozen=True, slots=True)
class Identity:
    """Who we are on the platform."""

    id: int
    username: str


@dataclass(frozen=True, slots=True)
class Address:
    """A chat, or one topic of a group that has topics."""

    chat: int
    topic: int | None = None

    def __str__(self) -> str:
        """Give the form that `ChatId.chat` has."""
        return str(self.chat) if self.topic is None else f"{self.chat}/{self.topic}"


class UnreadableUpdateError(Exception):
    """The platform sent something that the library cannot read."""


def read_update(raw: dict[str, Any], api: Bot) -> Update:
    """Read an update.

    Raises:
        UnreadableUpdateError: it is not what the library knows as an update.
    """
    try:
        update = Update.de_json(raw, api)
        # One that belongs nowhere is as unreadable.
        chat_of(update)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError, OSError) as error:
        raise UnreadableUpdateError from error
    return update


def chat_of(update: Update) -> str:
    """Say whose turn an update waits for; a query outside of any chat waits for its sender's."""
    message = update.effective_message
    if isinstance(message, Message):
        return str(address_of(message))
    user = update.effective_user
    return f"user {user.id}" if user else f"update {update.update_id}"


def address_of(message: Message) -> Address:
    """Say where an answer to the message goes."""
    # Outside of forums, `message_thread_id` only marks a thread of replies.
    topic = message.message_thread_id if message.is_topic_message else None
    return Address(message.chat.id, topic)


def read_message(message: Message, bot: Identity) -> Incoming | None:
    """Read a message; `None` when it is not meant for the bot, or nobody said it."""
    if not _is_from_a_person(message, bot):
        return None
    content = _content(message, bot)
    if content is None:
        return None
    return Incoming(
        chat=ChatId(CHANNEL, str(address_of(message))),
        content=content,
        sent_at=message.date,
        language_hint=hint_of(message.from_user),
        replies_to=str(message.reply_to_message.message_id)
        if message.reply_to_message and _answers_the_bot(message, bot)
        else "",
    )


def read_tap(query: CallbackQuery, address: Address, now: datetime) -> Incoming | None:
    """Read a tap on a button; `None` when it carries nothing (a game)."""
    if not query.data:
        return None
    return Incoming(
        chat=ChatId(CHANNEL, str(address)),
        content=Tap(clean(query.data)),
        # A tap has no time of its own.
        sent_at=now,
        language_hint=hint_of(query.from_user),
    )


def hint_of(user: User | None) -> str | None:
    """Say which language the visitor's app is set to."""
    return user.language_code if user else None


def clean(text: str) -> str:
    """Replace halves of characters, which a text from outside may hold and no answer may."""
    return _LONE_SURROGATES.sub("\ufffd", text)


def _is_from_a_person(message: Message, bot: Identity) -> bool:
    sender = message.from_user
    if message.chat.type == ChatType.CHANNEL or message.is_automatic_forward:
        return False
    if message.via_bot and message.via_bot.id == bot.id:
        # A card that somebody shared through our inline mode: our own words.
        return False
    # An admin who writes in the name of the group is told as a bot, too.
    return sender is not None and (not sender.is_bot or message.sender_chat is not None)


def _content(message: Message, bot: Identity) -> Content | None:
    words = clean(message.text or message.caption or "")
    if message.text and (command := _COMMAND.fullmatch(words)):
        name, addressee, argument = command.groups()
        if addressee and addressee.casefold() != bot.username.casefold():
            return None
        return Command(name.lower(), (argument or "").strip())
    if message.chat.type != ChatType.PRIVATE:
        mentions = tuple(_mentions(message, bot))
        if not mentions and not _answers_the_bot(message, bot):
            return None
        words = _without(words, mentions)
    if message.text:
        return Text(words)
    kind = next((kind for name, kind in _KINDS if getattr(message, name, None)), None)
    return Attachment(kind, words) if kind else None


def _mentions(message: Message, bot: Identity) -> Iterable[str]:
    wanted: list[str | None] = [MessageEntity.MENTION, MessageEntity.TEXT_MENTION]
    found = (message.parse_entities(wanted) if message.text else {}) | (
        message.parse_caption_entities(wanted) if message.caption else {}
    )
    for entity, words in found.items():
        is_name = words.casefold() == f"@{bot.username}".casefold()
        if is_name or (entity.user is not None and entity.user.id == bot.id):
            yield clean(words)


def _without(words: str, mentions: Iterable[str]) -> str:
    for mention in mentions:
        words = re.sub(rf"\s*{re.escape(mention)}[,:]?\s*", " ", words, count=1)
    return re.sub(r" ([,.!?:;])", r"\1", words).strip()


def _answers_the_bot(message: Message, bot: Identity) -> bool:
    answered = message.reply_to_message
    if answered is None or answered.forum_topic_created:
        # In a topic, whatever is no reply "answers" the message that opened the topic.
        return False
    return answered.from_user is not None and answered.from_user.id == bot.id
