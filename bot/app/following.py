"""Follows the knowledge: what visitors are told moves with each edit; old records are reported."""

import asyncio
import logging
from collections.abc import Mapping

from bot.announcements.queries.followups import Followups
from bot.announcements.queries.reminders import Reminders
from bot.app.fair import Fair
from bot.app.stale import StaleReport
from bot.knowledge.model import Knowledge, Series, Session

LOOK_EVERY_SECONDS = 1.0
TRY_AGAIN_AFTER_SECONDS = 30.0

log = logging.getLogger(__name__)


async def follow_knowledge(
    fair: Fair, reminders: Reminders, followups: Followups, stale: StaleReport
) -> None:
    """Look again and again, until cancelled. The database may be gone for a while."""
    seen: Knowledge | None = None
    while True:
        try:
            knowledge = fair.knowledge
            if knowledge is not seen:
                await followups.take_up()
                if seen is not None and (changed := changed_dates(seen, knowledge)):
                    await reminders.follow_all(changed)
                seen = knowledge
            await stale.look()
        except Exception as error:  # noqa: BLE001 - told, and tried again
            log.warning("an edit cannot be followed right now: %s", type(error).__name__)
            await asyncio.sleep(TRY_AGAIN_AFTER_SECONDS)
        await asyncio.sleep(LOOK_EVERY_SECONDS)


def changed_dates(before: Knowledge, after: Knowledge) -> set[str]:
    """List the sessions and series that are not as they were, those that are gone too."""
    old, new = _dated(before), _dated(after)
    return {one for one in old.keys() | new.keys() if old.get(one) != new.get(one)}


def _dated(knowledge: Knowledge) -> Mapping[str, Session | Series]:
    return {**knowledge.sessions, **knowledge.series}
