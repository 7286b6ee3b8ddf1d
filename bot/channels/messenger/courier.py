"""Brings messages that nobody asked for, within the platform's 24 hours.

Outside of them nothing is called: the message waits until the visitor writes. Each
message has our id of the delivery in its `metadata`, which comes back in its echo: so
one whose answer was lost is known after all (`delivery_in`, `bot.delivery.queries.echoed`).
"""

import logging
from collections.abc import Awaitable, Callable, Iterator
from datetime import datetime
from types import TracebackType
from typing import Any, Self

from bot.channels.messenger.elements import TEXT, Element
from bot.channels.messenger.errors import CallError, GraphError, Kind
from bot.channels.messenger.graph import Graph
from bot.channels.messenger.options import CHANNEL, DELIVERY, OURS, WINDOW, MessengerOptions
from bot.channels.messenger.outcome import outcome_of
from bot.channels.messenger.pace import Rest, Usage
from bot.channels.messenger.render import plain, render
from bot.channels.messenger.utility import Utility
from bot.channels.split import split
from bot.clock import Clock
from bot.messaging.outcome import Closed, Outcome, Refused, Sent
from bot.messaging.reply import Reply

log = logging.getLogger(__name__)

LastInbound = Callable[[str], Awaitable[datetime | None]]
"""Says when a visitor last wrote; `None` where we do not know them."""

WAITS = "outside the 24 hours: it waits until the visitor writes"

_MORE = f"{OURS}more"


def delivery_in(metadata: str) -> int | None:
    """Read from an echo which delivery it shows as sent; `None` where it is none."""
    number = metadata.removeprefix(DELIVERY)
    is_ours = metadata.startswith(DELIVERY) and number.isascii() and number.isdecimal()
    return int(number) if is_ours and len(number) <= 18 else None


class MessengerCourier:
    """A `Courier` for one Page; open it with `async with`."""

    channel = CHANNEL
    can_amend = False

    def __init__(
        self,
        options: MessengerOptions,
        clock: Clock,
        last_inbound: LastInbound,
        usage: Usage | None = None,
    ) -> None:
        """Make a closed one.

        Args:
            options: which Page.
            clock: says the present moment.
            last_inbound: says when a visitor last wrote.
            usage: how much of the Page's allowance is used up, shared with answers.
        """
        # Connections of its own, so that a broadcast takes none from answers.
        self._graph = Graph(options, usage)
        self._clock = clock
        self._last_inbound = last_inbound
        self._utility = Utility(options.utility_templates)
        self._rest = Rest()

    async def __aenter__(self) -> Self:
        """Open the connections."""
        await self._graph.__aenter__()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close them."""
        await self._graph.__aexit__(kind, error, trace)

    @property
    def per_second(self) -> float:
        """How many messages a second the Page may send now."""
        return self._graph.usage.per_second

    async def deliver(self, chat: str, reply: Reply, *, reference: str, silent: bool) -> Outcome:
        """Send one message; the rest of a reply that takes several follows it at once.

        Args:
            chat: the visitor's page-scoped id.
            reply: what to say.
            reference: our id of the delivery; comes back in the echo.
            silent: without a sound.
        """
        if not await self._is_open(chat):
            return await self._outside(chat, reply, f"{DELIVERY}{reference}")
        first: Outcome | None = None
        for message in render(reply):
            metadata = _MORE if first else f"{DELIVERY}{reference}"
            outcome = await self._show(chat, message, metadata, silent=silent)
            if not isinstance(outcome, Sent):
                if first:
                    # What came first decides: sent again, it would be read twice.
                    log.warning("the rest of delivery %s is missing: %s", reference, outcome)
                    return first
                return outcome
            first = first or outcome
        return first or Refused("a reply that shows nothing")

    async def amend(self, chat: str, message_id: str, reply: Reply) -> Outcome:
        """Refuse: Messenger cannot change a message."""
        return Refused("Messenger cannot change a message")

    def preview(self, reply: Reply) -> tuple[str, ...]:
        """Say in plain text what the visitor will see."""
        return tuple(plain(message) for message in render(reply))

    async def _is_open(self, chat: str) -> bool:
        wrote_at = await self._last_inbound(chat)
        return wrote_at is not None and self._clock() - wrote_at < WINDOW

    async def _outside(self, chat: str, reply: Reply, metadata: str) -> Outcome:
        """Send an approved template where there is one; otherwise the message waits."""
        template = self._utility.message(reply)
        if template is None:
            return Closed(WAITS)
        try:
            return await self._send(chat, template | {"metadata": metadata}, "UTILITY")
        except GraphError as error:
            return Closed(WAITS) if self._utility.ends(error) else self._outcome(error)
        except CallError as error:
            return self._outcome(error)

    async def _show(self, chat: str, message: Element, metadata: str, *, silent: bool) -> Outcome:
        """Send one message; as plain text where the platform does not take how it is drawn."""
        manner = {"notification_type": "SILENT_PUSH"} if silent else {}
        try:
            return await self._send(chat, message | {"metadata": metadata}, "UPDATE", **manner)
        except GraphError as error:
            is_drawn = set(message) != {"text"}
            if error.kind is not Kind.OUR_BUG or not is_drawn:
                return self._outcome(error)
            return await self._show_plainly(chat, message, metadata, **manner)
        except CallError as error:
            return self._outcome(error)

    async def _show_plainly(
        self, chat: str, message: Element, metadata: str, **manner: Any
    ) -> Outcome:
        first: Outcome | None = None
        try:
            for part in _texts(message):
                given = part | {"metadata": _MORE if first else metadata}
                sent = await self._send(chat, given, "UPDATE", **manner)
                first = first or sent
        except CallError as error:
            return first or self._outcome(error)
        return first or Refused("a message that shows nothing")

    async def _send(self, chat: str, message: Element, messaging_type: str, **more: Any) -> Sent:
        payload = {"recipient": {"id": chat}, "messaging_type": messaging_type, "message": message}
        sent = Sent(await self._graph.send(payload | more))
        self._rest.over()
        return sent

    def _outcome(self, error: CallError) -> Outcome:
        is_rate = isinstance(error, GraphError) and error.kind is Kind.RATE
        regain = self._graph.usage.regain
        return outcome_of(error, self._rest.refused(regain) if is_rate else regain)


def _texts(message: Element) -> Iterator[Element]:
    for text in split(plain(message), TEXT):
        yield {"text": text}
