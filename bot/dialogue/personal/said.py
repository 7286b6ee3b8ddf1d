"""Finds in a visitor's own words what is wished of their programme."""

from dataclasses import dataclass

from bot.dialogue.phrases import Met, phrase_book
from bot.language.tokens import tokenize

_WITH_A_RECORD = ("save", "remind")
_LONGEST = 200
_COVERING = ("stop", "choices", "calendar", "no_reminders", "export", "plan", "unsave")
"""In the order in which they win; those that must be all that was said come first."""
_FREE = frozenset({"plan", "export", "no_reminders", "unsave"})
"""Precise enough to hold with other words beside them."""


@dataclass(frozen=True, slots=True)
class Said:
    """A wish for one's own programme.

    Attributes:
        what: the phrase's name.
        rest: the words that say what it is about; "" where nothing, or "this", was named.
    """

    what: str
    rest: str = ""


def said_in(text: str) -> Said | None:
    """Find the wish; `None` where the words are about something else."""
    if len(text) > _LONGEST:
        return None
    tokens = tokenize(text)
    words = tuple(token.text for token in tokens)
    found = phrase_book("personal").find(words)
    pointing = {n for met in found if met.name == "this" for n in range(met.start, met.end)}
    for name in _COVERING:
        met = next((one for one in found if one.name == name), None)
        if met and (name in _FREE or _covers(met, words, pointing)):
            return Said(name)
    beginning = [one for one in found if one.name in _WITH_A_RECORD and one.start == 0]
    if not beginning:
        return None
    longest = max(beginning, key=lambda one: one.end)
    rest = tokens[longest.end :]
    if any(met.name == "person" and met.start == longest.end for met in found):
        return None
    if all(n in pointing for n in range(longest.end, len(words))):
        return Said(longest.name)
    return Said(longest.name, text[rest[0].start :])


def _covers(met: Met, words: tuple[str, ...], pointing: set[int]) -> bool:
    return all(met.start <= n < met.end or n in pointing for n in range(len(words)))
