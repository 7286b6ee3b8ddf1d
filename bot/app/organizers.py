"""Those who run the fair: their room, what it writes, and what goes on by itself beside it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field

from bot.announcements.alarms import Alarms
from bot.announcements.composer import Write
from bot.announcements.queries.staff import Staff
from bot.announcements.staff import read_address
from bot.app.fair import Fair
from bot.app.telling import new_owner
from bot.channels.messenger.options import CHANNEL as MESSENGER
from bot.channels.messenger.options import WINDOW
from bot.channels.telegram.courier import TelegramCourier
from bot.channels.telegram.updates import CHANNEL as TELEGRAM
from bot.dialogue.menu import COMMANDS
from bot.dialogue.organizer.commands import MENU
from bot.dialogue.organizer.notes import Notes
from bot.dialogue.organizer.notices import AlarmNotices
from bot.dialogue.organizer.office import Office
from bot.dialogue.organizer.room import OrganizerRoom
from bot.dialogue.signups.staff import MENU as SIGNUPS_MENU
from bot.messaging.courier import Courier
from bot.messaging.message import ChatId
from bot.settings import Settings
from bot.store.engine import Store
from bot.store.wakeups import Wakeups
from bot.visitors.housekeeping import FORGET_EVERY_SECONDS, silent_since
from bot.visitors.memory import Question
from bot.visitors.queries import SqlFlows

log = logging.getLogger(__name__)

Questions = Callable[[], Awaitable[tuple[Question, ...]]]


@dataclass
class Organizers:
    """All that the organizers need, put together.

    Attributes:
        staff: who is who.
        room: takes their turns.
        notices: tell visitors of an alarm in force before each answer.
        alarms: repeat it, and keep progress up to date.
        writers: write what goes to a few.
        has_templates: Messenger lets us write at any time, by templates that Meta approved.
        couriers: who brings messages, by channel; filled when they are open.
    """

    staff: Staff
    alarms: Alarms
    writers: Mapping[str, Write]
    has_templates: bool = False
    couriers: dict[str, Courier] = field(default_factory=dict)
    room: OrganizerRoom = field(init=False)
    notices: AlarmNotices = field(init=False)

    def open_room(self, store: Store, questions: Questions) -> None:
        """Make the room."""
        office = Office(
            store,
            self.staff,
            SqlFlows(store),
            self.couriers,
            self._link,
            self._menu,
            questions,
            # Approved templates open it; without them nobody is reached later than this.
            {} if self.has_templates else {MESSENGER: WINDOW},
        )
        self.room = OrganizerRoom(office)
        self.notices = AlarmNotices(self.alarms, self.staff)

    def have(self, couriers: Iterable[Courier]) -> None:
        """Take the couriers that are open now."""
        self.couriers.update({one.channel: one for one in couriers})
        self.alarms.can_amend = [name for name, one in self.couriers.items() if one.can_amend]

    async def run(self, wakeups: Wakeups) -> None:
        """Go on until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self.staff.follow(wakeups))
            tasks.create_task(self.alarms.run())
            tasks.create_task(self._forget())

    async def _forget(self) -> None:
        """Delete the log of a fair that is long over, as what visitors keep is deleted."""
        while True:
            try:
                since = silent_since(self.alarms.event(), self.alarms.clock())
                if since is not None:
                    await self.staff.forget_log(since)
            except Exception as error:  # noqa: BLE001 - told, and tried again
                log.warning("the staff's log is kept for now: %s", type(error).__name__)
            await asyncio.sleep(FORGET_EVERY_SECONDS)

    async def _link(self, payload: str) -> str:
        courier = self.couriers.get(TELEGRAM)
        return await courier.link(payload) if isinstance(courier, TelegramCourier) else ""

    async def _menu(self, chat: ChatId, is_staff: bool) -> None:
        courier = self.couriers.get(chat.channel)
        if not isinstance(courier, TelegramCourier) or chat.is_group:
            return
        menu = (*MENU, *SIGNUPS_MENU, *COMMANDS) if is_staff else ()
        await courier.show_menu(chat.chat, [(one.name, one.descriptions) for one in menu])


async def organizers_in(
    settings: Settings, store: Store, fair: Fair, questions: Questions
) -> Organizers:
    """Put it together; whom the settings name is known from now on."""
    staff = Staff(store, fair.clock, [read_address(one) for one in settings.organizers])
    await staff.enlist()
    alarms = Alarms(store, lambda: fair.event, fair.clock, new_owner())
    await alarms.look()
    notes = Notes(store, staff, lambda: fair.knowledge)
    has_templates = bool(settings.messenger_utility_templates)
    organizers = Organizers(staff, alarms, notes.writers(), has_templates)
    organizers.open_room(store, questions)
    return organizers
