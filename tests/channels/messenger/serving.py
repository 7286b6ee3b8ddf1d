"""The Messenger channel before a fake Graph API, on a real HTTP server and a real store."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select

from bot.channels.messenger.channel import MessengerChannel
from bot.channels.messenger.options import WEBHOOK_PATH, MessengerOptions, Timeouts
from bot.channels.messenger.waits import Waits
from bot.clock import real_clock
from bot.messaging.languages import Language
from bot.messaging.message import Incoming, Tap, words_of
from bot.messaging.reply import Reply
from bot.store.engine import Store
from bot.store.schema import inbox
from bot.web.server import WebServer, make_app
from tests.fakes.graph_server import APP_SECRET, TOKEN, VERIFY_TOKEN, FakeGraph
from tests.fakes.graph_server_events import PAGE, Event, envelope, text

PATIENCE_S = 60
"""For machines that are busy; nothing waits so long where all is well."""

ANNA = "7001000000000001"
BERT = "7001000000000002"

QUICK = Waits(
    settle=timedelta(milliseconds=20),
    look_again=timedelta(milliseconds=50),
    hold=timedelta(seconds=5),
    typing=timedelta(seconds=1),
    first_retry=timedelta(milliseconds=5),
    longest_retry=timedelta(milliseconds=20),
    patience=timedelta(milliseconds=200),
    put_back=timedelta(milliseconds=50),
    echo=timedelta(milliseconds=300),
    halt=timedelta(milliseconds=100),
    drain=timedelta(seconds=5),
)
_A_MINUTE_AGO_MS = int(real_clock().timestamp() * 1000) - 60_000
"""Read once: of two messages made one after the other the lesser number is always the earlier."""


def options(graph: FakeGraph, **changes: Any) -> MessengerOptions:
    made = MessengerOptions(
        PAGE, TOKEN, APP_SECRET, VERIFY_TOKEN, graph_url=graph.url, timeouts=Timeouts(read=0.5)
    )
    return replace(made, **changes)


@dataclass(slots=True)
class Echo:
    """Answers with what was said or tapped, and remembers what came in."""

    heard: list[Incoming] = field(default_factory=list)

    async def __call__(self, incoming: Incoming) -> tuple[Reply, ...]:
        self.heard.append(incoming)
        content = incoming.content
        words = content.data if isinstance(content, Tap) else words_of(content)
        return (Reply(Language.PL, f"echo: {words}"),)


def channel(graph: FakeGraph, store: Store, respond: Any, **parts: Any) -> MessengerChannel:
    parts = {"owner": "one", "waits": QUICK, "options": options(graph), **parts}
    made, owner = parts.pop("options"), parts.pop("owner")
    return MessengerChannel(made, respond, store, owner, **parts)


@asynccontextmanager
async def serving(graph: FakeGraph, store: Store, respond: Any, **parts: Any) -> AsyncIterator[str]:
    """Serve; gives the address of the webhook."""
    served = channel(graph, store, respond, **parts)
    server = WebServer(make_app(served.routes()), "127.0.0.1", 0)
    running = asyncio.create_task(served.run())
    await server.start()
    try:
        yield server.address + WEBHOOK_PATH
    finally:
        await server.stop()
        await served.stop()
        await running


async def worked_off(store: Store) -> None:
    """Wait until nothing is left to answer."""
    async with asyncio.timeout(PATIENCE_S):
        while await open_events(store):  # noqa: ASYNC110 - the database tells nobody
            await asyncio.sleep(0.01)


async def open_events(store: Store) -> int:
    query = select(func.count()).select_from(inbox).where(inbox.c.done_at.is_(None))
    async with store.reading() as connection:
        return int((await connection.execute(query)).scalar_one())


def says(words: str, number: int = 1, person: str = ANNA, **more: Any) -> Event:
    """Somebody writes; the number is the message's id and its place in time."""
    at_ms = _A_MINUTE_AGO_MS + number
    return text(person, words, mid=f"m_{person}_{number}", at_ms=at_ms, **more)


def delivery(*events: Event) -> dict[str, Any]:
    return envelope(*events)
