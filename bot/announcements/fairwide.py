"""Changes of the whole fair in words: opening hours; exhibitors who come, and who will not."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.knowledge.changes import Change, Gone, HoursChanged, Joined
from bot.knowledge.was import said_stands
from bot.language.catalog import say
from bot.language.said import say_date, say_range

if TYPE_CHECKING:
    from bot.announcements.wording import Wording

NAMED = 10
"""Exhibitors in one line; whoever wants to see more looks at the list."""


def is_of_exhibitors(change: Change) -> bool:
    """Say whether somebody comes to the fair, or will not be there."""
    return isinstance(change, Joined) or (isinstance(change, Gone) and change.is_exhibitor)


def is_fairwide(change: Change) -> bool:
    """Say whether a change is about no point of the programme, but about the fair."""
    return isinstance(change, HoursChanged) or is_of_exhibitors(change)


def said_fairwide(change: HoursChanged | Joined | Gone, wording: "Wording") -> str:
    """Say one change of the whole fair."""
    if isinstance(change, HoursChanged):
        return _said_hours(change, wording)
    return " ".join(said_exhibitors((change,), wording))


def _said_hours(change: HoursChanged, wording: "Wording") -> str:
    """Say when a day opens and closes now, and when it was to."""
    language = wording.language
    day = say_date(change.day, language)
    old = say_range(change.old.start, change.old.end) if change.old else ""
    new = say_range(change.new.start, change.new.end) if change.new else ""
    key = "change_hours" if old and new else "change_hours_new" if new else "change_hours_none"
    return say(language, key, day=day, old=old, new=new)


def said_exhibitors(changes: Sequence[Change], wording: "Wording") -> tuple[str, ...]:
    """Say who comes in one line, and who will not be there in another."""
    came = [
        f"{wording.text(one.name)} ({said_stands(one.stands, wording.language)})"
        if one.stands
        else wording.text(one.name)
        for one in changes
        if isinstance(one, Joined)
    ]
    left = [wording.text(one.name) for one in changes if isinstance(one, Gone) and one.is_exhibitor]
    told = (("change_joined", came), ("change_left", left))
    return tuple(
        say(wording.language, f"{key}_many" if len(names) > 1 else key, names=_listed(names))
        for key, names in told
        if names
    )


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:NAMED]) + (" …" if len(names) > NAMED else "")
