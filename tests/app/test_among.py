import asyncio
import datetime as dt
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import text

from bot.app.among import COUNT_EVERY_SECONDS, PaceAmong
from bot.channels.telegram.pace import AnswerPace
from bot.store.engine import Store, open_store
from bot.store.taken import Register

SECOND = dt.timedelta(seconds=1)


@pytest.fixture
async def store(store_url: str) -> AsyncIterator[Store]:
    store = await open_store(store_url)
    yield store
    await store.close()


async def until_it_counts(pace: PaceAmong, count: int) -> None:
    async with asyncio.timeout(30):
        while pace.taken(SECOND) != count:  # noqa: ASYNC110 - it is counted from time to time
            await asyncio.sleep(COUNT_EVERY_SECONDS / 5)


async def test_a_broadcast_takes_what_all_processes_leave(store: Store) -> None:
    own = AnswerPace()
    pace = PaceAmong(own, Register(store, "telegram", "ours"))
    other = Register(store, "telegram", "other")
    own.note("sendMessage")
    assert pace.taken(SECOND) == 1
    counting = asyncio.create_task(pace.run())

    for number in range(3):
        await other.take(number, f"chat-{number}")
    # Our own one and theirs; later, when all are over a second old, none.
    await until_it_counts(pace, 4)
    await until_it_counts(pace, 0)

    counting.cancel()


async def test_a_database_that_cannot_say_leaves_the_last_count(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", logger="bot.app.among")
    pace = PaceAmong(AnswerPace(), Register(store, "telegram", "ours"))
    await Register(store, "telegram", "other").take(1, "chat")
    counting = asyncio.create_task(pace.run())
    await until_it_counts(pace, 1)

    async with store.writing() as connection:
        await connection.execute(text("DROP TABLE taken_updates"))
    async with asyncio.timeout(30):
        while "not known" not in caplog.text:
            assert pace.taken(SECOND) <= 1
            await asyncio.sleep(COUNT_EVERY_SECONDS / 5)

    assert not counting.done()
    counting.cancel()
