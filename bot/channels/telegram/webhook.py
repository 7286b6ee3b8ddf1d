"""The webhook: Telegram delivers an update and gets its 200 when that is worked off.

Whatever else it gets makes it deliver the update again, later. So nothing is
kept in memory that is not kept at the platform, too.
"""

import asyncio
import hmac
import json
import logging
from dataclasses import dataclass, field
from datetime import timedelta
from http import HTTPStatus
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from bot.channels.telegram.api import Api
from bot.channels.telegram.polling import Take
from bot.channels.telegram.send import NotDeliveredError
from bot.channels.telegram.updates import UnreadableUpdateError, read_update

log = logging.getLogger(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header
BODY_LIMIT_BYTES = 1_000_000
"""An update is a few kilobytes; nobody else has reason to call."""


@dataclass(slots=True)
class Webhook:
    """Takes deliveries while it is open.

    Attributes:
        secret: what the platform shows with each.
        wait: how long the platform waits for one to be worked off.
    """

    secret: str = field(repr=False)
    wait: timedelta
    _api: Api | None = None
    _take: Take | None = None
    _tasks: set[asyncio.Task[HTTPStatus]] = field(default_factory=set)

    def open(self, api: Api, take: Take) -> None:
        """Begin to hand deliveries to `take`."""
        self._api, self._take = api, take

    def close(self) -> None:
        """Take no more; the platform keeps them for the next start."""
        self._api = self._take = None

    async def drained(self, wait: timedelta) -> None:
        """Wait until what is in hand is worked off, or `wait` is over."""
        if self._tasks:
            _, left = await asyncio.wait(set(self._tasks), timeout=wait.total_seconds())
            for task in left:
                task.cancel()

    async def receive(self, request: Request) -> Response:
        """Take one delivery."""
        shown = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(shown.encode(), self.secret.encode()):
            return Response(status_code=HTTPStatus.FORBIDDEN)
        api, take = self._api, self._take
        if api is None or take is None:
            return Response(status_code=HTTPStatus.SERVICE_UNAVAILABLE)
        body = await _body(request)
        if body is None:
            return Response(status_code=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        try:
            raw = json.loads(body)
        except (ValueError, RecursionError):
            raw = None
        if not isinstance(raw, dict) or not isinstance(raw.get("update_id"), int):
            return Response(status_code=HTTPStatus.BAD_REQUEST)
        # In a task of its own: an update that takes long is finished although nobody waits.
        task = asyncio.create_task(_worked_off(raw, api, take))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        await asyncio.wait({task}, timeout=self.wait.total_seconds())
        if task.cancelled():
            return Response(status_code=HTTPStatus.SERVICE_UNAVAILABLE)
        if not task.done():
            log.warning("update %d takes long; Telegram will ask again", raw["update_id"])
            return Response(status_code=HTTPStatus.INTERNAL_SERVER_ERROR)
        return Response(status_code=task.result())


async def _worked_off(raw: dict[str, Any], api: Api, take: Take) -> HTTPStatus:
    try:
        await take(read_update(raw, api))
    except NotDeliveredError as error:
        log.warning("update %d is left for a second delivery: %s", raw["update_id"], error)
        return HTTPStatus.INTERNAL_SERVER_ERROR
    except UnreadableUpdateError:
        # A second delivery would be as unreadable.
        log.warning("update %d cannot be read; it is passed over", raw["update_id"])
    return HTTPStatus.OK


async def _body(request: Request) -> bytes | None:
    """Read the body; `None` if it is larger than any update."""
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > BODY_LIMIT_BYTES:
                return None
    except ClientDisconnect:
        return b""
    return bytes(body)
