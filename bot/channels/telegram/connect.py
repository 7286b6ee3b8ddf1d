"""Waiting for the platform: without network, or while it has trouble of its own."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator
from datetime import timedelta
from typing import TypeVar

from telegram.error import BadRequest, InvalidToken, TelegramError

from bot.channels.telegram.options import Waits
from bot.channels.telegram.request import TooSoonError
from bot.errors import ChannelError

log = logging.getLogger(__name__)

T = TypeVar("T")

UNKNOWN_BOT = (
    "Telegram does not know this bot token."
    " Copy it again from @BotFather into TARGOBOT_TELEGRAM_TOKEN."
)


class Patience:
    """Waits between tries, says once that something is wrong, and once that it is over."""

    def __init__(self, waits: Waits, stopping: asyncio.Event) -> None:
        """Wait as `waits` says, and no longer than until `stopping`."""
        self._waits = waits
        self._stopping = stopping
        self._pauses = _pauses(waits)
        self._trouble = ""

    async def after(self, error: TelegramError, trouble: str) -> None:
        """Wait after a failure; `trouble` is the line that the log gets, once."""
        if trouble != self._trouble:
            log.warning("Telegram: %s", trouble)
            self._trouble = trouble
        pause = next(self._pauses)
        if isinstance(error, TooSoonError):
            pause = max(pause, error.wait)
        await pause_for(pause, self._stopping)

    def over(self) -> None:
        """Take note that it works."""
        if self._trouble:
            log.info("Telegram: reached again")
            self._trouble = ""
            self._pauses = _pauses(self._waits)


async def insist(
    step: Callable[[], Awaitable[T]], waits: Waits, stopping: asyncio.Event
) -> T | None:
    """Do a step of the start, again until the platform can be reached; `None` at a stop.

    Raises:
        ChannelError: it can be reached and does not want us.
    """
    patience = Patience(waits, stopping)
    while not stopping.is_set():
        try:
            result = await step()
        except InvalidToken:
            # Without its cause, which names the token.
            raise ChannelError(UNKNOWN_BOT) from None
        except BadRequest as error:
            raise ChannelError(f"Telegram refuses to start: {error.message}") from None
        except TelegramError as error:
            await patience.after(error, f"cannot be reached ({error.message}); trying until it can")
        else:
            patience.over()
            return result
    return None


async def pause_for(wait: timedelta, stopping: asyncio.Event) -> None:
    """Wait, but no longer than until `stopping`."""
    try:
        async with asyncio.timeout(wait.total_seconds()):
            await stopping.wait()
    except TimeoutError:
        return


def _pauses(waits: Waits) -> Iterator[timedelta]:
    pause = waits.first_retry
    while True:
        yield min(pause, waits.longest_retry)
        pause *= 2
