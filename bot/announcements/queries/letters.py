"""Letters in the store."""

import datetime as dt
from typing import Any

from sqlalchemy import func, insert, select, update

from bot.announcements.letters import OPEN_LIMIT, TEXT_LIMIT, Letter
from bot.messaging.message import ChatId
from bot.store.engine import Store
from bot.store.schema import letters
from bot.visitors.queries import is_of


async def keep_letter(
    store: Store, chat: ChatId, announcement: int, text: str, now: dt.datetime
) -> int | None:
    """Keep what a visitor wrote; give its number, `None` where too many wait for an answer."""
    waiting = (
        select(func.count())
        .select_from(letters)
        .where(is_of(letters, chat), letters.c.answer.is_(None))
    )
    row = insert(letters).values(
        channel=chat.channel,
        chat=chat.chat,
        announcement=announcement,
        at=now,
        text=text[:TEXT_LIMIT],
    )
    async with store.writing() as connection:
        if int((await connection.execute(waiting)).scalar_one()) >= OPEN_LIMIT:
            return None
        return int((await connection.execute(row.returning(letters.c.id))).scalar_one())


async def letter(store: Store, number: int) -> Letter | None:
    """Read one; `None` where there is none (any more)."""
    async with store.reading() as connection:
        row = (await connection.execute(select(letters).where(letters.c.id == number))).first()
    return _letter(row) if row else None


async def answer(store: Store, number: int, text: str, by: str) -> Letter | None:
    """Keep the answer; `None` if there is no such letter, or somebody was faster."""
    row = (
        update(letters)
        .where(letters.c.id == number, letters.c.answer.is_(None))
        .values(answer=text, answered_by=by)
        .returning(letters)
    )
    async with store.writing() as connection:
        found = (await connection.execute(row)).first()
    return _letter(found) if found else None


def _letter(row: Any) -> Letter:
    return Letter(
        row.id,
        ChatId(row.channel, row.chat),
        row.announcement,
        row.at,
        row.text,
        row.answer or "",
        row.answered_by or "",
    )
