"""Brings a database's tables up to date when the bot starts; one process at a time."""

import logging
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import AsyncEngine

SCRIPTS = Path(__file__).with_name("migrations")

# Any number will do, as long as every process of the bot uses the same.
_LOCK = 7_261_117


async def migrate(engine: AsyncEngine) -> None:
    """Run the migrations that a database lacks; whoever comes second waits, then finds none."""
    is_postgres = engine.dialect.name == "postgresql"
    async with engine.connect() as connection:
        if is_postgres:
            await connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        else:
            await connection.exec_driver_sql("BEGIN IMMEDIATE")
        await connection.run_sync(_upgrade)
        await connection.commit()


def alembic_config(connection: Connection) -> Config:
    """Tell Alembic where the migrations are, and to use our connection."""
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.attributes["connection"] = connection
    return config


def _upgrade(connection: Connection) -> None:
    # An operator has no use for its two lines at each start.
    logging.getLogger("alembic").setLevel(logging.WARNING)
    command.upgrade(alembic_config(connection), "head")
