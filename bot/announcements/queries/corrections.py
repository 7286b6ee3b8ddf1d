"""What a correction does to the announcement that it corrects."""

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.announcements.model import State
from bot.announcements.queries.rows import drop_open
from bot.store.schema import announcements, deliveries


async def end_early(connection: AsyncConnection, number: int, reason: str) -> None:
    """Stop an announcement that was corrected: who has not got it yet gets the correction alone."""
    await drop_open(connection, number, reason)
    open_states = (State.RUNNING.value, State.PAUSED.value)
    row = update(announcements).where(
        announcements.c.id == number, announcements.c.state.in_(open_states)
    )
    await connection.execute(row.values(state=State.STOPPED.value, halted_because=None))


async def amend(connection: AsyncConnection, old: int, new: int) -> None:
    """Give the deliveries of a correction the ids of the messages that they correct.

    By them a platform that can edit its messages changes the old one.
    """
    older = deliveries.alias("older")
    message = (
        select(older.c.message_id)
        .where(
            older.c.announcement == old,
            older.c.state == "sent",
            older.c.channel == deliveries.c.channel,
            older.c.chat == deliveries.c.chat,
        )
        .order_by(older.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    row = update(deliveries).where(deliveries.c.announcement == new).values(message_id=message)
    await connection.execute(row)
