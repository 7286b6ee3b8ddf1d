"""Labelled questions and entries from files: JSON Lines or CSV."""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.errors import KnowledgeError
from bot.matching.entries import Entry, Field, Phrasing

_NONE = frozenset(("", "-", "none", "null"))


@dataclass(frozen=True, slots=True)
class Labelled:
    """A question and the ids of the entries that answer it; none where nothing does."""

    text: str
    expected: frozenset[str]
    tags: tuple[str, ...] = ()


def read_questions(file: Path) -> tuple[Labelled, ...]:
    """Read labelled questions: `text`, `expected` (an id, several or none), `tags`.

    Raises:
        KnowledgeError: a line cannot be read; says which and why.
    """
    return tuple(_labelled(record, where) for record, where in _records(file))


def read_entries(file: Path) -> tuple[Entry, ...]:
    """Read entries from JSON Lines: `id`, `title`, `phrasings`, `answer`.

    Raises:
        KnowledgeError: a line cannot be read; says which and why.
    """
    return tuple(_entry(record, where) for record, where in _records(file))


def _labelled(record: Mapping[str, Any], where: str) -> Labelled:
    text = record.get("text")
    if not isinstance(text, str) or not text.strip():
        raise KnowledgeError(f'{where}: no "text". Write the question into that field.')
    if "expected" not in record and "gold_id" not in record:
        raise KnowledgeError(f'{where}: no "expected". Give the id of the answer, or none.')
    expected = record["expected"] if "expected" in record else record["gold_id"]
    tags = record.get("tags", record.get("kind")) or ()
    return Labelled(text, frozenset(_listed(expected)), tuple(_listed(tags)))


def _listed(value: object) -> list[str]:
    if value is None:
        return []
    if isinstance(value, str):
        parts = value.replace(";", ",").replace("|", ",").split(",")
        return [part.strip() for part in parts if part.strip().casefold() not in _NONE]
    if isinstance(value, Iterable):
        return [str(part) for part in value]
    return [str(value)]


def _entry(record: Mapping[str, Any], where: str) -> Entry:
    if not isinstance(record.get("id"), str):
        raise KnowledgeError(f'{where}: no "id". Give each entry one of its own.')
    phrasings = [Phrasing(text, Field.VARIANT) for text in _texts(record.get("phrasings"))]
    titles = [Phrasing(text, Field.NAME) for text in _texts(record.get("title"))]
    asked = {phrasing.text for phrasing in phrasings}
    answers = [
        Phrasing(text, Field.DESCRIPTION)
        for text in _texts(record.get("answer"))
        if text not in asked
    ]
    return Entry(
        id=record["id"],
        kind=str(record.get("kind", "faq")),
        phrasings=tuple(dict.fromkeys([*titles, *phrasings, *answers])),
        stands=tuple(_texts(record.get("stands"))),
        not_me=tuple(_texts(record.get("not_me"))),
    )


def _texts(value: object) -> list[str]:
    """Take texts as they come: one, a list, or a map of languages."""
    if isinstance(value, str):
        return [value] if value.strip() else []
    if isinstance(value, Mapping):
        return [text for part in value.values() for text in _texts(part)]
    if isinstance(value, Iterable):
        return [text for part in value for text in _texts(part)]
    return []


def _records(file: Path) -> Iterator[tuple[Mapping[str, Any], str]]:
    try:
        text = file.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise KnowledgeError(f"{file}: cannot be read ({error}). Save it as UTF-8 text.") from error
    if file.suffix.casefold() == ".csv":
        dialect: Any = "excel" if text.partition("\n")[0].count(";") == 0 else _Semicolons
        for number, row in enumerate(csv.DictReader(text.splitlines(), dialect=dialect), 2):
            yield row, f"{file}:{number}"
        return
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            yield _from_json(line, f"{file}:{number}"), f"{file}:{number}"


class _Semicolons(csv.excel):
    """CSV as spreadsheets save it where a comma is for decimals."""

    delimiter = ";"


def _from_json(line: str, where: str) -> Mapping[str, Any]:
    try:
        record = json.loads(line)
    except ValueError as error:
        raise KnowledgeError(
            f"{where}: no JSON ({error}). Each line holds one object in braces."
        ) from error
    if not isinstance(record, dict):
        raise KnowledgeError(f"{where}: no object. Each line holds one object in braces.")
    return record
