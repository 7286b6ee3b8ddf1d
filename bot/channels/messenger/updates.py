"""What Messenger delivers → events to keep, and events → what they mean.

A delivery holds several entries, each with several events, in any order. What wants
an answer is kept until it is worked off; echoes and who leads a conversation are taken note of
at once; receipts, reactions and edits are nothing to us. Shapes that
nobody knows yet are passed over: the platform adds some every year.
"""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.channels.messenger.graph import PAGE_INBOX
from bot.channels.messenger.options import CHANNEL, GET_STARTED, OURS
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
from bot.store.inbox import Event

_WANTED = ("message", "postback", "referral", "optin", "policy_enforcement")
_CONTROL = ("pass_thread_control", "take_thread_control")
_LONGEST_KEY = 150
_MILLISECONDS = 10**11
"""Above, a timestamp is in milliseconds; below, in seconds, as some deliveries have it."""

_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:\s+(.*))?", re.DOTALL)
_LONE_SURROGATES = re.compile("[\ud800-\udfff]")
_PERSON = re.compile(r"[0-9]{1,40}")

_KINDS = {
    "sticker": AttachmentKind.STICKER,
    "image": AttachmentKind.PHOTO,
    "audio": AttachmentKind.VOICE,
    "video": AttachmentKind.VIDEO,
    "reel": AttachmentKind.VIDEO,
    "ig_reel": AttachmentKind.VIDEO,
    "file": AttachmentKind.DOCUMENT,
    "location": AttachmentKind.LOCATION,
}


class UnreadableDeliveryError(Exception):
    """It is no JSON object; whoever sent it knows the app's secret, and is not the platform."""


@dataclass(frozen=True, slots=True)
class Echo:
    """A message of ours has arrived.

    Attributes:
        reference: its `metadata`.
        chat: where.
        mid: the platform's id of it.
    """

    reference: str
    chat: ChatId
    mid: str


@dataclass(frozen=True, slots=True)
class Led:
    """Who leads a conversation: we, or a person at the Page's inbox or another app.

    Attributes:
        chat: the conversation.
        at: since when.
        is_ours: whether the bot may answer.
    """

    chat: ChatId
    at: datetime
    is_ours: bool


Delivered = Event | Echo | Led
"""What is in a delivery: something to work off, or something to take note of at once."""


@dataclass(frozen=True, slots=True)
class Policed:
    """The platform acts against the Page, or lets go of it: "block", "unblock", "warning"."""

    action: str


def read_delivery(body: bytes, now: datetime) -> tuple[Delivered, ...]:
    """Read a delivery; give what concerns us.

    Args:
        body: the raw body, whose signature is right.
        now: dates what has no time of its own.

    Raises:
        UnreadableDeliveryError: it is no JSON object.
    """
    try:
        delivery = json.loads(body)
        if not isinstance(delivery, dict):
            raise UnreadableDeliveryError
        if delivery.get("object") != "page":
            return ()
        return tuple(_delivered(delivery, now))
    except (ValueError, RecursionError) as error:
        raise UnreadableDeliveryError from error


def meaning_of(event: Event) -> Incoming | Policed | None:
    """Say what an event that was kept means; `None` where it asks nothing of us."""
    item = json.loads(event.body)
    match item:
        case {"policy_enforcement": {"action": str(action)}}:
            return Policed(action)
    content = _content(item)
    if content is None:
        return None
    return Incoming(ChatId(event.channel, event.chat), content, event.sent_at)


def pressed(payload: str) -> Content:
    """Take the payload of a button: a command where it is written as one, else a tap."""
    words = clean(payload)
    if command := _COMMAND.fullmatch(words):
        return Command(command[1].lower(), (command[2] or "").strip())
    return Tap(words)


def _delivered(delivery: dict[str, Any], now: datetime) -> Iterator[Delivered]:
    for entry in _dicts(delivery.get("entry")):
        for item in _dicts(entry.get("messaging")):
            if read := _read(item, entry, now):
                yield read
        for item in _dicts(entry.get("standby")):
            yield from _overheard(item, entry, now)


