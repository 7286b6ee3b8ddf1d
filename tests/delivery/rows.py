"""Announcements and deliveries, written as a confirmation writes them; and what became of them."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select

from bot.delivery.due import Due, Skip
from bot.messaging.languages import Language
from bot.messaging.reply import Reply
from bot.store.engine import Store
from bot.store.schema import announcements, deliveries, visitors
from bot.store.wakeups import count_up

NOON = dt.datetime(2017, 11, 30, 11, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)

_A_TIME = 10_000


async def announce(store: Store, chats: Iterable[str], **values: Any) -> int:
    """Confirm an announcement to these chats, and give its id.

    Args:
        store: where.
        chats: who is to get it.
        values: of the announcement; `rank`, `not_before`, `expires_at`, `message_id` go to
            the deliveries.
    """
    row = {"rank": 1, "not_before": NOON, "channel": "telegram"}
    row |= {name: values.pop(name) for name in (*row, "expires_at", "message_id") if name in values}
    announcement = {
        "kind": "change",
        "urgency": 2,
        "content": {},
        "audience": {},
        "created_at": NOON,
        "created_by": "organizer",
        "state": "running",
        "resend_unsure": False,
    }
    async with store.writing() as connection:
        added = store.insert(announcements).values(announcement | values)
        number: int = (await connection.execute(added.returning(announcements.c.id))).scalar_one()
        row |= {"announcement": number, "subject": f"a:{number}", "state": "pending"}
        rows = [row | {"chat": chat} for chat in chats]
        for at in range(0, len(rows), _A_TIME):
            await connection.execute(deliveries.insert(), rows[at : at + _A_TIME])
        await count_up(store, connection, "deliveries")
    return number


async def remind(store: Store, chat: str, **values: Any) -> None:
    """Write a reminder."""
    row = {
        "subject": "r:quiz",
        "channel": "telegram",
        "chat": chat,
        "rank": 0,
        "not_before": NOON,
        "state": "pending",
    }
    async with store.writing() as connection:
        await connection.execute(deliveries.insert(), [row | values])


async def meet(store: Store, *chats: str) -> None:
    """Let visitors be known."""
    row = {
        "channel": "telegram",
        "joined_at": NOON,
        "last_inbound_at": NOON,
        "wants": "important",
        "remind_minutes": 15,
    }
    async with store.writing() as connection:
        await connection.execute(visitors.insert(), [row | {"chat": chat} for chat in chats])


async def states(store: Store) -> dict[str, str]:
    """Say where each chat's delivery stands; for tests in which a chat has one."""
    query = select(deliveries.c.chat, deliveries.c.state)
    async with store.reading() as connection:
        return {row.chat: row.state for row in (await connection.execute(query)).all()}


async def row_of(store: Store, chat: str) -> Any:
    query = select(deliveries).where(deliveries.c.chat == chat)
    async with store.reading() as connection:
        return (await connection.execute(query)).one()


async def announcement_row(store: Store, number: int) -> Any:
    query = select(announcements).where(announcements.c.id == number)
    async with store.reading() as connection:
        return (await connection.execute(query)).one()


class SameForAll:
    """A composer that writes the same to everybody, and notes what it was asked for."""

    def __init__(self, *skipped: str) -> None:
        self.skipped = skipped
        self.asked: list[Due] = []

    async def compose(self, due: Sequence[Due]) -> Sequence[Reply | Skip]:
        self.asked += due
        return [
            Skip("wants no more") if one.chat in self.skipped else Reply(Language.PL, "Sala 12.")
            for one in due
        ]
