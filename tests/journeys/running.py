"""The whole bot as an operator starts it: `run_bot.py` in a process of its own."""

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

from tests import programs
from tests.fakes.telegram_server import FakeTelegram
from tests.programs import Program

ROOT = Path(__file__).parent.parent.parent


@dataclass(slots=True)
class Bot:
    """A running bot: where its own server is, and its process."""

    address: str
    process: Program
    is_killed: bool = False

    async def kill(self) -> None:
        """End it as a power cut does."""
        self.is_killed = True
        self.process.kill()
        await self.process.wait()


@contextlib.asynccontextmanager
async def bot(telegram: FakeTelegram, folder: Path, **settings: str) -> AsyncIterator[str]:
    """Serve a Telegram server from `folder`; gives the address of the bot's own server."""
    async with killable_bot(telegram, folder, **settings) as running:
        yield running.address


@contextlib.asynccontextmanager
async def killable_bot(telegram: FakeTelegram, folder: Path, **settings: str) -> AsyncIterator[Bot]:
    """Serve a Telegram server from `folder`, until the end or until it is killed."""
    given = {
        "TARGOBOT_PORT": "0",
        "TARGOBOT_NOW": "2017-11-30T13:00",
        "TARGOBOT_ALLOW_EXAMPLES": "true",
        "TARGOBOT_DATABASE": f"sqlite+aiosqlite:///{folder}/store.sqlite3",
        "TARGOBOT_TELEGRAM_TOKEN": telegram.token,
        "TARGOBOT_TELEGRAM_API_URL": telegram.url,
    }
    process = await Program.begin(programs.bot, (), ROOT, os.environ | given | settings)
    running: Bot | None = None
    try:
        line = (await process.out.readline()).decode()
        if " at " not in line:
            raise AssertionError((await process.err.read()).decode())
        running = Bot(line.split(" at ")[1].split(" ")[0], process)
        yield running
    finally:
        if process.returncode is None:
            process.terminate()
        _, log = await asyncio.gather(process.out.read(), process.err.read())
        await process.wait()
        if running is None or not running.is_killed:
            assert process.returncode == 0, log.decode()
