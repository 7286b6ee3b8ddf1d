"""What is wrong in the knowledge folder, in words for the person who wrote it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from bot.errors import KnowledgeError


class Severity(StrEnum):
    """An error keeps the folder from being loaded; a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands.

    Attributes:
        line: counted from 1; 0 where the whole file is meant.
    """

    file: Path
    line: int


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake: where it is, what it is, and how to mend it.

    Attributes:
        record: its kind and id, such as "sessions gala"; empty where no record is meant.
    """

    place: Place
    what: str
    remedy: str
    severity: Severity = Severity.ERROR
    record: str = ""


class BrokenKnowledgeError(KnowledgeError):
    """The folder cannot be loaded; `problems` are all mistakes in it."""

    def __init__(self, problems: Sequence[Problem], folder: Path) -> None:
        self.problems = tuple(problems)
        super().__init__(render_problems(self.problems, folder))


def render_problems(problems: Sequence[Problem], folder: Path) -> str:
    """Write the problems for a person: file, line, what, and indented the remedy."""
    lines = []
    for problem in sorted(problems, key=lambda p: (str(p.place.file), p.place.line)):
        file = problem.place.file
        shown = file.relative_to(folder.parent) if file.is_relative_to(folder.parent) else file
        place = f"{shown}:{problem.place.line}" if problem.place.line else str(shown)
        warning = "warning: " if problem.severity is Severity.WARNING else ""
        record = f"{problem.record}: " if problem.record else ""
        lines.append(f"{place}: {warning}{record}{problem.what}\n    {problem.remedy}")
    return "\n".join(lines)
