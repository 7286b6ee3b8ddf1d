"""Serving beside other processes on one database: whose turn it is, and what they share.

SQLite is for one process, so everything here is `None` or in memory with it.
"""

import asyncio
import logging
from dataclasses import dataclass, field
from datetime import timedelta

from bot.channels.messenger.channel import MessengerChannel
from bot.channels.telegram.channel import Among, TelegramChannel
from bot.clock import real_clock
from bot.dialogue.contexts import Contexts, InMemoryContexts, SharedContexts
from bot.messaging.courier import Pace
from bot.store.engine import Store
from bot.store.taken import Register, RegisterDownError
from bot.store.turn import Turn
from bot.visitors.queries import SqlStates

FORGET_EVERY_SECONDS = 600.0
COUNT_EVERY_SECONDS = 0.25
COUNTED = timedelta(seconds=1)

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


@dataclass
class PaceAmong:
    """A `Pace` of the answers of all processes; `run` it beside the sender that asks.

    What others send is counted by the updates that they take, one message for each: a few
    times a second, and only while somebody asks.
    """

    own: Pace
    register: Register
    _others: int = field(default=0, init=False)
    _asked: asyncio.Event = field(default_factory=asyncio.Event, init=False)

    def taken(self, within: timedelta) -> int:
        """Count the calls that answers made in the last moments, here and elsewhere."""
        self._asked.set()
        return self.own.taken(within) + self._others

    async def run(self) -> None:
        """Count what others answer, until it is cancelled."""
        while True:
            await self._asked.wait()
            self._asked.clear()
            try:
                self._others = await self.register.elsewhere(COUNTED)
            except RegisterDownError as error:
                # The sender meets the same database, and tells of it.
                log.info("what others answer is not known for now: %s", error)
            await asyncio.sleep(COUNT_EVERY_SECONDS)


def pace_of(channel: TelegramChannel | MessengerChannel) -> Pace:
    """Say by what a sender knows how much of a channel's rate answers take."""
    among = channel.among if isinstance(channel, TelegramChannel) else None
    return PaceAmong(channel.pace, among.register) if among else channel.pace
