"""Lost and found: the thing in three languages, and nothing by which a stranger could claim it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from bot.knowledge.model import LocalText
from bot.language.phrases import PhraseBook

_FILE = Path(__file__).with_name("things.yaml")


@dataclass(frozen=True, slots=True)
class _Things:
    names: MappingProxyType[str, LocalText]
    book: PhraseBook


def thing_in(words: Sequence[str]) -> LocalText | None:
    """Find what sort of thing some folded words are about; `None` where it is none we know.

    Only the sort is told: the owner is asked for the colour and for what is in it.
    """
    things = _things()
    found = things.book.find(words)
    return things.names[found[0].name] if found else None


@cache
def _things() -> _Things:
    # The base loader takes everything as text: "no" is a word here, and no `False`.
    text = _FILE.read_text(encoding="utf-8")
    raw: list[dict[str, Any]] = yaml.load(text, yaml.CBaseLoader)  # noqa: S506 - makes texts only
    names = {one["pl"]: LocalText(pl=one["pl"], en=one["en"], uk=one["uk"]) for one in raw}
    return _Things(MappingProxyType(names), PhraseBook({one["pl"]: one["words"] for one in raw}))
