"""YAML files with the line of every value, within limits, and with the traps of YAML 1.1 closed.

The node tree is kept beside the plain values, so that a problem found later can
be shown at its line. Tags, aliases and merge keys are refused: nobody needs them
here, and they are how a small file becomes a large one.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.knowledge.problem import Place, Problem

FILE_LIMIT_BYTES = 20_000_000
FILE_COUNT_LIMIT = 500
DEPTH_LIMIT = 12
NODE_LIMIT = 2_000_000

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PLAIN_TAGS = {
    "tag:yaml.org,2002:str": str,
    "tag:yaml.org,2002:null": None,
    "tag:yaml.org,2002:timestamp": str,
}
_TAGS = frozenset(
    f"tag:yaml.org,2002:{name}"
    for name in ("str", "null", "bool", "int", "float", "timestamp", "value", "map", "seq")
)


@dataclass(frozen=True, slots=True)
class SurprisingScalar:
    """An unquoted value that YAML makes something else of: 14:30, 012, no.

    It is no string, so that a field of text refuses it.
    """

    raw: str


@dataclass(frozen=True, slots=True)
class Document:
    """One file: its values, and its nodes for finding lines.

    Attributes:
        values: plain dicts, lists and strings; numbers and booleans only where they are
            written as plain decimal numbers, `true` or `false`.
    """

    file: Path
    values: dict[str, Any]
    root: yaml.MappingNode

    def place(self, path: Sequence[int | str]) -> Place:
        """Find the line of the value at `path`, or of the nearest one around it."""
        node: yaml.Node = self.root
        line = node.start_mark.line
        for step in path:
            found = _child(node, step)
            if found is None:
                break
            key, node = found
            line = (key or node).start_mark.line
        return Place(self.file, line + 1)


def read_documents(folder: Path) -> tuple[list[Document], list[Problem]]:
    """Read all YAML files below `folder`, in the order of their names."""
    problems: list[Problem] = []
    if not folder.is_dir():
        return [], [
            Problem(
                Place(folder, 0),
                "there is no such folder.",
                "Name the folder that holds the YAML files of the fair.",
            )
        ]
    files = list(_files(folder))
    if not files:
        problems.append(
            Problem(
                Place(folder, 0), "the folder holds no .yaml file.", "docs/knowledge.md shows one."
            )
        )
    if len(files) > FILE_COUNT_LIMIT:
        what = f"{len(files)} files are more than the {FILE_COUNT_LIMIT} that are read."
        return [], [Problem(Place(folder, 0), what, "Join small files.")]
    documents = [document for file in files if (document := _read(file, problems))]
    return documents, problems


def _files(folder: Path) -> Iterator[Path]:
    root = folder.resolve()
    for file in sorted(folder.rglob("*")):
        is_hidden = any(part.startswith(".") for part in file.relative_to(folder).parts)
        is_ours = file.suffix in (".yaml", ".yml") and file.is_file()
        if is_ours and not is_hidden and file.resolve().is_relative_to(root):
            yield file


def _read(file: Path, problems: list[Problem]) -> Document | None:
    try:
        text = _text(file)
        _refuse_depth(text)
        root = yaml.compose(text, Loader=_Loader)
        if root is None:
            return None
        if not isinstance(root, yaml.MappingNode):
            raise _Refused(1, "the file is no map.", "Begin with a kind such as `exhibitors:`.")
        values = _Converter(file, problems).mapping(root, 1)
    except _Refused as refused:
        problems.append(Problem(Place(file, refused.line), refused.what, refused.remedy))
        return None
    except yaml.MarkedYAMLError as error:
        problems.append(_syntax_problem(file, error))
        return None
    except (yaml.YAMLError, RecursionError) as error:
        what = f"this is no YAML ({str(error).splitlines()[0]})."
        problems.append(Problem(Place(file, 0), what, "Take out what is no text."))
        return None
    return Document(file, values, root)


def _text(file: Path) -> str:
    size = file.stat().st_size
    if size > FILE_LIMIT_BYTES:
        limit = f"{FILE_LIMIT_BYTES // 1_000_000} MB"
        raise _Refused(0, f"the file is larger than {limit}.", "Part it into several files.")
    try:
        return file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _Refused(
            0,
            f"the file is not written in UTF-8 (byte {error.start}).",
            "Save it again with the encoding UTF-8.",
        ) from error


# libyaml follows nesting by recursion in C, which no Python limit guards: it would crash.
_BRACKETS = re.compile(r"[\[{]|[\]}]")
_NESTED_LINE = re.compile(r"^[ \t?:-]{200,}", re.MULTILINE)


def _refuse_depth(text: str) -> None:
    deep = _NESTED_LINE.search(text)
    depth = 0
    for bracket in _BRACKETS.finditer(text):
        depth = depth + 1 if bracket[0] in "[{" else max(0, depth - 1)
        if depth > 100:
            deep = bracket
            break
    if deep:
        line = text.count("\n", 0, deep.start()) + 1
        raise _Refused(line, "this is nested too deeply.", "Nest it less.")


class _Refused(Exception):  # noqa: N818 - it is no error of the program
    def __init__(self, line: int, what: str, remedy: str) -> None:
        super().__init__(what)
        self.line, self.what, self.remedy = line, what, remedy


def _syntax_problem(file: Path, error: yaml.MarkedYAMLError) -> Problem:
    mark = error.problem_mark or error.context_mark
    what = f"this line cannot be read as YAML: {error.problem or error.context}."
    remedy = "Check indentation (spaces, no tabs), colons and quotes here and one line above."
    return Problem(Place(file, mark.line + 1 if mark else 0), what, remedy)


class _Converter:
    """Makes plain values of nodes, counting and reporting on the way."""

    def __init__(self, file: Path, problems: list[Problem]) -> None:
        self._file = file
        self._problems = problems
        self._nodes = 0
        self._seen: set[int] = set()

    def value(self, node: yaml.Node, depth: int) -> Any:
        if isinstance(node, yaml.ScalarNode):
            self._count(node, depth)
            return _scalar(node)
        if id(node) in self._seen:
            raise _Refused(
                node.start_mark.line + 1,
                "an alias (`*name`) repeats this.",
                "Write it out where it is needed.",
            )
        self._seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, depth)
        self._count(node, depth)
        return [self.value(child, depth + 1) for child in node.value]

    def mapping(self, node: yaml.MappingNode, depth: int) -> dict[str, Any]:
        self._count(node, depth)
        values: dict[str, Any] = {}
        lines: dict[str, int] = {}
        for key, child in node.value:
            line = key.start_mark.line + 1
            if not isinstance(key, yaml.ScalarNode) or key.tag == "tag:yaml.org,2002:merge":
                raise _Refused(line, "this is no plain key.", "Write a word and a colon.")
            name = key.value
            if name in values:
                what = f"`{name}` stands twice, first in line {lines[name]}."
                self._problems.append(
                    Problem(Place(self._file, line), what, "Keep one, or join the two.")
                )
                continue
            lines[name] = line
            values[name] = self.value(child, depth + 1)
        return values

    def _count(self, node: yaml.Node, depth: int) -> None:
        self._nodes += 1
        line = node.start_mark.line + 1
        if depth > DEPTH_LIMIT:
            raise _Refused(
                line, f"this is nested deeper than {DEPTH_LIMIT} levels.", "Nest it less."
            )
        if self._nodes > NODE_LIMIT:
            raise _Refused(line, "the file holds too many values.", "Part it into several files.")
        if node.tag not in _TAGS:
            raise _Refused(line, f"the tag {node.tag} is not allowed.", "Write plain values.")


def _scalar(node: yaml.ScalarNode) -> Any:
    raw: str = node.value
    if node.style or node.tag in _PLAIN_TAGS:
        return None if node.tag.endswith(":null") and not node.style else raw
    if raw in ("true", "false"):
        return raw == "true"
    if raw.isascii() and raw.lstrip("-").isdigit() and (raw == "0" or raw.lstrip("-")[0] != "0"):
        return int(raw)
    if node.tag.endswith(":float") and raw.replace(".", "", 1).lstrip("-").isdigit():
        return _Decimal(raw)
    return SurprisingScalar(raw)


class _Decimal(float):
    """An unquoted decimal number that remembers how it was written: 1.12, 30.10."""

    def __new__(cls, raw: str) -> "_Decimal":
        number = super().__new__(cls, raw)
        number.raw = raw
        return number

    raw: str


def as_written(value: object) -> str:
    """Say how a value stood in the file."""
    return value.raw if isinstance(value, _Decimal | SurprisingScalar) else str(value)


def _child(node: yaml.Node, step: int | str) -> tuple[yaml.Node | None, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        pairs = ((key, child) for key, child in node.value if key.value == step)
        return next(pairs, None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return None, node.value[step]
    return None
