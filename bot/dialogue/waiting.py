"""What could not be told, because the platform lets us answer only: before the next answer.

All of it in one message, each session once with its newest change, and only what still holds.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from bot.announcements.queries.announcements import several
from bot.announcements.queries.waiting import leave_waiting, settle_taken, take_waiting
from bot.clock import Clock
from bot.delivery.due import Composer, Due, Skip
from bot.dialogue.rooms import Turn
from bot.language.catalog import say
from bot.messaging.languages import Language
from bot.messaging.reply import Ask, Card, Link, Reply
from bot.store.engine import Store

BUTTONS = 4
"""Of several messages together."""

SUPERSEDED = "a newer message says what holds now"

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class WaitingNotices:
    """Tells a chat what waited for it, as `Notices`.

    Attributes:
        store: where deliveries are.
        composer: writes each, or says why it is not to be told any more.
        clock: says the present moment, by which something is too late.
    """

    store: Store
    composer: Composer
    clock: Clock

    async def due(self, turn: Turn) -> tuple[Reply, ...]:
        """Give one message with all that waited and still holds; none where nothing did."""
        chat = turn.incoming.chat
        if chat.is_group:
            return ()
        due = await take_waiting(self.store, chat, self.clock())
        if not due:
            return ()
        try:
            replies = await self._written(due)
        except Exception as error:  # noqa: BLE001 - it must not cost the visitor the answer
            log.error("what waited is left waiting: %s", type(error).__name__)  # noqa: TRY400
            await leave_waiting(self.store, due)
            return ()
        return (together(replies, turn.scene.language),) if replies else ()

    async def _written(self, due: Sequence[Due]) -> list[Reply]:
        dropped = await self._superseded(due)
        left = [one for one in due if one.id not in dropped]
        told: dict[int, Reply] = {}
        for one, written in zip(left, await self.composer.compose(left), strict=True):
            match written:
                case Skip(reason):
                    dropped[one.id] = reason
                case Reply():
                    told[one.id] = written
        await settle_taken(self.store, told, dropped, self.clock())
        return list(told.values())

    async def _superseded(self, due: Sequence[Due]) -> dict[int, str]:
        """Find announcements whose every change has been announced anew since."""
        seen: set[str] = set()
        dropped: dict[int, str] = {}
        numbers = {one.announcement for one in due if one.announcement is not None}
        announced = await several(self.store, numbers)
        for one in sorted(due, key=lambda one: one.announcement or 0, reverse=True):
            if one.announcement is None:
                continue
            found = announced.get(one.announcement)
            records = {change["record"] for change in found.draft.content.changes} if found else ()
            if records and seen.issuperset(records):
                dropped[one.id] = SUPERSEDED
            seen.update(records)
        return dropped


def together(replies: Sequence[Reply], language: Language) -> Reply:
    """Make one message of several."""
    if len(replies) == 1:
        return replies[0]
    buttons = dict.fromkeys(
        button for reply in replies for button in reply.buttons if isinstance(button, Ask | Link)
    )
    cards = tuple(card for reply in replies for card in (_card(reply), *reply.cards))
    return Reply(
        language,
        title=say(language, "waiting_title"),
        cards=cards,
        buttons=tuple(buttons)[:BUTTONS],
    )


def _card(reply: Reply) -> Card:
    title, text = reply.title, reply.text
    if not title:
        title, _, text = text.partition("\n")
    return Card(title, text.strip(), reply.note)
