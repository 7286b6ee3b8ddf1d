"""The commands as a person runs them, over a small fair of their own."""

import asyncio
import datetime as dt
import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from bot.knowledge.model import LegalForm, Need
from bot.knowledge.read import load_knowledge
from bot.store.engine import open_store
from bot.support.queries.unmet import SqlUnmetNeeds
from bot.support.situation import Situation
from bot.visitors.queries.asked import SqlAsked
from tests import programs

DOOR = Path(__file__).parent.parent.parent / "run_bot.py"
TOKEN = "123456789:AAbbCCddEEffGGhhIIjjKKllMM"

FAIR = """\
event: {id: fair, name: Targi Próbne, edition: 1, start_date: "2017-11-30", end_date: "2017-12-01",
  city: Kielce, organizer: rops}
organizers: [{id: rops, name: ROPS}]
places: [{id: sala, name: Sala 1, kind: room}]
exhibitors: [{id: ul, name: Złoty Ul, kind: inne, keywords: [miód]}]
sessions:
  - {id: otwarcie, title: Otwarcie targów, type: otwarcie, date: "2017-11-30", start: "10:00",
     end: "10:30", place: sala}
"""


@pytest.fixture
def folder(tmp_path):
    knowledge = tmp_path / "knowledge"
    knowledge.mkdir()
    (knowledge / "fair.yaml").write_text(FAIR)
    return tmp_path


def environment(**more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TARGOBOT_")}
    return kept | more


def run(folder: Path, *arguments: str, answer: str = "", **more: str):
    return programs.run(programs.bot, arguments, folder, environment(**more), answer)


def test_one_question_gets_one_answer(folder):
    done = run(folder, "ask", "co o 10", "--now", "2017-11-30T09:00")

    assert done.returncode == 0, done.stderr
    assert "Otwarcie targów" in done.stdout


def test_json_says_what_was_understood(folder):
    done = run(folder, "ask", "kto ma miod", "--json")

    told = json.loads(done.stdout)
    assert set(told) >= {"intent", "language", "decision", "ranking", "replies"}
    assert told["ranking"][0]["id"] == "ul"
    assert told["decision"]["kind"] == "confident"


def test_an_answer_can_be_explained(folder):
    assert "miod → miod" in run(folder, "ask", "kto ma miod", "--explain").stdout


def test_the_language_can_be_chosen(folder):
    assert "Golden" not in run(folder, "ask", "12345", "--language", "en").stdout
    assert "Information desk" in run(folder, "ask", "xyzzy", "--language", "en").stdout


def test_a_right_folder_is_counted(folder):
    done = run(folder, "check")

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1] == (
        "knowledge: 5 records (0 examples), no errors, warnings: 0."
    )


def test_a_broken_folder_is_told_and_fails(folder):
    (folder / "knowledge" / "more.yaml").write_text("places: [{id: hol, name: Hol, kind: rom}]")

    done = run(folder, "check")

    assert done.returncode == 3
    assert done.stderr.startswith("knowledge/more.yaml:1: places hol: `kind` cannot be “rom”.")


def test_a_wrong_setting_is_told_and_fails(folder):
    done = run(folder, "check", TARGOBOT_PORT="many")

    assert done.returncode == 2
    assert "TARGOBOT_PORT" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_wrong_moment_is_told(folder):
    done = run(folder, "ask", "co teraz", "--now", "tomorrow")

    assert done.returncode == 2
    assert "write one such as 2017-11-30T13:50" in done.stderr


def test_the_schema_is_printed(folder):
    assert json.loads(run(folder, "schema").stdout)["type"] == "object"


def test_examples_are_not_served_on_a_real_platform(folder):
    (folder / "knowledge" / "more.yaml").write_text(
        "places: [{id: hol, name: Hol, kind: room, src: example, example: true}]"
    )

    done = run(folder, "serve", TARGOBOT_TELEGRAM_TOKEN=TOKEN)

    assert done.returncode == 2
    assert "1 invented records are loaded" in done.stderr
    assert "hol" in done.stderr
    assert "TARGOBOT_ALLOW_EXAMPLES=true" in done.stderr


def test_labelled_questions_are_measured_and_a_bar_can_be_set(folder):
    questions = folder / "knowledge" / "questions"
    questions.mkdir()
    (questions / "own.jsonl").write_text(
        '{"text": "gdzie miod", "expected": "ul", "tags": ["pl"]}\n'
        '{"text": "kto wygra wybory", "expected": null, "tags": ["outside"]}\n'
    )

    done = run(folder, "evaluate", "--min-top1", "100", "--failures")
    too_high = run(folder, "evaluate", "--max-wrong", "0", "--min-top1", "100")

    assert done.returncode == 0, done.stderr + done.stdout
    assert "own.jsonl" in done.stdout
    assert too_high.returncode == 0


def test_what_is_not_understood_fails_the_bar(folder):
    file = folder / "questions.csv"
    file.write_text("text,expected,tags\nfoo bar baz,ul,pl\n")

    done = run(folder, "evaluate", str(file), "--min-top1", "50")

    assert done.returncode == 1
    assert "Below the bar" in done.stderr


def test_teaching_shows_the_change_and_makes_it(folder):
    done = run(folder, "teach", "ul", "pszczoły", answer="y\n")

    assert done.returncode == 0, done.stderr
    assert "+exhibitors: [{id: ul, name: Złoty Ul, kind: inne, keywords: [miód], aliases:" in (
        done.stdout
    )
    knowledge = load_knowledge(folder / "knowledge").knowledge
    assert "pszczoły" in knowledge.exhibitors["ul"].aliases.all()


