"""What became of a call to the Bot API, sorted by what the sender does next."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from telegram.error import (
    BadRequest,
    ChatMigrated,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    TelegramError,
)

from bot.channels.telegram.request import NotSentError, ServerFailedError, TooSoonError


@dataclass(frozen=True, slots=True)
class Done:
    """It was done; `result` is what the platform answered."""

    result: Any


@dataclass(frozen=True, slots=True)
class Later:
    """It was surely or most probably not done and may be tried again.

    Attributes:
        wait: how long the platform tells us to wait; `None` where it says nothing.
        reason: for the log.
    """

    wait: timedelta | None
    reason: str


@dataclass(frozen=True, slots=True)
class Moved:
    """The group has a new id."""

    chat_id: int


@dataclass(frozen=True, slots=True)
class Gone:
    """The chat cannot be reached: the visitor has blocked the bot, or the group is gone."""

    reason: str


@dataclass(frozen=True, slots=True)
class Refused:
    """The platform does not take this call: most often a mistake of ours."""

    reason: str


@dataclass(frozen=True, slots=True)
class Unsure:
    """It may have been done or not. Done again, a visitor might read it twice."""

    reason: str


Outcome = Done | Later | Moved | Gone | Refused | Unsure

# What is wrong with one chat only, although it comes as a bad request.
_GONE = (
    "chat not found",
    "user is deactivated",
    "group is deactivated",
    "peer_id_invalid",
    "user_is_blocked",
    "not enough rights",
    "no rights to send",
    "need administrator rights",
    "chat_write_forbidden",
    "chat_restricted",
    "bot is not a member",
    "topic_closed",
    "topic_deleted",
    "message thread not found",
)


def outcome_of(error: TelegramError) -> Outcome:
    """Sort an error of the library.

    The order matters: `BadRequest` and `TimedOut` are `NetworkError`s there.
    """
    match error:
        case TooSoonError():
            return Later(error.wait, error.message)
        case ChatMigrated():
            return Moved(error.new_chat_id)
        case Forbidden():
            return Gone(error.message)
        case BadRequest() if any(sign in error.message.lower() for sign in _GONE):
            return Gone(error.message)
        case BadRequest() | InvalidToken() | EndPointNotFound():
            return Refused(error.message)
        case NotSentError() | ServerFailedError():
            return Later(None, error.message)
        case NetworkError():
            return Unsure(error.message)
        case _:
            # An answer that is no JSON, or one that a later library calls by a new name.
            return Unsure(f"{type(error).__name__}: {error.message}")
