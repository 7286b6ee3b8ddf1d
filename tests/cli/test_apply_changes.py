"""`apply-changes` as a person runs it, over a small fair with changes in its database."""

import asyncio
import datetime as dt
import os
from zoneinfo import ZoneInfo

import pytest

from bot.announcements.model import Audience, Content, Draft, Kind, Scope, Urgency
from bot.announcements.queries import announcements
from bot.announcements.queries.changes import changes_made
from bot.knowledge.changes import Cancelled, Gone, PlaceChanged, as_json
from bot.knowledge.model import LocalText
from bot.messaging.languages import Language
from bot.store.engine import open_store
from tests.cli.test_commands import FAIR, run

NOW = dt.datetime(2017, 11, 30, 8, tzinfo=dt.UTC)


@pytest.fixture
def folder(tmp_path):
    knowledge = tmp_path / "knowledge"
    knowledge.mkdir()
    (knowledge / "fair.yaml").write_text("# Kept by hand.\n" + FAIR)
    os.utime(knowledge / "fair.yaml", (0, 0))
    return tmp_path


def database(folder):
    return f"sqlite+aiosqlite:///{folder}/store.sqlite3"


def confirm(folder, *changes):
    async def do():
        store = await open_store(database(folder))
        content = Content({Language.PL: "x"}, changes=tuple(map(as_json, changes)))
        draft = Draft(Kind.CHANGE, Urgency.MINOR, content, Audience(Scope.SAVED))
        number = await announcements.keep_draft(store, draft, "Anna", NOW)
        await announcements.confirm(store, number, "Anna", NOW, ZoneInfo("Europe/Warsaw"))
        await store.close()

    asyncio.run(do())


def written(folder):
    async def look():
        store = await open_store(database(folder))
        made = await changes_made(store)
        await store.close()
        return [one.written_back for one in made]

    return asyncio.run(look())


def apply(folder, *options, answer=""):
    settings = {"TARGOBOT_DATABASE": database(folder), "TARGOBOT_KNOWLEDGE": "knowledge"}
    return run(folder, "apply-changes", *options, answer=answer, **settings)


def test_a_dry_run_shows_the_lines_and_writes_nothing(folder):
    confirm(folder, Cancelled("otwarcie"))
    before = (folder / "knowledge" / "fair.yaml").read_text()

    shown = apply(folder, "--dry-run")

    assert shown.returncode == 0, shown.stderr
    assert '+     end: "10:30", place: sala, status: cancelled}' in shown.stdout
    assert "Nothing was written." in shown.stdout
    assert (folder / "knowledge" / "fair.yaml").read_text() == before
    assert written(folder) == [False]


def test_what_is_written_counts_as_written_back(folder):
    confirm(folder, Cancelled("otwarcie"))

    done = apply(folder, answer="y\n")

    assert done.returncode == 0, done.stderr
    text = (folder / "knowledge" / "fair.yaml").read_text()
    assert text == "# Kept by hand.\n" + FAIR.replace(
        "place: sala}\n", "place: sala, status: cancelled}\n"
    )
    assert written(folder) == [True]
    assert "0 files were written" in apply(folder, "--yes").stdout


def test_what_cannot_be_loaded_is_put_back_and_told(folder):
    confirm(folder, PlaceChanged("otwarcie", "sala", "nigdzie"))
    before = (folder / "knowledge" / "fair.yaml").read_text()

    failed = apply(folder, "--yes")

    assert failed.returncode != 0
    assert "nigdzie" in failed.stderr
    assert (folder / "knowledge" / "fair.yaml").read_text() == before
    assert written(folder) == [False]


def test_nothing_is_deleted(folder):
    confirm(folder, Gone("otwarcie", LocalText(pl="Otwarcie")))

    told = apply(folder, "--yes")

    assert "Take out by hand, nothing is deleted here: otwarcie" in told.stdout
    assert "otwarcie" in (folder / "knowledge" / "fair.yaml").read_text()
