"""Brings messages that nobody asked for: one call, and what became of it.

It has connections of its own, so that a broadcast takes none from answers, and it
never tries again by itself: that is for `bot.delivery` to say.
"""

import logging
from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import lru_cache
from types import TracebackType
from typing import Any, Self, assert_never

from telegram.constants import FloodLimit
from telegram.error import InvalidToken, TelegramError

from bot.channels.telegram import outcome as calls
from bot.channels.telegram.api import Api, proxy_for
from bot.channels.telegram.options import TelegramOptions
from bot.channels.telegram.render import Call, render
from bot.channels.telegram.request import AiohttpRequest, NotSentError
from bot.channels.telegram.updates import CHANNEL
from bot.messaging.languages import Language
from bot.messaging.outcome import (
    Gone,
    Halted,
    Later,
    Moved,
    Outcome,
    Refused,
    Sent,
    Unsure,
)
from bot.messaging.reply import Reply

PER_SECOND = float(FloodLimit.MESSAGES_PER_SECOND)
PAID_PER_SECOND = float(FloodLimit.PAID_MESSAGES_PER_SECOND)

CONNECTIONS = 256
NO_NETWORK = timedelta(seconds=1)
"""How long to leave the platform alone that could not even be reached."""

log = logging.getLogger(__name__)

_EDITABLE = "sendMessage"
_NOT_MODIFIED = "message is not modified"


class TelegramCourier:
    """A `Courier` for one bot; open it with `async with`."""

    channel = CHANNEL
    can_amend = True

    def __init__(self, token: str, options: TelegramOptions, *, pays: bool = False) -> None:
        """Make a closed one.

        Args:
            token: of the bot.
            options: where the Bot API is, and its timeouts.
            pays: send as paid broadcast: 1,000 messages a second for Telegram Stars.
        """
        proxy = proxy_for(options.api_url)
        self._request = AiohttpRequest(CONNECTIONS, options.timeouts, proxy)
        self._api = Api(
            token,
            base_url=f"{options.api_url.rstrip('/')}/bot",
            request=self._request,
            # Never asked for anything; without one the library makes one of its own.
            get_updates_request=self._request,
        )
        self._pays = pays
        self._username = ""
        self.per_second = PAID_PER_SECOND if pays else PER_SECOND

    async def __aenter__(self) -> Self:
        """Open the connections."""
        await self._request.initialize()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close them."""
        await self._request.shutdown()

    async def deliver(self, chat: str, reply: Reply, *, reference: str, silent: bool) -> Outcome:
        """Send one message; the rest of a reply that takes several follows it at once.

        Args:
            chat: `ChatId.chat`: an id, or id/topic.
            reply: what to say.
            reference: not used, for Telegram gives nothing back by which to know a message.
            silent: without a sound.
        """
        first: Outcome | None = None
        for call in _drawn(reply):
            parameters = _to(chat) | call.parameters | self._manner(silent)
            outcome = await self._attempt(call.method, parameters)
            first = first or outcome
            if not isinstance(outcome, Sent):
                break
        # What came first decides: sent again, it would be read twice.
        return first or Refused("a reply that shows nothing")

    async def amend(self, chat: str, message_id: str, reply: Reply) -> Outcome:
        """Change a message that was delivered."""
        drawn = _drawn(reply)
        if len(drawn) != 1 or drawn[0].method != _EDITABLE or not message_id.isdecimal():
            return Refused("only one message with text can take the place of another")
        place = {"chat_id": _to(chat)["chat_id"], "message_id": int(message_id)}
        outcome = await self._attempt("editMessageText", place | drawn[0].parameters)
        match outcome:
            case Refused(reason) if _NOT_MODIFIED in reason.lower():
                return Sent(message_id)
            case Sent():
                return Sent(message_id)
            case _:
                return outcome

    def preview(self, reply: Reply) -> tuple[str, ...]:
        """Say in plain text what the visitor will see."""
        return tuple(_plain(call) for call in render(reply))

    async def link(self, payload: str) -> str:
        """Give the address that starts the bot with a payload; "" while the platform is away."""
        if not self._username:
            try:
                me = await self._api.call("getMe", {})
            except TelegramError as error:
                log.warning("The bot's own name is not known: %s", type(error).__name__)
                return ""
            self._username = str(me["username"])
        return f"https://t.me/{self._username}?start={payload}"

    async def show_menu(
        self, chat: str, commands: Sequence[tuple[str, Mapping[Language, str]]]
    ) -> None:
        """Give one private chat a menu of its own; without commands, everybody's again.

        The platform refuses it until the person has started the bot: then it is tried again
        when they write.
        """
        scope = {"type": "chat", "chat_id": int(chat)}
        try:
            for language in Language:
                code = {"scope": scope, "language_code": language.value}
                if not commands:
                    await self._api.call("deleteMyCommands", code)
                    continue
                menu = [
                    {"command": name, "description": texts[language]} for name, texts in commands
                ]
                await self._api.call("setMyCommands", {"commands": menu, **code})
        except TelegramError as error:
            log.info("A menu was not changed: %s", type(error).__name__)

    async def _attempt(self, method: str, parameters: Mapping[str, Any]) -> Outcome:
        try:
            result = await self._api.call(method, parameters)
        except TelegramError as error:
            return _outcome_of(error)
        has_id = isinstance(result, dict) and "message_id" in result
        return Sent(str(result["message_id"]) if has_id else "")

    def _manner(self, silent: bool) -> dict[str, Any]:
        manner = {"disable_notification": True} if silent else {}
        return manner | {"allow_paid_broadcast": True} if self._pays else manner


@lru_cache(maxsize=32)
def _drawn(reply: Reply) -> tuple[Call, ...]:
    """Draw a reply; most messages of a broadcast are one of a few, and drawing takes its time."""
    return render(reply)


def _outcome_of(error: TelegramError) -> Outcome:
    match error:
        case InvalidToken():
            return Halted("the platform does not know the bot's token any more")
        case NotSentError():
            return Later(NO_NETWORK, error.message)
    outcome = calls.outcome_of(error)
    match outcome:
        case calls.Later(wait, reason):
            return Later(wait, reason)
        case calls.Moved(chat_id):
            return Moved(str(chat_id))
        case calls.Gone(reason):
            return Gone(reason)
        case calls.Refused(reason):
            return Refused(reason)
        case calls.Unsure(reason):
            return Unsure(reason)
        case calls.Done():
            raise TypeError("an error is never done")
        case _:
            assert_never(outcome)


def _to(chat: str) -> dict[str, Any]:
    chat_id, _, topic = chat.partition("/")
    to: dict[str, Any] = {"chat_id": int(chat_id)}
    return to | {"message_thread_id": int(topic)} if topic else to


def _plain(call: Call) -> str:
    words = [call.plain, *(str(call.parameters.get(name, "")) for name in ("title", "address"))]
    keys = call.parameters.get("reply_markup", {}).get("inline_keyboard", [])
    rows = ("  ".join(f"[ {key['text']} ]" for key in row) for row in keys)
    return "\n".join(filter(None, (*words, *rows)))
