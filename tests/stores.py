"""Databases for tests, with the tables made once for each test process and not for each test."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import create_engine

from bot.store.migrate import alembic_config
from tests.postgres import SharedDatabase, postgres_database


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest) -> str:
    """The address of a database with all tables and no rows: the same test runs on both."""
    if request.param == "sqlite":
        url: str = request.getfixturevalue("sqlite_url")
        return url
    shared: SharedDatabase = request.getfixturevalue("shared_postgres")
    return shared.empty()


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """The address of an SQLite database with all tables and no rows."""
    path = tmp_path / "store" / "targobot.sqlite3"
    path.parent.mkdir()
    shutil.copyfile(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture(params=["sqlite", "postgresql"])
def bare_store_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without tables, for where making them is what is tested."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/bare.sqlite3"
        return
    with postgres_database() as url:
        yield url


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with all tables, to be copied."""
    path = tmp_path_factory.mktemp("template") / "targobot.sqlite3"
    _make_tables(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def shared_postgres() -> SharedDatabase:
    """A PostgreSQL database with all tables, to be emptied by whoever uses it."""
    return SharedDatabase(
        lambda url: _make_tables(url.replace("postgresql://", "postgresql+psycopg://"))
    )


def _make_tables(url: str) -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        command.upgrade(alembic_config(connection), "head")
    engine.dispose()
