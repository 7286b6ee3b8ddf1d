"""A channel that serves the fake Bot API while a block runs."""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import uvicorn
from pydantic import SecretStr
from starlette.applications import Starlette

from bot.channels.telegram import TelegramChannel, TelegramOptions
from bot.channels.telegram.options import Mode, Waits
from bot.channels.telegram.request import Timeouts
from bot.clock import stopped_clock
from bot.errors import ChannelError
from bot.messaging.languages import Language
from bot.messaging.message import Incoming, words_of
from bot.messaging.reply import Reply
from tests.fakes.telegram_server import PATIENCE_S, FakeTelegram

NOW = datetime(2017, 11, 30, 10, 30, tzinfo=UTC)
SECRET = "a-secret-of-the-webhook"

QUICK = Waits(
    first_retry=timedelta(milliseconds=5),
    longest_retry=timedelta(milliseconds=20),
    patience=timedelta(milliseconds=200),
    poll=timedelta(seconds=5),
    work=timedelta(seconds=5),
    drain=timedelta(seconds=5),
)


def polling(telegram: FakeTelegram, **changes: Any) -> TelegramOptions:
    options = TelegramOptions(
        api_url=telegram.url,
        waits=QUICK,
        timeouts=Timeouts(connect=1, read=1, write=1, upload=1, pool=1),
    )
    return replace(options, **changes)


def webhook(telegram: FakeTelegram, **changes: Any) -> TelegramOptions:
    return polling(
        telegram,
        mode=Mode.WEBHOOK,
        webhook_url="https://fair.example",
        webhook_secret=SECRET,
        **changes,
    )


@dataclass(slots=True)
class Echo:
    """Answers with what was said, and remembers what came in."""

    heard: list[Incoming] = field(default_factory=list)

    async def __call__(self, incoming: Incoming) -> tuple[Reply, ...]:
        self.heard.append(incoming)
        return (Reply(Language.PL, f"echo: {words_of(incoming.content)}"),)


def saying(*replies: Reply) -> Callable[[Incoming], Awaitable[tuple[Reply, ...]]]:
    async def respond(_: Incoming) -> tuple[Reply, ...]:
        return replies

    return respond


def channel(telegram: FakeTelegram, respond: Any, **parts: Any) -> TelegramChannel:
    parts.setdefault("options", polling(telegram))
    return TelegramChannel(SecretStr(telegram.token), respond, clock=stopped_clock(NOW), **parts)


async def why_it_ends(served: TelegramChannel) -> ChannelError:
    """Run a channel that cannot serve, and give what it says about that."""
    async with asyncio.timeout(PATIENCE_S):
        with pytest.raises(ChannelError) as raised:
            await served.run()
    return raised.value


@asynccontextmanager
async def serving(
    telegram: FakeTelegram, respond: Any, **parts: Any
) -> AsyncIterator[TelegramChannel]:
    """Serve by polling."""
    served = channel(telegram, respond, **parts)
    running = asyncio.create_task(served.run())
    try:
        yield served
    finally:
        await served.stop()
        await running


class _Server(uvicorn.Server):
    """Says when it listens, and where."""

    def __init__(self, app: Starlette) -> None:
        super().__init__(
            uvicorn.Config(app, host="127.0.0.1", port=0, log_config=None, lifespan="off")
        )
        self.address: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        host, port = self.servers[0].sockets[0].getsockname()[:2]
        self.address.set_result(f"http://{host}:{port}")


@asynccontextmanager
async def serving_webhook(telegram: FakeTelegram, respond: Any, **parts: Any) -> AsyncIterator[str]:
    """Serve by webhook on a real HTTP server; gives its address."""
    parts.setdefault("options", webhook(telegram))
    served = channel(telegram, respond, **parts)
    server = _Server(Starlette(routes=served.routes()))
    listening = asyncio.create_task(server.serve())
    running = asyncio.create_task(served.run())
    try:
        await telegram.calls_of("setWebhook", 1)
        yield await server.address
    finally:
        await served.stop()
        await running
        server.should_exit = True
        await listening
