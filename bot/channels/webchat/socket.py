"""One WebSocket a browser tab: answers in order, each message once, also after a reconnect.

The page repeats what was not answered when its connection broke; the last
answer of each session is kept for that, in memory, and nothing else.
"""

import logging
from collections import OrderedDict, deque
from dataclasses import dataclass
from datetime import timedelta

from starlette.websockets import WebSocket, WebSocketDisconnect

from bot.channels.webchat.protocol import (
    BadFrameError,
    Said,
    read_hello,
    read_said,
    write_answer,
    write_failure,
)
from bot.clock import Clock
from bot.messaging.message import ChatId, Incoming, Respond

SESSION_LIMIT = 20_000
"""Sessions whose last answer is kept; the longest silent is dropped."""

RATE_LIMIT = 30
RATE_WINDOW = timedelta(seconds=20)
"""More than that many messages in that time is no person; the connection is closed."""

POLICY_VIOLATION = 1008
"""RFC 6455, section 7.4.1."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _LastAnswer:
    number: int
    frame: str


class ChatSocket:
    """The WebSocket endpoint of the chat page."""

    def __init__(self, respond: Respond, clock: Clock) -> None:
        self._respond = respond
        self._clock = clock
        self._last: OrderedDict[str, _LastAnswer] = OrderedDict()

    async def serve(self, socket: WebSocket) -> None:
        """Serve one connection until it ends."""
        if not _is_from_our_page(socket):
            await socket.close(POLICY_VIOLATION)
            return
        await socket.accept()
        try:
            hello = read_hello(await socket.receive_text())
            await self._converse(socket, hello.session, hello.language or None)
        except WebSocketDisconnect:
            return
        except (BadFrameError, KeyError):  # KeyError: a binary frame has no text
            await socket.close(POLICY_VIOLATION)

    async def _converse(self, socket: WebSocket, session: str, language: str | None) -> None:
        arrivals: deque[float] = deque(maxlen=RATE_LIMIT)
        while True:
            said = read_said(await socket.receive_text())
            if self._is_too_fast(arrivals):
                await socket.close(POLICY_VIOLATION)
                return
            await socket.send_text(await self._answer(session, language, said))

    async def _answer(self, session: str, language: str | None, said: Said) -> str:
        last = self._last.get(session)
        if last and said.number == last.number:
            return last.frame
        incoming = Incoming(ChatId("web", session), said.content, self._clock(), language)
        try:
            replies = await self._respond(incoming)
        except Exception:
            # One message must not end the connection of the tab, nor be repeated for ever.
            log.exception("A message of the web chat could not be answered")
            return write_failure(said.number)
        frame = write_answer(said.number, replies)
        self._last[session] = _LastAnswer(said.number, frame)
        self._last.move_to_end(session)
        if len(self._last) > SESSION_LIMIT:
            self._last.popitem(last=False)
        return frame

    def _is_too_fast(self, arrivals: deque[float]) -> bool:
        now = self._clock().timestamp()
        arrivals.append(now)
        is_full = len(arrivals) == RATE_LIMIT
        return is_full and now - arrivals[0] < RATE_WINDOW.total_seconds()


def _is_from_our_page(socket: WebSocket) -> bool:
    # Browsers let any site open a WebSocket anywhere; only the Origin tells them apart.
    origin = socket.headers.get("origin")
    return origin is None or origin.split("://", 1)[-1] == socket.headers.get("host")
