"""Notices that somebody needs help now: first of all, and whatever else a message holds.

Only precise phrases raise the alarm. "Szkolenie straży pożarnej" is a subject,
"gdzie jest punkt medyczny" is a place; both are answered as such.
"""

from collections.abc import Sequence

from bot.dialogue.phrases import Met, phrase_book
from bot.dialogue.reading import LONGEST
from bot.language.tokens import tokenize

_MAYBE, _ALONE = "_maybe", "_alone"
# Two things at once: the child or the fire is what the rescue asks about first.
_ORDER = ("fire", "child", "medical")


def alarm_in(text: str) -> str | None:
    """Say what happened by a text as it was typed: "fire", "child" or "medical"; `None` if not."""
    return _alarm([token.text for token in tokenize(text[:LONGEST])])


def is_plea(text: str) -> bool:
    """Say whether an alarm is only "potrzebuję pomocy", which may ask for support as well."""
    words = [token.text for token in tokenize(text[:LONGEST])]
    pleas = [met for met in phrase_book("calm").find(words) if met.name == "plea"]
    return all(
        alarm.name.endswith(_MAYBE)
        and any(plea.start <= alarm.start and alarm.end <= plea.end for plea in pleas)
        for alarm in _alarms(words)
    )


def _alarms(words: Sequence[str]) -> list[Met]:
    """Find what tells of danger; "help me" only where nothing else is said."""
    return [
        met
        for met in phrase_book("emergencies").find(words)
        if not met.name.endswith(_ALONE) or (met.start, met.end) == (0, len(words))
    ]


def _alarm(words: Sequence[str]) -> str | None:
    found = {met.name.removesuffix(_ALONE) for met in _alarms(words)}
    if not found:
        return None
    calm = {met.name for met in phrase_book("calm").find(words)}
    if "lesson" in calm:
        return None
    if "other" in calm:
        found = {name for name in found if not name.endswith(_MAYBE)}
    kinds = {name.removesuffix(_MAYBE) for name in found}
    return next((kind for kind in _ORDER if kind in kinds), None)
