"""Each update once, one chat in order, different chats at once.

Platforms deliver an update again when they are not sure that it arrived, and
two taps of one person must not overtake each other. A channel passes everything
that comes in through one `Inbox`. It keeps nothing on disk: the channel tells
the platform that an update has arrived only when it is worked off.
"""

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass, field
from enum import Enum, auto

Work = Callable[[], Awaitable[None]]


class Taken(Enum):
    """What became of an update."""

    DONE = auto()
    DUPLICATE = auto()
    """It had been worked off before, or was in hand and is worked off now."""
    FULL = auto()
    """Too many of the same chat are waiting; it was not worked off."""


@dataclass(slots=True)
class _Lane:
    """The queue of one chat; it exists only while somebody is in it."""

    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    inside: int = 0


class Inbox:
    """What is in hand, and what was worked off lately."""

    def __init__(self, *, remembered: int = 10_000, per_chat: int = 32) -> None:
        """Make an empty inbox.

        Args:
            remembered: how many updates that are worked off are known again.
            per_chat: how many updates of one chat may be in hand or waiting.
        """
        self._remembered = remembered
        self._per_chat = per_chat
        self._done: dict[Hashable, None] = {}
        self._in_hand: dict[Hashable, asyncio.Event] = {}
        self._lanes: dict[Hashable, _Lane] = {}

    def is_done(self, update: Hashable) -> bool:
        """Say whether the update is known to be worked off."""
        return update in self._done

    async def work_off(self, update: Hashable, chat: Hashable, work: Work) -> Taken:
        """Do the work of an update, unless that is done or being done already.

        If it is in hand, this waits for it. What `work` raises is raised here, and
        the update may come again.
        """
        while (being_done := self._in_hand.get(update)) is not None:
            await being_done.wait()
        if update in self._done:
            return Taken.DUPLICATE
        lane = self._lanes.setdefault(chat, _Lane())
        if lane.inside >= self._per_chat:
            return Taken.FULL
        finished = self._in_hand[update] = asyncio.Event()
        lane.inside += 1
        try:
            async with lane.turn:
                await work()
            self._remember(update)
        finally:
            lane.inside -= 1
            if lane.inside == 0:
                del self._lanes[chat]
            del self._in_hand[update]
            finished.set()
        return Taken.DONE

    async def drained(self) -> None:
        """Wait until nothing is in hand."""
        while self._in_hand:
            await next(iter(self._in_hand.values())).wait()

    def _remember(self, update: Hashable) -> None:
        self._done[update] = None
        while len(self._done) > self._remembered:
            del self._done[next(iter(self._done))]
