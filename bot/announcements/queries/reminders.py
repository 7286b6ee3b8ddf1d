"""Reminders in the store."""

import datetime as dt
from collections.abc import Callable

from sqlalchemy import Select, delete, or_, select

from bot.announcements.reminders import PREFIX, Reminder, reminders_of
from bot.clock import Clock
from bot.delivery.queries import WAKEUP
from bot.knowledge.model import Knowledge
from bot.messaging.message import ChatId
from bot.store.engine import Store
from bot.store.schema import deliveries, saved, visitors
from bot.store.wakeups import count_up
from bot.visitors.queries import is_of

_RANK = 50


class Reminders:
    """Keeps the reminders in the outbox as the programmes want them."""

    def __init__(self, store: Store, knowledge: Callable[[], Knowledge], clock: Clock) -> None:
        """Set reminders in `store` by what `knowledge` says at each moment."""
        self._store = store
        self._knowledge = knowledge
        self._clock = clock

    async def follow(self, chat: ChatId) -> None:
        """Make the reminders of a chat what its programme and choices ask for now."""
        chose = select(visitors.c.remind_minutes).where(is_of(visitors, chat))
        keys = select(saved.c.record).where(is_of(saved, chat))
        async with self._store.writing() as connection:
            minutes = (await connection.execute(chose)).scalar() or 0
            now = self._clock()
            wanted = {
                (one.subject, one.at): one
                for one in reminders_of(
                    (await connection.execute(keys)).scalars(), minutes, self._knowledge(), now
                )
            }
            waiting = {
                (row.subject, row.not_before): row.id
                for row in await connection.execute(_waiting(chat))
            }
            dropped = [number for one, number in waiting.items() if one not in wanted]
            if dropped:
                await connection.execute(delete(deliveries).where(deliveries.c.id.in_(dropped)))
            # Whoever saves what begins in a minute needs no reminder of it.
            new = [one for key, one in wanted.items() if key not in waiting and one.at > now]
            if new:
                await connection.execute(
                    self._store.insert(deliveries).on_conflict_do_nothing(),
                    [self._row(chat, one) for one in new],
                )
                await count_up(self._store, connection, WAKEUP)

    async def follow_all(self, records: set[str]) -> int:
        """Do it for every chat that saved one of some records; say how many chats.

        Args:
            records: ids of what has changed.
        """
        dates = [saved.c.record.startswith(f"{record}@", autoescape=True) for record in records]
        query = (
            select(saved.c.channel, saved.c.chat)
            .where(or_(saved.c.record.in_(records), *dates))
            .distinct()
        )
        async with self._store.reading() as connection:
            chats = [ChatId(*row) for row in await connection.execute(query)]
        for chat in chats:
            await self.follow(chat)
        return len(chats)

    def _row(self, chat: ChatId, reminder: Reminder) -> dict[str, str | int | dt.datetime]:
        return {
            "subject": reminder.subject,
            "channel": chat.channel,
            "chat": chat.chat,
            "rank": _RANK,
            "not_before": reminder.at,
            "expires_at": reminder.until,
            "state": "pending",
        }


def _waiting(chat: ChatId) -> Select[tuple[int, str, dt.datetime]]:
    # One that was skipped, because its session was cancelled, may be wanted again.
    return select(deliveries.c.id, deliveries.c.subject, deliveries.c.not_before).where(
        is_of(deliveries, chat),
        deliveries.c.subject.startswith(PREFIX, autoescape=True),
        deliveries.c.state.in_(("pending", "skipped")),
    )
