"""Among several processes: an update is answered by one of them, a chat's updates in order."""

import asyncio
import logging
from collections.abc import Awaitable
from dataclasses import dataclass
from datetime import timedelta
from typing import assert_never

from bot.channels.telegram.send import NotDeliveredError
from bot.store.taken import Register, RegisterDownError, Standing

FIRST_LOOK_S = 0.02
LONGEST_S = 0.5

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Once:
    """Lets through what is ours to answer.

    Attributes:
        register: which updates were taken, by whom.
        patience: how long an update waits for an earlier one of its chat, or for another
            process that answers it.
    """

    register: Register
    patience: timedelta

    async def work_off(self, number: int, chat: str, work: Awaitable[None]) -> None:
        """Await `work`, unless the update was answered already.

        Raises:
            NotDeliveredError: it cannot be answered now; it may come again.
        """
        try:
            if not await self._is_ours(number, chat):
                return
            try:
                await work
            except BaseException:
                await self._give_up(number)
                raise
            await self.register.done(number)
        except RegisterDownError as error:
            raise NotDeliveredError(f"the database: {error}") from None

    async def _is_ours(self, number: int, chat: str) -> bool:
        loop = asyncio.get_running_loop()
        ends, pause = loop.time() + self.patience.total_seconds(), FIRST_LOOK_S
        while True:
            standing = await self.register.take(number, chat)
            match standing:
                case Standing.OURS:
                    return True
                case Standing.DONE:
                    return False
                case Standing.WAITS | Standing.ELSEWHERE:
                    if loop.time() + pause >= ends:
                        raise NotDeliveredError("it, or one before it, is in hand elsewhere")
                    await asyncio.sleep(pause)
                    pause = min(2 * pause, LONGEST_S)
                case _:
                    assert_never(standing)

    async def _give_up(self, number: int) -> None:
        """Let whoever gets it next answer it at once, instead of when our hold runs out."""
        try:
            await self.register.give_up(number)
        except RegisterDownError as error:
            log.warning("update %d: the database: %s", number, error)
