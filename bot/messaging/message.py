"""What came in, the same for every platform.

A channel turns each update into one `Incoming` and hands it to `Respond`;
`bot.dialogue` takes it from there.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import assert_never

from bot.messaging.reply import Reply


@dataclass(frozen=True, slots=True)
class ChatId:
    """The address of one conversation.

    Attributes:
        channel: the platform, such as "telegram" or "web".
        chat: the platform's own id of the chat; personal data, so never logged.
            That of a group begins with "-", as on Telegram.
    """

    channel: str
    chat: str

    @property
    def is_group(self) -> bool:
        """Say whether several people read there."""
        return self.chat.startswith("-")


class AttachmentKind(StrEnum):
    """What a visitor can send that is no text."""

    STICKER = "sticker"
    PHOTO = "photo"
    VOICE = "voice"
    VIDEO = "video"
    DOCUMENT = "document"
    LOCATION = "location"
    CONTACT = "contact"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Text:
    """A message that the visitor typed."""

    text: str


@dataclass(frozen=True, slots=True)
class Tap:
    """A button that the visitor pressed.

    Attributes:
        data: the `Ask.data` of the button, at most 64 bytes. It comes from outside:
            never trust it.
    """

    data: str


@dataclass(frozen=True, slots=True)
class Command:
    """A command of the platform's menu, without the slash.

    Attributes:
        name: such as "start" or "program"; lower case.
        argument: what followed it: the payload of a deep link, or words to search for.
    """

    name: str
    argument: str = ""


@dataclass(frozen=True, slots=True)
class Attachment:
    """Something that is no text, with the caption if there was one."""

    kind: AttachmentKind
    caption: str = ""


Content = Text | Tap | Command | Attachment


@dataclass(frozen=True, slots=True)
class Incoming:
    """One thing that a visitor sent us.

    Attributes:
        chat: where the answer goes.
        content: what was sent.
        sent_at: when, by the platform's clock; aware.
        language_hint: what the platform believes the visitor speaks, as an IETF tag
            such as "pl" or "uk-UA"; `None` where it does not say.
        replies_to: the platform's id of our message that this answers, where the platform
            knows such replies; "" for none.
    """

    chat: ChatId
    content: Content
    sent_at: datetime
    language_hint: str | None = None
    replies_to: str = ""


Respond = Callable[[Incoming], Awaitable[tuple[Reply, ...]]]
"""What a channel is handed: it never knows who answers."""


def words_of(content: Content) -> str:
    """Say which words of the visitor's own are in it; "" for a tap."""
    match content:
        case Text(text):
            return text
        case Command(argument=argument):
            return argument
        case Attachment(caption=caption):
            return caption
        case Tap():
            return ""
        case _:
            assert_never(content)
