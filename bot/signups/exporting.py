"""A list as a file for whoever holds the training: CSV, or a spreadsheet."""

import csv
import io
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from openpyxl import Workbook

from bot.knowledge.dated import saved_under
from bot.knowledge.model import Knowledge
from bot.language.catalog import say
from bot.messaging.languages import Language
from bot.signups.lists import Signup

CSV_TYPE = "text/csv"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_COLUMNS = ("number", "what", "when", "state", "name", "contact", "agreed")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def rows_of(
    signups: Sequence[Signup], knowledge: Knowledge, language: Language
) -> list[tuple[str, ...]]:
    """Write a list as rows of text, with a headline; times are by the fair's clock."""
    zone = knowledge.event.zone
    rows = [tuple(say(language, f"list_column_{name}") for name in _COLUMNS)]
    for number, one in enumerate(signups, 1):
        rows.append((str(number), *_row(one, knowledge, zone, language)))
    return rows


def as_csv(rows: Sequence[Sequence[str]]) -> bytes:
    """Write rows as CSV that a spreadsheet program opens by a double click.

    What a spreadsheet would take for a formula, a phone number with "+" too, begins with an
    apostrophe, so that nothing that a visitor wrote is ever run.
    """
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";")
    writer.writerows([[_harmless(cell) for cell in row] for row in rows])
    # With the mark at its beginning, Excel reads it as UTF-8.
    return written.getvalue().encode("utf-8-sig")


def as_xlsx(rows: Sequence[Sequence[str]]) -> bytes:
    """Write rows as a spreadsheet; every cell is text, none a formula."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None  # noqa: S101 - a new workbook has one
    for row_number, row in enumerate(rows, 1):
        for column, text in enumerate(row, 1):
            cell = sheet.cell(row_number, column, text)
            cell.data_type = "s"
    sheet.freeze_panes = "A2"
    for letter, width in zip("ABCDEFG", (6, 40, 20, 16, 28, 30, 18), strict=True):
        sheet.column_dimensions[letter].width = width
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _row(
    signup: Signup, knowledge: Knowledge, zone: ZoneInfo, language: Language
) -> tuple[str, ...]:
    saved = saved_under(signup.key, knowledge)
    when = f"{saved.start.astimezone(zone):%Y-%m-%d %H:%M}" if saved and saved.start else ""
    return (
        saved.name.in_language(language) if saved else signup.key,
        when,
        say(language, f"list_state_{signup.state.value}"),
        signup.person.name,
        signup.person.contact,
        f"{signup.consent_at.astimezone(zone):%Y-%m-%d %H:%M}",
    )


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
