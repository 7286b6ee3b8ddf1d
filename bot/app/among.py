"""Serving beside other processes on one database: whose turn it is, and what they share.

SQLite is for one process, so everything here is `None` or in memory with it.
"""

import asyncio
import logging

from bot.channels.telegram.channel import Among
from bot.clock import real_clock
from bot.dialogue.contexts import Contexts, InMemoryContexts, SharedContexts
from bot.store.engine import Store
from bot.store.taken import Register
from bot.store.turn import Turn
from bot.visitors.queries import SqlStates

FORGET_EVERY_SECONDS = 600.0

log = logging.getLogger(__name__)


def among_others(store: Store, channel: str, owner: str) -> Among | None:
    """Say how a channel shares its updates with other processes; `None` for the only one."""
    if not store.is_postgres:
        return None
    return Among(Register(store, channel, owner), Turn(store, f"poller:{channel}", owner))


def contexts_in(store: Store, channels: frozenset[str]) -> Contexts:
    """Say where contexts are kept: with PostgreSQL, those of `channels` where all find them."""
    if not store.is_postgres:
        return InMemoryContexts()
    return SharedContexts(SqlStates(store), channels)


async def forget_what_is_over(store: Store, channel: str) -> None:
    """Delete old contexts and updates again and again, until it is cancelled."""
    register, states = Register(store, channel, ""), SqlStates(store)
    while store.is_postgres:
        try:
            await register.forget()
            await states.forget_old(real_clock())
        except Exception as error:  # noqa: BLE001 - told, and tried again
            log.warning("what is over is kept for now: %s", type(error).__name__)
        await asyncio.sleep(FORGET_EVERY_SECONDS)
