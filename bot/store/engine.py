"""Opens the database and closes it; SQLite by default, so that nothing needs installing."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from sqlalchemy import Table, event, make_url
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.errors import SettingsError
from bot.store.migrate import migrate

POOL = 10
"""Connections that one process holds open on PostgreSQL."""


class Store:
    """The open database: `reading` for a look, `writing` for a transaction."""

    def __init__(self, engine: AsyncEngine) -> None:
        """Speak through `engine`."""
        self.engine = engine
        self.is_postgres = engine.dialect.name == "postgresql"
        # SQLite knows one writer: ours wait here in a row, and not in its busy loop.
        self._turn = contextlib.nullcontext() if self.is_postgres else asyncio.Lock()

    @contextlib.asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """Give a connection to read by."""
        async with self.engine.connect() as connection:
            yield connection

    @contextlib.asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        """Give a connection in a transaction; committed at the end, rolled back by an error."""
        async with self._turn, self.engine.connect() as connection:
            if not self.is_postgres:
                # Told at once that it will write, SQLite never finds out too late to wait.
                await connection.exec_driver_sql("BEGIN IMMEDIATE")
            async with _committed(connection):
                yield connection

    def insert(self, table: Table) -> "sqlite.Insert | postgresql.Insert":
        """Begin an `INSERT` that knows `on_conflict_do_nothing` and `on_conflict_do_update`."""
        return postgresql.insert(table) if self.is_postgres else sqlite.insert(table)

    async def close(self) -> None:
        """Close all connections."""
        await self.engine.dispose()


@contextlib.asynccontextmanager
async def _committed(connection: AsyncConnection) -> AsyncIterator[None]:
    try:
        yield
    except BaseException:
        await connection.rollback()
        raise
    await connection.commit()


async def open_store(url: str) -> Store:
    """Open the database at an SQLAlchemy `url` and bring its tables up to date.

    Raises:
        SettingsError: it cannot be opened.
    """
    try:
        engine = make_engine(url)
        await migrate(engine)
    except (SQLAlchemyError, OSError, ModuleNotFoundError) as error:
        reason = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        raise SettingsError(
            f"The database of TARGOBOT_DATABASE cannot be opened: {reason}.\n"
            "  SQLite: check that its folder exists and can be written to.\n"
            "  PostgreSQL: check that it runs, and write postgresql://user:password@host/name."
        ) from error
    return Store(engine)


def make_engine(url: str) -> AsyncEngine:
    """Make an engine for an SQLAlchemy `url`; nothing is opened yet."""
    parts = make_url(url)
    if parts.get_backend_name() == "postgresql":
        parts = parts.set(drivername="postgresql+psycopg")
        return create_async_engine(parts, pool_size=POOL, max_overflow=POOL, pool_pre_ping=True)
    if parts.get_backend_name() == "sqlite":
        parts = parts.set(drivername="sqlite+aiosqlite")
        if parts.database and parts.database != ":memory:":
            Path(parts.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_async_engine(parts)
    if parts.get_backend_name() == "sqlite":
        event.listen(engine.sync_engine, "connect", _prepare_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    # Transactions are begun by `Store.writing`, not by the driver's guess.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA busy_timeout=10000")
    cursor.execute("PRAGMA journal_mode=WAL")
    # FULL, because WAL with NORMAL may lose the last commits when the power fails, and a lost
    # claim of a delivery is a message sent twice.
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()
