"""Updates a second through the whole Telegram webhook, beside a bare echo bot.

    .venv/bin/python -m benchmarks.telegram_throughput

Each bot runs in a process of its own on one core, behind the same HTTP server
(uvicorn with uvloop and httptools), before the same stand-in for the Bot API in
another process. What counts is a message that arrived there. The bare bots are
the custom webhook of python-telegram-bot's examples with one echo handler and
the library's own transport; they answer 200 before they work, ours after.
"""

import argparse
import asyncio
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import psutil
import uvicorn
from pydantic import SecretStr
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters

from bot.channels.telegram import TelegramChannel, TelegramOptions
from bot.channels.telegram.options import WEBHOOK_PATH, Mode
from bot.messaging.languages import Language
from bot.messaging.message import Incoming, Respond, words_of
from bot.messaging.reply import Reply
from bot.web.server import make_app

TOKEN = "123456789:AAbenchmark-benchmark-benchmark-0"
SECRET = "benchmark-secret-of-the-webhook"
HEADERS = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
QUESTIONS = ("Gdzie są toalety?", "co jest o 14:00", "kto robi catering", "ile kosztuje wstęp")
BOT = {"id": 123456789, "is_bot": True, "first_name": "Targobot", "username": "TargobotTestBot"}
GOAL = 0.6

