"""Changes confirmed in chat, in force in every process; two processes share one database here."""

import asyncio
import contextlib
import datetime as dt
import os
import shutil
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from bot.announcements.model import Audience, Content, Draft, Kind, Scope, Urgency
from bot.announcements.queries import announcements
from bot.announcements.queries.changes import changes_made, not_followed
from bot.announcements.queries.reminders import Reminders
from bot.app.changes import Changes
from bot.app.edits import Edits
from bot.app.fair import Fair, open_fair, watch
from bot.clock import real_clock
from bot.dialogue.conversation import Conversation
from bot.knowledge.changes import (
    Added,
    Cancelled,
    PlaceChanged,
    Restored,
    Span,
    TimeChanged,
    as_json,
)
from bot.knowledge.model import Session, Status
from bot.messaging.languages import Language
from bot.messaging.message import ChatId, Incoming, Text
from bot.settings import Settings
from bot.store.engine import Store, open_store
from bot.store.schema import announcements as announcement_rows
from bot.store.schema import deliveries
from bot.store.wakeups import Wakeups
from bot.visitors.memory import InMemoryVisitors
from bot.visitors.queries import SqlVisitors

ANNA = ChatId("telegram", "1")
WARSAW = ZoneInfo("Europe/Warsaw")
NOW = dt.datetime(2017, 11, 30, 8, tzinfo=dt.UTC)

FAIR = """
event:
  id: fair
  name: Targi
  edition: 2
  start_date: "2017-11-30"
  end_date: "2017-12-01"
  city: Kielce
  organizer: rops
organizers:
  - {id: rops, name: ROPS}
places:
  - {id: sala-2, name: Sala 2, kind: room}
  - {id: sala-12, name: Sala 12, kind: room}
sessions:
  - id: gala
    title: Gala
    type: gala
    date: "2017-11-30"
    start: "14:00"
    end: "15:00"
    place: sala-2
"""

MOVED = PlaceChanged("gala", "sala-2", "sala-12")
THURSDAY = dt.date(2017, 11, 30)


def span(start, end):
    return Span(*(dt.datetime.combine(THURSDAY, dt.time(hour)) for hour in (start, end)))


LATER = TimeChanged("gala", span(14, 15), span(16, 17))


@dataclass
class Process:
    store: Store
    fair: Fair
    changes: Changes

    async def ask(self, text):
        conversation = Conversation(
            lambda: self.fair.snapshot, InMemoryVisitors(), self.fair.clock, Language.PL
        )
        replies = await conversation.respond(Incoming(ANNA, Text(text), NOW))
        return "\n".join(f"{one.title}\n{one.text}" for one in replies)


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "knowledge"
    folder.mkdir()
    (folder / "fair.yaml").write_text(FAIR, encoding="utf-8")
    # Edited long before anything is confirmed in chat, by the fair's clock.
    os.utime(folder / "fair.yaml", (0, 0))
    return folder


@contextlib.asynccontextmanager
async def process(store_url, folder, name="one"):
    fair = open_fair(Settings(knowledge=folder, now=NOW))
    store = await open_store(store_url)
    wakeups = Wakeups(store)
    reminders = Reminders(store, lambda: fair.knowledge, fair.clock)
    changes = Changes(store, fair, wakeups, reminders, name)
    await changes.begin()
    running = [
        asyncio.create_task(changes.run()),
        asyncio.create_task(wakeups.run()),
        asyncio.create_task(watch(fair, changes.edited)),
    ]
    # The first look at the numbers is no news.
    await asyncio.sleep(0.3)
    yield Process(store, fair, changes)
    for task in running:
        task.cancel()
    await asyncio.gather(*running, return_exceptions=True)
    await store.close()


@pytest.fixture
async def one(store_url, folder):
    async with process(store_url, folder) as running:
        yield running


