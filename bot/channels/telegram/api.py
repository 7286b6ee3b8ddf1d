"""The Bot API as we call it: methods by their own names, parameters as plain data.

`python-telegram-bot` builds the request, reads the errors and knows the
deadlines. Its objects are left out on the way there and back, where we look at
the message id at most: that is half of the time that a message costs.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from telegram import Bot

from bot.channels.telegram.request import AiohttpRequest, Timeouts

_POLL_CONNECTIONS = 2


class Api(Bot):
    """A `Bot` that takes and gives plain data."""

    __slots__ = ()

    async def call(self, method: str, parameters: Mapping[str, Any]) -> Any:
        """Call a method and give the `result` of its answer.

        Raises:
            TelegramError: what the platform answered, or that it did not.
        """
        return await self._post(method, dict(parameters))

    async def fetch_updates(self, wait_s: int, **parameters: Any) -> list[dict[str, Any]]:
        """Fetch updates as plain data, so that one that cannot be read spoils no other.

        Args:
            wait_s: how long the platform may wait for one to come, in seconds.
            parameters: of `getUpdates`.
        """
        updates: list[dict[str, Any]] = await self._post(
            "getUpdates",
            {"timeout": wait_s, **parameters},
            read_timeout=wait_s + (self._request[0].read_timeout or 0),
        )
        return updates


def open_api(token: str, base_url: str, timeouts: Timeouts, connections: int) -> Api:
    """Make the way to the Bot API at `base_url`; its `initialize` opens it and asks who we are."""
    proxy = proxy_for(base_url)
    return Api(
        token,
        base_url=f"{base_url.rstrip('/')}/bot",
        base_file_url=f"{base_url.rstrip('/')}/file/bot",
        request=AiohttpRequest(connections, timeouts, proxy),
        # Apart from the others, so that a poll that waits takes nobody's connection.
        get_updates_request=AiohttpRequest(_POLL_CONNECTIONS, timeouts, proxy),
    )


def proxy_for(url: str) -> str | None:
    """Read from the environment which proxy leads there (`HTTPS_PROXY`, `NO_PROXY` and so on)."""
    place = urlsplit(url)
    if proxy_bypass(place.netloc):
        return None
    return getproxies().get(place.scheme)
