"""Takes the turns that ask what changed, and tells newcomers what still holds.

Changes are read from memory, where the process holds them anyway; of the chat is only kept when
it looked last (`bot.visitors.memory.Looks`).
"""

import datetime as dt
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.announcements.model import Announcement
from bot.dialogue.emergencies import alarm_in
from bot.dialogue.news.said import Asked, asked_in
from bot.dialogue.news.telling import ALL_TAP, NEWS_TAP, tell_news, tell_what_holds
from bot.dialogue.rooms import Turn
from bot.knowledge.standing import Made
from bot.messaging.message import ChatId
from bot.messaging.reply import Reply
from bot.visitors.memory import Looks

_COMMANDS = frozenset({"zmiany", "changes", "zminy"})

Holding = Callable[[dt.datetime], Awaitable[Sequence[Announcement]]]


async def nothing_holds(_now: dt.datetime) -> Sequence[Announcement]:
    """Give no announcement, where none are kept."""
    return ()


class Keeps(Looks, Protocol):
    """What this room reads of visitors."""

    async def saved_by(self, chat: ChatId) -> tuple[str, ...]:
        """List the keys of what the chat saved."""
        ...


@dataclass(frozen=True, slots=True)
class NewsRoom:
    """What changed, as a `Room`; what still holds, as `Notices`.

    Attributes:
        made: gives the changes made in chat that hold, the newest last.
        keeps: what visitors saved, and when they looked last.
        holding: gives what was announced to everyone and still holds at a moment.
    """

    made: Callable[[], Sequence[Made]]
    keeps: Keeps
    holding: Holding = nothing_holds

    async def take(self, turn: Turn) -> tuple[Reply, ...] | None:
        """Answer who asks what changed; `None` for all others."""
        asked = _asked(turn)
        if asked is None:
            return None
        chat, scene = turn.incoming.chat, turn.scene
        since = None if asked is Asked.ALL else await self.keeps.looked_at(chat)
        saved = await self.keeps.saved_by(chat)
        announced = await self.holding(scene.now)
        reply = tell_news(self.made(), since, saved, announced, scene)
        await self.keeps.look(chat, scene.now)
        return (reply,)

    async def due(self, turn: Turn) -> tuple[Reply, ...]:
        """Tell what still holds, once, at a chat's first contact; after what is urgent."""
        chat, scene = turn.incoming.chat, turn.scene
        if chat.is_group or _asked(turn) or alarm_in(turn.words):
            return ()
        if await self.keeps.looked_at(chat) is not None:
            return ()
        await self.keeps.look(chat, scene.now)
        reply = tell_what_holds(await self.holding(scene.now), self.made(), scene, turn.told)
        return (reply,) if reply else ()


def _asked(turn: Turn) -> Asked | None:
    if turn.tapped:
        return {NEWS_TAP: Asked.NEW, ALL_TAP: Asked.ALL}.get(turn.tapped)
    if turn.command:
        return Asked.NEW if turn.command in _COMMANDS else None
    return asked_in(turn.words)
