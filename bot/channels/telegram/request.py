"""The way to the Bot API: python-telegram-bot's `BaseRequest` on aiohttp.

The library's own transport slows down with every open connection. This one does
not, and it tells apart what the library mixes up: a request that surely did not
leave (`NotSentError`), an answer that the server could not give
(`ServerFailedError`), one that came too soon (`TooSoonError`), and everything
else, where nobody knows what happened.
"""

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import aiohttp
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

_FORM = {
    "User-Agent": "Targobot",
    "Content-Type": "application/x-www-form-urlencoded",
}
_NO_CONTENT = {"User-Agent": "Targobot"}

_TOO_MANY_REQUESTS = 429
_SERVER_FAILED = 500
_SHORT_WAIT = timedelta(seconds=1)


class NotSentError(NetworkError):
    """The request surely did not reach the platform: it may be tried again."""


class ServerFailedError(NetworkError):
    """The platform answered that it failed: usually, not certainly, nothing was done."""


class TooSoonError(TelegramError):
    """The platform wants us to wait; nothing was done.

    In place of the library's `RetryAfter`, whose wait is a number in this version and a
    `timedelta` in the next, with a warning each time that it is looked at.
    """

    def __init__(self, wait: timedelta) -> None:
        """Keep how long to wait."""
        super().__init__(f"too many requests: wait {wait.total_seconds():.0f} s")
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Timeouts:
    """How long to wait, in seconds, as python-telegram-bot counts.

    Attributes:
        connect: for a connection to the server.
        read: for each piece of the answer.
        write: for the request to leave.
        upload: the same for a request with files.
        pool: for a free connection.
    """

    connect: float = 5.0
    read: float = 10.0
    write: float = 5.0
    upload: float = 60.0
    pool: float = 5.0


class AiohttpRequest(BaseRequest):
    """Requests over a pool of aiohttp connections."""

    __slots__ = ("_connections", "_proxy", "_session", "_timeouts")

    def __init__(
        self,
        connections: int = 64,
        timeouts: Timeouts | None = None,
        proxy: str | None = None,
    ) -> None:
        """Make a closed one; `initialize` opens it."""
        self._connections = connections
        self._timeouts = timeouts or Timeouts()
        self._proxy = proxy
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """How long to wait for an answer, in seconds."""
        return self._timeouts.read

    async def initialize(self) -> None:
        """Open the pool; does nothing when it is open."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._connections),
                cookie_jar=aiohttp.DummyCookieJar(),
                # Not `trust_env`: that asks the environment anew for each request, in a thread.
                proxy=self._proxy,
            )

    async def shutdown(self) -> None:
        """Close the pool; does nothing when it is closed."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(  # noqa: PLR0913 - the signature is the library's
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Make one request and read its answer whole.

        Raises:
            NotSentError: the request surely did not reach the platform.
            ServerFailedError: the platform answered with 5xx.
            TooSoonError: it answered with 429.
            NetworkError: nobody knows; `TimedOut` when no answer came in time.
        """
        if self._session is None:
            raise RuntimeError("this AiohttpRequest is not open: initialize() comes first")
        has_files = request_data is not None and request_data.contains_files
        default = self._timeouts
        timeout = _timeout(
            connect=_chosen(connect_timeout, default.connect),
            read=_chosen(read_timeout, default.read),
            write=_chosen(write_timeout, default.upload if has_files else default.write),
            pool=_chosen(pool_timeout, default.pool),
        )
        body, headers = _body(request_data)
        try:
            async with self._session.request(
                method, url, data=body, headers=headers, timeout=timeout, allow_redirects=False
            ) as response:
                content = await response.read()
        except (
            aiohttp.ClientConnectorError,
            aiohttp.ClientHttpProxyError,
            aiohttp.ConnectionTimeoutError,
            aiohttp.InvalidURL,
        ) as error:
            # Only the names of errors are told: their texts may hold the URL with the token.
            raise NotSentError(f"not sent: {type(error).__name__}") from error
        except TimeoutError as error:
            raise TimedOut(f"no answer in time: {type(error).__name__}") from error
        except (aiohttp.ClientError, OSError) as error:
            raise NetworkError(f"no answer: {type(error).__name__}") from error
        if method == "POST":
            _refuse_trouble(response.status, content)
        return response.status, content


def _refuse_trouble(status: int, content: bytes) -> None:
    """Raise what an answer means, where the library would not tell it apart."""
    if status >= _SERVER_FAILED:
        raise ServerFailedError(f"the Bot API answered {status}")
    if status == _TOO_MANY_REQUESTS:
        raise TooSoonError(_told_wait(content))
    if not content.lstrip().startswith(b"{"):
        # A proxy or the sign-in page of a hall's wifi; the library would log all of it.
        raise ServerFailedError(f"something that is no Bot API answered {status}")


def _told_wait(content: bytes) -> timedelta:
    """Read how long the platform tells us to wait; a proxy before it may not say."""
    try:
        seconds = json.loads(content)["parameters"]["retry_after"]
        return timedelta(seconds=float(seconds))
    except (ValueError, KeyError, TypeError, OverflowError):
        return _SHORT_WAIT


def _chosen(given: Any, default: float) -> float | None:
    """Say which timeout holds; `None` given by the caller means no limit."""
    return default if given is BaseRequest.DEFAULT_NONE else given


def _timeout(
    *, connect: float | None, read: float | None, write: float | None, pool: float | None
) -> aiohttp.ClientTimeout:
    # aiohttp counts the wait for a free connection and the connecting as one, and has no
    # limit for writing but the total.
    waits = (connect, read, write, pool)
    return aiohttp.ClientTimeout(
        total=None if None in waits else sum(wait or 0 for wait in waits),
        connect=None if connect is None or pool is None else connect + pool,
        sock_connect=connect,
        sock_read=read,
    )


def _body(data: RequestData | None) -> tuple[bytes | aiohttp.FormData | None, dict[str, str]]:
    if data is None:
        return None, _NO_CONTENT
    if not data.contains_files:
        return urlencode(data.json_parameters).encode(), _FORM
    form = aiohttp.FormData()
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, content_type) in data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=content_type)
    return form, _NO_CONTENT
