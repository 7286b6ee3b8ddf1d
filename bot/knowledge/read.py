"""A folder becomes `Knowledge`: `source` reads, here records are made, `validate` compares them.

Either everything is right, or all mistakes are reported at once.
"""

import datetime as dt
import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, fields
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic import ValidationError

from bot.knowledge import explain
from bot.knowledge.model import KINDS, AnyRecord, Knowledge
from bot.knowledge.problem import BrokenKnowledgeError, Problem, Severity
from bot.knowledge.source import Document, read_source
from bot.knowledge.validate import Lost, validate
from bot.knowledge.written import Written


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was read.

    Attributes:
        warnings: what should be mended but keeps nothing from working.
        edited: when the file of each record was edited last, by id.
    """

    knowledge: Knowledge
    warnings: tuple[Problem, ...]
    edited: Mapping[str, dt.datetime] = field(default_factory=dict)


def load_knowledge(folder: Path) -> Loaded:
    """Read the fair in `folder`.

    Raises:
        BrokenKnowledgeError: with every mistake in all files.
    """
    with _garbage_left_alone():
        source = read_source(folder)
        problems = list(source.problems)
        written = [one for document in source.documents for one in _records(document, problems)]
        lost = Lost(_broken_ids(source.documents, written), is_whole=source.is_whole)
        problems.extend(validate(written, folder, lost))
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    if errors:
        raise BrokenKnowledgeError(errors, folder)
    warnings = tuple(problem for problem in problems if problem.severity is Severity.WARNING)
    return Loaded(_knowledge(written), warnings, _edited(written))


@contextmanager
def _garbage_left_alone() -> Iterator[None]:
    # Hundreds of thousands of nodes, all alive: looking for garbage among them again and
    # again takes three times as long as the work itself (benchmarks/knowledge_load.py).
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _records(document: Document, problems: list[Problem]) -> Iterator[Written]:
    for kind, values in document.values.items():
        if kind not in KINDS:
            what, remedy = explain.unknown_key(kind, KINDS, "a kind of record")
            problems.append(Problem(document.place((kind,)), what, remedy))
        elif kind == "event" and not isinstance(values, list):
            yield from _record(document, kind, (kind,), values, problems)
        elif kind == "event":
            what, remedy = "`event` is a list.", "Write its one record below it, without dashes."
            problems.append(Problem(document.place((kind,)), what, remedy))
        elif isinstance(values, list):
            for number, value in enumerate(values):
                yield from _record(document, kind, (kind, number), value, problems)
        elif values is not None:
            problems.append(
                Problem(
                    document.place((kind,)),
                    f"`{kind}` is no list.",
                    "Begin each record below it with a dash: `- id: …`.",
                )
            )


def _record(
    document: Document,
    kind: str,
    path: tuple[int | str, ...],
    values: Any,
    problems: list[Problem],
) -> Iterator[Written]:
    try:
        record = KINDS[kind].model_validate(values)
    except ValidationError as error:
        name = values.get("id") if isinstance(values, dict) else None
        label = f"{kind} {name[:60]}" if isinstance(name, str) else f"a record of {kind}"
        for mistake in explain.mistakes(error, KINDS[kind], values):
            place = document.place((*path, *mistake.steps))
            problems.append(Problem(place, mistake.what, mistake.remedy, record=label))
    else:
        yield Written(record, kind, document, path)  # type: ignore[arg-type]  # KINDS are AnyRecord


def _edited(written: Sequence[Written]) -> dict[str, dt.datetime]:
    at: dict[Path, dt.datetime] = {}
    for file in {one.document.file for one in written}:
        # A file that has just been deleted is found to be gone at the next look.
        with suppress(OSError):
            at[file] = dt.datetime.fromtimestamp(file.stat().st_mtime, dt.UTC)
    return {one.record.id: at[one.document.file] for one in written if one.document.file in at}


def _broken_ids(documents: Sequence[Document], written: Sequence[Written]) -> frozenset[str]:
    """List the ids of records that could not be made, so that naming them is no second mistake."""
    ids = set()
    for document in documents:
        for values in document.values.values():
            for value in values if isinstance(values, list) else [values]:
                if isinstance(value, dict) and isinstance(value.get("id"), str):
                    ids.add(value["id"])
    return frozenset(ids - {one.record.id for one in written})


def _knowledge(written: list[Written]) -> Knowledge:
    by_kind: dict[str, dict[str, AnyRecord]] = {kind: {} for kind in KINDS}
    for one in written:
        by_kind[one.kind][one.record.id] = one.record
    event = next(iter(by_kind.pop("event").values()))
    known = {one.name for one in fields(Knowledge)}
    lists: dict[str, Any] = {k: MappingProxyType(v) for k, v in by_kind.items() if k in known}
    return Knowledge(event=event, **lists)  # type: ignore[arg-type]  # `event` holds an Event
