"""Events between acknowledgement and answer, on both databases."""

import asyncio
import datetime as dt
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import select, update

from bot.messaging.message import ChatId
from bot.store import echoes, inbox
from bot.store.engine import Store, open_store
from bot.store.inbox import Event
from bot.store.schema import inbox as table

NOON = dt.datetime(2017, 11, 30, 11, tzinfo=dt.UTC)
HOLD = dt.timedelta(seconds=30)
OVER = dt.timedelta(0)


@pytest.fixture
async def store(store_url: str) -> AsyncIterator[Store]:
    store = await open_store(store_url)
    yield store
    await store.close()


def event(key: str, chat: str = "anna", second: int = 0) -> Event:
    return Event("messenger", key, chat, NOON + dt.timedelta(seconds=second), key.encode())


async def keep(store: Store, *events: Event) -> None:
    async with store.writing() as connection:
        await inbox.keep(store, connection, events)


async def claimed(store: Store, owner: str = "one", hold: dt.timedelta = HOLD) -> dict[str, int]:
    rows = await inbox.claim(store, "messenger", owner, 10, hold)
    return {row.event.key: row.id for row in rows}


async def test_of_each_chat_the_event_that_was_sent_first_is_claimed(store: Store) -> None:
    await keep(store, event("late", second=9), event("early", second=1), event("b", "bert", 5))

    assert list(await claimed(store)) == ["early", "b"]
    assert await claimed(store, "two") == {}


async def test_the_next_one_of_a_chat_follows_when_the_first_is_finished(store: Store) -> None:
    await keep(store, event("a", second=1), event("b", second=2))
    first = await claimed(store)

    await inbox.finish(store, "one", first.values())

    assert list(await claimed(store, "two")) == ["b"]


async def test_an_earlier_event_that_comes_late_waits_for_the_one_in_hand(store: Store) -> None:
    await keep(store, event("later", second=2))
    await claimed(store)
    await keep(store, event("earlier", second=1))

    assert await claimed(store, "two") == {}


async def test_an_event_is_known_again_before_and_after_it_is_finished(store: Store) -> None:
    await keep(store, event("a"), event("a"))
    await keep(store, event("a"))
    first = await claimed(store)
    await inbox.finish(store, "one", first.values())
    await keep(store, event("a"))

    assert list(first) == ["a"]
    assert await claimed(store) == {}


async def test_events_of_a_dead_process_are_claimed_by_another(store: Store) -> None:
    await keep(store, event("a"), event("b", "bert"))
    first = await claimed(store, hold=OVER)
    assert await inbox.begin(store, "one", [first["a"]], OVER) == {first["a"]}

    again = await inbox.claim(store, "messenger", "two", 10, HOLD)

    assert {one.event.key: one.was_begun for one in again} == {"a": True, "b": False}


async def test_who_lost_an_event_neither_begins_nor_finishes_it(store: Store) -> None:
    await keep(store, event("a"))
    first = await claimed(store, hold=OVER)
    await claimed(store, "two")

    assert await inbox.begin(store, "one", first.values(), HOLD) == frozenset()
    await inbox.finish(store, "one", first.values())
    await inbox.hold(store, "one", first.values(), OVER)
    await inbox.put_back(store, "one", first.values(), OVER)

    assert await claimed(store, "three") == {}


async def test_what_is_put_back_waits_and_lets_nobody_of_its_chat_pass(store: Store) -> None:
    await keep(store, event("a", second=1), event("b", second=2))
    first = await claimed(store)
    await inbox.begin(store, "one", first.values(), HOLD)
    await inbox.put_back(store, "one", first.values(), HOLD)

    assert await claimed(store) == {}
    async with store.writing() as connection:
        await connection.execute(update(table).values(lease_until=None))
    (again,) = await inbox.claim(store, "messenger", "one", 10, HOLD)
    assert (again.event.key, again.was_begun) == ("a", False)


async def test_the_only_process_takes_over_at_once_what_another_had_in_hand(store: Store) -> None:
    await keep(store, event("a"), event("b", "bert"))
    first = await claimed(store, "dead")
    await inbox.begin(store, "dead", [first["a"]], HOLD)

    assert await inbox.take_from_the_dead(store, "messenger") == 2
    again = await inbox.claim(store, "messenger", "next", 10, HOLD)

    assert {one.event.key: one.was_begun for one in again} == {"a": True, "b": False}


async def test_two_that_claim_at_once_never_get_the_same_chat(store: Store) -> None:
    await keep(store, *(event(f"{chat}{n}", str(chat), n) for chat in range(5) for n in range(3)))

    many = await asyncio.gather(
        *(inbox.claim(store, "messenger", f"p{n}", 2, HOLD) for n in range(4))
    )

    chats = [one.event.chat for some in many for one in some]
    assert sorted(chats) == [str(chat) for chat in range(5)]


async def test_what_is_finished_says_nothing_any_more_and_goes_after_days(store: Store) -> None:
    await keep(store, event("a"), event("b", "bert"))
    await inbox.finish(store, "one", (await claimed(store)).values())
    async with store.reading() as connection:
        bodies = (await connection.execute(select(table.c.body))).scalars().all()
    kept = await inbox.sweep(store, "messenger")
    async with store.writing() as connection:
        await connection.execute(update(table).values(done_at=NOON))

    assert bodies == [b"", b""]
    assert (kept, await inbox.sweep(store, "messenger")) == (0, 2)


async def test_a_visitor_can_read_and_delete_what_is_kept(store: Store) -> None:
    await keep(store, event("a"), event("b", second=1), event("c", "bert"))
    first = await claimed(store)
    await inbox.finish(store, "one", first.values())
    anna = ChatId("messenger", "anna")

    before = await inbox.known_of(store, anna)
    await inbox.forget_worked_off(store, anna)

    assert [one["state"] for one in before] == ["answered", "open"]
    assert [one["state"] for one in await inbox.known_of(store, anna)] == ["open"]


async def test_echoes_say_what_arrived(store: Store) -> None:
    assert not await echoes.are_told(store, "messenger")
    async with store.writing() as connection:
        await echoes.note(store, connection, "messenger", ["a:1", "a:1", "a:2", "x" * 500])
        await echoes.note(store, connection, "messenger", ["a:1"])

    assert await echoes.are_told(store, "messenger")
    assert await echoes.arrived(store, "messenger", ["a:1", "a:3"]) == {"a:1"}
    assert await echoes.sweep(store, "messenger") == 0
