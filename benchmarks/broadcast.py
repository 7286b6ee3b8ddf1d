"""A broadcast: how much of the platform's rate it uses, and what it does to the answers.

    .venv/bin/python -m benchmarks.broadcast pacing     # four processes, beside AIORateLimiter
    .venv/bin/python -m benchmarks.broadcast first      # from confirming to the first message
    .venv/bin/python -m benchmarks.broadcast answers    # answers during a broadcast
    .venv/bin/python -m benchmarks.broadcast cpu        # messages a CPU second

The Bot API is the strict one of the tests, in a process of its own: it counts any second, and
shuts out for a second whoever sends one message too many. The database is a PostgreSQL that a
package brings; `first` takes SQLite, too.
"""

import argparse
import asyncio
import contextlib
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import aiohttp
import psutil

from benchmarks.broadcast_parts import (
    PARTS,
    Report,
    an_announcement,
    fill_with_visitors,
    new_store,
    until_settled,
)
from tests.postgres import postgres_database

ROOT = Path(__file__).parents[1]
PROCESSES = 4
GOAL_OF_RATE = 0.98
GOAL_FIRST_S = 0.5
GOAL_OF_ANSWERS = 2.0


class Child:
    """A process that plays one of the parts; it says one line when it is ready."""

    def __init__(self, part: str, *arguments: str) -> None:
        """Start it."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.broadcast", "play", part, *arguments],
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        self.told = psutil.Process(self._process.pid)
        assert self._process.stdout is not None
        self.line = self._process.stdout.readline().strip()

    def wait(self, seconds: float) -> None:
        """Wait until it ends by itself."""
        self._process.wait(seconds)

    @property
    def cpu_s(self) -> float:
        """Say how many seconds of a core it has used."""
        times = self.told.cpu_times()
        return float(times.user + times.system)

    def __enter__(self) -> "Child":
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait(30)


async def report_of(api: str) -> Report:
    """Ask the Bot API what came."""
    async with aiohttp.ClientSession() as session, session.get(f"{api}/report") as answer:
        return Report(**json.loads(await answer.read()))


# pacing


def pacing(rates: list[int], people: int) -> None:
    """Print what share of the allowed rate is reached, and how often we were refused."""
    print(f"{PROCESSES} processes, 40 ms to the Bot API, any second counted, no reserve\n")
    print(f"{'':34}{'limit':>8}{'messages':>10}{'share':>8}{'refused':>9}")
    for rate in rates:
        number = min(people, rate * 60)
        for name, broadcast in (
            ("Targobot", ours),
            ("AIORateLimiter in each process", rivals),
        ):
            report = broadcast(rate, number)
            share = (report.messages - 1) / report.seconds / rate
            print(
                f"{name:34}{rate:>6}/s{report.messages:>10}{share:>8.1%}{report.refused:>9}",
                flush=True,
            )
            if broadcast is ours:
                is_reached = share >= GOAL_OF_RATE and not report.refused
                print(f"{'':34}aim {GOAL_OF_RATE:.0%}, none refused: {_verdict(is_reached)}")


def ours(rate: int, people: int) -> Report:
    """Broadcast with our senders, one of which is active."""
    with postgres_database() as url, Child("api", str(rate), "0.04") as api:
        asyncio.run(_fill(url, people))
        with contextlib.ExitStack() as stack:
            for name in range(PROCESSES):
                stack.enter_context(Child("sender", url, api.line, str(rate), str(name)))
            # Their start keeps a small machine busy, which is none of the pace's business.
            time.sleep(2)
            number = asyncio.run(_confirm(url))
            asyncio.run(_settled(url, number))
            return asyncio.run(report_of(api.line))


def rivals(rate: int, people: int) -> Report:
    """Broadcast with python-telegram-bot's rate limiter, each process its part of the people."""
    with Child("api", str(rate), "0.04") as api:
        parts = [
            Child("rival", api.line, str(rate), str(people // PROCESSES), str(number * 1_000_000))
            for number in range(PROCESSES)
        ]
        for part in parts:
            part.wait(900)
        return asyncio.run(report_of(api.line))


async def _confirm(url: str) -> int:
    store = await new_store(url)
    number, _ = await an_announcement(store)
    await store.close()
    return number


async def _settled(url: str, number: int) -> None:
    store = await new_store(url)
    await until_settled(store, number)
    await store.close()


# first


def first(people: int) -> None:
    """Print how long it takes from confirming to the first message."""
    print(f"From confirming to the first message, {people} people; aim {GOAL_FIRST_S} s\n")
    print(f"{'':14}{'confirmed':>12}{'first message':>15}")
    with tempfile.TemporaryDirectory() as folder:
        confirm_and_print("SQLite", f"sqlite:///{folder}/store.sqlite3", people)
    with postgres_database() as url:
        confirm_and_print("PostgreSQL", url, people)


def confirm_and_print(name: str, url: str, people: int) -> None:
    """Measure one database."""
    with Child("api", "1000", "0.04") as api:
        asyncio.run(_fill(url, people))
        with Child("sender", url, api.line, "1000", "0"):
            began, confirmed = asyncio.run(_confirmed(url))
            while not (report := asyncio.run(report_of(api.line))).messages:
                time.sleep(0.05)
    took = report.first_at - began
    print(f"{name:14}{confirmed:>10.2f} s{took:>13.2f} s   {_verdict(took < GOAL_FIRST_S)}")


async def _fill(url: str, people: int) -> None:
    store = await new_store(url)
    await fill_with_visitors(store, people)
    await store.close()


async def _confirmed(url: str) -> tuple[float, float]:
    store = await new_store(url)
    await asyncio.sleep(1)  # until the sender holds its lease
    number, draft = await an_announcement(store, confirm=False)
    began = time.monotonic()
    await draft(number)
    took = time.monotonic() - began
    await store.close()
    return began, took


# answers


def answers(rate: int, seconds: int) -> None:
    """Print how long answers take: idle, and during a broadcast."""
    asked = min(20, rate // 5)
    print(f"{asked} questions a second for {seconds} s, to the bot that sends at {rate}/s\n")
    print(f"{'':14}{'p50 ms':>9}{'p99 ms':>9}")
    with postgres_database() as url, Child("api", str(rate), "0.005") as api:
        asyncio.run(_fill(url, rate * (seconds + 10)))
        with Child("bot", url, api.line, "1" if rate > 30 else "0") as bot:
            asyncio.run(_until_open(bot.line))
            idle = asyncio.run(_asked(bot.line, asked, seconds))
            asyncio.run(_confirmed(url))
            during = asyncio.run(_asked(bot.line, asked, seconds, first=100_000))
    for name, took in (("idle", idle), ("broadcasting", during)):
        p99 = statistics.quantiles(took, n=100)[98]
        print(f"{name:14}{statistics.median(took) * 1000:>9.1f}{p99 * 1000:>9.1f}")
    ratio = statistics.quantiles(during, n=100)[98] / statistics.quantiles(idle, n=100)[98]
    print(
        f"\np99 during / idle: {ratio:.2f}; aim {GOAL_OF_ANSWERS:g}: "
        f"{_verdict(ratio <= GOAL_OF_ANSWERS)}"
    )


async def _until_open(bot: str) -> None:
    """Wait until the bot takes updates: until then it sends them back."""
    from benchmarks.telegram_throughput import HEADERS, update  # noqa: PLC0415
    from bot.channels.telegram.options import WEBHOOK_PATH  # noqa: PLC0415

    async with aiohttp.ClientSession(headers=HEADERS) as session:
        status = 0
        while status != 200:
            await asyncio.sleep(0.2)
            async with session.post(bot + WEBHOOK_PATH, data=update(0)) as answer:
                status = answer.status


async def _asked(bot: str, rate: int, seconds: int, first: int = 1) -> list[float]:
    """Ask so many times a second; give how long each answer took, its call included."""
    from benchmarks.telegram_throughput import HEADERS, update  # noqa: PLC0415
    from bot.channels.telegram.options import WEBHOOK_PATH  # noqa: PLC0415

    took: list[float] = []

    async def ask(session: aiohttp.ClientSession, number: int) -> None:
        began = time.perf_counter()
        async with session.post(bot + WEBHOOK_PATH, data=update(number)) as answer:
            if answer.status != 200:
                raise RuntimeError(f"the bot answered {answer.status}")
        took.append(time.perf_counter() - began)

    headers = HEADERS | {"Content-Type": "application/json"}
    async with aiohttp.ClientSession(headers=headers) as session, asyncio.TaskGroup() as tasks:
        for number in range(first, first + rate * seconds):
            tasks.create_task(ask(session, number))
            await asyncio.sleep(1 / rate)
    return took


# cpu


def cpu(people: int) -> None:
    """Print how many messages a second of one core sends."""
    print("Messages a CPU second of the sending process, 40 ms to the Bot API\n")
    with postgres_database() as url, Child("api", "100000", "0.04") as api:
        asyncio.run(_fill(url, people))
        number = asyncio.run(_confirm(url))
        with Child("sender", url, api.line, "100000", "0") as sender:
            before = sender.cpu_s
            asyncio.run(_settled(url, number))
            ours_cpu = people / (sender.cpu_s - before)
    with Child("api", "100000", "0.04") as api, Child("bare", api.line, str(people // 5)) as bare:
        before = bare.cpu_s
        while (report := asyncio.run(report_of(api.line))).messages < people // 5:
            time.sleep(0.1)
        bare_cpu = report.messages / (bare.cpu_s - before)
    print(f"{'Targobot: claimed, written, sent, marked':44}{ours_cpu:>8.0f}")
    print(f"{'python-telegram-bot as it comes, 64 at once':44}{bare_cpu:>8.0f}")


def _verdict(is_reached: bool) -> str:
    return "reached" if is_reached else "MISSED"


def main() -> None:
    """Measure, or be one of the processes of a measurement."""
    if sys.argv[1:2] == ["play"]:
        import uvloop  # noqa: PLC0415 - as the server does

        uvloop.run(PARTS[sys.argv[2]](*sys.argv[3:]))
        return
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("what", choices=["pacing", "first", "answers", "cpu"])
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--rates", type=int, nargs="+", default=[30, 1000])
    parser.add_argument("--seconds", type=int, default=30)
    given = parser.parse_args()
    match given.what:
        case "pacing":
            pacing(given.rates, given.people)
        case "first":
            first(max(given.people, 100_000))
        case "answers":
            for rate in given.rates:
                answers(rate, given.seconds)
        case _:
            cpu(given.people)


if __name__ == "__main__":
    main()
