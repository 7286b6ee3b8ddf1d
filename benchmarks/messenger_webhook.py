"""Events a second through the Messenger webhook, beside a route that does nothing with them.

    .venv/bin/python -m benchmarks.messenger_webhook

The bot runs in a process of its own on one core, with its own SQLite file, before a stand-in
for the Graph API in another process. "acknowledged" is how fast it says 200, "answered" how fast
the last answer has arrived at the Graph API. Each tenth delivery is made twice, as Meta does when
it is not sure; what counts is that each genuine event was answered exactly once. The trivial
route checks the signature and says 200.
"""

import argparse
import asyncio
import hashlib
import hmac
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import psutil
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from benchmarks.telegram_throughput import QUESTIONS, _listen, _pin, echo, real_respond
from bot.channels.messenger.channel import MessengerChannel
from bot.channels.messenger.options import WEBHOOK_PATH, MessengerOptions
from bot.channels.messenger.webhook import SIGNATURE_HEADER, signature_of
from bot.messaging.message import Respond
from bot.store.engine import open_store
from bot.web.server import make_app

SECRET = "benchmark-secret-of-the-app"
TOKEN = "EAABenchmark0000000000000000000000"
PAGE = "106378625516323"
PEOPLE = 500
TWICE_EVERY = 10


@dataclass(frozen=True, slots=True)
class Measured:
    """What one of them did."""

    acknowledged: float
    answered: float
    cpu_ms: float
    missing: int
    twice: int


async def serve_targobot(api: str, respond: Respond) -> None:
    """Be our channel with somebody who answers."""
    with tempfile.TemporaryDirectory() as folder:
        store = await open_store(f"sqlite:///{folder}/targobot.sqlite3")
        options = MessengerOptions(PAGE, TOKEN, SECRET, "verify", graph_url=api)
        channel = MessengerChannel(options, respond, store, "benchmark")
        running = asyncio.create_task(channel.run())
        await _listen(make_app(channel.routes()))
        await channel.stop()
        await running
        await store.close()


async def serve_trivial(_api: str) -> None:
    """Be a route that checks who calls, and keeps nothing."""

    async def receive(request: Request) -> Response:
        body = await request.body()
        right = "sha256=" + hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
        is_right = hmac.compare_digest(right, request.headers.get(SIGNATURE_HEADER, ""))
        return Response(status_code=200 if is_right else 403)

    await _listen(Starlette(routes=[Route(WEBHOOK_PATH, receive, methods=["POST"])]))


async def serve_api() -> None:
    """Stand in for the Graph API: take everything; `/count/N` waits for N and tells what came."""
    answered: Counter[str] = Counter()
    changed = asyncio.Condition()

    async def app(scope: Any, receive: Any, send: Any) -> None:
        body = b""
        while (part := await receive()).get("more_body"):
            body += part.get("body", b"")
        body += part.get("body", b"")
        name = scope["path"].rsplit("/", 1)[-1]
        result: Any
        if name.isdigit():
            async with changed:
                await changed.wait_for(lambda: len(answered) >= int(name))
            result = dict(answered)
        else:
            message = json.loads(body).get("message")
            if message:
                first = message["metadata"].rpartition(":")[0]
                # An answer may take several messages; the first stands for it.
                if message["metadata"].endswith(":0"):
                    async with changed:
                        answered[first] += 1
                        changed.notify_all()
            result = {"recipient_id": "1", "message_id": "m"}
        answer = json.dumps(result).encode()
        headers = [
            (b"content-type", b"application/json"),
            (b"content-length", str(len(answer)).encode()),
        ]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": answer})

    await _listen(app)


