import asyncio
import socket

import aiohttp
import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from bot.errors import SettingsError
from bot.web.health import health_route
from bot.web.server import WebServer, make_app


async def test_it_serves_on_a_free_port_and_says_where():
    server = WebServer(make_app([health_route(lambda: {"records": 3})]), "127.0.0.1", 0)
    await server.start()

    async with aiohttp.ClientSession() as client, client.get(f"{server.address}/health") as answer:
        assert await answer.json() == {"status": "ok", "records": 3}

    await server.stop()


async def test_a_port_in_use_is_told_in_words():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        with pytest.raises(SettingsError, match=rf"127.0.0.1:{port} cannot be used.*\n.*PORT"):
            WebServer(make_app([]), "127.0.0.1", port)


async def test_stopping_finishes_what_is_in_hand():
    arrived, finish = asyncio.Event(), asyncio.Event()

    async def slow(_request: Request) -> PlainTextResponse:
        arrived.set()
        await finish.wait()
        return PlainTextResponse("done")

    server = WebServer(make_app([Route("/slow", slow)]), "127.0.0.1", 0)
    await server.start()
    async with aiohttp.ClientSession() as client:
        asking = asyncio.create_task(client.get(f"{server.address}/slow"))
        await arrived.wait()
        stopping = asyncio.create_task(server.stop())
        finish.set()

        async with await asking as answer:
            assert await answer.text() == "done"
        await stopping


async def test_without_sites_nobody_may_embed():
    server = WebServer(make_app([health_route(dict)]), "127.0.0.1", 0)
    await server.start()

    async with aiohttp.ClientSession() as client, client.get(f"{server.address}/health") as answer:
        assert answer.headers["Content-Security-Policy"].endswith("frame-ancestors 'none'")
        assert "Server" not in answer.headers

    await server.stop()