def test_teaching_can_be_refused(folder):
    done = run(folder, "teach", "ul", "pszczoły", answer="n\n")

    assert "Nothing was changed." in done.stdout
    assert (folder / "knowledge" / "fair.yaml").read_text() == FAIR


def test_what_makes_something_else_worse_is_not_taught_without_asking(folder):
    questions = folder / "knowledge" / "questions"
    questions.mkdir()
    (questions / "own.jsonl").write_text(
        '{"text": "czy jest bankomat", "expected": null, "tags": ["outside"]}\n'
    )

    done = run(folder, "teach", "ul", "czy jest bankomat", "--yes")

    assert "WORSE:  czy jest bankomat" in done.stdout, done.stderr
    assert "Nothing was changed." in done.stdout
    assert (folder / "knowledge" / "fair.yaml").read_text() == FAIR


def test_an_offer_that_nobody_checks_is_told(folder):
    offer = "offers: [{id: help, title: H, kind: sala, checked: {date: 2017-01-01, by: b}"
    (folder / "knowledge" / "offers.yaml").write_text(f"{offer}, recheck_after_days: 30}}]")

    assert "offers help: it wants to be checked every 30 days" in run(folder, "check").stdout
    soon = run(folder, "check", "--now", "2017-01-31T10:00")
    assert "help" not in soon.stdout
    assert "no errors" in soon.stdout


def test_needs_that_were_not_met_are_listed(folder):
    async def count() -> None:
        store = await open_store(f"sqlite:///{folder}/needs.sqlite3")
        about = Situation(frozenset({Need.ROOM}), frozenset({LegalForm.FOUNDATION}))
        for _ in range(2):
            await SqlUnmetNeeds(store).count(about, dt.date(2017, 11, 30))
        await store.close()

    asyncio.run(count())

    done = run(folder, "needs", TARGOBOT_DATABASE=f"sqlite:///{folder}/needs.sqlite3")

    assert done.stdout == "    2 × sala, Fundacja (last 2017-11-30)\n2 needs could not be met.\n"
    table = run(folder, "needs", "--csv", TARGOBOT_DATABASE=f"sqlite:///{folder}/needs.sqlite3")
    assert table.stdout == "need,organisation,area,times,last_day\nsala,Fundacja,,2,2017-11-30\n"


def test_what_was_asked_most_is_listed(folder):
    database = f"sqlite:///{folder}/asked.sqlite3"

    async def count() -> None:
        store = await open_store(database)
        asked = SqlAsked(store)
        for subject in ("~programme", "~need_grant", "~programme"):
            asked.count(subject, dt.date(2017, 11, 30))
        await asked.write()
        await store.close()

    asyncio.run(count())

    listed = run(folder, "asked", TARGOBOT_DATABASE=database).stdout.splitlines()
    table = run(folder, "asked", "--csv", TARGOBOT_DATABASE=database).stdout.splitlines()

    assert listed == [
        "    2 × Program: co jest i kiedy",
        "    1 × Wsparcie: pieniądze, dotacja",
        "3 questions and taps were answered.",
    ]
    assert table[:2] == [
        "day,subject,name,times",
        "2017-11-30,~programme,Program: co jest i kiedy,2",
    ]


def test_without_questions_there_are_no_gaps(folder):
    assert "0 questions without a sure answer." in run(folder, "gaps").stdout


class Serving:
    """The bot as a process of its own, on a free port."""

    def __init__(self, folder: Path, **more: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, str(DOOR)],
            cwd=folder,
            env=environment(TARGOBOT_PORT="0", PYTHONUNBUFFERED="1", **more),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout
        self.greeting = [self.process.stdout.readline(), self.process.stdout.readline()]
        self.address = self.greeting[0].split(" at ")[1].split(" ")[0]

    def get(self, path: str) -> str:
        with urllib.request.urlopen(self.address + path, timeout=10) as answer:
            return str(answer.read().decode())

    def stop(self) -> tuple[str, str]:
        self.process.send_signal(signal.SIGTERM)
        return self.process.communicate(timeout=30)


@pytest.fixture
def serving(folder):
    bot = Serving(folder)
    yield bot
    if bot.process.poll() is None:
        bot.stop()


def test_serving_says_where_and_how_to_add_telegram_and_stops_when_asked(serving):
    assert json.loads(serving.get("/health")) == {"status": "ok", "records": 5}

    out, err = serving.stop()

    assert "TARGOBOT_TELEGRAM_TOKEN" in serving.greeting[1]
    assert (serving.process.returncode, err) == (0, "")
    assert out == "Stopping; what is in hand is finished first.\n"


def test_the_page_says_that_its_clock_is_not_the_real_one(serving):
    page = serving.get("/")

    assert "Targi Próbne" in page
    assert "30 listopada 2017" in page


def test_an_edit_is_taken_up_and_a_broken_one_is_not(folder, serving):
    more = folder / "knowledge" / "more.yaml"
    more.write_text("places: [{id: hol, name: Hol, kind: room}]")
    wait_until(lambda: json.loads(serving.get("/health"))["records"] == 6)

    more.write_text("places: [{id: hol}]")
    taken_up, broken = serving.process.stderr.readline(), serving.process.stderr.readline()

    assert "The knowledge was edited and is taken up" in taken_up
    assert "The edited knowledge is broken; the old one still answers" in broken
    assert json.loads(serving.get("/health"))["records"] == 6


def test_a_port_in_use_is_told(folder, serving):
    port = serving.address.rsplit(":", 1)[1]

    done = run(folder, "serve", TARGOBOT_PORT=port)

    assert done.returncode == 2
    assert f"127.0.0.1:{port} cannot be used" in done.stderr


def wait_until(holds) -> None:
    deadline = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < deadline, "it never came true"
        time.sleep(0.1)