class Child:
    """A process that plays one of the parts."""

    def __init__(self, core: int, *arguments: str) -> None:
        """Start it on one core and wait until it listens."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.messenger_webhook", "play", *arguments],
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parent.parent,
        )
        self.told = psutil.Process(self._process.pid)
        _pin(self.told, core)
        assert self._process.stdout is not None
        self.url = f"http://127.0.0.1:{int(self._process.stdout.readline())}"

    def __enter__(self) -> "Child":
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait(30)


def delivery(number: int) -> bytes:
    """Write a delivery with one event, of one of some hundred visitors."""
    at_ms = 1_800_000_000_000 + number
    event = {
        "sender": {"id": str(7_000_000_000_000_000 + number % PEOPLE)},
        "recipient": {"id": PAGE},
        "timestamp": at_ms,
        "message": {"mid": f"m_{number}", "text": QUESTIONS[number % len(QUESTIONS)]},
    }
    return json.dumps(
        {"object": "page", "entry": [{"id": PAGE, "time": at_ms, "messaging": [event]}]}
    ).encode()


async def deliver(bot: str, first: int, count: int, connections: int) -> float:
    """Deliver as fast as it is acknowledged; give the seconds."""
    numbers = iter(
        number
        for number in range(first, first + count)
        for _ in range(2 if number % TWICE_EVERY == 0 else 1)
    )
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=300)) as session:

        async def deliver_some() -> None:
            for number in numbers:
                body = delivery(number)
                headers = {SIGNATURE_HEADER: signature_of(body, SECRET)}
                async with session.post(bot + WEBHOOK_PATH, data=body, headers=headers) as answer:
                    if answer.status != 200:
                        raise RuntimeError(f"the webhook answered {answer.status}")

        began = time.perf_counter()
        await asyncio.gather(*(deliver_some() for _ in range(connections)))
        return time.perf_counter() - began


async def wait_for(api: str, count: int) -> None:
    """Wait until so many events were answered."""
    timeout = aiohttp.ClientTimeout(total=300)
    async with (
        aiohttp.ClientSession(timeout=timeout) as session,
        session.get(f"{api}/count/{count}") as answer,
    ):
        await answer.read()


async def answers(api: str) -> dict[str, int]:
    """Ask how often each event was answered."""
    async with aiohttp.ClientSession() as session, session.get(f"{api}/count/0") as answer:
        told: dict[str, int] = await answer.json()
        return told


def measure(part: str, count: int, connections: int) -> Measured:
    """Start one, warm it up, and measure it."""
    with Child(1, "api", "") as api, Child(0, part, api.url) as bot:
        warm_up = count // 5
        asyncio.run(deliver(bot.url, 1, warm_up, connections))
        if part != "trivial":
            asyncio.run(wait_for(api.url, warm_up))
        before = sum(bot.told.cpu_times()[:2])
        began = time.perf_counter()
        acknowledged = asyncio.run(deliver(bot.url, warm_up + 1, count, connections))
        if part == "trivial":
            cpu = sum(bot.told.cpu_times()[:2]) - before
            return Measured(count / acknowledged, 0.0, cpu / count * 1000, 0, 0)
        asyncio.run(wait_for(api.url, warm_up + count))
        answered = time.perf_counter() - began
        cpu = sum(bot.told.cpu_times()[:2]) - before
        time.sleep(1)
        told = asyncio.run(answers(api.url))
    twice = sum(1 for times in told.values() if times > 1)
    missing = warm_up + count - len(told)
    return Measured(count / acknowledged, count / answered, cpu / count * 1000, missing, twice)


PARTS = {
    "trivial": "a route that checks the signature",
    "echo": "Targobot's channel, echo",
    "real": "Targobot, answers from the knowledge",
}


def main() -> None:
    """Compare, or be one of the processes of a comparison."""
    if sys.argv[1:2] == ["play"]:
        play(*sys.argv[2:])
        return
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--connections", type=int, default=40)
    parser.add_argument("parts", nargs="*", help=f"of {', '.join(PARTS)}; all by default")
    given = parser.parse_args()
    load = psutil.getloadavg()[0]
    print(f"{given.count} events, {given.connections} connections; load before: {load:.1f}\n")
    print(f"{'':38}{'200s/s':>8}{'answers/s':>11}{'CPU ms each':>13}{'missing':>9}{'twice':>7}")
    for part in given.parts or PARTS:
        row = measure(part, given.count, given.connections)
        answered = f"{row.answered:11.0f}" if row.answered else f"{'-':>11}"
        print(
            f"{PARTS[part]:38}{row.acknowledged:8.0f}{answered}{row.cpu_ms:13.2f}"
            f"{row.missing:9}{row.twice:7}",
            flush=True,
        )


def play(part: str, argument: str) -> None:
    """Be one of the processes."""
    os.environ["TARGOBOT_ALLOW_EXAMPLES"] = "true"
    parts: dict[str, Callable[[], Awaitable[None]]] = {
        "api": serve_api,
        "trivial": lambda: serve_trivial(argument),
        "echo": lambda: serve_targobot(argument, echo),
        "real": lambda: serve_targobot(argument, real_respond()),
    }
    import uvloop  # noqa: PLC0415 - as the server does

    uvloop.run(parts[part]())  # type: ignore[arg-type] # every part is a coroutine


if __name__ == "__main__":
    main()
