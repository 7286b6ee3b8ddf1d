"""What the bot says unasked: who writes it, who brings it, and who is told of trouble."""

import asyncio
import datetime as dt
import logging
import os
import secrets
import socket
from collections.abc import Callable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.announcements.composer import Writer
from bot.announcements.model import Audience, Content, Draft, Kind, Scope, Urgency
from bot.announcements.queries import announcements
from bot.clock import Clock
from bot.delivery.sender import Sender
from bot.language.trouble import Trouble
from bot.messaging.courier import Courier, Pace
from bot.messaging.languages import Language
from bot.store.engine import Store
from bot.store.wakeups import Wakeups

LEFT_EVERY_SECONDS = 5.0

log = logging.getLogger(__name__)


def new_owner() -> str:
    """Name this process, unlike any other: machine, number, and something random."""
    return f"{socket.gethostname()[:16]}-{os.getpid()}-{secrets.token_hex(4)}"


@dataclass(frozen=True, slots=True)
class Alerts:
    """Tells the staff, and the log, what only a person can mend."""

    store: Store
    clock: Clock
    zone: Callable[[], ZoneInfo]

    async def __call__(self, trouble: Trouble) -> None:
        """Tell it, to each in their language."""
        log.error("%s", trouble)
        content = Content({language: trouble.said(language) for language in Language})
        await tell_staff(
            self.store, content, Urgency.SAFETY, announcements.BOT, self.clock(), self.zone()
        )


async def tell_staff(
    store: Store, content: Content, urgency: Urgency, by: str, now: dt.datetime, zone: ZoneInfo
) -> None:
    """Tell the whole staff something, as an announcement made `by` a part of the bot."""
    draft = Draft(Kind.FREE, urgency, content, Audience(Scope.STAFF))
    number = await announcements.keep_draft(store, draft, by, now)
    await announcements.confirm(store, number, by, now, zone)


async def write_what_is_left(store: Store, clock: Clock, zone: Callable[[], ZoneInfo]) -> None:
    """Write the deliveries that a process which died has left unwritten; again and again.

    Whoever confirms does it themselves at once, so there is mostly nothing.
    """
    while True:
        await asyncio.sleep(LEFT_EVERY_SECONDS)
        try:
            for number in await announcements.unexpanded(store):
                if await announcements.expand_rest(store, number, clock(), zone()):
                    log.warning("announcement %d: the rest of its deliveries is written", number)
        except Exception as error:  # noqa: BLE001 - told, and tried again
            log.warning("deliveries cannot be written now: %s", type(error).__name__)


def make_sender(
    store: Store,
    courier: Courier,
    writer: Writer,
    pace: Pace,
    alerts: Alerts,
    wakeups: Wakeups,
) -> Sender:
    """Put the sender of one channel together."""
    return Sender(store, courier, writer, pace, writer.clock, new_owner(), alerts, wakeups)
