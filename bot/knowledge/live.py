"""Notices edits of the knowledge folder; a broken edit leaves the old knowledge in place."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.knowledge.problem import BrokenKnowledgeError
from bot.knowledge.read import Loaded, load_knowledge
from bot.knowledge.source import yaml_files

Stamp = tuple[str, int, int, int]
Signature = frozenset[Stamp]


@dataclass(frozen=True, slots=True)
class Same:
    """Nothing new."""


@dataclass(frozen=True, slots=True)
class Changed:
    """The folder was edited and is right."""

    loaded: Loaded


@dataclass(frozen=True, slots=True)
class Broken:
    """The folder was edited and cannot be loaded; what was loaded before still holds."""

    error: BrokenKnowledgeError


class LiveKnowledge:
    """Looks at a folder whenever it is asked to; it starts no thread.

    Make it before the folder is loaded for the first time, so that an edit in between
    is noticed.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._loaded_as = self._seen = _signature(folder)

    def check(self) -> Same | Changed | Broken:
        """Load the folder if it was edited since, and is not being edited just now.

        Editors write in several steps, so an edit counts when two checks in a row see the
        same files.
        """
        now = _signature(self._folder)
        is_settled, self._seen = now == self._seen, now
        if now == self._loaded_as or not is_settled:
            return Same()
        self._loaded_as = now
        try:
            return Changed(load_knowledge(self._folder))
        except BrokenKnowledgeError as error:
            return Broken(error)


def _signature(folder: Path) -> Signature:
    return frozenset(_stamps(folder))


def _stamps(folder: Path) -> Iterator[Stamp]:
    for file in yaml_files(folder):
        try:
            state = file.stat()
        except OSError:
            # Deleted since it was listed, or a link to nowhere: loading tells, if it stays so.
            yield str(file), 0, 0, 0
        else:
            # A file that was moved here may be as old and as long as the one before.
            yield str(file), state.st_mtime_ns, state.st_size, state.st_ino
