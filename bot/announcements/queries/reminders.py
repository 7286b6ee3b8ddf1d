"""Reminders in the store."""

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from typing import Any

from sqlalchemy import (
    Delete,
    Select,
    and_,
    delete,
    exists,
    false,
    func,
    literal,
    not_,
    or_,
    select,
)

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
_WAITS = ("pending", "skipped")
"""One that was skipped, because its session was cancelled, may be wanted again."""


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

        Nobody is loaded: for each date there is one statement that drops what is not wanted any
        more, and one for each lead time that was chosen. 10,000 chats one by one took a minute.

        Args:
            records: ids of what has changed.
        """
        dates = [saved.c.record.startswith(f"{record}@", autoescape=True) for record in records]
        concerned = or_(saved.c.record.in_(records), *dates)
        people = select(saved.c.channel, saved.c.chat).where(concerned).distinct()
        chose = select(visitors.c.remind_minutes).distinct()
        async with self._store.reading() as connection:
            keys = select(saved.c.record).where(concerned).distinct()
            found = (await connection.execute(keys)).scalars().all()
            minutes = [int(one) for one in (await connection.execute(chose)).scalars()]
            count = select(func.count()).select_from(people.subquery())
            chats = int((await connection.execute(count)).scalar_one())
        for key in found:
            # A transaction for each, so that answers which write something come in between.
            await self._follow_key(key, minutes)
        return chats

    async def _follow_key(self, key: str, minutes: Collection[int]) -> None:
        now = self._clock()
        async with self._store.writing() as connection:
            asked_for = {
                lead: wanted[0]
                for lead in minutes
                if (wanted := reminders_of((key,), lead, self._knowledge(), now))
            }
            await connection.execute(_unwanted(key, asked_for))
            written = 0
            for lead, one in asked_for.items():
                if one.at > now:
                    rows = self._rows(key, lead, one)
                    names = [column.name for column in rows.selected_columns]
                    row = self._store.insert(deliveries).from_select(names, rows)
                    row = row.on_conflict_do_nothing()
                    done = await connection.execute(row.execution_options(preserve_rowcount=True))
                    written += done.rowcount
            if written:
                await count_up(self._store, connection, WAKEUP)

    def _rows(self, key: str, lead: int, reminder: Reminder) -> Select[Any]:
        """Write in SQL the rows of all who saved it and are reminded so long before."""
        row = self._row(ChatId("", ""), reminder)
        del row["channel"], row["chat"]
        values = [
            literal(value, deliveries.c[name].type).label(name) for name, value in row.items()
        ]
        return select(saved.c.channel, saved.c.chat, *values, literal(0).label("tries")).where(
            saved.c.record == key,
            saved.c.channel == visitors.c.channel,
            saved.c.chat == visitors.c.chat,
            visitors.c.remind_minutes == lead,
        )

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
    return select(deliveries.c.id, deliveries.c.subject, deliveries.c.not_before).where(
        is_of(deliveries, chat),
        deliveries.c.subject.startswith(PREFIX, autoescape=True),
        deliveries.c.state.in_(_WAITS),
    )


def _unwanted(key: str, asked_for: Mapping[int, Reminder]) -> Delete:
    """Drop the reminders of one date that are not as their reader's lead time wants them."""
    as_wanted = [
        and_(
            deliveries.c.subject == one.subject,
            deliveries.c.not_before == one.at,
            exists().where(
                visitors.c.channel == deliveries.c.channel,
                visitors.c.chat == deliveries.c.chat,
                visitors.c.remind_minutes == lead,
            ),
        )
        for lead, one in asked_for.items()
    ]
    return delete(deliveries).where(
        deliveries.c.subject.startswith(f"{PREFIX}{key}:", autoescape=True),
        deliveries.c.state.in_(_WAITS),
        not_(or_(false(), *as_wanted)),
    )
