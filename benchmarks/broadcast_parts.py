"""The processes that `benchmarks.broadcast` starts, and what they share."""

import asyncio
import dataclasses
import os
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from aiohttp import web

from bot.announcements.composer import Writer
from bot.announcements.model import Audience, Content, Draft, Kind, Urgency
from bot.announcements.queries import announcements
from bot.app.heap import set_aside
from bot.channels.telegram.courier import TelegramCourier
from bot.channels.telegram.options import TelegramOptions
from bot.channels.telegram.pace import AnswerPace
from bot.clock import real_clock
from bot.delivery import report
from bot.delivery.claims import Sending
from bot.delivery.sender import Sender
from bot.knowledge.read import load_knowledge
from bot.messaging.languages import Language
from bot.settings import read_settings
from bot.store.engine import Store, open_store
from bot.store.schema import visitors
from bot.store.wakeups import Wakeups
from tests.fakes.telegram_server import FakeTelegram
from tests.fakes.telegram_server_flood import Flood

TOKEN = "123456789:AAbenchmark-benchmark-benchmark-0"
FIRST_CHAT = 10_000
A_TIME = 5_000


@dataclasses.dataclass(frozen=True)
class Report:
    """What came to the Bot API.

    Attributes:
        seconds: from the first message to the last.
        first_at: by the machine's monotonic clock, which all processes share.
    """

    messages: int
    refused: int
    seconds: float
    first_at: float


async def new_store(url: str) -> Store:
    """Open the database."""
    return await open_store(url)


async def fill_with_visitors(store: Store, people: int) -> None:
    """Let so many be known."""
    now = real_clock()
    row = {
        "channel": "telegram",
        "joined_at": now,
        "last_inbound_at": now,
        "wants": "important",
        "remind_minutes": 15,
    }
    for at in range(0, people, A_TIME):
        chats = range(FIRST_CHAT + at, FIRST_CHAT + min(people, at + A_TIME))
        async with store.writing() as connection:
            await connection.execute(visitors.insert(), [row | {"chat": str(n)} for n in chats])


Confirm = Callable[[int], Awaitable[object]]


async def an_announcement(store: Store, *, confirm: bool = True) -> tuple[int, Confirm]:
    """Draft an announcement to everyone; give its number, and what confirms it."""
    now, zone = real_clock(), load_knowledge(read_settings().knowledge).knowledge.event.zone
    text = "Zmiana sali: seminarium odbędzie się w sali 12. Godzina bez zmian: 13:15."
    content = Content(dict.fromkeys(Language, text), dict.fromkeys(Language, "Zmiana sali"))
    draft = Draft(Kind.FREE, Urgency.IMPORTANT, content, Audience())
    number = await announcements.keep_draft(store, draft, "benchmark", now)

    async def confirmed(number: int) -> object:
        return await announcements.confirm(store, number, "benchmark", real_clock(), zone)

    if confirm:
        await confirmed(number)
    return number, confirmed


async def until_settled(store: Store, number: int) -> None:
    """Wait until everybody has it."""
    while True:
        tally = await report.tally(store, number)
        if tally.settled == tally.all:
            return
        await asyncio.sleep(0.25)


async def api(rate: str, latency_s: str) -> None:
    """Be the Bot API, and say where."""
    telegram = FakeTelegram(TOKEN)
    telegram.latency_s = float(latency_s)
    telegram.flood = flood = Flood(int(rate))
    telegram.knows_everybody = True

    async def told(_: web.Request) -> web.Response:
        came = flood.came_at or [0.0]
        said = Report(len(flood.came_at), flood.refused, came[-1] - came[0], came[0])
        return web.json_response(dataclasses.asdict(said))

    telegram.also.append(web.get("/report", told))
    async with telegram:
        set_aside()
        print(telegram.url, flush=True)
        await asyncio.Event().wait()


async def sender(database: str, api_url: str, rate: str, name: str) -> None:
    """Be a process that sends when it is its turn."""
    knowledge = load_knowledge(read_settings().knowledge).knowledge
    store = await open_store(database)
    writer = Writer(store, lambda: knowledge, real_clock, Language.PL)
    wakeups = Wakeups(store)
    options = TelegramOptions(api_url=api_url)
    async with TelegramCourier(TOKEN, options) as courier:
        courier.per_second = float(rate)
        sending = Sender(
            store,
            courier,
            writer,
            AnswerPace(),
            real_clock,
            f"sender-{name}",
            _tell,
            wakeups,
            Sending(reserve=0),
        )
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(wakeups.run())
            tasks.create_task(sending.run())
            set_aside()
            print("ready", flush=True)


async def rival(api_url: str, rate: str, people: str, first: str) -> None:
    """Be a process that sends with the library's own limiter."""
    from telegram.error import TelegramError  # noqa: PLC0415
    from telegram.ext import AIORateLimiter, ExtBot  # noqa: PLC0415

    limiter = AIORateLimiter(overall_max_rate=float(rate), overall_time_period=1, max_retries=100)
    bot: Any = ExtBot(TOKEN, base_url=f"{api_url}/bot", rate_limiter=limiter)
    numbers = iter(range(int(first) + FIRST_CHAT, int(first) + FIRST_CHAT + int(people)))
    print("ready", flush=True)

    async def send_some() -> None:
        for number in numbers:
            try:
                await bot.send_message(number, "Zmiana sali: seminarium odbędzie się w sali 12.")
            except TelegramError as error:
                print(type(error).__name__, flush=True)

    async with bot:
        await asyncio.gather(*(send_some() for _ in range(64)))


async def bare(api_url: str, people: str) -> None:
    """Be a process that sends as fast as the library can."""
    from telegram import Bot  # noqa: PLC0415

    numbers = iter(range(FIRST_CHAT, FIRST_CHAT + int(people)))
    async with Bot(TOKEN, base_url=f"{api_url}/bot") as bot:
        print("ready", flush=True)

        async def send_some() -> None:
            for number in numbers:
                await bot.send_message(number, "Zmiana sali: seminarium odbędzie się w sali 12.")

        await asyncio.gather(*(send_some() for _ in range(64)))
        await asyncio.Event().wait()


async def bot(database: str, api_url: str, pays: str) -> None:
    """Be the whole bot."""
    from benchmarks.telegram_throughput import SECRET  # noqa: PLC0415
    from bot.app import serve  # noqa: PLC0415

    os.environ |= {
        "TARGOBOT_DATABASE": database,
        "TARGOBOT_PORT": "0",
        "TARGOBOT_ALLOW_EXAMPLES": "true",
        "TARGOBOT_TELEGRAM_TOKEN": TOKEN,
        "TARGOBOT_TELEGRAM_API_URL": api_url,
        "TARGOBOT_TELEGRAM_MODE": "webhook",
        "TARGOBOT_TELEGRAM_WEBHOOK_URL": "https://fair.example",
        "TARGOBOT_TELEGRAM_WEBHOOK_SECRET": SECRET,
        "TARGOBOT_TELEGRAM_PAID_BROADCAST": "true" if pays == "1" else "false",
    }

    def announce(words: str) -> None:
        if " at " in words:
            print(words.split(" at ")[1].split(" ")[0], flush=True)

    await serve(read_settings(), announce)


async def _tell(words: str) -> None:
    print(words, flush=True)


PARTS: dict[str, Callable[..., Coroutine[Any, Any, None]]] = {
    "api": api,
    "sender": sender,
    "rival": rival,
    "bare": bare,
    "bot": bot,
}
