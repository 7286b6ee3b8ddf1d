"""Loads the phrases that the bot recognises by itself: YAML beside this file, four languages."""

from functools import cache
from pathlib import Path

from bot.language.fold import fold
from bot.language.phrases import Met, PhraseBook, load_phrases

__all__ = ["Met", "PhraseBook", "phrase_book", "words_of"]

_FOLDER = Path(__file__).parent


@cache
def phrase_book(file: str) -> PhraseBook:
    """Load `<file>.yaml`: a name, then a list of phrases for all languages."""
    return PhraseBook(load_phrases(_FOLDER / f"{file}.yaml"))


@cache
def words_of(file: str) -> frozenset[str]:
    """Load `<file>.yaml` as a set of single words."""
    said = load_phrases(_FOLDER / f"{file}.yaml")
    return frozenset(fold(word) for words in said.values() for word in words)
