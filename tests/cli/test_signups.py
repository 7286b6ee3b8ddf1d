"""`run_bot.py signups`: who signed up, on the screen and as files."""

import asyncio
import datetime as dt

from openpyxl import load_workbook

from bot.knowledge.read import load_knowledge
from bot.messaging.message import ChatId
from bot.signups.bookable import bookable
from bot.signups.lists import Person
from bot.signups.queries import SqlSignups
from bot.store.engine import open_store
from tests.cli.test_commands import FAIR, run
from tests.cli.test_commands import folder as folder

WORKSHOP = """\
  - {id: glina, title: Miska z gliny, type: warsztat, date: "2017-11-30", start: "12:00",
     end: "13:00", place: sala, registration: {mode: chat, seats: 1}}
"""


def fill(folder) -> str:
    """Let two people sign up for one seat; give the address of the database."""
    (folder / "knowledge" / "fair.yaml").write_text(FAIR + WORKSHOP)
    url = f"sqlite:///{folder}/lists.sqlite3"

    async def sign_up() -> None:
        store = await open_store(url)
        knowledge = load_knowledge(folder / "knowledge").knowledge
        now = dt.datetime(2017, 11, 29, 9, tzinfo=dt.UTC)
        lists = SqlSignups(store, lambda key: bookable(key, knowledge), lambda: now)
        for number, name in enumerate(("Łucja", "Jan")):
            person = Person(name, f"{number}@example.org")
            await lists.join("glina", ChatId("test", name), person, may_wait=True)
        await store.close()

    asyncio.run(sign_up())
    return url


def test_lists_and_who_is_on_one_are_shown(folder):
    url = fill(folder)

    assert run(folder, "signups", TARGOBOT_DATABASE=url).stdout == "    2  glina\n"
    shown = run(folder, "signups", "glina", TARGOBOT_DATABASE=url).stdout.splitlines()

    assert shown[1:] == [
        "1  Miska z gliny  2017-11-30 12:00  miejsce  Łucja  0@example.org  2017-11-29 10:00",
        "2  Miska z gliny  2017-11-30 12:00  oczekuje  Jan  1@example.org  2017-11-29 10:00",
    ]


def test_a_list_is_written_as_both_files(folder):
    url = fill(folder)
    files = ("--csv", str(folder / "a.csv"), "--xlsx", str(folder / "a.xlsx"))

    done = run(folder, "signups", "glina", *files, TARGOBOT_DATABASE=url)

    assert "Łucja" not in done.stdout
    assert "Łucja;0@example.org" in (folder / "a.csv").read_text(encoding="utf-8-sig")
    sheet = load_workbook(folder / "a.xlsx").active
    assert sheet is not None
    assert [row[4].value for row in sheet] == ["Imię i nazwisko", "Łucja", "Jan"]


def test_an_id_that_nobody_can_sign_up_for_is_told(folder):
    url = fill(folder)

    done = run(folder, "signups", "nothing", TARGOBOT_DATABASE=url)

    assert done.returncode == 1
    assert "Nobody can sign up for 'nothing'" in done.stderr
