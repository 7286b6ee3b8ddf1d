"""Changes confirmed in chat, in force in every process; two processes share one database here."""

import asyncio
import datetime as dt
import shutil

import pytest
from sqlalchemy import select

from bot.announcements.queries import announcements
from bot.announcements.queries.changes import changes_made, not_followed
from bot.announcements.queries.reminders import Reminders
from bot.app.changes import Changes
from bot.app.fair import open_fair
from bot.clock import real_clock
from bot.knowledge.changes import Added, Cancelled, TimeChanged
from bot.knowledge.model import Session, Status
from bot.settings import Settings
from bot.store.engine import open_store
from bot.store.schema import deliveries
from bot.store.wakeups import Wakeups
from bot.visitors.queries import SqlVisitors
from tests.app.processes import ANNA, FAIR, MOVED, NOW, confirm, process, span, until

LATER = TimeChanged("gala", span(14, 15), span(16, 17))


@pytest.mark.parametrize("turns", range(6))
async def test_taking_up_changes_ends_when_told_to_whatever_comes_at_the_same_time(
    store_url, folder, turns
):
    fair = open_fair(Settings(knowledge=folder, now=NOW))
    store = await open_store(store_url)
    wakeups = Wakeups(store)
    reminders = Reminders(store, lambda: fair.knowledge, fair.clock)
    running = asyncio.create_task(Changes(store, fair, wakeups, reminders, "one").run())
    await asyncio.sleep(0)

    wakeups.of(announcements.CHANGES).set()
    for _ in range(turns):
        await asyncio.sleep(0)
    running.cancel()

    done, _ = await asyncio.wait({running}, timeout=5)
    assert done
    await store.close()


async def test_a_change_is_in_force_in_all_processes_at_once(store_url, folder, one):
    copy = folder.parent / "copy"
    shutil.copytree(folder, copy)
    async with process(store_url, copy, "two") as two:
        await confirm(one.store, MOVED)

        for each in (one, two):
            # 250 ms are promised; a busy machine gets more.
            assert await until(lambda each=each: each.fair.knowledge.before) < 1.0
            assert each.fair.knowledge.sessions["gala"].place == "sala-12"
            assert "Sala 12" in await each.ask("gdzie jest gala")


async def test_a_process_that_starts_later_knows_it_from_the_beginning(store_url, folder, one):
    await confirm(one.store, Cancelled("gala"))

    async with process(store_url, folder, "late") as late:
        assert late.fair.knowledge.sessions["gala"].status is Status.CANCELLED


async def test_an_added_session_is_found_by_its_words(one):
    raw = {"id": "konsultacje", "title": "Konsultacje podatkowe", "type": "konsultacje"}
    raw |= {"date": "2017-11-30", "start": "13:00", "end": "14:00", "place": "sala-2"}
    await confirm(one.store, Added(Session.model_validate(raw)))

    await until(lambda: "konsultacje" in one.fair.indexed.sessions)

    assert "13:00" in await one.ask("o której są konsultacje podatkowe")


async def test_reminders_follow_once_and_for_all(one):
    visitors = SqlVisitors(one.store, one.fair.clock)
    await visitors.save(ANNA, "gala")
    await one.changes.reminders.follow(ANNA)

    await confirm(one.store, LATER)
    await until(lambda: one.fair.knowledge.before)
    await until_followed(one.store)

    assert await reminders(one.store) == ["15:45"]


async def test_what_nobody_followed_is_followed_by_the_next_process(store_url, folder):
    store = await open_store(store_url)
    visitors = SqlVisitors(store, real_clock)
    await visitors.save(ANNA, "gala")
    await confirm(store, LATER)
    async with process(store_url, folder) as running:
        await running.changes.look()

        assert await reminders(running.store) == ["15:45"]
        assert await not_followed(running.store) == ()
    await store.close()


async def test_a_cancelled_session_stays_so_when_its_file_is_edited(folder, one):
    await confirm(one.store, Cancelled("gala"))
    await until(lambda: one.fair.knowledge.sessions["gala"].status is Status.CANCELLED)

    text = FAIR.replace('start: "14:00"', 'start: "13:00"')
    (folder / "fair.yaml").write_text(text, encoding="utf-8")
    await until(lambda: one.fair.loaded.knowledge.sessions["gala"].start == dt.time(13))

    assert one.fair.knowledge.sessions["gala"].status is Status.CANCELLED


async def test_a_change_that_the_file_says_too_is_marked(folder, one):
    await confirm(one.store, MOVED)
    await until(lambda: one.fair.made)

    (folder / "fair.yaml").write_text(FAIR.replace("place: sala-2", "place: sala-12"), "utf-8")
    await until(lambda: one.fair.made[0].written_back)

    assert [made.written_back for made in await changes_made(one.store)] == [True]
    assert one.fair.knowledge.before["gala"].place == "sala-2"


async def test_an_edit_of_the_file_moves_reminders(folder, one):
    visitors = SqlVisitors(one.store, one.fair.clock)
    await visitors.save(ANNA, "gala")
    await one.changes.reminders.follow(ANNA)
    assert await reminders(one.store) == ["13:45"]

    text = FAIR.replace('"14:00"', '"16:00"').replace('"15:00"', '"17:00"')
    (folder / "fair.yaml").write_text(text, encoding="utf-8")
    for _ in range(100):
        if await reminders(one.store) == ["15:45"]:
            break
        await asyncio.sleep(0.1)

    assert await reminders(one.store) == ["15:45"]


async def reminders(store):
    """When reminders are waiting, by the fair's clock."""
    query = select(deliveries.c.not_before).where(deliveries.c.subject.startswith("r:"))
    async with store.reading() as connection:
        moments = (await connection.execute(query.order_by(deliveries.c.not_before))).scalars()
        return [f"{moment + dt.timedelta(hours=1):%H:%M}" for moment in moments]


async def until_followed(store):
    for _ in range(200):
        if not await not_followed(store):
            return
        await asyncio.sleep(0.02)
    raise AssertionError("nobody followed")
