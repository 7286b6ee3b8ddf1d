import csv
import io

from openpyxl import load_workbook

from bot.messaging.languages import Language
from bot.messaging.message import ChatId
from bot.signups.exporting import as_csv, as_xlsx, rows_of
from bot.signups.lists import Person, Signup
from bot.signups.seating import State
from tests.signups.conftest import NOW, Desk, workshop

SIGNUPS = [
    Signup(1, "talk", ChatId("telegram", "1"), State.SEATED, Person("Łucja", "a@example.org"), NOW),
    Signup(
        2,
        "talk",
        ChatId("telegram", "2"),
        State.WAITING,
        Person("=1+1", "+48 600 100 200"),
        NOW,
    ),
]
KNOWLEDGE = Desk.fair(workshop(1))


def test_a_list_has_a_headline_and_a_row_for_each():
    rows = rows_of(SIGNUPS, KNOWLEDGE, Language.EN)

    when, agreed = "2017-11-30 14:00", "2017-11-29 10:00"
    assert rows == [
        ("No.", "What", "When", "State", "Name", "Contact", "Consent of"),
        ("1", "talk", when, "place", "Łucja", "a@example.org", agreed),
        ("2", "talk", when, "waiting", "=1+1", "+48 600 100 200", agreed),
    ]


def test_csv_opens_in_a_spreadsheet_and_runs_nothing_that_a_visitor_wrote():
    written = as_csv(rows_of(SIGNUPS, KNOWLEDGE, Language.PL))

    assert written.startswith(b"\xef\xbb\xbf")
    read = list(csv.reader(io.StringIO(written.decode("utf-8-sig")), delimiter=";"))
    assert [row[4:6] for row in read[1:]] == [
        ["Łucja", "a@example.org"],
        ["'=1+1", "'+48 600 100 200"],
    ]


def test_a_spreadsheet_holds_text_only():
    book = load_workbook(io.BytesIO(as_xlsx(rows_of(SIGNUPS, KNOWLEDGE, Language.PL))))

    sheet = book.active
    assert sheet is not None
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.value for cell in sheet[3]][4:6] == ["=1+1", "+48 600 100 200"]
