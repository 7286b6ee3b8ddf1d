"""Tells all processes that something has changed which they hold in memory.

A change counts a number up in its own transaction. PostgreSQL announces it (`NOTIFY`)
within milliseconds; where nobody announces, or an announcement is missed, a look at
the numbers finds it.
"""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable

from psycopg import AsyncConnection as PostgresConnection
from psycopg import OperationalError as PostgresError
from sqlalchemy import select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.engine import Store
from bot.store.schema import versions

CHANNEL = "targobot"
LOOK_EVERY_SECONDS = 0.2
LOOK_ANYWAY_EVERY_SECONDS = 5.0

log = logging.getLogger(__name__)


async def count_up(store: Store, connection: AsyncConnection, what: str) -> None:
    """Say within a transaction that `what` changes with it."""
    row = store.insert(versions).values(what=what, number=1)
    row = row.on_conflict_do_update(index_elements=["what"], set_={"number": versions.c.number + 1})
    await connection.execute(row)
    if store.is_postgres:
        await connection.execute(
            text("SELECT pg_notify(:channel, :what)"), {"channel": CHANNEL, "what": what}
        )


class Wakeups:
    """Wakes those who wait for a change; `run` it beside them."""

    def __init__(self, store: Store) -> None:
        """Watch the numbers in `store`."""
        self._store = store
        self._seen: dict[str, int] = {}
        self._events: dict[str, asyncio.Event] = {}

    def of(self, what: str) -> asyncio.Event:
        """Give the event that is set after each change of `what`; whoever waits clears it."""
        return self._events.setdefault(what, asyncio.Event())

    async def follow(
        self, what: str, load: Callable[[], Awaitable[None]], again_after: float = 1.0
    ) -> None:
        """Read something anew after each change of it, until cancelled.

        Args:
            what: is followed.
            load: reads it. The database may be gone for a while: then it is read once it is back.
            again_after: seconds until another try.
        """
        changed = self.of(what)
        while True:
            await changed.wait()
            changed.clear()
            try:
                await load()
            except (SQLAlchemyError, OSError) as error:
                log.warning("%s cannot be read anew for now: %s", what, type(error).__name__)
                changed.set()
                await asyncio.sleep(again_after)

    async def run(self) -> None:
        """Watch until cancelled."""
        await self._look()
        async with self._announcements() as announced:
            while True:
                await announced.wait()
                announced.clear()
                await self._look()

    async def _look(self) -> None:
        try:
            async with self._store.reading() as connection:
                rows = (await connection.execute(select(versions))).all()
        except (SQLAlchemyError, OSError) as error:
            log.warning("The database cannot be asked for changes: %s", type(error).__name__)
            return
        for row in rows:
            if self._seen.get(row.what) != row.number:
                self._seen[row.what] = row.number
                self.of(row.what).set()

    @contextlib.asynccontextmanager
    async def _announcements(self) -> AsyncIterator[asyncio.Event]:
        """Give an event that is set when it is time to look."""
        announced = asyncio.Event()
        async with asyncio.TaskGroup() as tasks:
            running = [tasks.create_task(_at_times(announced, self._store.is_postgres))]
            if self._store.is_postgres:
                running.append(tasks.create_task(self._listen(announced)))
            yield announced
            for task in running:
                task.cancel()

    async def _listen(self, announced: asyncio.Event) -> None:
        url = self._store.engine.url.set(drivername="postgresql")
        address = url.render_as_string(hide_password=False)
        while True:
            try:
                async with await PostgresConnection.connect(address, autocommit=True) as listening:
                    await listening.execute(f"LISTEN {CHANNEL}")
                    announced.set()
                    async for _ in listening.notifies():
                        announced.set()
            except (PostgresError, OSError) as error:
                # Looking anyway goes on meanwhile.
                log.warning("PostgreSQL announces nothing for now: %s", type(error).__name__)
            await asyncio.sleep(1)


async def _at_times(announced: asyncio.Event, is_announced: bool) -> None:
    while True:
        await asyncio.sleep(LOOK_ANYWAY_EVERY_SECONDS if is_announced else LOOK_EVERY_SECONDS)
        announced.set()
