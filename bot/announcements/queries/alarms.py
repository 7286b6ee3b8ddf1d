"""Evacuations in the store: which is in force, how it ends, and who may be the second to confirm.

Whoever is asked to be the second has a delivery that asks it; who asked has none. So the very
row that tells somebody also says that they may, and nobody confirms twice alone.
"""

import datetime as dt

from sqlalchemy import and_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.announcements.model import Announcement, Kind, State
from bot.announcements.queries.rows import announcement_of, drop_open
from bot.messaging.message import ChatId
from bot.store.engine import Store
from bot.store.schema import announcements, deliveries

ASKED_TO_CONFIRM = "v:"
"""How the subjects begin of messages that ask a second person to confirm a draft."""


async def alarm_in_force(store: Store) -> Announcement | None:
    """Give the evacuation that was confirmed and not called off yet."""
    query = (
        select(announcements)
        .where(_is_evacuation_in_force)
        .order_by(announcements.c.id.desc())
        .limit(1)
    )
    async with store.reading() as connection:
        row = (await connection.execute(query)).first()
    return announcement_of(row) if row else None


_is_evacuation_in_force = and_(
    announcements.c.kind == Kind.EVACUATION.value,
    announcements.c.confirmed_at.is_not(None),
    announcements.c.state != State.STOPPED.value,
)


async def call_off(connection: AsyncConnection) -> None:
    """End every evacuation, in this transaction."""
    query = select(announcements.c.id).where(_is_evacuation_in_force)
    for number in (await connection.execute(query)).scalars().all():
        await drop_open(connection, number, "the alarm is over")
        over = update(announcements).where(announcements.c.id == number)
        await connection.execute(over.values(state=State.STOPPED.value))


async def was_asked(
    connection: AsyncConnection, number: int, chat: ChatId | None, now: dt.datetime
) -> bool:
    """Say whether somebody was asked to confirm a draft as the second, and still may."""
    if chat is None:
        return False
    asked = select(deliveries.c.id).where(
        deliveries.c.subject == f"{ASKED_TO_CONFIRM}{number}",
        deliveries.c.channel == chat.channel,
        deliveries.c.chat == chat.chat,
        deliveries.c.expires_at > now,
    )
    return (await connection.execute(asked)).first() is not None
