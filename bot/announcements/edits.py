"""What an edit of the YAML means to visitors: one draft for all of it, and what is no move.

Misprints alarm nobody. Rooms that are only called otherwise move nothing, whether the record got
another name or the sessions another record. What is over is not told.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.announcements.news import folded
from bot.knowledge.changes import (
    Cancelled,
    Change,
    Gone,
    HoursChanged,
    PlaceChanged,
    Renamed,
    Restored,
    TextChanged,
)
from bot.knowledge.dated import saved_under
from bot.knowledge.differences import differences
from bot.knowledge.model import Knowledge
from bot.knowledge.standing import Made


@dataclass(frozen=True, slots=True)
class Edit:
    """What an edit changed.

    Attributes:
        told: what visitors are to be told, in one message.
        renamed: rooms that are called otherwise, as pairs of ids, and are the same rooms.
        rings: rooms that swapped what takes place in them, each ring as ids in its order.
        revived: cancelled in chat, and planned again by the file; they stay cancelled.
    """

    told: tuple[Change, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()
    rings: tuple[tuple[str, ...], ...] = ()
    revived: tuple[Restored, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Say whether there is nothing for anybody to decide."""
        return not (self.told or self.revived)


def edit_of(before: Knowledge, after: Knowledge, now: dt.datetime) -> Edit:
    """Say what an edit means.

    Args:
        before: the fair that organizers were shown last, with what was changed in chat.
        after: as it is now, with what was changed in chat.
        now: what is over by then is told to nobody.
    """
    found = folded(differences(before, after))
    renamed = _renamed_rooms(found, before, after)
    names = dict(renamed)
    moves = [
        one
        for one in found
        if isinstance(one, PlaceChanged) and one.old != one.new and names.get(one.old) != one.new
    ]
    told = tuple(one for one in found if _is_told(one, names, before, after, now))
    kept = tuple((one.record, one.record) for one in found if _is_room(one, after))
    return Edit(told, (*renamed, *kept), _rings(moves))


def revived_by(
    made: Iterable[Made], old_yaml: Knowledge, new_yaml: Knowledge
) -> tuple[Restored, ...]:
    """List what was cancelled in chat and was edited in the file since, where it is planned.

    Args:
        made: the changes that hold.
        old_yaml: what the YAML said, without any change made in chat.
        new_yaml: what it says now.
    """
    last = {one.change.record: one.change for one in made if _is_about_being_on(one.change)}
    edited = differences(old_yaml, new_yaml)
    touched = {one.record for one in edited if not isinstance(one, TextChanged)}
    return tuple(
        Restored(key)
        for key, change in last.items()
        if isinstance(change, Cancelled) and key in touched and _is_planned(key, new_yaml)
    )


def _is_about_being_on(change: Change) -> bool:
    return isinstance(change, Cancelled | Restored)


def _is_planned(key: str, knowledge: Knowledge) -> bool:
    saved = saved_under(key, knowledge)
    return saved is not None and saved.is_on


def _renamed_rooms(
    found: Sequence[Change], before: Knowledge, after: Knowledge
) -> tuple[tuple[str, str], ...]:
    """Find rooms whose record was replaced by another one, with all that takes place there."""
    goes_to: defaultdict[str, set[str]] = defaultdict(set)
    for one in found:
        if isinstance(one, PlaceChanged):
            goes_to[one.old].add(one.new)
    pairs = [(old, next(iter(new))) for old, new in goes_to.items() if len(new) == 1]
    news = [new for _, new in pairs]
    return tuple(
        (old, new)
        for old, new in pairs
        if old not in after.places and new not in before.places and news.count(new) == 1
    )


def _is_told(
    change: Change,
    names: dict[str, str],
    before: Knowledge,
    after: Knowledge,
    now: dt.datetime,
) -> bool:
    match change:
        case TextChanged():
            return False
        case PlaceChanged(old=old, new=new):
            if old == new or names.get(old) == new:
                return False
        case Renamed(record=record) if record in after.places:
            return False
        case HoursChanged():
            ends = [span.end for span in (change.old, change.new) if span]
            return max(ends).replace(tzinfo=after.event.zone) > now
        case Gone(span=span):
            zone = after.event.zone
            return span is None or span.end.replace(tzinfo=zone) > now
        case _:
            pass
    saved = saved_under(change.record, after) or saved_under(change.record, before)
    if saved is None:
        return True
    is_over = saved.end is not None and saved.end <= now
    is_off = not saved.is_on and not isinstance(change, Cancelled)
    return not is_over and not is_off


def _is_room(change: Change, after: Knowledge) -> bool:
    return isinstance(change, Renamed) and change.record in after.places


def _rings(moves: Sequence[PlaceChanged]) -> tuple[tuple[str, ...], ...]:
    goes_to: dict[str, str] = {}
    for one in moves:
        if goes_to.setdefault(one.old, one.new) != one.new:
            # What took place in one room goes to several: that is no exchange of rooms.
            goes_to[one.old] = ""
    rings: list[tuple[str, ...]] = []
    seen: set[str] = set()
    for start in goes_to:
        path: list[str] = []
        at = start
        while at in goes_to and at not in seen:
            seen.add(at)
            path.append(at)
            at = goes_to[at]
        if at in path:
            rings.append(tuple(path[path.index(at) :]))
    return tuple(rings)
