"""What was changed in chat, in the store: read by all processes, written back into the YAML."""

import datetime as dt
import logging
from collections.abc import Collection
from typing import Any

from sqlalchemy import select, update

from bot.announcements.queries.announcements import CHANGES
from bot.knowledge.changes import from_json
from bot.knowledge.standing import Made
from bot.store.engine import Store
from bot.store.schema import changes
from bot.store.wakeups import count_up

log = logging.getLogger(__name__)


async def changes_made(store: Store, since: dt.datetime | None = None) -> tuple[Made, ...]:
    """List the changes made in chat, the newest last.

    Args:
        store: where they are.
        since: only those that were confirmed after it; `None` for all.
    """
    query = select(changes).order_by(changes.c.id)
    if since is not None:
        query = query.where(changes.c.at > since)
    async with store.reading() as connection:
        rows = (await connection.execute(query)).all()
    return tuple(made for row in rows if (made := _made(row)))


async def mark_written_back(store: Store, numbers: Collection[int]) -> None:
    """Keep that the YAML says some changes by now."""
    row = update(changes).where(changes.c.id.in_(numbers), ~changes.c.written_back)
    async with store.writing() as connection:
        if (await connection.execute(row.values(written_back=True))).rowcount:
            await count_up(store, connection, CHANGES)


async def not_followed(store: Store) -> tuple[Made, ...]:
    """List the changes that reminders have not followed yet."""
    query = select(changes).where(~changes.c.followed).order_by(changes.c.id)
    async with store.reading() as connection:
        rows = (await connection.execute(query)).all()
    return tuple(made for row in rows if (made := _made(row)))


async def mark_followed(store: Store, numbers: Collection[int]) -> None:
    """Keep that reminders have followed some changes."""
    row = update(changes).where(changes.c.id.in_(numbers)).values(followed=True)
    async with store.writing() as connection:
        await connection.execute(row)


def _made(row: Any) -> Made | None:
    try:
        change = from_json(row.change)
    except ValueError as error:
        # A newer version wrote it, or a hand: the others still hold.
        log.warning("change %d is left out: %s", row.id, error)
        return None
    return Made(row.id, change, row.at, row.by, row.announcement, row.written_back)
