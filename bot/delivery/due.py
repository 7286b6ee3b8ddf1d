"""A message that is due, and what its writer says about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.messaging.reply import Reply


@dataclass(frozen=True, slots=True)
class Due:
    """A delivery that was claimed: it is ours to send, once.

    Attributes:
        id: of the delivery.
        subject: what it is about: `a:<announcement>`, `r:<record>` or `o:<offer>`.
        announcement: whose it is; `None` for a reminder.
        channel: the platform.
        chat: the platform's id of the chat.
        tries: how often it failed for reasons of its own; waits that the platform told us
            do not count.
        message_id: the platform's id of a message that this one corrects; `None` for a new one.
        not_before: when it was due.
        expires_at: from then on it is not sent; `None` for never.
        urgency: 0 reminder, 1 minor, 2 important, 3 safety.
        resends: rather twice than never, as the announcement says.
        tells_anew: whoever has the message that it corrects gets a new one too.
    """

    id: int
    subject: str
    announcement: int | None
    channel: str
    chat: str
    tries: int
    message_id: str | None
    not_before: datetime
    expires_at: datetime | None
    urgency: int
    resends: bool = False
    tells_anew: bool = False

    @property
    def is_silent(self) -> bool:
        """Say whether it comes without a sound: minor changes do, reminders do not."""
        return self.urgency == 1


@dataclass(frozen=True, slots=True)
class Skip:
    """It is not to be sent after all: the session moved, the visitor wants no more."""

    reason: str


class Composer(Protocol):
    """Writes messages at the last moment, so that each says what holds now."""

    async def compose(self, due: Sequence[Due]) -> Sequence[Reply | Skip]:
        """Write a message for each, in the same order."""
        ...
