"""Writes down what was asked about, and forgets it when the fair is long over."""

import asyncio
import logging
from collections.abc import Callable

from bot.clock import Clock
from bot.knowledge.model import Event
from bot.visitors.housekeeping import FORGET_EVERY_SECONDS, silent_since
from bot.visitors.queries.asked import SqlAsked

WRITE_EVERY_SECONDS = 5.0

log = logging.getLogger(__name__)


async def keep_count(asked: SqlAsked, clock: Clock, event: Callable[[], Event]) -> None:
    """Do both, again and again, until it is cancelled. The database may be gone for a while."""
    loop = asyncio.get_running_loop()
    forget_at = loop.time()
    while True:
        try:
            await asked.write()
            if loop.time() >= forget_at:
                since = silent_since(event(), clock())
                if since is not None:
                    await asked.forget(since.astimezone(event().zone).date())
                forget_at = loop.time() + FORGET_EVERY_SECONDS
        except Exception as error:  # noqa: BLE001 - told, and tried again
            log.warning("what was asked cannot be counted for now: %s", type(error).__name__)
        await asyncio.sleep(WRITE_EVERY_SECONDS)
