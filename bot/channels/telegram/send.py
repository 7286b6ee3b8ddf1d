"""Calls → the platform: waited out when it says so, never told twice.

A call that surely was not done is made again, for as long as the patience for
one answer lasts. One whose outcome nobody knows is never repeated: a visitor who
reads nothing asks again, one who reads everything three times goes away.
"""

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, assert_never

from telegram.error import TelegramError

from bot.channels.telegram.api import Api
from bot.channels.telegram.options import Waits
from bot.channels.telegram.outcome import (
    Done,
    Gone,
    Later,
    Moved,
    Outcome,
    Refused,
    Unsure,
    outcome_of,
)
from bot.channels.telegram.pace import AnswerPace
from bot.channels.telegram.render import Call
from bot.channels.telegram.updates import Address

log = logging.getLogger(__name__)

_BAD_MARKUP = "can't parse entities"
_NOT_MODIFIED = "message is not modified"
_CANNOT_EDIT = (
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
    "there is no text in the message",
)


class NotDeliveredError(Exception):
    """Nothing of an answer reached the visitor, and a later try may succeed."""


@dataclass(slots=True)
class Delivery:
    """One answer on its way: to whom, for which update, and how far it got.

    Attributes:
        to: the chat.
        update_id: for the log.
        message_id: the message whose button was tapped, if that was it.
        waited: how long it has been held up by now.
        has_arrived: whether the visitor may have seen a part of it.
    """

    to: Address
    update_id: int
    message_id: int | None = None
    waited: timedelta = timedelta()
    has_arrived: bool = False


class Sender:
    """Makes calls, and again where that is right."""

    def __init__(self, api: Api, waits: Waits, pace: AnswerPace) -> None:
        """Send through `api`, and count in `pace`."""
        self._api = api
        self._waits = waits
        self._pace = pace

    async def deliver(self, calls: tuple[Call, ...], delivery: Delivery, *, edits: bool) -> bool:
        """Make the calls of one reply in order, until the chat turns out to be gone.

        Args:
            calls: what to send.
            delivery: to whom.
            edits: the first call takes the place of the message that was tapped.

        Returns:
            Whether it makes sense to send more there.

        Raises:
            NotDeliveredError: nothing arrived, and it may be tried again later.
        """
        for number, call in enumerate(calls):
            may_edit = edits and number == 0 and call.method == "sendMessage"
            if may_edit and await self._edit(call, delivery):
                continue
            if not await self._send(call, delivery):
                return False
        return True

    async def attempt(self, method: str, parameters: Mapping[str, Any]) -> Outcome:
        """Make one call once."""
        self._pace.note(method)
        try:
            return Done(await self._api.call(method, parameters))
        except TelegramError as error:
            return outcome_of(error)

    async def _edit(self, call: Call, delivery: Delivery) -> bool:
        """Show the call in the tapped message; `False` if it has to be sent anew."""
        if delivery.message_id is None:
            return False
        place = {"chat_id": delivery.to.chat, "message_id": delivery.message_id}
        outcome = await self._patiently("editMessageText", place | call.parameters, delivery)
        match outcome:
            case Done():
                delivery.has_arrived = True
                return True
            case Refused(reason) if _NOT_MODIFIED in reason.lower():
                # A double tap: what was to be shown is shown.
                delivery.has_arrived = True
                return True
            case Refused(reason) if any(sign in reason.lower() for sign in _CANNOT_EDIT):
                return False
            case Unsure(reason):
                _log_unsure(delivery, "editMessageText", reason)
                delivery.has_arrived = True
                return True
            case Later() | Gone() | Moved() | Refused():
                # Sending finds out what is to be done about it.
                return False
            case _:
                assert_never(outcome)

    async def _send(self, call: Call, delivery: Delivery) -> bool:
        """Send one message; `False` if nothing more can be sent to this chat."""
        outcome = await self._patiently(call.method, _to(delivery.to) | call.parameters, delivery)
        if isinstance(outcome, Moved):
            delivery.to = Address(outcome.chat_id)
            parameters = _to(delivery.to) | call.parameters
            outcome = await self._patiently(call.method, parameters, delivery)
        match outcome:
            case Done():
                delivery.has_arrived = True
                return True
            case Gone(reason):
                log.info("update %d: the chat is out of reach: %s", delivery.update_id, reason)
                return False
            case Unsure(reason):
                _log_unsure(delivery, call.method, reason)
                delivery.has_arrived = True
                return True
            case Later(reason=reason):
                if not delivery.has_arrived:
                    raise NotDeliveredError(reason)
                log.error(
                    "update %d: the rest of the answer is given up: %s", delivery.update_id, reason
                )
                return False
            case Refused(reason):
                await self._send_plain(call, delivery, reason)
                return True
            case Moved():
                log.error("update %d: the group moved twice", delivery.update_id)
                return False
            case _:
                assert_never(outcome)

    async def _send_plain(self, call: Call, delivery: Delivery, reason: str) -> None:
        """Save the words of a message that the platform refused: that was our mistake."""
        log.error("update %d: %s was refused: %s", delivery.update_id, call.method, reason)
        if not call.plain:
            return
        parameters = _to(delivery.to) | {"text": call.plain}
        if _BAD_MARKUP in reason.lower() and "reply_markup" in call.parameters:
            # The buttons were not what was wrong.
            parameters["reply_markup"] = call.parameters["reply_markup"]
        outcome = await self._patiently("sendMessage", parameters, delivery)
        if isinstance(outcome, Done):
            delivery.has_arrived = True
        else:
            log.error("update %d: the plain text did not go either", delivery.update_id)

    async def _patiently(
        self, method: str, parameters: Mapping[str, Any], delivery: Delivery
    ) -> Outcome:
        """Make a call, again after each wait while the patience for this answer lasts."""
        pause = self._waits.first_retry
        while True:
            outcome = await self.attempt(method, parameters)
            if not isinstance(outcome, Later):
                return outcome
            wait = pause if outcome.wait is None else outcome.wait
            if delivery.waited + wait > self._waits.patience:
                return outcome
            delivery.waited += wait
            pause = min(pause * 2, self._waits.longest_retry)
            await asyncio.sleep(wait.total_seconds())


def _to(address: Address) -> dict[str, Any]:
    if address.topic is None:
        return {"chat_id": address.chat}
    return {"chat_id": address.chat, "message_thread_id": address.topic}


def _log_unsure(delivery: Delivery, method: str, reason: str) -> None:
    log.warning(
        "update %d: nobody knows whether %s was done (%s); it is not repeated",
        delivery.update_id,
        method,
        reason,
    )