def _read(item: dict[str, Any], entry: dict[str, Any], now: datetime) -> Delivered | None:
    kind = next((one for one in (*_WANTED, *_CONTROL) if isinstance(item.get(one), dict)), None)
    if kind is None:
        return None
    at = _moment(item, entry, now)
    if item[kind].get("is_echo") is True:
        return _echo(item, at)
    person = "0" if kind == "policy_enforcement" else _id(item.get("sender"))
    # The Page never asks itself anything, whatever others deliver in its name.
    if not person or person == str(entry.get("id")):
        return None
    if kind in _CONTROL:
        is_ours = kind == _CONTROL[0] and str(item[kind].get("new_owner_app_id")) != str(PAGE_INBOX)
        return Led(ChatId(CHANNEL, person), at, is_ours)
    body = json.dumps(item, separators=(",", ":")).encode()
    return Event(CHANNEL, _key(kind, item), person, at, body)


def _echo(item: dict[str, Any], at: datetime) -> Delivered | None:
    person = _id(item.get("recipient"))
    if not person:
        return None
    chat = ChatId(CHANNEL, person)
    match item["message"]:
        case {"metadata": str(reference)} if reference.startswith(OURS):
            return Echo(reference, chat, str(item["message"].get("mid", "")))
        case _:
            # A person at the Page's inbox wrote, or another app.
            return Led(chat, at, is_ours=False)


def _overheard(item: dict[str, Any], entry: dict[str, Any], now: datetime) -> Iterator[Delivered]:
    """Note that somebody else leads; what is said there is none of our business."""
    at = _moment(item, entry, now)
    match item:
        case {"message": {"is_echo": True}}:
            if read := _echo(item, at):
                yield read
        case {"message": dict()} | {"postback": dict()}:
            if person := _id(item.get("sender")):
                yield Led(ChatId(CHANNEL, person), at, is_ours=False)


def _key(kind: str, item: dict[str, Any]) -> str:
    """Name an event, the same each time it is delivered."""
    mid = item[kind].get("mid")
    if isinstance(mid, str) and mid.isprintable() and 0 < len(mid) <= _LONGEST_KEY - len(kind):
        return f"{kind}:{mid}"
    written = json.dumps(item, sort_keys=True).encode()
    return f"{kind}:{hashlib.sha256(written).hexdigest()}"


def _moment(item: dict[str, Any], entry: dict[str, Any], now: datetime) -> datetime:
    for value in (item.get("timestamp"), entry.get("time")):
        if isinstance(value, int | float) and not isinstance(value, bool) and value > 0:
            try:
                return datetime.fromtimestamp(
                    value / 1000 if value >= _MILLISECONDS else value, UTC
                )
            except (ValueError, OverflowError, OSError):
                continue
    return now


def _content(item: dict[str, Any]) -> Content | None:
    match item:
        case {"message": {"quick_reply": {"payload": str(payload)}}} if payload:
            return pressed(payload)
        case {"message": dict(message)}:
            return _said(message)
        case {"postback": {"payload": str(payload), "referral": {"ref": str(ref)}}} if ref:
            # A first visit by a link comes with "Get Started"; what a menu asks for goes first.
            return Command("start", clean(ref)) if payload == GET_STARTED else pressed(payload)
        case {"postback": {"payload": str(payload)}} if payload:
            return pressed(payload)
        case {"referral": {"ref": str(ref)}} | {"optin": {"ref": str(ref)}} if ref:
            return Command("start", clean(ref))
        case _:
            return None


def _said(message: dict[str, Any]) -> Content | None:
    if message.get("is_deleted") is True:
        return None
    words = message.get("text")
    words = clean(words) if isinstance(words, str) else ""
    attached = list(_dicts(message.get("attachments")))
    # Beside words, a link brings a preview of its page, which nobody sent.
    attached = [one for one in attached if not words or one.get("type") in _KINDS]
    if attached:
        return Attachment(_kind_of(attached[0]), words)
    if command := _COMMAND.fullmatch(words.strip()):
        name, argument = command.groups()
        return Command(name.lower(), (argument or "").strip())
    return Text(words) if words else Attachment(AttachmentKind.OTHER)


def _kind_of(attachment: dict[str, Any]) -> AttachmentKind:
    payload = attachment.get("payload")
    if isinstance(payload, dict) and payload.get("sticker_id"):
        # Until August 2026 stickers came as images.
        return AttachmentKind.STICKER
    return _KINDS.get(str(attachment.get("type")), AttachmentKind.OTHER)


def clean(text: str) -> str:
    """Replace what a text from outside may hold and no answer and no store may."""
    return _LONE_SURROGATES.sub("\ufffd", text).replace("\x00", "\ufffd")


def _dicts(value: object) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        yield from (one for one in value if isinstance(one, dict))


def _id(person: object) -> str:
    number = str(person.get("id", "")) if isinstance(person, dict) else ""
    return number if _PERSON.fullmatch(number) else ""
