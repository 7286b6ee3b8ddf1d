"""A conversation of several steps that a chat is in: a draft, a guided search, a sign-up.

It is kept in the store and not in memory, so that the next step may reach another
process, or come after a restart.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from bot.messaging.message import ChatId


@dataclass(frozen=True, slots=True)
class Flow:
    """Where a chat is in a conversation of several steps.

    Attributes:
        name: whose it is, such as "draft".
        state: what its owner needs to go on; whatever JSON can hold.
        until: from then on it is over.
    """

    name: str
    state: Mapping[str, Any]
    until: datetime


class Flows(Protocol):
    """Keeps at most one flow of each chat."""

    async def open_in(self, chat: ChatId, now: datetime) -> Flow | None:
        """Give the flow that the chat is in, unless it is over by `now`."""
        ...

    async def keep(self, chat: ChatId, flow: Flow) -> None:
        """Keep where the chat is now; whatever flow it was in before ends."""
        ...

    async def end(self, chat: ChatId) -> None:
        """Forget the flow of the chat."""
        ...


class InMemoryFlows:
    """Keeps them while the program runs."""

    def __init__(self) -> None:
        self._flows: dict[ChatId, Flow] = {}

    async def open_in(self, chat: ChatId, now: datetime) -> Flow | None:
        """Give the flow that the chat is in, unless it is over by `now`."""
        flow = self._flows.get(chat)
        return flow if flow and now < flow.until else None

    async def keep(self, chat: ChatId, flow: Flow) -> None:
        """Keep where the chat is now; whatever flow it was in before ends."""
        self._flows[chat] = flow

    async def end(self, chat: ChatId) -> None:
        """Forget the flow of the chat."""
        self._flows.pop(chat, None)
