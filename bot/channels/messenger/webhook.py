"""The webhook: what Messenger delivers is stored, and then acknowledged.

Meta wants its 200 within five seconds, delivers again when it gets none, and lets go of the
Page after an hour of failures. So nothing is answered here: a delivery is kept in one
transaction, and the worker takes it from there. Only a store that is out of order makes Meta
deliver again.
"""

import hashlib
import hmac
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from http import HTTPStatus

from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response

from bot.channels.messenger.updates import Delivered, UnreadableDeliveryError, read_delivery
from bot.clock import Clock

log = logging.getLogger(__name__)

SIGNATURE_HEADER = "X-Hub-Signature-256"
BODY_LIMIT_BYTES = 8_000_000
"""A batch has up to a thousand events of a few kilobytes; a smaller limit has broken others."""

Keep = Callable[[tuple[Delivered, ...]], Awaitable[None]]
"""Keeps what was delivered; returns when it is safe."""


def signature_of(body: bytes, app_secret: str) -> str:
    """Sign a body as the platform does: over its raw bytes, always by SHA-256."""
    return "sha256=" + hmac.new(app_secret.encode(), body, hashlib.sha256).hexdigest()


@dataclass(slots=True)
class Webhook:
    """Takes deliveries while it is open.

    Attributes:
        app_secret: what the platform signs with.
        verify_token: what it shows when the webhook is set up.
        clock: dates what comes without a time.
    """

    app_secret: str = field(repr=False)
    verify_token: str = field(repr=False)
    clock: Clock
    _keep: Keep | None = None

    def open(self, keep: Keep) -> None:
        """Begin to hand deliveries to `keep`."""
        self._keep = keep

    def close(self) -> None:
        """Take no more; Meta delivers them again."""
        self._keep = None

    async def verify(self, request: Request) -> Response:
        """Answer the handshake when the webhook is set up."""
        asked = request.query_params
        shown = asked.get("hub.verify_token", "")
        if asked.get("hub.mode") != "subscribe" or not _equal(shown, self.verify_token):
            return Response(status_code=HTTPStatus.FORBIDDEN)
        return PlainTextResponse(asked.get("hub.challenge", ""))

    async def receive(self, request: Request) -> Response:
        """Take one delivery."""
        body = await _body(request)
        if body is None:
            return Response(status_code=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        shown = request.headers.get(SIGNATURE_HEADER, "")
        if not _equal(shown, signature_of(body, self.app_secret)):
            return Response(status_code=HTTPStatus.FORBIDDEN)
        if self._keep is None:
            return Response(status_code=HTTPStatus.SERVICE_UNAVAILABLE)
        try:
            delivered = read_delivery(body, self.clock())
        except UnreadableDeliveryError:
            return Response(status_code=HTTPStatus.BAD_REQUEST)
        try:
            await self._keep(delivered)
        except Exception as error:  # noqa: BLE001 - told, and Meta delivers again
            log.error("Messenger: a delivery could not be kept: %s", type(error).__name__)  # noqa: TRY400
            return Response(status_code=HTTPStatus.SERVICE_UNAVAILABLE)
        return PlainTextResponse("EVENT_RECEIVED")


def _equal(shown: str, right: str) -> bool:
    return hmac.compare_digest(shown.encode(), right.encode())


async def _body(request: Request) -> bytes | None:
    """Read the body; `None` if it is larger than any delivery."""
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > BODY_LIMIT_BYTES:
                return None
    except ClientDisconnect:
        return b""
    return bytes(body)
