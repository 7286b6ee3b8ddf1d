"""The YAML files of a folder, with the line of every value, within limits."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.knowledge.parse import NODE_LIMIT, Parsed, parse
from bot.knowledge.problem import Place, Problem
from bot.knowledge.refused import RefusedError

FILE_LIMIT_BYTES = 20_000_000
TOTAL_LIMIT_BYTES = 50_000_000
FILE_COUNT_LIMIT = 500


@dataclass(frozen=True, slots=True)
class Document:
    """One file: its values, and the line of each."""

    file: Path
    parsed: Parsed

    @property
    def values(self) -> dict[str, Any]:
        """What stands in it, by kind of record."""
        values: dict[str, Any] = self.parsed.values
        return values

    @property
    def root(self) -> yaml.MappingNode:
        """Its nodes with all their marks, read anew: only an edit of the text needs them."""
        # Safe only because `parse` has refused deep nesting before.
        root = yaml.compose(self.file.read_text("utf-8"), Loader=yaml.SafeLoader)
        assert isinstance(root, yaml.MappingNode)  # noqa: S101 - it was parsed as one before
        return root

    def place(self, path: Sequence[int | str]) -> Place:
        """Find the line of the value at `path`, or of the nearest one around it."""
        return Place(self.file, self.parsed.line(path))


@dataclass(frozen=True, slots=True)
class Source:
    """What could be read of a folder.

    Attributes:
        is_whole: no file had to be left out.
    """

    documents: tuple[Document, ...]
    problems: tuple[Problem, ...]
    is_whole: bool


def yaml_files(folder: Path) -> list[Path]:
    """List the YAML files below `folder`, in the order of their names; hidden ones are left out."""
    files: list[Path] = []
    # Not `Path.rglob`: it raises when a folder disappears while it looks.
    for here, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        files.extend(
            Path(here, name)
            for name in names
            if name.endswith((".yaml", ".yml")) and not name.startswith(".")
        )
    return sorted(files)


def read_source(folder: Path) -> Source:
    """Read all YAML files below `folder`."""
    if not folder.is_dir():
        remedy = "Name the folder that holds the YAML files of the fair."
        return _nothing(folder, "there is no such folder.", remedy)
    files = yaml_files(folder)
    if not files:
        return _nothing(folder, "the folder holds no .yaml file.", "docs/knowledge.md shows one.")
    if len(files) > FILE_COUNT_LIMIT:
        what = f"{len(files)} files are more than the {FILE_COUNT_LIMIT} that are read."
        return _nothing(folder, what, "Join small files.")
    return _Reading(folder).all(files)


def _nothing(folder: Path, what: str, remedy: str) -> Source:
    return Source((), (Problem(Place(folder, 0), what, remedy),), is_whole=False)


class _Reading:
    """Reads file after file, with what is left of the limits."""

    def __init__(self, folder: Path) -> None:
        self._root = Path(os.path.realpath(folder))
        self._bytes_left = TOTAL_LIMIT_BYTES
        self._nodes_left = NODE_LIMIT
        self._problems: list[Problem] = []

    def all(self, files: Sequence[Path]) -> Source:
        documents = []
        is_whole = True
        for file in files:
            try:
                document = self._document(file)
            except RefusedError as refused:
                place = Place(file, refused.line)
                self._problems.append(Problem(place, refused.what, refused.remedy))
                is_whole = False
            else:
                documents.extend([document] if document.values else [])
        return Source(tuple(documents), tuple(self._problems), is_whole)

    def _document(self, file: Path) -> Document:
        parsed = parse(self._text(file), node_limit=self._nodes_left)
        self._nodes_left -= parsed.nodes
        if not isinstance(parsed.values, dict | None):
            raise RefusedError(
                1, "the file does not begin with a kind.", "Begin with one, such as `exhibitors:`."
            )
        for twice in parsed.twice:
            what = f"`{twice.key}` stands twice, first in line {twice.first_line}."
            place = Place(file, twice.line)
            self._problems.append(Problem(place, what, "Keep one, or join the two."))
        return Document(file, parsed)

    def _text(self, file: Path) -> str:
        content = self._content(file)
        self._bytes_left -= len(content)
        if len(content) > FILE_LIMIT_BYTES:
            limit = f"{FILE_LIMIT_BYTES // 1_000_000} MB"
            raise RefusedError(0, f"the file is larger than {limit}.", "Part it into several.")
        if self._bytes_left < 0:
            limit = f"{TOTAL_LIMIT_BYTES // 1_000_000} MB"
            what = f"with this file the folder is larger than {limit}."
            raise RefusedError(0, what, "Keep less in this folder.")
        try:
            return content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            what = "a letter in this line is not written in UTF-8."
            raise RefusedError(line, what, "Save the file with the encoding UTF-8.") from error

    def _content(self, file: Path) -> bytes:
        # `Path.resolve` raises where links go in circles.
        if not Path(os.path.realpath(file)).is_relative_to(self._root):
            remedy = "Put the file itself into the folder."
            raise RefusedError(0, "this is a link that leads out of the folder.", remedy)
        try:
            # A pipe would block for ever.
            if not file.is_file():
                raise RefusedError(0, "this is no file that can be read.", "Take it out.")
            with file.open("rb") as opened:
                size = os.fstat(opened.fileno()).st_size
                return opened.read(min(size, FILE_LIMIT_BYTES) + 1)
        except OSError as error:
            reason = error.strerror or "it cannot be opened"
            raise RefusedError(
                0, f"the file cannot be read: {reason}.", "Check that it is there and readable."
            ) from error
