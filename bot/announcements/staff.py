"""Who may announce: roles, one-time invitations, and the log of what was done."""

import datetime as dt
import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from bot.messaging.message import ChatId

INVITATION_HOLDS = dt.timedelta(days=2)
INVITATION_PREFIX = "join"
NAME_LIMIT = 40


class Role(StrEnum):
    """What somebody of the staff may do."""

    ORGANIZER = "organizer"
    DESK = "desk"


class Right(StrEnum):
    """One thing that not everybody of the staff may do."""

    READ = "read"
    ANNOUNCE = "announce"
    ALARM = "alarm"
    STAFF = "staff"


RIGHTS: Mapping[Role, frozenset[Right]] = MappingProxyType(
    {
        Role.ORGANIZER: frozenset(Right),
        # The desk sees everything, tells the staff, and raises an alarm that another confirms.
        Role.DESK: frozenset({Right.READ, Right.ALARM}),
    }
)


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the staff.

    Attributes:
        name: as the others of the staff see it.
    """

    chat: ChatId
    role: Role
    name: str

    def may(self, right: Right) -> bool:
        """Say whether the role allows something."""
        return right in RIGHTS[self.role]


@dataclass(frozen=True, slots=True)
class LogEntry:
    """What somebody of the staff did, and when."""

    at: dt.datetime
    who: str
    what: str
    details: str


def new_invitation() -> str:
    """Make a code that nobody can guess, which a link may carry."""
    return secrets.token_urlsafe(16)


def hash_of(code: str) -> str:
    """Give what is kept of a code: whoever reads the database cannot use it."""
    return hashlib.sha256(code.encode()).hexdigest()


def read_address(address: str) -> ChatId:
    """Read "telegram:123456", as settings name organizers.

    Raises:
        ValueError: it is something else.
    """
    channel, colon, chat = address.strip().partition(":")
    if not colon or not channel.isalpha() or not chat.lstrip("-").isdecimal():
        raise ValueError(f"{address!r} is no chat; write channel and number: telegram:123456789")
    return ChatId(channel.lower(), chat)
