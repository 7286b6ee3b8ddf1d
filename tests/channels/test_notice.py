import asyncio
from datetime import timedelta

import pytest

from bot.channels.notice import typing_when_slow


class Screen:
    """Counts how often "typing" was shown."""

    def __init__(self) -> None:
        self.shown = 0
        self.lit = asyncio.Event()

    async def show(self) -> None:
        self.shown += 1
        self.lit.set()


async def test_slow_answer_is_announced_while_it_lasts() -> None:
    screen = Screen()

    async with typing_when_slow(screen.show, timedelta(0)):
        await screen.lit.wait()

    assert screen.shown == 1


async def test_quick_answer_is_not_announced_afterwards() -> None:
    screen = Screen()

    async with typing_when_slow(screen.show, timedelta(milliseconds=5)):
        pass

    # Longer than the timer, which must not ring any more.
    await asyncio.sleep(0.02)
    assert screen.shown == 0


async def test_announcement_ends_when_the_answer_fails() -> None:
    screen = Screen()
    tasks = asyncio.all_tasks()

    async def fail() -> None:
        async with typing_when_slow(screen.show, timedelta(0)):
            await screen.lit.wait()
            raise LookupError

    with pytest.raises(LookupError):
        await fail()

    assert asyncio.all_tasks() == tasks
