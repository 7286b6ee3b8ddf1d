"""One update, from reading it to the last call of its answer."""

import logging
import traceback
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from telegram import CallbackQuery, ChatMemberUpdated, InlineQuery, Message, Update
from telegram.constants import ChatAction, ChatMemberStatus

from bot.channels.notice import typing_when_slow
from bot.channels.telegram.inline import Search, answer_to
from bot.channels.telegram.options import TelegramOptions
from bot.channels.telegram.outcome import Done, Later, Refused
from bot.channels.telegram.render import Call, render
from bot.channels.telegram.send import Delivery, NotDeliveredError, Sender
from bot.channels.telegram.texts import APOLOGY, language_of
from bot.channels.telegram.updates import (
    CHANNEL,
    Address,
    Identity,
    address_of,
    read_message,
    read_tap,
)
from bot.clock import Clock
from bot.messaging.message import ChatId, Incoming, Respond
from bot.messaging.reply import Reply

log = logging.getLogger(__name__)

Reach = Callable[[ChatId, bool], Awaitable[None]]
"""Is told whether a chat can be written to from now on."""

_TOO_OLD = ("query is too old", "query_id_invalid", "query id is invalid")
_FRAMES_TOLD = 3


@dataclass(frozen=True, slots=True)
class Desk:
    """Where updates are worked off: who we are, who answers, who sends."""

    bot: Identity
    respond: Respond
    search: Search | None
    sender: Sender
    clock: Clock
    options: TelegramOptions
    reach: Reach | None = None

    async def work_off(self, update: Update) -> None:
        """Answer an update.

        Mistakes in one answer are logged, the visitor reads that it did not work.

        Raises:
            NotDeliveredError: the answer did not go; the update may come again.
        """
        try:
            if update.inline_query:
                await self._answer_inline(update.inline_query, update.update_id)
            elif update.callback_query:
                await self._answer_tap(update.callback_query, update.update_id)
            elif update.message:
                await self._answer_message(update.message, update.update_id)
            elif update.my_chat_member and self.reach:
                await self._learn_reach(update.my_chat_member, self.reach)
            else:
                log.debug("update %d is of a kind that wants no answer", update.update_id)
        except NotDeliveredError:
            raise
        except Exception as error:  # noqa: BLE001 - logged; one update must not disturb another
            _log_mistake(update.update_id, error)

    async def _answer_message(self, message: Message, update_id: int) -> None:
        incoming = read_message(message, self.bot)
        if incoming is not None:
            await self._answer(incoming, Delivery(address_of(message), update_id))

    async def _answer_tap(self, query: CallbackQuery, update_id: int) -> None:
        # First of all, for until then the button spins on the visitor's phone.
        outcome = await self.sender.attempt("answerCallbackQuery", {"callback_query_id": query.id})
        match outcome:
            case Done():
                pass
            case Refused(reason) if any(sign in reason.lower() for sign in _TOO_OLD):
                log.debug("update %d: the tap is too old to stop its spinner", update_id)
            case _:
                log.warning("update %d: the spinner was not stopped: %s", update_id, outcome)
        message = query.message
        if message is None:
            log.debug("update %d: a tap on a message that is in no chat of ours", update_id)
            return
        if isinstance(message, Message):
            delivery = Delivery(address_of(message), update_id, message.message_id)
        else:
            # Too old for the platform to hand out: it can be answered, not edited.
            delivery = Delivery(Address(message.chat.id), update_id)
        incoming = read_tap(query, delivery.to, self.clock())
        if incoming is not None:
            await self._answer(incoming, delivery)

    async def _learn_reach(self, change: ChatMemberUpdated, reach: Reach) -> None:
        """Learn that somebody has blocked the bot, or lets it write again."""
        out = (ChatMemberStatus.BANNED, ChatMemberStatus.LEFT)
        await reach(ChatId(CHANNEL, str(change.chat.id)), change.new_chat_member.status not in out)

    async def _answer_inline(self, query: InlineQuery, update_id: int) -> None:
        if self.search is None:
            return
        call = await answer_to(query, self.search, self.bot, self.options.default_language)
        outcome = await self.sender.attempt(call.method, call.parameters)
        match outcome:
            case Done():
                pass
            case Refused(reason) if any(sign in reason.lower() for sign in _TOO_OLD):
                log.debug("update %d: the inline query is too old", update_id)
            case Later():
                # The visitor types on, and the next letter asks again.
                log.warning("update %d: no inline answer: %s", update_id, outcome.reason)
            case _:
                log.error("update %d: no inline answer: %s", update_id, outcome)

    async def _answer(self, incoming: Incoming, delivery: Delivery) -> None:
        try:
            replies = await self._replies(incoming, delivery.to)
            drawn = [(render(reply), reply.replaces) for reply in replies]
        except Exception as error:  # noqa: BLE001 - logged, and the visitor is told
            _log_mistake(delivery.update_id, error)
            drawn = [(self._apology(incoming), False)]
        for number, (calls, replaces) in enumerate(drawn):
            edits = replaces and number == 0
            if not await self.sender.deliver(calls, delivery, edits=edits):
                return

    async def _replies(self, incoming: Incoming, to: Address) -> tuple[Reply, ...]:
        action = {"chat_id": to.chat, "action": ChatAction.TYPING.value}
        if to.topic is not None:
            action["message_thread_id"] = to.topic

        async def show_typing() -> None:
            # Whether it shows is of no consequence: the answer follows.
            await self.sender.attempt("sendChatAction", action)

        async with typing_when_slow(show_typing, self.options.waits.typing):
            return await self.respond(incoming)

    def _apology(self, incoming: Incoming) -> tuple[Call, ...]:
        language = language_of(incoming.language_hint, self.options.default_language)
        return render(Reply(language, APOLOGY[language]))


def _log_mistake(update_id: int, error: Exception) -> None:
    """Say what went wrong and where, without its words, which may be a visitor's."""
    frames = traceback.extract_tb(error.__traceback__)[-_FRAMES_TOLD:]
    way = " > ".join(f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames)
    log.error("update %d: no answer: %s at %s", update_id, type(error).__name__, way)
