"""What goes wrong and only a person can mend: told to the staff in their languages, to the log in
English."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from bot.language.catalog import say
from bot.messaging.languages import Language


@dataclass(frozen=True, slots=True)
class Trouble:
    """One trouble.

    Attributes:
        kind: the sentence is `trouble_<kind>` of the catalogue.
        values: what it is filled with; reasons are as the platform told them.
    """

    kind: str
    values: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))

    def said(self, language: Language) -> str:
        """Say it in a language."""
        return say(language, f"trouble_{self.kind}", **self.values)

    def __str__(self) -> str:
        """Say it as the log does."""
        return self.said(Language.EN)


Alert = Callable[[Trouble], Awaitable[None]]
"""Tells the staff what only a person can mend."""
