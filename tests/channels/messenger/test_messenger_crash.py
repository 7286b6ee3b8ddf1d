"""What a process that dies leaves to another, and what it leaves when it is stopped."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

from bot.channels.messenger.options import WEBHOOK_PATH
from bot.messaging.languages import Language
from bot.messaging.message import Incoming
from bot.messaging.reply import Reply
from bot.store.engine import Store, open_store
from bot.web.server import WebServer, make_app
from tests.channels.messenger.serving import (
    ANNA,
    BERT,
    PATIENCE_S,
    QUICK,
    Echo,
    channel,
    delivery,
    open_events,
    says,
    serving,
    worked_off,
)
from tests.fakes.graph_server import FakeGraph, Fault


class Deaf:
    """Never answers, and says that it was asked."""

    def __init__(self) -> None:
        self.asked = asyncio.Event()

    async def __call__(self, _: Incoming) -> tuple[Reply, ...]:
        self.asked.set()
        await asyncio.Event().wait()
        raise AssertionError("nobody ever answers here")


async def killed_after(
    meta: FakeGraph, store: Store, respond: object, is_time: Callable[[], object], *words: str
) -> None:
    """Serve, take a delivery, and die without any farewell when it is time."""
    dying = channel(
        meta, store, respond, owner="dying", waits=replace(QUICK, hold=timedelta(seconds=0.4))
    )
    server = WebServer(make_app(dying.routes()), "127.0.0.1", 0)
    running = asyncio.create_task(dying.run())
    await server.start()
    events = (says(one, number) for number, one in enumerate(words))
    assert await meta.deliver(delivery(*events), server.address + WEBHOOK_PATH) == 200
    async with asyncio.timeout(PATIENCE_S):
        while not is_time():  # noqa: ASYNC110 - whatever it looks at
            await asyncio.sleep(0.01)
    await server.stop()
    # As kill -9 does it: no task gets a last word.
    ours = [task for task in asyncio.all_tasks() if "messenger" in repr(task.get_coro())]
    for task in (*ours, running):
        task.cancel()
        # Whatever it still tries is cancelled again.
        task.cancel()
    await asyncio.wait({running, *ours})


async def test_killed_before_the_answer_another_process_answers_exactly_once(
    meta: FakeGraph, store: Store
) -> None:
    deaf = Deaf()
    await killed_after(meta, store, deaf, deaf.asked.is_set, "a", "b")
    assert meta.sent == []

    async with serving(meta, store, Echo(), owner="next"):
        await worked_off(store)

    assert meta.texts(ANNA) == ["echo: a", "echo: b"]


async def test_killed_in_the_middle_of_an_answer_only_the_rest_is_sent(
    meta: FakeGraph, store: Store
) -> None:
    async def respond(_: Incoming) -> tuple[Reply, ...]:
        return tuple(Reply(Language.PL, part) for part in ("one", "two", "three"))

    hangs = asyncio.Event()
    meta.fail("messages", Fault(), Fault(), Fault(until=hangs))
    async with serving(meta, store, respond, owner="other") as to:
        meta.echoes_to = to
        # The other process sees the echoes; the one that dies has the events.
        await killed_after(meta, store, respond, lambda: len(meta.sent) == 2, "a")
        await worked_off(store)

    assert meta.texts(ANNA)[:2] == ["one", "two"]
    assert sorted(meta.texts(ANNA)) == ["one", "three", "two"]


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Store]:
    store = await open_store(url)
    try:
        yield store
    finally:
        await store.close()


async def test_two_processes_answer_each_message_once_and_in_order(
    meta: FakeGraph, store_url: str
) -> None:
    async with (
        opened(store_url) as one,
        opened(store_url) as two,
        serving(meta, one, Echo(), owner="one") as first,
        serving(meta, two, Echo(), owner="two") as second,
    ):
        for number in range(20):
            event = delivery(says(str(number), number), says(f"b{number}", number, BERT))
            # Each process gets each delivery: Meta is never quite sure.
            assert await meta.deliver(event, first) == 200
            assert await meta.deliver(event, second) == 200
        await worked_off(one)

    assert meta.texts(ANNA) == [f"echo: {number}" for number in range(20)]
    assert meta.texts(BERT) == [f"echo: b{number}" for number in range(20)]


async def test_stop_finishes_what_is_in_hand_and_leaves_the_rest(
    meta: FakeGraph, store: Store
) -> None:
    deaf = Deaf()
    hasty = replace(QUICK, drain=timedelta(milliseconds=50))
    async with serving(meta, store, deaf, waits=hasty) as to:
        await meta.deliver(delivery(says("a")), to)
        await deaf.asked.wait()
    left = await open_events(store)
    async with serving(meta, store, Echo()):
        await worked_off(store)

    assert left == 1
    assert meta.texts(ANNA) == ["echo: a"]
