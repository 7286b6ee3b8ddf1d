"""The words between the page and the server: JSON frames, checked on arrival.

The page says `{"session": …, "language": …}` first, then
`{"id": 1, "text": …}`, `{"id": 2, "tap": …}` or
`{"id": 3, "command": …, "argument": …}`. The server answers each with
`{"answers": id, "replies": […]}`.
"""

import base64
import json
from dataclasses import dataclass
from typing import Any, assert_never

from bot.messaging.message import Command, Content, Tap, Text
from bot.messaging.reply import Ask, Button, Card, Copy, File, Link, MapPoint, Reply

TEXT_LIMIT = 2000
"""Signs of one message that we take; the input field holds no more."""


class BadFrameError(ValueError):
    """The frame is none that our page sends."""


@dataclass(frozen=True, slots=True)
class Hello:
    """The first frame of a connection.

    Attributes:
        session: what the tab calls itself, the same after a reconnect.
        language: what the browser is set to, an IETF tag; "" where it does not say.
    """

    session: str
    language: str


@dataclass(frozen=True, slots=True)
class Said:
    """One message of the visitor; `number` grows by one within a session."""

    number: int
    content: Content


def read_hello(frame: str) -> Hello:
    """Read the first frame.

    Raises:
        BadFrameError: it is something else.
    """
    fields = _object(frame)
    session, language = fields.get("session"), fields.get("language", "")
    # The session is the only key to a conversation: too short could be guessed.
    if not isinstance(session, str) or not 20 <= len(session) <= 64 or not session.isascii():
        raise BadFrameError("no session")
    if not isinstance(language, str) or len(language) > 35:
        raise BadFrameError("no language tag")
    return Hello(session, language)


def read_said(frame: str) -> Said:
    """Read a frame after the first.

    Raises:
        BadFrameError: it is something else.
    """
    fields = _object(frame)
    number = fields.get("id")
    if not isinstance(number, int) or isinstance(number, bool) or not 0 < number < 2**53:
        raise BadFrameError("no id")
    match fields:
        case {"text": str(text)}:
            return Said(number, Text(text[:TEXT_LIMIT]))
        case {"tap": str(data)}:
            return Said(number, Tap(data[:64]))
        case {"command": str(name), **rest}:
            argument = rest.get("argument", "")
            return Said(number, Command(name[:32], argument[:64] if type(argument) is str else ""))
        case _:
            raise BadFrameError("neither text nor tap nor command")


def write_answer(number: int, replies: tuple[Reply, ...]) -> str:
    """Write the frame that answers message `number`."""
    return json.dumps(
        {"answers": number, "replies": [_reply(reply) for reply in replies]},
        ensure_ascii=False,
        separators=(",", ":"),
    )


def write_failure(number: int) -> str:
    """Write the frame that says that message `number` could not be answered."""
    return json.dumps({"answers": number, "replies": [], "failed": True})


def _object(frame: str) -> dict[str, Any]:
    try:
        fields = json.loads(frame)
    except (ValueError, RecursionError) as error:
        raise BadFrameError("no JSON") from error
    if not isinstance(fields, dict):
        raise BadFrameError("no object")
    return fields


def _reply(reply: Reply) -> dict[str, Any]:
    return {
        "language": reply.language.value,
        "title": reply.title,
        "text": reply.text,
        "cards": [_card(card) for card in reply.cards],
        "note": reply.note,
        "buttons": [_button(button) for button in reply.buttons],
        "point": _point(reply.point) if reply.point else None,
        "file": _file(reply.file) if reply.file else None,
        "replaces": reply.replaces,
    }


def _card(card: Card) -> dict[str, Any]:
    return {
        "title": card.title,
        "text": card.text,
        "note": card.note,
        "buttons": [_button(button) for button in card.buttons],
    }


def _button(button: Button) -> dict[str, str]:
    match button:
        case Ask(label, data):
            return {"label": label, "tap": data}
        case Link(label, url):
            return {"label": label, "url": url}
        case Copy(label, text):
            return {"label": label, "copy": text}
        case _:
            assert_never(button)


def _file(file: File) -> dict[str, str]:
    content = base64.b64encode(file.content).decode()
    return {"name": file.name, "type": file.media_type, "content": content}


def _point(point: MapPoint) -> dict[str, str]:
    place = f"{point.latitude:.6f}/{point.longitude:.6f}"
    marker = f"mlat={point.latitude:.6f}&mlon={point.longitude:.6f}"
    return {
        "label": ", ".join(part for part in (point.title, point.address) if part),
        "url": f"https://www.openstreetmap.org/?{marker}#map=17/{place}",
    }
