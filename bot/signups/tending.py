"""Tends the lists again and again; of several processes, the one that holds the lease."""

import asyncio
import datetime as dt
import logging
from collections.abc import Callable

from bot.knowledge.model import Knowledge
from bot.signups.queries import SqlSignups, follow_sign_ups, tend
from bot.store.lease import take_lease

EVERY_SECONDS = 5.0
LEASE = "signups"
LEASE_LASTS = dt.timedelta(seconds=30)

log = logging.getLogger(__name__)


async def keep_lists(lists: SqlSignups, knowledge: Callable[[], Knowledge], owner: str) -> None:
    """Tend the lists until cancelled. The database may be gone for a while.

    Args:
        lists: in the store.
        knowledge: the fair as it is now.
        owner: this process, unlike any other.
    """
    followed: Knowledge | None = None
    while True:
        try:
            if await take_lease(lists.store, LEASE, owner, LEASE_LASTS):
                count = await tend(lists)
                if count:
                    log.info("%d lists were deleted: what they were for is long over", count)
                if (present := knowledge()) is not followed:
                    await follow_sign_ups(lists, present)
                    followed = present
            else:
                # Another process follows, until it dies.
                followed = None
        except Exception as error:  # noqa: BLE001 - told, and tried again
            log.warning("lists cannot be tended right now: %s", type(error).__name__)
        await asyncio.sleep(EVERY_SECONDS)
