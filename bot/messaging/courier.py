"""What a channel offers to whoever has something to tell without being asked."""

from datetime import timedelta
from typing import Protocol

from bot.messaging.outcome import Outcome
from bot.messaging.reply import Reply


class Courier(Protocol):
    """Brings a message to one chat of one channel, once: it never tries again by itself.

    Attributes:
        channel: the platform, as in `ChatId.channel`.
        can_amend: whether a delivered message can be changed.
    """

    channel: str
    can_amend: bool

    @property
    def per_second(self) -> float:
        """How many messages the platform allows a second now; above 0."""
        ...

    async def deliver(self, chat: str, reply: Reply, *, reference: str, silent: bool) -> Outcome:
        """Send one message.

        Args:
            chat: the platform's id of the chat.
            reply: what to say; a courier draws it as one message where it can.
            reference: our id of the delivery; sent along where the platform echoes it.
            silent: without a sound, where the platform can do this.
        """
        ...

    async def amend(self, chat: str, message_id: str, reply: Reply) -> Outcome:
        """Change a message that was delivered; `Refused` where the platform cannot."""
        ...

    def preview(self, reply: Reply) -> tuple[str, ...]:
        """Say in plain text what the visitor will see: a string for each message it becomes."""
        ...


class Pace(Protocol):
    """Tells a sender how much of the platform's rate answers to visitors leave."""

    def taken(self, within: timedelta) -> int:
        """Count the calls that answers made in the last moments."""
        ...
