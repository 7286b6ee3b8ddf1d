"""Finds in a visitor's own words that they want to know what changed."""

from enum import StrEnum

from bot.dialogue.phrases import phrase_book
from bot.language.tokens import tokenize

_LONGEST = 120


class Asked(StrEnum):
    """Which changes somebody asks for."""

    NEW = "new"
    ALL = "all"


def asked_in(text: str) -> Asked | None:
    """Say which changes the words ask for; `None` if they are about anything else."""
    if not text or len(text) > _LONGEST:
        return None
    words = tuple(token.text for token in tokenize(text))
    met = phrase_book("news").find(words)
    covered = {n for one in met for n in range(one.start, one.end)}
    if len(covered) < len(words):
        return None
    names = {one.name for one in met}
    if "all" in names or {"news", "whole"} <= names:
        return Asked.ALL
    return Asked.NEW if "news" in names else None
