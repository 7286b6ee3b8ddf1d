"""Rows of lists: reading them, locking a list, counting who is on it, telling somebody."""

import datetime as dt
from collections.abc import Iterable

from sqlalchemy import ColumnElement, Row, case, func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.delivery.queries import WAKEUP
from bot.messaging.message import ChatId
from bot.signups.lists import Person, Signup
from bot.signups.seating import State, Taken
from bot.signups.subjects import Subject
from bot.store.engine import Store
from bot.store.schema import deliveries, signup_lists, signups
from bot.store.wakeups import count_up

CHANGED = "signups"
OFFER_RANK = 20
REMINDER_RANK = 50

ORDER: ColumnElement[int] = case(
    {state.value: number for number, state in enumerate(State)}, value=signups.c.state
)


async def lock_list(store: Store, connection: AsyncConnection, key: str) -> Taken:
    """Let nobody else change a list until the transaction ends, and count who is on it.

    SQLite has one writer at a time; PostgreSQL locks the row, and what is counted after that
    is what those before us have committed.
    """
    locked = select(signup_lists).where(signup_lists.c.key == key).with_for_update()
    held = (await connection.execute(locked)).first()
    if held is None:
        row = store.insert(signup_lists).values(key=key, is_closed=False, is_cancelled=False)
        await connection.execute(row.on_conflict_do_nothing())
        held = (await connection.execute(locked)).one()
    return await count(connection, key, is_closed=held.is_closed, is_cancelled=held.is_cancelled)


async def count(
    connection: AsyncConnection, key: str, *, is_closed: bool, is_cancelled: bool
) -> Taken:
    """Count who is on a list."""
    query = select(signups.c.state, func.count().label("people")).where(signups.c.key == key)
    people = await connection.execute(query.group_by(signups.c.state))
    counted: dict[str, int] = {row.state: row.people for row in people}
    seated, offered, waiting = (counted.get(state.value, 0) for state in State)
    return Taken(seated, offered, waiting, is_closed, is_cancelled)


async def lock_visitor(store: Store, connection: AsyncConnection, chat: ChatId) -> None:
    """Let a visitor book one appointment at a time; SQLite has one writer anyway."""
    if store.is_postgres:
        await connection.execute(
            text("SELECT pg_advisory_xact_lock(hashtext(:chat))"),
            {"chat": f"signups:{chat.channel}:{chat.chat}"},
        )


def read_signup(row: Row[tuple[object, ...]]) -> Signup:
    """Read a row of `signups`."""
    person = Person(row.name, row.contact, row.consent_text)
    return Signup(
        row.id,
        row.key,
        ChatId(row.channel, row.chat),
        State(row.state),
        person,
        row.consent_at,
        row.offered_until,
    )


async def tell(
    store: Store,
    connection: AsyncConnection,
    told: Iterable[tuple[ChatId, Subject]],
    *,
    not_before: dt.datetime,
    expires_at: dt.datetime,
    rank: int = OFFER_RANK,
) -> int:
    """Write deliveries in this transaction, each once; say how many are to be told."""
    rows = [
        {
            "subject": str(subject),
            "channel": chat.channel,
            "chat": chat.chat,
            "rank": rank,
            "not_before": not_before,
            "expires_at": expires_at,
            "state": "pending",
        }
        for chat, subject in told
    ]
    if rows:
        await connection.execute(store.insert(deliveries).on_conflict_do_nothing(), rows)
        await count_up(store, connection, WAKEUP)
    return len(rows)
