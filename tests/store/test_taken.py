import asyncio
import datetime as dt
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import select, update

from bot.store.engine import Store, open_store
from bot.store.lease import store_now
from bot.store.schema import taken_updates
from bot.store.taken import KEPT, Register, RegisterDownError, Standing


@pytest.fixture
async def store(store_url: str) -> AsyncIterator[Store]:
    store = await open_store(store_url)
    yield store
    await store.close()


async def end_holds(store: Store, ago: dt.timedelta = dt.timedelta(seconds=1)) -> None:
    """Make all that was taken look as if its process had been dead for a while."""
    async with store.writing() as connection:
        now = await store_now(store, connection)
        await connection.execute(update(taken_updates).values(until=now - ago))


async def test_an_update_is_answered_by_one_process(store: Store) -> None:
    processes = [Register(store, "telegram", f"process-{n}") for n in range(4)]

    standings = await asyncio.gather(*(one.take(7, "chat") for one in processes))

    assert sorted(standing.name for standing in standings) == ["ELSEWHERE"] * 3 + ["OURS"]


async def test_an_answered_update_is_answered_for_every_process(store: Store) -> None:
    one, other = Register(store, "telegram", "one"), Register(store, "telegram", "other")
    await one.take(7, "chat")

    await one.done(7)
    await end_holds(store)

    assert await other.take(7, "chat") is Standing.DONE
    assert await one.take(7, "chat") is Standing.DONE


async def test_what_a_dead_process_had_in_hand_is_taken_over(store: Store) -> None:
    dead, other = Register(store, "telegram", "dead"), Register(store, "telegram", "other")
    await dead.take(7, "chat")
    assert await other.take(7, "chat") is Standing.ELSEWHERE

    await end_holds(store)

    assert await other.take(7, "chat") is Standing.OURS


async def test_what_was_given_up_is_free_at_once(store: Store) -> None:
    one, other = Register(store, "telegram", "one"), Register(store, "telegram", "other")
    await one.take(7, "chat")

    await one.give_up(7)

    assert await other.take(7, "chat") is Standing.OURS


async def test_updates_of_one_chat_wait_for_each_other(store: Store) -> None:
    one, other = Register(store, "telegram", "one"), Register(store, "telegram", "other")
    await one.take(7, "chat")

    assert await other.take(8, "chat") is Standing.WAITS
    assert await other.take(9, "another chat") is Standing.OURS
    await one.done(7)
    assert await other.take(8, "chat") is Standing.OURS


async def test_nobody_waits_for_a_dead_process_for_ever(store: Store) -> None:
    dead, other = Register(store, "telegram", "dead"), Register(store, "telegram", "other")
    await dead.take(7, "chat")
    assert await other.take(8, "chat") is Standing.WAITS

    await end_holds(store)

    assert await other.take(8, "chat") is Standing.OURS


async def test_channels_number_their_updates_for_themselves(store: Store) -> None:
    await Register(store, "telegram", "one").take(7, "chat")

    assert await Register(store, "messenger", "one").take(7, "chat") is Standing.OURS


async def test_no_chat_is_kept_and_old_updates_are_forgotten(store: Store) -> None:
    register = Register(store, "telegram", "one")
    await register.take(7, "48600700800")
    await register.done(7)
    async with store.reading() as connection:
        row = (await connection.execute(select(taken_updates))).one()
    assert "48600700800" not in str(row)

    await register.forget()
    assert await register.take(7, "48600700800") is Standing.DONE
    await end_holds(store, KEPT + dt.timedelta(hours=1))
    await register.forget()

    assert await register.take(7, "48600700800") is Standing.OURS


async def test_a_database_that_is_gone_is_told_of(store: Store) -> None:
    async with store.writing() as connection:
        await connection.run_sync(taken_updates.drop)

    with pytest.raises(RegisterDownError):
        await Register(store, "telegram", "one").take(7, "chat")


async def test_what_others_took_just_now_is_counted(store: Store) -> None:
    ours, other = Register(store, "telegram", "ours"), Register(store, "telegram", "other")
    elsewhere = Register(store, "messenger", "other")
    second = dt.timedelta(seconds=1)
    for number in range(5):
        await other.take(number, f"chat-{number}")
    await ours.take(7, "chat")
    await elsewhere.take(8, "chat")
    await other.done(3)

    assert await ours.elsewhere(second) == 5
    assert await other.elsewhere(second) == 1

    await end_holds(store)

    assert await ours.elsewhere(second) == 0
