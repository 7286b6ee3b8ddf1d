""" "Typing…", shown only when an answer lets the visitor wait."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta

RENEWAL = timedelta(seconds=4.5)
"""Telegram shows it for five seconds, Messenger for about twenty."""


@asynccontextmanager
async def typing_when_slow(
    show: Callable[[], Awaitable[object]], after: timedelta, renewal: timedelta = RENEWAL
) -> AsyncIterator[None]:
    """Call `show` when the block takes longer than `after`, and each `renewal` until it ends."""
    task: asyncio.Task[None] | None = None

    def begin() -> None:
        nonlocal task
        task = asyncio.create_task(_shown(show, renewal))

    # A timer costs next to nothing; most answers are there before it rings.
    timer = asyncio.get_running_loop().call_later(after.total_seconds(), begin)
    try:
        yield
    finally:
        timer.cancel()
        if task is not None:
            task.cancel()
            await asyncio.wait({task})


async def _shown(show: Callable[[], Awaitable[object]], renewal: timedelta) -> None:
    while True:
        await show()
        await asyncio.sleep(renewal.total_seconds())
