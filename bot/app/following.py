"""Follows the knowledge: news of offers move with each edit; old records are reported.

Reminders of sessions follow in `changes.py`.
"""

import asyncio
import logging

from bot.announcements.queries.followups import Followups
from bot.app.fair import Fair
from bot.app.stale import StaleReport
from bot.knowledge.model import Knowledge

LOOK_EVERY_SECONDS = 1.0
TRY_AGAIN_AFTER_SECONDS = 30.0

log = logging.getLogger(__name__)


async def follow_knowledge(fair: Fair, followups: Followups, stale: StaleReport) -> None:
    """Look again and again, until cancelled. The database may be gone for a while."""
    seen: Knowledge | None = None
    while True:
        try:
            knowledge = fair.knowledge
            if knowledge is not seen:
                await followups.take_up()
                seen = knowledge
            await stale.look()
        except Exception as error:  # noqa: BLE001 - told, and tried again
            log.warning("an edit cannot be followed right now: %s", type(error).__name__)
            await asyncio.sleep(TRY_AGAIN_AFTER_SECONDS)
        await asyncio.sleep(LOOK_EVERY_SECONDS)
