"""Senders are killed while they send: nobody gets it twice, nobody is lost unlisted."""

import asyncio
import itertools
import os
import random
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from bot.delivery import report
from bot.delivery.report import Tally
from bot.store.engine import Store, open_store
from bot.store.lease import holder
from tests.delivery import sender_process
from tests.delivery.rows import announce
from tests.fakes.telegram_server import FakeTelegram
from tests.postgres import SharedDatabase
from tests.programs import Program

ROOT = Path(__file__).parents[2]
PEOPLE = 20_000
KILLS = 20
SENDERS = 3
HOLD_S = 3.0
PATIENCE_S = 240.0


class Crew:
    """Sender processes that stand in for each other; who is killed is replaced."""

    def __init__(self, database: str, telegram: FakeTelegram) -> None:
        self._arguments = (database, telegram.url, telegram.token)
        self._names = (f"sender-{number}" for number in itertools.count())
        self.running: dict[str, Program] = {}

    async def hire(self) -> None:
        name = next(self._names)
        arguments = (*self._arguments, name, str(HOLD_S))
        self.running[name] = await Program.begin(sender_process.run, arguments, ROOT, os.environ)

    async def kill(self, name: str) -> None:
        process = self.running.pop(name)
        process.kill()
        await process.wait()
        await self.hire()

    async def dismiss(self) -> None:
        for process in self.running.values():
            process.terminate()
        ends = [await process.wait() for process in self.running.values()]
        assert ends == [0] * len(ends)
        self.running.clear()


@asynccontextmanager
async def crew_of(database: str, telegram: FakeTelegram, size: int) -> AsyncIterator[Crew]:
    crew = Crew(database, telegram)
    for _ in range(size):
        await crew.hire()
    try:
        yield crew
        await crew.dismiss()
    finally:
        for process in crew.running.values():
            process.kill()
            await process.wait()


async def kill_at_random_moments(crew: Crew, store: Store) -> int:
    """Kill whoever sends, again and again; give how often."""
    killed = 0
    chance = random.Random(7)  # noqa: S311 - the same moments in each run
    while killed < KILLS:
        await asyncio.sleep(chance.uniform(0.3, 1.2))
        sending = await holder(store, "sender:telegram")
        if sending and sending.owner in crew.running:
            await crew.kill(sending.owner)
            killed += 1
    return killed


async def until_over(store: Store, number: int) -> Tally:
    async with asyncio.timeout(PATIENCE_S):
        while True:
            tally = await report.tally(store, number)
            if tally.settled == tally.all:
                return tally
            await asyncio.sleep(0.3)


async def test_killed_senders_tell_nobody_twice_and_lose_nobody(
    sqlite_url: str, shared_postgres: SharedDatabase
) -> None:
    async with AsyncExitStack() as stack:
        stores: dict[str, Store] = {}
        # Alembic brings one database of a process up to date at a time.
        for url in (sqlite_url, shared_postgres.empty()):
            stores[url] = await open_store(url)
            stack.push_async_callback(stores[url].close)
        # At once, since most of the time is waiting for leases to run out.
        async with asyncio.TaskGroup() as both:
            for url, store in stores.items():
                both.create_task(broadcast_through_kills(store, url), name=url.partition(":")[0])


async def broadcast_through_kills(store: Store, url: str) -> None:
    chats = [str(chat) for chat in range(1, PEOPLE + 1)]
    async with FakeTelegram() as telegram:
        # On its way for so long, so that kills find messages there.
        telegram.latency_s = 0.03
        for chat in chats:
            telegram.know(int(chat))
        async with crew_of(url, telegram, SENDERS) as crew:
            number = await announce(store, chats)
            killed = await kill_at_random_moments(crew, store)
            during = await report.tally(store, number)
            tally = await until_over(store, number)
            uncertain = {chat.chat for chat in await report.uncertain_chats(store, number)}
            got = Counter(str(sent["chat_id"]) for sent in telegram.of("sendMessage"))

            assert killed == KILLS
            assert during.pending > 0, "all kills fell into the broadcast"
            assert tally == Tally(sent=PEOPLE - len(uncertain), uncertain=len(uncertain))
            assert set(got.values()) == {1}, "nobody got it twice"
            assert set(chats) - set(got) <= uncertain, "whoever lacks it is on the list"
            assert 0 < len(uncertain) <= KILLS * 300, "a fifth of a second and what was on its way"

            assert await report.resend(store, number) == len(uncertain)
            assert await until_over(store, number) == Tally(sent=PEOPLE)

    got = Counter(str(sent["chat_id"]) for sent in telegram.of("sendMessage"))
    assert set(got) == set(chats), "with a resend, nobody is left out"
    assert {chat for chat, times in got.items() if times > 1} <= uncertain
