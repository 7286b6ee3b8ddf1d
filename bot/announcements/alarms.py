"""What goes on by itself while announcements run: an evacuation is repeated, progress is shown.

Every process knows the alarm that is in force, for its answers; one of them, by a lease,
repeats it and has progress written anew.
"""

import asyncio
import datetime as dt
import logging
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from bot.announcements.model import Announcement, State
from bot.announcements.queries.alarms import alarm_in_force
from bot.announcements.queries.announcements import repeat
from bot.announcements.queries.notes import refresh_progress
from bot.clock import Clock
from bot.knowledge.model import Event
from bot.store.engine import Store
from bot.store.lease import is_free, take_lease

REPEAT_EVERY = dt.timedelta(minutes=3)
LEASE = "announcements"
LEASE_LASTS = dt.timedelta(seconds=5)
LOOK_EVERY_SECONDS = 1.0

log = logging.getLogger(__name__)


@dataclass
class Alarms:
    """Knows the alarm in force and repeats it; `run` it once in each process.

    Attributes:
        store: where announcements are.
        event: the fair.
        clock: says when the next repetition is due.
        owner: the name of this process.
        can_amend: the channels on which a message about a broadcast can be changed.
        current: the evacuation that is in force; `None` for none.
    """

    store: Store
    event: Callable[[], Event]
    clock: Clock
    owner: str
    can_amend: Collection[str] = ()
    current: Announcement | None = None
    _repeated: set[tuple[int, int]] = field(default_factory=set)
    _held_until: float = 0.0

    async def run(self) -> None:
        """Look every second, until it is cancelled. The database may be gone for a while."""
        while True:
            try:
                await self.look()
                if await self._is_ours():
                    await self.work()
            except Exception as error:  # noqa: BLE001 - told, and tried again
                log.warning("Alarms cannot be looked at right now: %s", type(error).__name__)
            await asyncio.sleep(LOOK_EVERY_SECONDS)

    async def look(self) -> None:
        """Learn which alarm is in force."""
        self.current = await alarm_in_force(self.store)

    async def work(self) -> None:
        """Repeat the alarm if that is due, and have progress written anew."""
        if self.current is not None:
            await self._repeat(self.current)
        await refresh_progress(self.store, self.can_amend, self.clock())

    async def _repeat(self, alarm: Announcement) -> None:
        # One that still runs has not reached everybody: a second round would overtake it.
        if alarm.state is not State.DONE or alarm.confirmed_at is None:
            return
        repetition = int((self.clock() - alarm.confirmed_at) / REPEAT_EVERY)
        if repetition < 1 or (alarm.id, repetition) in self._repeated:
            return
        await repeat(self.store, alarm.id, repetition, self.clock(), self.event().zone)
        self._repeated.add((alarm.id, repetition))
        log.warning("The evacuation is told again, for the %d. time", repetition)

    async def _is_ours(self) -> bool:
        now = time.monotonic()
        if self._held_until - now > LEASE_LASTS.total_seconds() / 2:
            return True
        if not self._held_until and not await is_free(self.store, LEASE, LEASE_LASTS):
            return False
        lease = await take_lease(self.store, LEASE, self.owner, LEASE_LASTS)
        self._held_until = now + LEASE_LASTS.total_seconds() if lease else 0.0
        return lease is not None