async def confirm(store, *changes):
    content = Content({Language.PL: "Zmiana"}, changes=tuple(map(as_json, changes)))
    audience = Audience(Scope.SAVED, tuple(one.record for one in changes))
    draft = Draft(Kind.CHANGE, Urgency.IMPORTANT, content, audience)
    number = await announcements.keep_draft(store, draft, "Anna", NOW)
    assert await announcements.confirm(store, number, "Anna", NOW, WARSAW)


async def until(condition, seconds=5.0):
    """Wait for something; give how long it took."""
    begun = asyncio.get_running_loop().time()
    while not condition():
        passed = asyncio.get_running_loop().time() - begun
        assert passed < seconds, "it did not come"
        await asyncio.sleep(0.002)
    return asyncio.get_running_loop().time() - begun


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


# --- edits of the YAML ------------------------------------------------------------------


async def drafts(store):
    query = select(announcement_rows).order_by(announcement_rows.c.id)
    async with store.reading() as connection:
        return (await connection.execute(query)).all()


async def test_edits_in_a_row_are_one_draft_and_the_staff_is_told(folder, one):
    edits = Edits(one.store, one.fair, "one", quiet=dt.timedelta(seconds=6))
    await edits.look()
    running = asyncio.create_task(edits.run())

    (folder / "fair.yaml").write_text(FAIR.replace("place: sala-2", "place: sala-12"), "utf-8")
    await until(lambda: one.fair.knowledge.sessions["gala"].place == "sala-12")
    later = FAIR.replace("place: sala-2", "place: sala-12").replace('"15:00"', '"15:30"')
    (folder / "fair.yaml").write_text(later, "utf-8")
    for _ in range(400):
        # The note to the staff is drafted and then confirmed.
        if [row.state for row in await drafts(one.store)] == ["draft", "running"]:
            break
        await asyncio.sleep(0.1)
    running.cancel()

    draft, note = await drafts(one.store)
    assert (draft.kind, draft.state, draft.created_by) == ("change", "draft", "bot")
    assert [change["what"] for change in draft.content["changes"]] == ["place", "time"]
    assert (note.state, note.audience["scope"]) == ("running", "staff")
    assert f"Szkic nr {draft.id} czeka" in note.content["texts"]["pl"]
    assert "Gala: teraz Sala 12, wcześniej Sala 2" in note.content["texts"]["pl"]


async def test_an_edit_while_nobody_ran_is_seen_once(store_url, folder):
    async with process(store_url, folder) as first:
        await Edits(first.store, first.fair, "one").look()
    (folder / "fair.yaml").write_text(FAIR.replace("place: sala-2", "place: sala-12"), "utf-8")

    async with process(store_url, folder) as second:
        for name in ("two", "three"):
            await Edits(second.store, second.fair, name).look()

        assert [row.kind for row in await drafts(second.store)] == ["change", "free"]


async def test_other_hours_and_new_exhibitors_are_drafts_of_their_own(store_url, folder):
    hours = '  hours:\n    - {date: "2017-11-30", open: "09:00", close: "17:00"}\nplaces:'
    firms = "\n".join(
        f'  - {{id: {one}, kind: inne, name: {one.title()}, stands: ["{stand}"]}}'
        for stand, one in enumerate(("ul", "dom", "len"), 1)
    )
    first = FAIR.replace("organizers:", "organizers:").replace(
        "  organizer: rops\n", f"  organizer: rops\n{hours.removesuffix('places:')}"
    )
    (folder / "fair.yaml").write_text(f"{first}exhibitors:\n{firms.splitlines()[0]}\n", "utf-8")
    async with process(store_url, folder) as running:
        await Edits(running.store, running.fair, "one").look()
    later = first.replace('close: "17:00"', 'close: "15:00"')
    others = "\n".join(firms.splitlines()[1:])
    (folder / "fair.yaml").write_text(f"{later}exhibitors:\n{others}\n", "utf-8")

    async with process(store_url, folder) as running:
        await Edits(running.store, running.fair, "two").look()

        rows = await drafts(running.store)
        of_hours, of_people = (row for row in rows if row.state == "draft")
        notes = [row.content["texts"]["pl"] for row in rows if row.state != "draft"]

    assert (of_hours.urgency, of_hours.audience["scope"]) == (Urgency.IMPORTANT, "everyone")
    assert of_hours.content["texts"]["pl"] == (
        "Godziny otwarcia, czwartek, 30 listopada: 09:00–15:00 (wcześniej: 09:00–17:00)."
    )
    assert (of_people.urgency, of_people.audience["scope"]) == (Urgency.MINOR, "everyone")
    assert of_people.content["texts"]["pl"] == (
        "Nowi wystawcy: Dom (stoisko 2), Len (stoisko 3).\nNa targach nie będzie wystawcy: Ul."
    )
    assert [
        f"Szkic nr {row.id} czeka" in note
        for row, note in zip((of_hours, of_people), notes, strict=True)
    ] == [True, True]


