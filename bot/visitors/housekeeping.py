"""What has to be done about visitors beside answering them: write down meetings, and forget."""

import asyncio
import datetime as dt
import logging
from collections.abc import Callable
from typing import Protocol

from bot.clock import Clock
from bot.knowledge.model import Event
from bot.visitors.memory import KEPT_FOR

WRITE_EVERY_SECONDS = 1.0
FORGET_EVERY_SECONDS = 6 * 3600.0

log = logging.getLogger(__name__)


class Forgetful(Protocol):
    """Keeps visitors, and lets go of them."""

    async def write_meetings(self) -> None:
        """Write down who has written since the last time."""
        ...

    async def forget_silent(self, since: dt.datetime) -> int:
        """Delete every chat that has not written since a moment; say how many."""
        ...


def silent_since(event: Event, now: dt.datetime) -> dt.datetime | None:
    """Say since when a chat must have been silent to be forgotten; `None` while all are kept."""
    end = dt.datetime.combine(event.end_date, dt.time.max, event.zone)
    return now - KEPT_FOR if now >= end + KEPT_FOR else None


async def keep_house(visitors: Forgetful, clock: Clock, event: Callable[[], Event]) -> None:
    """Do both, again and again, until it is cancelled. The database may be gone for a while."""
    loop = asyncio.get_running_loop()
    forget_at = loop.time()
    while True:
        try:
            await visitors.write_meetings()
            if loop.time() >= forget_at:
                since = silent_since(event(), clock())
                if since is not None and (count := await visitors.forget_silent(since)):
                    log.info("%d chats were forgotten: the fair is long over", count)
                forget_at = loop.time() + FORGET_EVERY_SECONDS
        except Exception as error:  # noqa: BLE001 - told, and tried again
            log.warning("visitors cannot be kept right now: %s", type(error).__name__)
        await asyncio.sleep(WRITE_EVERY_SECONDS)
