"""Keeps what chats just talked about, for half an hour.

In memory, of so many chats that memory stays small; or in the store, where the next
message of a chat may reach another process.
"""

import datetime as dt
from collections import OrderedDict
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any, Protocol, get_args

from pydantic import TypeAdapter, ValidationError

from bot.dialogue.context import NOTHING, Context
from bot.dialogue.wishes import Wish
from bot.messaging.message import ChatId

LIFETIME = dt.timedelta(minutes=30)
CHATS = 5_000


class Contexts(Protocol):
    """The contexts of all chats."""

    async def of(self, chat: ChatId, now: dt.datetime) -> Context:
        """Say what the chat talked about; nothing if that is long ago."""
        ...

    async def keep(self, chat: ChatId, context: Context, now: dt.datetime) -> None:
        """Keep what the chat talks about now."""
        ...

    async def forget(self, chat: ChatId) -> None:
        """Forget what the chat talked about."""
        ...


class InMemoryContexts:
    """Keeps them while the program runs; those unused for longest go first."""

    def __init__(self, chats: int = CHATS, lifetime: dt.timedelta = LIFETIME) -> None:
        self._chats = chats
        self._lifetime = lifetime
        self._kept: OrderedDict[ChatId, tuple[dt.datetime, Context]] = OrderedDict()

    async def of(self, chat: ChatId, now: dt.datetime) -> Context:
        """Say what the chat talked about; nothing if that is long ago."""
        kept = self._kept.get(chat)
        if kept is None or now - kept[0] > self._lifetime:
            return NOTHING
        return kept[1]

    async def keep(self, chat: ChatId, context: Context, now: dt.datetime) -> None:
        """Keep what the chat talks about now."""
        self._kept[chat] = (now, context)
        self._kept.move_to_end(chat)
        while len(self._kept) > self._chats:
            self._kept.popitem(last=False)

    async def forget(self, chat: ChatId) -> None:
        """Forget what the chat talked about."""
        self._kept.pop(chat, None)

    def __len__(self) -> int:
        """Say of how many chats something is kept."""
        return len(self._kept)


class States(Protocol):
    """Keeps a few lines of JSON for each chat, which all processes see."""

    async def state_of(self, chat: ChatId, now: dt.datetime) -> Mapping[str, Any] | None:
        """Give what is kept; `None` where nothing is, or it is over by `now`."""
        ...

    async def keep_state(self, chat: ChatId, state: Mapping[str, Any], until: dt.datetime) -> None:
        """Keep it in place of what was kept before."""
        ...

    async def forget_state(self, chat: ChatId) -> None:
        """Delete it."""
        ...


class SharedContexts:
    """Keeps them where every process finds them, for chats whose messages may reach any."""

    def __init__(
        self, states: States, channels: Collection[str], lifetime: dt.timedelta = LIFETIME
    ) -> None:
        """Keep them in `states`; of chats on other than these `channels`, in memory."""
        self._states = states
        self._channels = frozenset(channels)
        self._lifetime = lifetime
        self._others = InMemoryContexts(lifetime=lifetime)

    async def of(self, chat: ChatId, now: dt.datetime) -> Context:
        """Say what the chat talked about; nothing if that is long ago."""
        if chat.channel not in self._channels:
            return await self._others.of(chat, now)
        state = await self._states.state_of(chat, now)
        return NOTHING if state is None else read_context(state)

    async def keep(self, chat: ChatId, context: Context, now: dt.datetime) -> None:
        """Keep what the chat talks about now."""
        if chat.channel not in self._channels:
            await self._others.keep(chat, context, now)
            return
        await self._states.keep_state(chat, write_context(context), now + self._lifetime)

    async def forget(self, chat: ChatId) -> None:
        """Forget what the chat talked about."""
        if chat.channel not in self._channels:
            await self._others.forget(chat)
            return
        await self._states.forget_state(chat)


def write_context(context: Context) -> dict[str, Any]:
    """Write a context as JSON can hold it."""
    written: dict[str, Any] = _CONTEXT.dump_python(replace(context, wish=None), mode="json")
    if context.wish is not None:
        name = type(context.wish).__name__
        written["wish"] = [name, _WISHES[name].dump_python(context.wish, mode="json")]
    return written


def read_context(state: Mapping[str, Any]) -> Context:
    """Read what `write_context` wrote; nothing where an older version of it wrote it."""
    try:
        context = _CONTEXT.validate_python({**state, "wish": None})
        if state["wish"] is None:
            return context
        name, wish = state["wish"]
        return replace(context, wish=_WISHES[name].validate_python(wish))
    except (ValidationError, KeyError, TypeError, ValueError):
        return NOTHING


_CONTEXT = TypeAdapter(Context)
_WISHES: Mapping[str, TypeAdapter[Any]] = {
    kind.__name__: TypeAdapter(kind) for kind in get_args(Wish)
}
