"""The Graph API as we call it: one call, and what came of it.

No library for it is maintained and asynchronous, so this is one of our own, on
httpx. It tells apart what a caller must do next: a request that surely did not leave
(`NotSentError`), one that the platform refused (`GraphError`, sorted by code), and
everything else, where nobody knows (`NoAnswerError`). It never tries again by itself.

The token goes in a header, so that no address holds it. `appsecret_proof` goes with
each call: it shows that whoever holds the token holds the app's secret too.
"""

import hashlib
import hmac
import logging
from collections.abc import Collection, Mapping
from types import TracebackType
from typing import Any, Self

import httpx

from bot.channels.messenger.errors import Kind, NoAnswerError, NotSentError, read_error
from bot.channels.messenger.options import MessengerOptions
from bot.channels.messenger.pace import Usage

log = logging.getLogger(__name__)

PAGE_INBOX = 263902037430900
"""The app that the Page's inbox is, by Meta's page on passing thread control."""

_NEVER_LEFT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
    httpx.InvalidURL,
)


def proof_of(token: str, app_secret: str) -> str:
    """Give the `appsecret_proof` of a token."""
    return hmac.new(app_secret.encode(), token.encode(), hashlib.sha256).hexdigest()


class Graph:
    """The Graph API for one Page; open it with `async with`."""

    def __init__(self, options: MessengerOptions, usage: Usage | None = None) -> None:
        """Make a closed one.

        Args:
            options: where, as whom.
            usage: takes note of how much of the allowance is used up.
        """
        self.usage = usage or Usage()
        self._secrets = (options.page_token, options.app_secret)
        self._proof = {"appsecret_proof": proof_of(*self._secrets)}
        timeouts = options.timeouts
        self._client = httpx.AsyncClient(
            base_url=f"{options.graph_url.rstrip('/')}/{options.version}/",
            headers={"Authorization": f"Bearer {options.page_token}", "User-Agent": "Targobot"},
            timeout=httpx.Timeout(
                connect=timeouts.connect,
                read=timeouts.read,
                write=timeouts.write,
                pool=timeouts.pool,
            ),
            limits=httpx.Limits(
                max_connections=options.connections,
                max_keepalive_connections=options.connections,
            ),
        )

    async def __aenter__(self) -> Self:
        """Open the connections."""
        await self._client.__aenter__()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close them."""
        await self._client.__aexit__(kind, error, trace)

    async def send(self, payload: Mapping[str, Any]) -> str:
        """Send a message or an action such as typing.

        Args:
            payload: the whole body: recipient, messaging_type, message.

        Returns:
            The platform's id of the message; "" for an action.

        Raises:
            CallError: what went wrong; see the three kinds.
        """
        answer = await self._post("me/messages", payload)
        return str(answer.get("message_id", ""))

    async def profile(self, fields: Collection[str]) -> dict[str, Any]:
        """Read what is set of the Page's Messenger profile; what is not set is left out."""
        answer = await self._call(
            "GET", "me/messenger_profile", params={"fields": ",".join(fields), **self._proof}
        )
        found: dict[str, Any] = {}
        for part in answer.get("data", []):
            found |= part
        return {name: found[name] for name in fields if name in found}

    async def set_profile(self, parts: Mapping[str, Any]) -> None:
        """Set some of the Page's Messenger profile; ten calls in ten minutes are allowed."""
        await self._post("me/messenger_profile", parts)

    async def pass_thread(self, person: str, app: int = PAGE_INBOX, metadata: str = "") -> None:
        """Hand a conversation to another app, by default to the people at the Page's inbox."""
        parts = {"recipient": {"id": person}, "target_app_id": app, "metadata": metadata}
        await self._post("me/pass_thread_control", parts)

    async def _post(self, path: str, parts: Mapping[str, Any]) -> dict[str, Any]:
        return await self._call("POST", path, json={**parts, **self._proof})

    async def _call(self, method: str, path: str, **given: Any) -> dict[str, Any]:
        try:
            response = await self._client.request(method, path, **given)
        # Only the names of errors are told: their texts may hold an address.
        except _NEVER_LEFT as error:
            raise NotSentError(f"not sent: {type(error).__name__}") from None
        except httpx.HTTPError as error:
            raise NoAnswerError(f"no answer: {type(error).__name__}") from None
        self.usage.note(response.headers)
        return self._read(response)

    def _read(self, response: httpx.Response) -> dict[str, Any]:
        try:
            answer = response.json()
        except ValueError:
            # A proxy, the sign-in page of a hall's wifi, or a front door of Meta's.
            raise NoAnswerError(
                f"something that is no Graph API answered {response.status_code}"
            ) from None
        if error := read_error(answer, self._secrets):
            if error.kind is Kind.OUR_BUG:
                log.error("%s: %s", error, error.words)
            raise error
        if not isinstance(answer, dict) or not response.is_success:
            raise NoAnswerError(f"an answer without sense, {response.status_code}")
        return answer
