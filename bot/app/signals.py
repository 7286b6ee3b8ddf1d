"""Serving until somebody asks to stop."""

import asyncio
import contextlib
import signal
from collections.abc import Iterator


async def until_a_signal_or(*serving: asyncio.Task[None]) -> None:
    """Wait for SIGINT or SIGTERM, or until one of some tasks ends by itself."""
    stop = asyncio.Event()
    with _signals(stop):
        waiting = asyncio.create_task(stop.wait())
        await asyncio.wait({waiting, *serving}, return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()


@contextlib.contextmanager
def _signals(stop: asyncio.Event) -> Iterator[None]:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    try:
        yield
    finally:
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(number)
