import asyncio
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.inbox import Inbox, Taken


class Worker:
    """Works when it is let, and remembers in which order."""

    def __init__(self) -> None:
        self.began: list[str] = []
        self.ended: list[str] = []
        self.gates: dict[str, asyncio.Event] = {}

    def at(self, name: str) -> asyncio.Event:
        return self.gates.setdefault(name, asyncio.Event())

    def doing(self, name: str, *, fails: bool = False):
        async def work() -> None:
            self.began.append(name)
            await self.at(name).wait()
            if fails:
                raise ConnectionError(name)
            self.ended.append(name)

        return work


async def settle() -> None:
    for _ in range(10):
        await asyncio.sleep(0)


async def test_update_is_worked_off_once() -> None:
    inbox, worker = Inbox(), Worker()
    worker.at("a").set()

    taken = [await inbox.work_off(1, "chat", worker.doing("a")) for _ in range(3)]

    assert taken == [Taken.DONE, Taken.DUPLICATE, Taken.DUPLICATE]
    assert worker.ended == ["a"]
    assert inbox.is_done(1)


async def test_duplicate_waits_for_the_one_in_hand() -> None:
    inbox, worker = Inbox(), Worker()
    first = asyncio.create_task(inbox.work_off(1, "chat", worker.doing("a")))
    second = asyncio.create_task(inbox.work_off(1, "chat", worker.doing("a again")))
    await settle()
    assert not second.done()

    worker.at("a").set()

    assert (await first, await second) == (Taken.DONE, Taken.DUPLICATE)
    assert worker.ended == ["a"]


async def test_update_that_failed_may_come_again() -> None:
    inbox, worker = Inbox(), Worker()
    worker.at("a").set()

    with pytest.raises(ConnectionError):
        await inbox.work_off(1, "chat", worker.doing("a", fails=True))
    taken = await inbox.work_off(1, "chat", worker.doing("a"))

    assert taken is Taken.DONE


async def test_one_of_the_duplicates_takes_over_when_the_first_fails() -> None:
    inbox, worker = Inbox(), Worker()
    tasks = [
        asyncio.create_task(inbox.work_off(1, "chat", worker.doing("a", fails=number == 0)))
        for number in range(3)
    ]
    await settle()

    worker.at("a").set()
    first, *others = await asyncio.gather(*tasks, return_exceptions=True)

    assert isinstance(first, ConnectionError)
    assert Counter(others) == {Taken.DONE: 1, Taken.DUPLICATE: 1}


async def test_chats_are_served_at_once_and_one_chat_in_order() -> None:
    inbox, worker = Inbox(), Worker()
    plan = [(1, "x", "x1"), (2, "x", "x2"), (3, "y", "y1")]
    tasks = [
        asyncio.create_task(inbox.work_off(update, chat, worker.doing(name)))
        for update, chat, name in plan
    ]
    await settle()
    assert worker.began == ["x1", "y1"]

    worker.at("x2").set()
    worker.at("y1").set()
    await settle()
    assert worker.ended == ["y1"]

    worker.at("x1").set()
    await asyncio.gather(*tasks)
    assert worker.ended == ["y1", "x1", "x2"]


async def test_chat_that_floods_is_cut_off_and_no_other() -> None:
    inbox, worker = Inbox(per_chat=2), Worker()
    waiting = [
        asyncio.create_task(inbox.work_off(update, "x", worker.doing("x"))) for update in range(2)
    ]
    await settle()

    assert await inbox.work_off(7, "x", worker.doing("x")) is Taken.FULL
    worker.at("y").set()
    assert await inbox.work_off(8, "y", worker.doing("y")) is Taken.DONE

    worker.at("x").set()
    await asyncio.gather(*waiting)
    assert await inbox.work_off(7, "x", worker.doing("x")) is Taken.DONE


async def test_memory_of_updates_is_bounded() -> None:
    inbox, worker = Inbox(remembered=3), Worker()
    worker.at("a").set()

    for update in range(5):
        await inbox.work_off(update, "chat", worker.doing("a"))

    assert [inbox.is_done(update) for update in range(5)] == [False, False, True, True, True]


async def test_drained_waits_for_everything_in_hand() -> None:
    inbox, worker = Inbox(), Worker()
    tasks = [asyncio.create_task(inbox.work_off(name, name, worker.doing(name))) for name in "abc"]
    await settle()
    drained = asyncio.create_task(inbox.drained())

    for name in "abc":
        await settle()
        assert not drained.done()
        worker.at(name).set()

    await drained
    await asyncio.gather(*tasks)
    assert sorted(worker.ended) == ["a", "b", "c"]


async def test_cancelled_update_is_not_done_and_frees_its_chat() -> None:
    inbox, worker = Inbox(), Worker()
    first = asyncio.create_task(inbox.work_off(1, "chat", worker.doing("a")))
    await settle()

    first.cancel()
    with pytest.raises(asyncio.CancelledError):
        await first

    assert not inbox.is_done(1)
    worker.at("b").set()
    assert await inbox.work_off(2, "chat", worker.doing("b")) is Taken.DONE


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 8), st.sampled_from("xyz")), max_size=40))
def test_whatever_comes_is_done_once_and_each_chat_in_order(
    arrivals: list[tuple[int, str]],
) -> None:
    done: list[tuple[str, int]] = []

    async def scenario() -> None:
        inbox = Inbox(per_chat=100)

        async def take(update: int, chat: str) -> None:
            async def work() -> None:
                await asyncio.sleep(0)
                done.append((chat, update))

            await inbox.work_off((chat, update), chat, work)

        await asyncio.gather(*(take(update, chat) for update, chat in arrivals))

    asyncio.run(scenario())

    for chat in "xyz":
        expected = list(dict.fromkeys(update for update, at in arrivals if at == chat))
        assert [update for at, update in done if at == chat] == expected
