import asyncio
import datetime as dt
import threading
from collections.abc import Iterator
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from bot.clock import stopped_clock
from bot.knowledge.model import Knowledge, Offer
from bot.web.offers.routes import offers_routes
from bot.web.server import WebServer, make_app
from tests.whole_fair import whole_fair

NOW = dt.datetime(2017, 11, 30, 13, 50, tzinfo=ZoneInfo("Europe/Warsaw"))


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    """The fair of this repository, with an offer whose texts look like HTML."""
    known = whole_fair()
    nasty = Offer.model_validate(
        {
            "id": "nasty",
            "title": "<script>alert(1)</script>",
            "kind": "wolontariat",
            "description": '<img src=x onerror=alert(1)> & "quoted"',
            "contact": {"web": "example.org/?a=1&b=2"},
            "src": "example",
            "example": True,
        }
    )
    return replace(known, offers={**known.offers, "nasty": nasty})


@pytest.fixture(scope="module")
def address(knowledge: Knowledge) -> Iterator[str]:
    """A server on a free port of this machine, in a thread of its own."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()

    def run(coroutine):
        return asyncio.run_coroutine_threadsafe(coroutine, loop).result(20)

    async def begin() -> WebServer:
        routes = offers_routes(lambda: knowledge, stopped_clock(NOW))
        server = WebServer(make_app(routes), "127.0.0.1", 0)
        await server.start()
        return server

    server = run(begin())
    yield server.address
    run(server.stop())
    loop.call_soon_threadsafe(loop.stop)
    thread.join(5)
    loop.close()
