"""Opens the database and closes it; SQLite by default, so that nothing needs installing."""

from pathlib import Path
from typing import Any

from sqlalchemy import event, make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.errors import SettingsError
from bot.store.schema import metadata


async def open_store(url: str) -> AsyncEngine:
    """Open the database at an SQLAlchemy `url` and create the tables that are missing.

    Raises:
        SettingsError: it cannot be opened.
    """
    try:
        engine = _engine(url)
        async with engine.begin() as connection:
            await connection.run_sync(metadata.create_all)
    except (SQLAlchemyError, OSError, ModuleNotFoundError) as error:
        reason = str(getattr(error, "orig", None) or error).splitlines()[0]
        raise SettingsError(
            f"The database of TARGOBOT_DATABASE cannot be opened: {reason}.\n"
            "  Check that its folder exists and can be written to."
        ) from error
    return engine


def _engine(url: str) -> AsyncEngine:
    parts = make_url(url)
    is_sqlite = parts.get_backend_name() == "sqlite"
    if is_sqlite and parts.database and parts.database != ":memory:":
        Path(parts.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_async_engine(parts)
    if is_sqlite:
        event.listen(engine.sync_engine, "connect", _prepare_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    # FULL, because WAL with NORMAL may lose the last commits when the power fails.
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA busy_timeout=5000")
    cursor.close()