ASGI = Callable[[Any, Any, Any], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Measured:
    """What one bot did."""

    name: str
    per_second: float
    cpu_ms: float
    rss_mb: float


async def echo(incoming: Incoming) -> tuple[Reply, ...]:
    """Answer with what was said."""
    return (Reply(Language.PL, words_of(incoming.content)),)


def real_respond() -> Respond:
    """Answer as the bot does, from the knowledge folder."""
    from bot.app import open_fair  # noqa: PLC0415 - only the process that needs it pays for it
    from bot.settings import read_settings  # noqa: PLC0415

    fair = open_fair(read_settings())
    respond: Respond = fair.conversation(Language.PL).respond
    return respond


async def serve_targobot(api: str, respond: Respond) -> None:
    """Be our channel with somebody who answers."""
    options = TelegramOptions(
        api_url=api,
        mode=Mode.WEBHOOK,
        webhook_url="https://fair.example",
        webhook_secret=SECRET,
    )
    channel = TelegramChannel(SecretStr(TOKEN), respond, options=options)
    running = asyncio.create_task(channel.run())
    await _listen(make_app(channel.routes()))
    await channel.stop()
    await running


async def serve_bare(api: str, concurrent: int) -> None:
    """Be the library's custom webhook with one handler."""

    async def answer(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        if update.message and update.message.text:
            await update.message.reply_text(update.message.text)

    builder = Application.builder().token(TOKEN).base_url(f"{api}/bot").updater(None)
    application = builder.concurrent_updates(concurrent).build()
    application.add_handler(MessageHandler(filters.TEXT, answer))

    async def receive(request: Request) -> Response:
        update = Update.de_json(await request.json(), application.bot)
        await application.update_queue.put(update)
        return Response()

    async with application:
        await application.start()
        await _listen(Starlette(routes=[Route(WEBHOOK_PATH, receive, methods=["POST"])]))
        await application.stop()


async def serve_api(latency_s: float) -> None:
    """Stand in for the Bot API: take everything, count messages, tell when there are enough."""
    sent = 0
    changed = asyncio.Condition()

    async def app(scope: Any, receive: Any, send: Any) -> None:
        nonlocal sent
        method = scope["path"].rsplit("/", 1)[-1]
        body = b""
        while (part := await receive()).get("more_body"):
            body += part.get("body", b"")
        if method.isdigit():
            async with changed:
                await changed.wait_for(lambda: sent >= int(method))
            result: Any = sent
        elif method == "sendMessage":
            await asyncio.sleep(latency_s)
            sent += 1
            async with changed:
                changed.notify_all()
            chat = {"id": 7, "type": "private", "first_name": "Ola"}
            result = {
                "message_id": sent,
                "date": 1512037800,
                "chat": chat,
                "from": BOT,
                "text": "a",
            }
        else:
            result = BOT if method == "getMe" else True
        answer = json.dumps({"ok": True, "result": result}).encode()
        headers = [
            (b"content-type", b"application/json"),
            (b"content-length", str(len(answer)).encode()),
        ]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": answer})

    await _listen(app)


class Server(uvicorn.Server):
    """Says its port on standard output as soon as it listens."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen on a free port and say which."""
        await super().startup(sockets)
        print(self.servers[0].sockets[0].getsockname()[1], flush=True)


async def _listen(app: ASGI | Starlette) -> None:
    await Server(
        uvicorn.Config(app, port=0, log_config=None, access_log=False, lifespan="off")
    ).serve()


class Child:
    """A process that plays one of the parts."""

    def __init__(self, core: int, *arguments: str) -> None:
        """Start it on one core and wait until it listens."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.telegram_throughput", "play", *arguments],
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
        self._process.wait(20)


def _pin(process: psutil.Process, core: int) -> None:
    if hasattr(process, "cpu_affinity"):
        cores = process.cpu_affinity() or [0]
        process.cpu_affinity([cores[core % len(cores)]])


def update(number: int) -> bytes:
    """Write an update of one of 500 visitors."""
    person = {"id": 10_000 + number % 500, "first_name": "Ola"}
    text = QUESTIONS[number % len(QUESTIONS)]
    message = {
        "message_id": number,
        "date": 1512037800,
        "chat": person | {"type": "private"},
        "from": person | {"is_bot": False, "language_code": "pl"},
        "text": text,
    }
    return json.dumps({"update_id": number, "message": message}).encode()


async def deliver(bot: str, api: str, first: int, count: int, connections: int) -> float:
    """Deliver updates as fast as the bot takes them; give the seconds until all were answered."""
    numbers = iter(range(first, first + count))
    headers = HEADERS | {"Content-Type": "application/json"}

    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=600)) as session:

        async def deliver_some() -> None:
            for number in numbers:
                async with session.post(
                    bot + WEBHOOK_PATH, data=update(number), headers=headers
                ) as answer:
                    if answer.status != 200:
                        raise RuntimeError(f"the bot answered {answer.status}")

        began = time.perf_counter()
        await asyncio.gather(*(deliver_some() for _ in range(connections)))
        async with session.get(f"{api}/{first + count - 1}") as answer:
            await answer.read()
        return time.perf_counter() - began


def measure(part: str, count: int, connections: int, latency_ms: float) -> Measured:
    """Start one bot, warm it up, and measure it."""
    with Child(1, "api", str(latency_ms / 1000)) as api, Child(0, part, api.url) as bot:
        warm_up = count // 5
        asyncio.run(deliver(bot.url, api.url, 1, warm_up, connections))
        before = sum(bot.told.cpu_times()[:2])
        seconds = asyncio.run(deliver(bot.url, api.url, warm_up + 1, count, connections))
        cpu = sum(bot.told.cpu_times()[:2]) - before
        rss = bot.told.memory_info().rss / 1e6
    return Measured(BOTS[part], count / seconds, cpu / count * 1000, rss)


BOTS = {
    "bare": "bare echo, as the library comes",
    "bare-8": "bare echo, 8 updates at once",
    "echo": "Targobot's channel, echo",
    "real": "Targobot, answers from the knowledge",
}

BARE = {"bare", "bare-8"}


def compare(parts: list[str], count: int, connections: int, latency_ms: float) -> None:
    """Print all bots beside each other, and how ours compare."""
    print(f"{count} updates, {connections} connections, {latency_ms:g} ms to the Bot API\n")
    print(f"{'':38}{'updates/s':>10}{'CPU ms each':>13}{'RSS MB':>8}")
    rows = {}
    for part in parts:
        row = rows[part] = measure(part, count, connections, latency_ms)
        print(f"{row.name:38}{row.per_second:10.0f}{row.cpu_ms:13.2f}{row.rss_mb:8.0f}", flush=True)
    best = max((row.per_second for part, row in rows.items() if part in BARE), default=0.0)
    for part in rows.keys() - BARE if best else ():
        ratio = rows[part].per_second / best
        verdict = "reached" if ratio >= GOAL else "MISSED"
        print(f"\n{BOTS[part]}: {ratio:.0%} of the better bare echo; aim {GOAL:.0%}: {verdict}")


def main() -> None:
    """Compare, or be one of the processes of a comparison."""
    if sys.argv[1:2] == ["play"]:
        play(*sys.argv[2:])
        return
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--connections", type=int, default=40, help="Telegram's default is 40")
    parser.add_argument("--latency-ms", type=float, default=0.0, help="of the Bot API")
    parser.add_argument("bots", nargs="*", help=f"of {', '.join(BOTS)}; all by default")
    given = parser.parse_args()
    compare(given.bots or list(BOTS), given.count, given.connections, given.latency_ms)


def play(part: str, argument: str) -> None:
    """Be one of the processes."""
    os.environ["TARGOBOT_ALLOW_EXAMPLES"] = "true"
    parts: dict[str, Callable[[], Awaitable[None]]] = {
        "api": lambda: serve_api(float(argument)),
        "bare": lambda: serve_bare(argument, 1),
        "bare-8": lambda: serve_bare(argument, 8),
        "echo": lambda: serve_targobot(argument, echo),
        "real": lambda: serve_targobot(argument, real_respond()),
    }
    import uvloop  # noqa: PLC0415 - as the server does

    uvloop.run(parts[part]())  # type: ignore[arg-type] # every part is a coroutine


if __name__ == "__main__":
    main()
