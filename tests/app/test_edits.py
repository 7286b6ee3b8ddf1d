"""An edit of the YAML becomes a draft, beside what was confirmed in chat."""

import asyncio
import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select

from bot.announcements.model import Urgency
from bot.app.edits import QUIET, Edits
from bot.knowledge.changes import Cancelled, PlaceChanged, Restored, as_json
from bot.knowledge.model import Status
from bot.store.schema import announcements as announcement_rows
from tests.app.processes import FAIR, MOVED, confirm, process, span, until


async def drafts(store):
    query = select(announcement_rows).order_by(announcement_rows.c.id)
    async with store.reading() as connection:
        return (await connection.execute(query)).all()


@dataclass
class Passed:
    """Counts seconds that pass when a test says so."""

    seconds: float = 0.0

    def __call__(self):
        return self.seconds


async def test_edits_in_a_row_are_one_draft_and_the_staff_is_told(folder, one):
    passed = Passed()
    edits = Edits(one.store, one.fair, "one", seconds=passed, every_seconds=0.01)
    await edits.look()
    running = asyncio.create_task(edits.run())

    (folder / "fair.yaml").write_text(FAIR.replace("place: sala-2", "place: sala-12"), "utf-8")
    await until(lambda: one.fair.knowledge.sessions["gala"].place == "sala-12")
    later = FAIR.replace("place: sala-2", "place: sala-12").replace('"15:00"', '"15:30"')
    (folder / "fair.yaml").write_text(later, "utf-8")
    await until(lambda: one.fair.knowledge.sessions["gala"].end == dt.time(15, 30))
    assert await drafts(one.store) == []
    for _ in range(400):
        passed.seconds += QUIET.total_seconds() / 2
        # The note to the staff is drafted and then confirmed.
        if [row.state for row in await drafts(one.store)] == ["draft", "running"]:
            break
        await asyncio.sleep(0.05)
    # What it keeps last is written by then, and its store is not closed under it.
    await asyncio.sleep(0.3)
    running.cancel()
    await asyncio.wait({running})

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
