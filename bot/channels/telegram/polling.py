"""Long polling that loses no update.

Asking for updates from an offset on tells the platform that all before it have
arrived. So the offset is the first update that is not worked off yet: what is
in hand when the bot dies comes again. Meanwhile the platform repeats what is in
hand; it is known by its id and passed over.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from telegram import Update
from telegram.error import Conflict, InvalidToken, NetworkError, TelegramError

from bot.channels.telegram.api import Api
from bot.channels.telegram.connect import UNKNOWN_BOT, Patience, pause_for
from bot.channels.telegram.options import Waits
from bot.channels.telegram.request import TooSoonError
from bot.channels.telegram.send import NotDeliveredError
from bot.channels.telegram.updates import (
    ALLOWED_UPDATES,
    UnreadableUpdateError,
    read_update,
)
from bot.errors import ChannelError

log = logging.getLogger(__name__)

Take = Callable[[Update], Awaitable[None]]

BATCH = 100
SPAN = 50
"""How far an update that takes long may hold back the offset: a batch must reach past it."""
TRIES = 3

_SECOND_POLLER = (
    "somebody else fetches the updates of this bot, or a webhook was set."
    " Only one bot may run with a token: stop the other. Trying until it is gone"
)


class Poller:
    """Fetches updates and hands them on until told to stop."""

    def __init__(self, api: Api, take: Take, waits: Waits, stopping: asyncio.Event) -> None:
        """Hand what `api` fetches to `take`."""
        self._api = api
        self._take = take
        self._waits = waits
        self._stopping = stopping
        self._patience = Patience(waits, stopping)
        self._unfinished: dict[int, int] = {}  # update id → how often it was tried
        self._in_hand: dict[int, asyncio.Task[None]] = {}
        self._last = -1

    async def run(self) -> None:
        """Fetch until told to stop, then finish what is in hand.

        Raises:
            ChannelError: the token is not valid any more.
        """
        try:
            while not self._stopping.is_set():
                batch = await self._fetch()
                for raw in batch:
                    self._accept(raw)
                if self._in_hand:
                    # Most answers are out by then, and the next poll can confirm them.
                    await asyncio.wait(
                        self._in_hand.values(), timeout=self._waits.in_hand.total_seconds()
                    )
                elif self._unfinished:
                    await pause_for(self._waits.first_retry, self._stopping)
        finally:
            await self._finish()

    async def _fetch(self) -> list[dict[str, Any]]:
        wait = 0 if self._unfinished else int(self._waits.poll.total_seconds())
        poll = asyncio.ensure_future(
            self._api.fetch_updates(
                wait, offset=self._offset(), limit=BATCH, allowed_updates=list(ALLOWED_UPDATES)
            )
        )
        stop = asyncio.ensure_future(self._stopping.wait())
        await asyncio.wait({poll, stop}, return_when=asyncio.FIRST_COMPLETED)
        if not poll.done():
            # Nothing is lost: what was not confirmed is given again.
            poll.cancel()
            await asyncio.wait({poll})
            return []
        stop.cancel()
        try:
            updates = poll.result()
        except InvalidToken:
            raise ChannelError(UNKNOWN_BOT) from None
        except Conflict as error:
            await self._patience.after(error, _SECOND_POLLER)
            return []
        except (NetworkError, TooSoonError) as error:
            trouble = f"cannot be reached ({error.message}); trying until it can"
            await self._patience.after(error, trouble)
            return []
        self._patience.over()
        return updates

    def _offset(self) -> int | None:
        if self._last < 0:
            return None
        first = min(self._unfinished, default=self._last + 1)
        return max(first, self._last - SPAN)

    def _accept(self, raw: dict[str, Any]) -> None:
        update_id = int(raw["update_id"])
        if update_id in self._in_hand or self._is_finished(update_id):
            return
        self._last = max(self._last, update_id)
        self._unfinished[update_id] = self._unfinished.get(update_id, 0) + 1
        self._in_hand[update_id] = asyncio.create_task(self._work_off(update_id, raw))

    def _is_finished(self, update_id: int) -> bool:
        return update_id <= self._last and update_id not in self._unfinished

    async def _work_off(self, update_id: int, raw: dict[str, Any]) -> None:
        try:
            await self._take(read_update(raw, self._api))
        except NotDeliveredError as error:
            if self._unfinished[update_id] < TRIES:
                log.warning("update %d is tried again: %s", update_id, error)
                return
            log.warning("update %d is given up: %s", update_id, error)
        except UnreadableUpdateError:
            log.warning("update %d cannot be read; it is passed over", update_id)
        finally:
            del self._in_hand[update_id]
        del self._unfinished[update_id]

    async def _finish(self) -> None:
        if self._in_hand:
            await asyncio.wait(self._in_hand.values(), timeout=self._waits.drain.total_seconds())
        if left := list(self._in_hand.values()):
            log.warning("Telegram: %d updates in hand are left for the next start", len(left))
            for task in left:
                task.cancel()
            await asyncio.wait(left)
        if self._last < 0:
            return
        try:
            # The last word to the platform: these have arrived.
            await self._api.fetch_updates(0, offset=self._offset(), limit=1)
        except TelegramError as error:
            log.warning("Telegram: the last updates come again at the next start: %s", error)
