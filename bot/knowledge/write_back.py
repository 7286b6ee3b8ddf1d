"""Writes what changed in records into their YAML, leaving every other sign of the files as it is.

Like `teach.py` it edits the text at the places that the parser names: comments, order and line
breaks of whoever keeps the files stay.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from bot.knowledge.changes import yaml_values
from bot.knowledge.model import AnyRecord, Knowledge
from bot.knowledge.source import Document, read_source
from bot.knowledge.teach import Edit

_KINDS = ("places", "exhibitors", "people", "sessions", "series")
_BARE = re.compile(r"[a-z]+(-[a-z0-9]+)*")
_NOT_BARE = frozenset({"true", "false", "yes", "no", "on", "off", "null", "y", "n"})


@dataclass
class _Page:
    """One file, with the replacements that are to be made in it."""

    document: Document
    text: str
    changes: list[tuple[int, int, str]] = field(default_factory=list)

    def put(self, start: int, end: int, text: str) -> None:
        self.changes.append((start, end, text))

    def edit(self) -> Edit:
        after = self.text
        for start, end, text in sorted(self.changes, reverse=True):
            after = after[:start] + text + after[end:]
        return Edit(self.document.file, self.text, after)


def written_back(folder: Path, now: Knowledge, wanted: Knowledge) -> tuple[Edit, ...]:
    """Say how the files have to be edited.

    Args:
        folder: the YAML.
        now: what it says.
        wanted: what it is to say. What is in it no more is left in the files.
    """
    pages = [_Page(one, one.file.read_text("utf-8")) for one in read_source(folder).documents]
    for kind in _KINDS:
        olds: Mapping[str, AnyRecord] = getattr(now, kind)
        news: Mapping[str, AnyRecord] = getattr(wanted, kind)
        added = []
        for record_id, new in news.items():
            old = olds.get(record_id)
            if old is None:
                added.append(new)
            elif old != new:
                _change(pages, kind, yaml_values(old), yaml_values(new))
        if added:
            _add(pages, kind, added)
    return tuple(page.edit() for page in pages if page.changes)


def _change(
    pages: Sequence[_Page], kind: str, old: Mapping[str, Any], new: Mapping[str, Any]
) -> None:
    for page in pages:
        for node in _records(page, kind):
            identity = _entry(node, "id")
            if identity is not None and identity[1].value == new["id"]:
                _set_all(page, node, old, new)


def _records(page: _Page, kind: str) -> Iterator[yaml.MappingNode]:
    found = _entry(page.document.root, kind)
    if found is not None and isinstance(found[1], yaml.SequenceNode):
        yield from (one for one in found[1].value if isinstance(one, yaml.MappingNode))


def _entry(node: yaml.MappingNode, name: str) -> tuple[yaml.Node, yaml.Node] | None:
    return next(((key, value) for key, value in node.value if key.value == name), None)


def _set_all(
    page: _Page, node: yaml.MappingNode, old: Mapping[str, Any], new: Mapping[str, Any]
) -> None:
    """Make a mapping say `new` where it differs from `old`."""
    for name in dict.fromkeys((*old, *new)):
        if old.get(name) == new.get(name):
            continue
        found = _entry(node, name)
        if name not in new:
            if found is not None:
                _take_out(page, node, found)
        elif found is None:
            _put_in(page, node, f"{name}: {flow(new[name])}")
        else:
            _replace(page, found, old.get(name), new[name])


def _replace(page: _Page, found: tuple[yaml.Node, yaml.Node], old: Any, new: Any) -> None:
    key, value = found
    if isinstance(value, yaml.MappingNode) and isinstance(old, dict) and isinstance(new, dict):
        _set_all(page, value, old, new)
    else:
        page.put(key.end_mark.index, _end(value), f": {flow(new)}")


def _take_out(page: _Page, node: yaml.MappingNode, found: tuple[yaml.Node, yaml.Node]) -> None:
    key, value = found
    start, end = key.start_mark.index, _end(value)
    if node.flow_style:
        rest = re.match(r"\s*,\s*", page.text[end:])
        if rest:
            page.put(start, end + rest.end(), "")
        else:
            before = re.search(r",\s*$", page.text[:start])
            page.put(before.start() if before else start, end, "")
        return
    line = page.text.rfind("\n", 0, start) + 1
    page.put(line, _end_of_line(page.text, end) + 1, "")


def _put_in(page: _Page, node: yaml.MappingNode, entry: str) -> None:
    last = _end(node.value[-1][1])
    if node.flow_style:
        page.put(last, last, f", {entry}")
        return
    indent = " " * node.value[0][0].start_mark.column
    at = _end_of_line(page.text, last)
    page.put(at, at, f"\n{indent}{entry}")


def _add(pages: Sequence[_Page], kind: str, records: Sequence[AnyRecord]) -> None:
    """Append records to the last list of their kind, or begin one beside the event."""
    for page in reversed(pages):
        nodes = list(_records(page, kind))
        if nodes:
            first = nodes[0]
            dash = page.text.rfind("-", 0, first.start_mark.index)
            indent = " " * (dash - page.text.rfind("\n", 0, dash) - 1)
            at = _end_of_line(page.text, _end(nodes[-1]))
            page.put(at, at, "".join(f"\n\n{_block(one, indent)}" for one in records))
            return
    page = next(one for one in pages if _entry(one.document.root, "event") is not None)
    text = "".join(f"\n{_block(one, '  ')}" for one in records)
    gap = "" if page.text.endswith("\n") else "\n"
    page.put(len(page.text), len(page.text), f"{gap}\n{kind}:{text}\n")


def _block(record: AnyRecord, indent: str) -> str:
    values = yaml_values(record)
    lines = [f"{name}: {flow(value)}" for name, value in values.items()]
    return f"\n{indent}  ".join([f"{indent}- {lines[0]}", *lines[1:]])


def flow(value: Any) -> str:
    """Write a value in one line of YAML; text is quoted unless it is plainly an id."""
    match value:
        case dict() if set(value) == {"pl", "en", "uk"} and len(set(value.values())) == 1:
            return flow(value["pl"])
        case dict():
            return "{" + ", ".join(f"{key}: {flow(one)}" for key, one in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(flow, value)) + "]"
        case str() if _BARE.fullmatch(value) and value not in _NOT_BARE:
            return value
        case _:
            return json.dumps(value, ensure_ascii=False)


def _end(node: yaml.Node) -> int:
    """Say where a value ends; the mark of a block lies behind comments that follow it."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _end(last[1] if isinstance(last, tuple) else last)
    return int(node.end_mark.index)


def _end_of_line(text: str, index: int) -> int:
    end = text.find("\n", index)
    return len(text) if end < 0 else end
