"""Messages → the platform: again where that is right, never twice.

The Graph API has no key by which it would know a message again. So each carries a reference
of ours, which its echo brings back: where an answer is lost, the echo says that it went. Where
the Page's echoes do not come to us, a lost answer counts as sent: a visitor who reads nothing
asks again, one who reads everything three times goes away.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot.channels.messenger.elements import TEXT, Element
from bot.channels.messenger.errors import (
    CallError,
    GraphError,
    Kind,
    NoAnswerError,
    NotSentError,
)
from bot.channels.messenger.graph import Graph
from bot.channels.messenger.pace import AnswerPace
from bot.channels.messenger.render import plain
from bot.channels.messenger.waits import Waits
from bot.channels.split import split

log = logging.getLogger(__name__)

UNSURE_TRIES = 2
"""How often a message is sent again of which nobody knows whether it went."""

LOOK_FOR_ECHO_EVERY_S = 0.1


class NotDeliveredError(Exception):
    """An answer did not go, or not all of it, and a later try may succeed.

    Attributes:
        wait: how long it should be left alone.
        was_begun: whether a part of it arrived.
    """

    def __init__(self, reason: str, wait: timedelta, *, was_begun: bool) -> None:
        """Keep when to try again."""
        super().__init__(reason)
        self.wait = wait
        self.was_begun = was_begun


class HaltedError(NotDeliveredError):
    """Nothing can be sent to anybody until a person mends it."""


@dataclass(frozen=True, slots=True)
class Echoes:
    """What is known of messages that arrived.

    Attributes:
        arrived: says which of some references have come back.
        are_told: says whether any comes back at all.
    """

    arrived: Callable[[Collection[str]], Awaitable[Collection[str]]]
    are_told: Callable[[], Awaitable[bool]]


@dataclass(slots=True)
class _Try:
    """How far the delivery of one answer got."""

    person: str
    has_arrived: bool = False
    waited: timedelta = timedelta()
    unsure: int = 0


class Sender:
    """Sends answers."""

    def __init__(self, graph: Graph, echoes: Echoes, waits: Waits, pace: AnswerPace) -> None:
        """Send through `graph`, look for lost ones in `echoes`, and count in `pace`."""
        self._graph = graph
        self._echoes = echoes
        self._waits = waits
        self._pace = pace

    async def deliver(
        self, person: str, messages: Sequence[Element], reference: str, arrived: Collection[str]
    ) -> Kind | None:
        """Send the messages of an answer in order.

        Args:
            person: who gets it.
            messages: what to send.
            reference: names the answer; its messages are numbered.
            arrived: the references of messages that an earlier try has sent.

        Returns:
            Why the rest cannot be sent to this person; `None` when all of it arrived.

        Raises:
            NotDeliveredError: it may be tried again later.
        """
        one = _Try(person, has_arrived=bool(arrived))
        for number, message in enumerate(messages):
            named = reference_of(reference, number)
            if named not in arrived and (refusal := await self._send(message, named, one)):
                return refusal
        return None

    async def act(self, person: str, *actions: str) -> None:
        """Show that a message was seen or is being answered; whether it shows matters little."""
        for action in actions:
            try:
                await self._graph.send({"recipient": {"id": person}, "sender_action": action})
            except CallError as error:
                log.debug("Messenger: %s was not shown: %s", action, error)

    async def _send(self, message: Element, reference: str, one: _Try) -> Kind | None:
        pause = self._waits.first_retry
        while (error := await self._attempt(message, reference, one)) is not None:
            match error:
                case NoAnswerError():
                    if await self._went(reference, one, error):
                        break
                case GraphError(kind=Kind.TRANSIENT) if await self._went(reference, one, error):
                    break
                case NotSentError() | GraphError(kind=Kind.RATE | Kind.TRANSIENT):
                    await self._wait(pause, one, error)
                case GraphError(kind=Kind.OUR_BUG) if "text" not in message:
                    log.error("Messenger: shown as plain text instead: %s", error)
                    return await self._send_plain(message, reference, one)
                case GraphError():
                    return self._refused(error, one)
                case _:
                    raise error
            pause = min(pause * 2, self._waits.longest_retry)
        one.has_arrived = True
        return None

    async def _attempt(self, message: Element, reference: str, one: _Try) -> CallError | None:
        self._pace.note()
        try:
            await self._graph.send(_payload(one.person, message, reference))
        except CallError as error:
            return error
        return None

    async def _send_plain(self, message: Element, reference: str, one: _Try) -> Kind | None:
        for number, part in enumerate(split(plain(message), TEXT)):
            if refusal := await self._send({"text": part}, f"{reference}.{number}", one):
                return refusal
        return None

    def _refused(self, error: GraphError, one: _Try) -> Kind:
        if error.kind in (Kind.CONFIGURATION, Kind.RESTRICTED):
            raise HaltedError(str(error), self._waits.halt, was_begun=one.has_arrived) from error
        log.log(
            logging.ERROR if error.kind is Kind.OUR_BUG else logging.INFO,
            "Messenger: an answer was not taken: %s",
            error,
        )
        return error.kind

    async def _wait(self, pause: timedelta, one: _Try, error: CallError) -> None:
        """Wait before the same is tried again; but not longer than patience lasts."""
        if one.waited + pause > self._waits.patience:
            raise self._left(error, one)
        one.waited += pause
        await asyncio.sleep(pause.total_seconds())

    async def _went(self, reference: str, one: _Try, error: CallError) -> bool:
        """Find out whether a message arrived although its call did not end well."""
        are_told = await self._echoes.are_told()
        if are_told and await self._echo_of(reference):
            return True
        if not are_told and isinstance(error, NoAnswerError):
            log.warning("Messenger: nobody knows whether an answer went; not repeated: %s", error)
            return True
        one.unsure += 1
        if one.unsure > UNSURE_TRIES:
            raise self._left(error, one)
        return False

    def _left(self, error: CallError, one: _Try) -> NotDeliveredError:
        return NotDeliveredError(str(error), self._waits.put_back, was_begun=one.has_arrived)

    async def _echo_of(self, reference: str) -> bool:
        loop = asyncio.get_running_loop()
        until = loop.time() + self._waits.echo.total_seconds()
        while not await self._echoes.arrived((reference,)):
            if loop.time() >= until:
                return False
            await asyncio.sleep(LOOK_FOR_ECHO_EVERY_S)
        return True


def reference_of(answer: str, number: int) -> str:
    """Name one message of an answer."""
    return f"{answer}:{number}"


def _payload(person: str, message: Element, reference: str) -> dict[str, Any]:
    return {
        "recipient": {"id": person},
        "messaging_type": "RESPONSE",
        "message": {**message, "metadata": reference},
    }
