"""The one HTTP server: it is handed the routes of all channels and serves them."""

import asyncio
import socket
from collections.abc import Generator, Sequence
from contextlib import contextmanager

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import BaseRoute

from bot.errors import SettingsError
from bot.web.security import SecurityHeaders

FRAME_LIMIT_BYTES = 16_384
"""The largest WebSocket message that is read: the longest text we take, in four-byte signs."""

DRAIN_SECONDS = 10
"""How long requests in hand may take to finish when the server stops."""


def make_app(routes: Sequence[BaseRoute], embed_in: Sequence[str] = ()) -> Starlette:
    """Put the routes behind the security headers."""
    return Starlette(
        routes=list(routes), middleware=[Middleware(SecurityHeaders, embed_in=embed_in)]
    )


class WebServer:
    """Serves an application on one address, inside a running event loop."""

    def __init__(self, app: Starlette, host: str, port: int) -> None:
        self._socket = _listen(host, port)
        self._server = _Server(
            uvicorn.Config(
                app,
                log_config=None,
                access_log=False,  # it would hold visitors' addresses
                lifespan="off",
                server_header=False,
                ws_max_size=FRAME_LIMIT_BYTES,
                timeout_graceful_shutdown=DRAIN_SECONDS,
            )
        )
        self._task: asyncio.Task[None] | None = None

    @property
    def address(self) -> str:
        """Where it can be reached, such as http://127.0.0.1:8080."""
        host, port = self._socket.getsockname()[:2]
        return f"http://{'[' + host + ']' if ':' in host else host}:{port}"

    async def start(self) -> None:
        """Begin to serve, in a task of the running loop; return when requests are answered."""
        self._task = asyncio.create_task(self._server.serve(sockets=[self._socket]))
        await self._server.is_up.wait()

    async def stop(self) -> None:
        """Finish what is in hand and stop."""
        self._server.should_exit = True
        if self._task:
            await self._task


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.is_up = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.is_up.set()

    @contextmanager
    def capture_signals(self) -> Generator[None]:
        # Signals belong to the application, which has more than this server to stop.
        yield


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise SettingsError(
            f"The address {host}:{port} cannot be used: {error.strerror or error}.\n"
            "  Stop what uses it, or choose another with TARGOBOT_PORT (0 picks a free one)."
        ) from error
    listener.set_inheritable(True)
    return listener
