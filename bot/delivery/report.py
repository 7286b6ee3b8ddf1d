"""What became of an announcement's deliveries, and who is to get it after all."""

from dataclasses import dataclass

from bot.delivery import queries
from bot.delivery.verdict import State
from bot.messaging.message import ChatId
from bot.store.engine import Store


@dataclass(frozen=True, slots=True)
class Tally:
    """How many deliveries of an announcement stand where."""

    pending: int = 0
    sending: int = 0
    sent: int = 0
    failed: int = 0
    waiting: int = 0
    uncertain: int = 0
    expired: int = 0
    skipped: int = 0

    @property
    def all(self) -> int:
        """How many there are."""
        return self.settled + self.pending + self.sending + self.waiting

    @property
    def settled(self) -> int:
        """How many there is nothing left to do for by itself."""
        return self.sent + self.failed + self.uncertain + self.expired + self.skipped


async def tally(store: Store, announcement: int) -> Tally:
    """Count the deliveries of an announcement."""
    return Tally(**await queries.counts(store, announcement))


async def uncertain_chats(store: Store, announcement: int) -> tuple[ChatId, ...]:
    """List who may have got it or not."""
    return await queries.chats_in(store, announcement, State.UNCERTAIN)


async def failures(store: Store, announcement: int) -> tuple[tuple[str, int], ...]:
    """Say why it failed, and how often for each reason, the most frequent first."""
    return await queries.reasons_for(store, announcement, State.FAILED)


async def resend(
    store: Store, announcement: int, states: tuple[str, ...] = (State.UNCERTAIN,)
) -> int:
    """Send it again to exactly those whose delivery stands there; give how many they are.

    The announcement runs again if it was done.
    """
    return await queries.again(store, announcement, states)
