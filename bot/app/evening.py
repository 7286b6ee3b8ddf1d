"""Asks in the evening, on platforms that let us write for a day after a visitor's message."""

import asyncio
import logging

from bot.announcements.queries.evening import Evening

LOOK_EVERY_SECONDS = 60.0

log = logging.getLogger(__name__)


async def ask_in_the_evening(evening: Evening) -> None:
    """Look again and again, until cancelled. The database may be gone for a while."""
    while True:
        try:
            if asked := await evening.ask():
                log.info("%d visitors are asked whether to be told of changes tomorrow", asked)
        except Exception as error:  # noqa: BLE001 - told, and tried again
            log.warning("nobody can be asked right now: %s", type(error).__name__)
        await asyncio.sleep(LOOK_EVERY_SECONDS)
