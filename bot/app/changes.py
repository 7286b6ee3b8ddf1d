"""What was changed in chat is in force in this process as soon as it is confirmed in any."""

import asyncio
import contextlib
import datetime as dt
import logging
from dataclasses import dataclass, field

from bot.announcements.model import Announcement
from bot.announcements.queries.announcements import CHANGES, holding
from bot.announcements.queries.changes import (
    changes_made,
    mark_followed,
    mark_written_back,
    not_followed,
)
from bot.announcements.queries.reminders import Reminders
from bot.app.fair import Fair
from bot.app.telling import new_owner
from bot.dialogue.news.room import NewsRoom
from bot.knowledge.differences import differences
from bot.knowledge.model import Knowledge
from bot.store.engine import Store
from bot.store.lease import give_back, take_lease
from bot.store.wakeups import Wakeups
from bot.visitors.queries import SqlVisitors

LOOK_ANYWAY_EVERY_SECONDS = 10.0
_LEASE = "follow-changes"
_LEASE_LASTS = dt.timedelta(minutes=2)

log = logging.getLogger(__name__)


def news_in(store: Store, fair: Fair, visitors: SqlVisitors) -> NewsRoom:
    """Make the room that tells what changed, and what still holds."""

    async def holding_now(now: dt.datetime) -> tuple[Announcement, ...]:
        return await holding(store, now)

    return NewsRoom(lambda: fair.standing().holding, visitors, holding_now)


async def changes_in(store: Store, fair: Fair, wakeups: Wakeups, reminders: Reminders) -> "Changes":
    """Put in force what was changed before this process began, and be ready for more."""
    changes = Changes(store, fair, wakeups, reminders, new_owner())
    await changes.begin()
    return changes


@dataclass(frozen=True, slots=True)
class Changes:
    """Keeps the fair of this process, and the reminders of all, as the store and the YAML say.

    Attributes:
        owner: this process, unlike any other.
    """

    store: Store
    fair: Fair
    wakeups: Wakeups
    reminders: Reminders
    owner: str
    _learning: set[asyncio.Task[None]] = field(default_factory=set)

    async def begin(self) -> None:
        """Put in force what was changed before this process began, words and all."""
        self.fair.take_changes(await changes_made(self.store))
        await self.fair.learn_words()

    async def run(self) -> None:
        """Take up every change, until cancelled. The database may be gone for a while."""
        counted = self.wakeups.of(CHANGES)
        while True:
            with contextlib.suppress(TimeoutError):
                # Not `wait_for`: before Python 3.12 it loses a cancellation that comes together
                # with what it waits for.
                async with asyncio.timeout(LOOK_ANYWAY_EVERY_SECONDS):
                    await counted.wait()
            counted.clear()
            try:
                await self.look()
            except Exception as error:  # noqa: BLE001 - told, and tried again
                log.warning("changes cannot be taken up for now: %s", type(error).__name__)

    async def look(self) -> None:
        """Take up what is new now."""
        made = await changes_made(self.store)
        if made != self.fair.made:
            self.fair.take_changes(made)
            task = asyncio.create_task(self.fair.learn_words())
            self._learning.add(task)
            task.add_done_callback(self._learned)
        said = [one.number for one in self.fair.standing().said if not one.written_back]
        if said:
            await mark_written_back(self.store, said)
        await self._let_reminders_follow()

    async def edited(self, before: Knowledge) -> None:
        """Let reminders follow an edit of the YAML.

        Args:
            before: the fair as it was until now.
        """
        try:
            await self._follow({one.record for one in differences(before, self.fair.knowledge)})
            await self.look()
        except Exception as error:  # noqa: BLE001 - told; reminders are checked when they leave
            log.warning("reminders cannot follow an edit: %s", type(error).__name__)

    async def _let_reminders_follow(self) -> None:
        """Do it for all processes, whoever is first."""
        if not await not_followed(self.store):
            return
        lease = await take_lease(self.store, _LEASE, self.owner, _LEASE_LASTS)
        if lease is None:
            return
        try:
            new = await not_followed(self.store)
            await self._follow({one.change.record for one in new})
            await mark_followed(self.store, [one.number for one in new])
        finally:
            await give_back(self.store, lease)

    async def _follow(self, keys: set[str]) -> None:
        records = {key.partition("@")[0] for key in keys}
        if records:
            await self.reminders.follow_all(records)

    def _learned(self, task: asyncio.Task[None]) -> None:
        self._learning.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("changed words cannot be found: %s", type(error).__name__)
