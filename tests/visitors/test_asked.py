"""How often each thing was asked about: counted without words and without who, on both stores."""

import datetime as dt

import pytest

from bot.store.engine import open_store
from bot.visitors.queries.asked import SqlAsked

THURSDAY, FRIDAY = dt.date(2017, 11, 30), dt.date(2017, 12, 1)


@pytest.fixture
async def asked(store_url):
    store = await open_store(store_url)
    yield SqlAsked(store)
    await store.close()


async def test_what_was_counted_adds_up_by_day(asked):
    for subject, day in (("gala", THURSDAY), ("quiz", THURSDAY), ("gala", THURSDAY)):
        asked.count(subject, day)
    await asked.write()
    await asked.write()
    asked.count("gala", FRIDAY)
    await asked.write()

    assert await asked.most() == (("gala", 3), ("quiz", 1))
    assert await asked.most(1) == (("gala", 3),)
    assert await asked.most(only=["quiz", "panel"]) == (("quiz", 1),)
    assert await asked.by_day() == (
        (THURSDAY, "gala", 2),
        (THURSDAY, "quiz", 1),
        (FRIDAY, "gala", 1),
    )


async def test_two_processes_add_to_the_same_number(asked):
    other = SqlAsked(asked.store)
    for one in (asked, other):
        one.count("gala", THURSDAY)
        await one.write()

    assert await asked.most() == (("gala", 2),)


async def test_nothing_is_written_before_its_time_and_old_days_end(asked):
    asked.count("gala", THURSDAY)
    assert await asked.most() == ()
    asked.count("gala", FRIDAY)
    await asked.write()

    await asked.forget(FRIDAY)

    assert await asked.by_day() == ((FRIDAY, "gala", 1),)
