"""Each update once and each chat in order, although several processes answer.

A platform may deliver an update again, to another process; and of two updates of one
chat each may reach another process. Whoever wants to answer an update takes it here
first. A taken update belongs to its process until it is done, or for as long as
`HOLD`: after that its process is held to be dead, and whoever gets it next answers it.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from enum import Enum, auto

from sqlalchemy import ColumnElement, and_, delete, func, or_, select, update
from sqlalchemy.exc import SQLAlchemyError

from bot.store.engine import Store
from bot.store.lease import store_now
from bot.store.schema import taken_updates as taken

HOLD = timedelta(seconds=30)
"""Longer than an answer may take (`Waits.work` of the Telegram channel: 25 s)."""

KEPT = timedelta(days=2)
"""How long an update is known again; Telegram keeps what was not fetched for a day."""


class Standing(Enum):
    """What there is to be done about an update."""

    OURS = auto()
    """Answer it."""
    WAITS = auto()
    """It is ours; an earlier one of its chat is still being answered. Ask again."""
    ELSEWHERE = auto()
    """Another process is answering it."""
    DONE = auto()
    """It was answered."""


class RegisterDownError(Exception):
    """The database does not say just now whose an update is."""


class Register:
    """The updates of one channel that are being answered, or were."""

    def __init__(self, store: Store, channel: str, owner: str) -> None:
        """Take updates of `channel` for the process that is called `owner`."""
        self._store = store
        self._channel = channel
        self._owner = owner

    async def take(self, number: int, chat: str) -> Standing:
        """Take an update, or learn why it is not ours to answer now.

        Args:
            number: the platform's number of the update; within a chat they grow.
            chat: whose turn it waits for; only a hash of it is kept.

        Raises:
            RegisterDownError: the database cannot be asked.
        """
        lane = _lane(chat)
        with _told_apart():
            async with self._store.writing() as connection:
                now = await store_now(self._store, connection)
                values = {"owner": self._owner, "until": now + HOLD}
                row = self._store.insert(taken).values(
                    channel=self._channel, update_id=str(number), lane=lane, turn=number, **values
                )
                free = or_(taken.c.owner == self._owner, taken.c.until <= now)
                row = row.on_conflict_do_update(
                    index_elements=["channel", "update_id"],
                    set_=values,
                    where=and_(taken.c.done_at.is_(None), free),
                )
                ours = await connection.execute(row.returning(taken.c.update_id))
                if ours.first() is None:
                    done = select(taken.c.done_at).where(self._is(number))
                    is_done = (await connection.execute(done)).scalar() is not None
                    return Standing.DONE if is_done else Standing.ELSEWHERE
                before = select(taken.c.update_id).where(
                    taken.c.channel == self._channel,
                    taken.c.lane == lane,
                    taken.c.turn < number,
                    taken.c.done_at.is_(None),
                    taken.c.until > now,
                )
                has_before = (await connection.execute(before.limit(1))).first() is not None
                return Standing.WAITS if has_before else Standing.OURS

    async def done(self, number: int) -> None:
        """Keep that an update was answered.

        Raises:
            RegisterDownError: the database takes nothing.
        """
        with _told_apart():
            async with self._store.writing() as connection:
                now = await store_now(self._store, connection)
                row = update(taken).where(self._is(number)).values(done_at=now)
                await connection.execute(row)

    async def give_up(self, number: int) -> None:
        """Let another process answer an update that we could not answer.

        Raises:
            RegisterDownError: the database takes nothing.
        """
        row = delete(taken).where(
            self._is(number), taken.c.owner == self._owner, taken.c.done_at.is_(None)
        )
        with _told_apart():
            async with self._store.writing() as connection:
                await connection.execute(row)

    async def elsewhere(self, within: timedelta) -> int:
        """Count the updates that other processes took in the last moments.

        Raises:
            RegisterDownError: the database cannot be asked.
        """
        with _told_apart():
            async with self._store.reading() as connection:
                now = await store_now(self._store, connection)
                others = select(func.count()).where(
                    taken.c.channel == self._channel,
                    taken.c.owner != self._owner,
                    taken.c.until > now + HOLD - within,
                )
                return int((await connection.execute(others)).scalar_one())

    async def forget(self) -> None:
        """Delete what is too old to come again."""
        with _told_apart():
            async with self._store.writing() as connection:
                now = await store_now(self._store, connection)
                await connection.execute(delete(taken).where(taken.c.until < now - KEPT))

    def _is(self, number: int) -> ColumnElement[bool]:
        return and_(taken.c.channel == self._channel, taken.c.update_id == str(number))


def _lane(chat: str) -> str:
    return hashlib.blake2b(chat.encode(), digest_size=8).hexdigest()


@contextmanager
def _told_apart() -> Iterator[None]:
    try:
        yield
    except (SQLAlchemyError, OSError) as error:
        raise RegisterDownError(type(error).__name__) from error