async def test_an_edit_that_overrules_what_was_confirmed_in_chat_says_so(folder, one):
    edits = Edits(one.store, one.fair, "one")
    await edits.look()
    await confirm(one.store, MOVED)
    await until(lambda: one.fair.made)

    elsewhere = FAIR.replace("place: sala-2", "place: sala-3").replace(
        "sessions:", "  - {id: sala-3, name: Sala 3, kind: room}\nsessions:"
    )
    (folder / "fair.yaml").write_text(elsewhere, "utf-8")
    await until(lambda: one.fair.knowledge.sessions["gala"].place == "sala-3")
    await edits.look()

    _, draft, note = await drafts(one.store)
    assert draft.content["changes"] == [as_json(PlaceChanged("gala", "sala-12", "sala-3"))]
    text = note.content["texts"]["pl"]
    assert "pliki są nowsze i zastępują to, co potwierdzono w czacie" in text
    assert "Gala: teraz Sala 12, wcześniej Sala 2 (Anna, czwartek, 30 listopada, 09:00)" in text


async def test_a_cancelled_session_keeps_the_time_that_visitors_knew(folder, one):
    known = span(14, 15)
    await confirm(one.store, Cancelled("gala", was=known))
    await until(lambda: one.fair.knowledge.sessions["gala"].status is Status.CANCELLED)

    (folder / "fair.yaml").write_text(FAIR.replace('"14:00"', '"14:15"'), "utf-8")
    await until(lambda: one.fair.loaded.knowledge.sessions["gala"].start == dt.time(14, 15))

    said = await one.ask("kiedy jest gala")
    assert "plan: 14:00" in said
    assert "14:15" not in said
    await confirm(one.store, Restored("gala"))
    await until(lambda: one.fair.knowledge.sessions["gala"].status is Status.PLANNED)
    assert "14:15" in await one.ask("kiedy jest gala")


async def test_what_chat_and_file_both_say_is_offered_to_nobody(folder, one):
    edits = Edits(one.store, one.fair, "one")
    await edits.look()
    await confirm(one.store, MOVED)
    await until(lambda: one.fair.made)

    (folder / "fair.yaml").write_text(FAIR.replace("place: sala-2", "place: sala-12"), "utf-8")
    await until(lambda: one.fair.loaded.knowledge.sessions["gala"].place == "sala-12")
    await edits.look()

    assert [row.created_by for row in await drafts(one.store)] == ["Anna"]


async def test_a_file_that_revives_what_was_cancelled_is_a_question(folder, one):
    edits = Edits(one.store, one.fair, "one")
    await edits.look()
    await confirm(one.store, Cancelled("gala"))
    await until(lambda: one.fair.made)

    (folder / "fair.yaml").write_text(FAIR.replace('"15:00"', '"16:00"'), "utf-8")
    await until(lambda: one.fair.loaded.knowledge.sessions["gala"].end == dt.time(16))
    await edits.look()

    _, question, note = await drafts(one.store)
    assert question.content["changes"] == [{"what": "restored", "record": "gala"}]
    assert "Pozostaje odwołane" in note.content["texts"]["pl"]
    assert one.fair.knowledge.sessions["gala"].status is Status.CANCELLED
