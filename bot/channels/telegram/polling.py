"""Long polling that loses no update.

Asking for updates from an offset on tells the platform that all before it have
arrived. So the offset is the first update that is not worked off yet: what is
in hand when the bot dies comes again. Meanwhile the platform repeats what is in
hand; it is known by its id and passed over. Only an update that takes longer
than any should holds back nothing any more, or a hundred of them would hide all
that comes after.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from telegram import Update
from telegram.error import Conflict, InvalidToken, TelegramError

from bot.channels.telegram.api import Api
from bot.channels.telegram.connect import UNKNOWN_BOT, Patience, pause_for
from bot.channels.telegram.options import Waits
from bot.channels.telegram.send import NotDeliveredError
from bot.channels.telegram.updates import (
    ALLOWED_UPDATES,
    UnreadableUpdateError,
    read_update,
)
from bot.errors import ChannelError
from bot.store.turn import Turn

log = logging.getLogger(__name__)

Take = Callable[[Update], Awaitable[None]]

BATCH = 100
TRIES = 3

_SECOND_POLLER = (
    "somebody else fetches the updates of this bot, or a webhook was set."
    " Only one bot may run with a token: stop the other. Trying until it is gone"
)


@dataclass(slots=True)
class _Open:
    """An update that is not worked off yet.

    Attributes:
        tries: how often that was begun.
        since: when it was begun last, by the clock of the event loop.
    """

    tries: int
    since: float


class Poller:
    """Fetches updates and hands them on until told to stop."""

    def __init__(
        self,
        api: Api,
        take: Take,
        waits: Waits,
        stopping: asyncio.Event,
        turn: Turn | None = None,
    ) -> None:
        """Hand what `api` fetches to `take`, but only while it is our `turn` to fetch."""
        self._turn = turn
        self._api = api
        self._take = take
        self._waits = waits
        self._stopping = stopping
        self._patience = Patience(waits, stopping)
        self._clock = asyncio.get_running_loop().time
        self._open: dict[int, _Open] = {}
        self._in_hand: dict[int, asyncio.Task[None]] = {}
        self._last = -1
        self._confirmed = 0

    async def run(self) -> None:
        """Fetch until told to stop, then finish what is in hand.

        Raises:
            ChannelError: the token is not valid any more.
        """
        try:
            while await self._may_fetch():
                batch = await self._fetch()
                for raw in batch:
                    self._accept(raw)
                if self._in_hand:
                    # Most answers are out by then, and the next poll can confirm them.
                    await asyncio.wait(
                        self._in_hand.values(), timeout=self._waits.in_hand.total_seconds()
                    )
                elif self._open:
                    await pause_for(self._waits.first_retry, self._stopping)
        finally:
            await self._finish()

    async def _may_fetch(self) -> bool:
        """Wait for our turn; say whether there is still something to do then."""
        if self._turn and not self._turn.is_ours:
            await _first(self._turn.wait(), self._stopping.wait())
        return not self._stopping.is_set()

    async def _fetch(self) -> list[dict[str, Any]]:
        wait = 0 if self._open else int(self._waits.poll.total_seconds())
        poll = asyncio.create_task(
            self._api.fetch_updates(
                wait, offset=self._offset(), limit=BATCH, allowed_updates=list(ALLOWED_UPDATES)
            )
        )
        others = (self._stopping.wait(), *([self._turn.lost()] if self._turn else ()))
        await _first(*others, beside=poll)
        if not poll.done():
            # Nothing is lost: what was not confirmed is given again, to whoever asks next.
            poll.cancel()
            await asyncio.wait({poll})
            return []
        try:
            updates = poll.result()
        except InvalidToken:
            raise ChannelError(UNKNOWN_BOT) from None
        except Conflict as error:
            await self._patience.after(error, _SECOND_POLLER)
            return []
        except TelegramError as error:
            trouble = f"cannot be reached ({error.message}); trying until it can"
            await self._patience.after(error, trouble)
            return []
        self._patience.over()
        return updates

    def _offset(self) -> int | None:
        if self._last < 0:
            return None
        began = self._clock() - self._waits.work.total_seconds()
        holding = [update_id for update_id, held in self._open.items() if held.since >= began]
        self._confirmed = max(self._confirmed, min(holding, default=self._last + 1))
        return self._confirmed

    def _accept(self, raw: dict[str, Any]) -> None:
        update_id = int(raw["update_id"])
        if update_id in self._in_hand or self._is_finished(update_id):
            return
        self._last = max(self._last, update_id)
        tries = self._open[update_id].tries if update_id in self._open else 0
        self._open[update_id] = _Open(tries + 1, self._clock())
        self._in_hand[update_id] = asyncio.create_task(self._work_off(update_id, raw))

    def _is_finished(self, update_id: int) -> bool:
        return update_id <= self._last and update_id not in self._open

    async def _work_off(self, update_id: int, raw: dict[str, Any]) -> None:
        try:
            await self._take(read_update(raw, self._api))
        except NotDeliveredError as error:
            if self._open[update_id].tries < TRIES and update_id >= self._confirmed:
                log.warning("update %d is tried again: %s", update_id, error)
                return
            log.warning("update %d is given up: %s", update_id, error)
        except UnreadableUpdateError:
            log.warning("update %d cannot be read; it is passed over", update_id)
        finally:
            del self._in_hand[update_id]
        del self._open[update_id]

    async def _finish(self) -> None:
        if self._in_hand:
            await asyncio.wait(self._in_hand.values(), timeout=self._waits.drain.total_seconds())
        if left := list(self._in_hand.values()):
            log.warning("Telegram: %d updates in hand are left for the next start", len(left))
            for task in left:
                task.cancel()
            await asyncio.wait(left)
        if self._last < 0 or (self._turn and not self._turn.is_ours):
            return
        try:
            # The last word to the platform: these have arrived.
            await self._api.fetch_updates(0, offset=self._offset(), limit=1)
        except TelegramError as error:
            log.warning("Telegram: the last updates come again at the next start: %s", error)


async def _first(
    *waits: Coroutine[Any, Any, Any], beside: "asyncio.Task[Any] | None" = None
) -> None:
    """Wait until one of them is over, or a task `beside` them; the others are given up."""
    waiting = {asyncio.ensure_future(wait) for wait in waits}
    everything = waiting | {beside} if beside else waiting
    await asyncio.wait(everything, return_when=asyncio.FIRST_COMPLETED)
    for one in waiting:
        one.cancel()
    await asyncio.wait(waiting)
