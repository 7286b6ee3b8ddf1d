"""Signing up, put together with what it keeps, what is told of it, and who of the staff sees it."""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass

from bot.announcements.composer import Write
from bot.announcements.model import Audience, Content, Draft, Kind, Scope, Urgency
from bot.announcements.queries import announcements
from bot.announcements.queries.audience import reach
from bot.announcements.queries.recipients import Recipient
from bot.announcements.queries.staff import Staff
from bot.app.fair import Fair
from bot.app.telling import new_owner
from bot.delivery.due import Due, Skip
from bot.dialogue.scene import Lists
from bot.dialogue.signups.filling import Follow, FormDesk
from bot.dialogue.signups.room import SignupRoom
from bot.dialogue.signups.staff import StaffDesk
from bot.messaging.languages import Language
from bot.messaging.reply import Reply
from bot.signups.bookable import bookable
from bot.signups.queries import SqlSignups
from bot.signups.subjects import PREFIX
from bot.signups.tending import keep_lists
from bot.signups.told import Teller
from bot.store.engine import Store
from bot.store.wakeups import Wakeups
from bot.visitors.memory import Personal
from bot.visitors.queries import SqlFlows


@dataclass(frozen=True, slots=True)
class SignUps:
    """All about lists of those who signed up.

    Attributes:
        lists: in the store.
    """

    store: Store
    fair: Fair
    lists: SqlSignups

    def room(self, personal: Personal, follow: Follow, staff: Staff) -> SignupRoom:
        """Make the room in which visitors sign up."""
        flows = SqlFlows(self.store)
        desk = StaffDesk(self.lists, flows, staff.member, staff.note, self._reach, self._announce)
        forms = FormDesk(self.lists, flows, personal, self.lists.reachable, follow)
        return SignupRoom(forms, desk)

    def shown(self, staff: Staff) -> Lists:
        """Give what answers say of lists."""
        return Lists(
            self.lists.taken,
            lambda chat: not chat.is_group and staff.member(chat) is not None,
        )

    def writers(self) -> dict[str, Write]:
        """Give who writes what is told to those who signed up."""
        teller = Teller(self.lists, lambda: self.fair.knowledge, self.fair.clock)

        async def write(due: Due, reader: Recipient, language: Language) -> Reply | Skip:
            return await teller.write(due, language, wants_reminders=reader.remind_minutes > 0)

        return {PREFIX: write}

    async def run(self, wakeups: Wakeups) -> None:
        """Tend the lists, and know how full they are, until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self.lists.follow(wakeups))
            tasks.create_task(keep_lists(self.lists, lambda: self.fair.knowledge, new_owner()))

    async def _reach(self, about: str) -> int:
        now, zone = self.fair.clock(), self.fair.event.zone
        reached = await reach(self.store, _those(about), Urgency.IMPORTANT, now, zone)
        return reached.now + reached.later

    async def _announce(self, about: str, text: str, who: str) -> int:
        now, zone = self.fair.clock(), self.fair.event.zone
        count = await self._reach(about)
        content = Content({Language.PL: text})
        draft = Draft(Kind.FREE, Urgency.IMPORTANT, content, _those(about))
        number = await announcements.keep_draft(self.store, draft, who, now)
        await announcements.confirm(self.store, number, who, now, zone)
        return count


def _those(about: str) -> Audience:
    return Audience(Scope.SIGNED_UP, (about,))


async def signups_in(store: Store, fair: Fair, reachable: Collection[str]) -> SignUps:
    """Open the lists."""
    lists = SqlSignups(store, lambda key: bookable(key, fair.knowledge), fair.clock, reachable)
    await lists.load()
    return SignUps(store, fair, lists)
