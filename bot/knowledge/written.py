"""A record together with where it stands, so that a rule can point at its line."""

from dataclasses import dataclass

from bot.knowledge.model import AnyRecord
from bot.knowledge.problem import Place, Problem, Severity
from bot.knowledge.source import Document


@dataclass(frozen=True, slots=True)
class Written:
    """A record with where it stands.

    Attributes:
        kind: the key of `KINDS` it stands under.
        path: the steps from the top of the file to it.
    """

    record: AnyRecord
    kind: str
    document: Document
    path: tuple[int | str, ...]

    @property
    def name(self) -> str:
        """How problems call it."""
        return f"{self.kind} {self.record.id}"

    def place(self, *steps: int | str) -> Place:
        """Say where one of its fields stands."""
        return self.document.place((*self.path, *steps))

    def said_place(self, *steps: int | str) -> str:
        """Say it as "event.yaml:11"."""
        place = self.place(*steps)
        return f"{place.file.name}:{place.line}"

    def error(self, what: str, remedy: str, *steps: int | str) -> Problem:
        """Report what keeps the folder from being loaded."""
        return Problem(self.place(*steps), what, remedy, Severity.ERROR, self.name)

    def warning(self, what: str, remedy: str, *steps: int | str) -> Problem:
        """Report what should be mended but keeps nothing from working."""
        return Problem(self.place(*steps), what, remedy, Severity.WARNING, self.name)
