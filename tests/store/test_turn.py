import asyncio
import time
from collections.abc import AsyncIterator

import pytest

from bot.store.engine import Store, open_store
from bot.store.turn import Turn


@pytest.fixture
async def store(store_url: str) -> AsyncIterator[Store]:
    store = await open_store(store_url)
    yield store
    await store.close()


async def test_it_is_the_turn_of_one_and_then_of_the_next(store: Store) -> None:
    one, other = Turn(store, "poller", "one"), Turn(store, "poller", "other")

    async with asyncio.timeout(10), one.kept():
        await one.wait()
        async with other.kept():
            await asyncio.sleep(1)
            assert (one.is_ours, other.is_ours) == (True, False)
    async with asyncio.timeout(10), other.kept():
        await other.wait()
        assert (one.is_ours, other.is_ours) == (False, True)


async def test_whoever_gives_it_up_is_followed_at_once(store: Store) -> None:
    one, other = Turn(store, "poller", "one"), Turn(store, "poller", "other")

    async with asyncio.timeout(10), other.kept():
        async with one.kept():
            first, second = (one, other) if not other.is_ours else (other, one)
            await asyncio.wait(
                {asyncio.ensure_future(first.wait()), asyncio.ensure_future(second.wait())},
                return_when=asyncio.FIRST_COMPLETED,
            )
        began = time.monotonic()
        await other.wait()

    assert time.monotonic() - began < 5
    assert not one.is_ours


async def test_a_turn_that_is_lost_says_so(store: Store) -> None:
    turn = Turn(store, "poller", "one")
    async with asyncio.timeout(10), turn.kept():
        await turn.wait()
        lost = asyncio.create_task(turn.lost())
        await asyncio.sleep(0)
        assert not lost.done()
    async with asyncio.timeout(10):
        await lost

    assert not turn.is_ours
