"""Each update once and in its turn: the inbox as python-telegram-bot's processor."""

import logging
from collections.abc import Awaitable
from typing import Any

from telegram import Update
from telegram.ext import BaseUpdateProcessor

from bot.channels.inbox import Inbox, Taken
from bot.channels.telegram.updates import chat_of

log = logging.getLogger(__name__)


class InOrder(BaseUpdateProcessor):
    """Chats at once, up to a limit; within a chat one after the other."""

    __slots__ = ("inbox",)

    def __init__(self, concurrent: int, per_chat: int) -> None:
        """Let `concurrent` updates be in hand, at most `per_chat` of one chat."""
        super().__init__(concurrent)
        self.inbox = Inbox(per_chat=per_chat)

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Await the coroutine in the chat's turn, unless the update is worked off already.

        Who made the coroutine closes it: it may never be awaited.
        """
        if not isinstance(update, Update):
            raise TypeError(f"an Update was expected, not {type(update).__name__}")
        taken = await self.inbox.work_off(update.update_id, chat_of(update), lambda: coroutine)
        if taken is Taken.FULL:
            log.warning("update %d is dropped: its chat has too many waiting", update.update_id)

    async def initialize(self) -> None:
        """Nothing needs to be opened."""

    async def shutdown(self) -> None:
        """Nothing needs to be closed."""
