"""What changes do to somebody's own programme: what is theirs, what clashes, what else there is."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from bot.knowledge.changes import Cancelled, Change, DateAdded, Restored, TimeChanged
from bot.knowledge.dated import Saved, by_time, key_of, saved_under
from bot.knowledge.model import Knowledge, Place, Series, Session
from bot.knowledge.occurrences import occurrences
from bot.language.fold import fold

_NEW_TIMES = (TimeChanged, Restored, DateAdded)
"""Changes after which something may be on at the same time that was not before."""


@dataclass(frozen=True, slots=True)
class Clash:
    """Two things of one programme that are on at the same time.

    Attributes:
        changed: what has come to lie there.
        minutes: how long both are on.
    """

    changed: Saved
    other: Saved
    minutes: int


def own(changes: Iterable[Change], keys: Collection[str]) -> tuple[Change, ...]:
    """Keep the changes that are about something in a programme."""
    records = {key.partition("@")[0] for key in keys if "@" in key}
    return tuple(one for one in changes if one.record in keys or one.record in records)


def clashes_of(
    changes: Iterable[Change], keys: Collection[str], knowledge: Knowledge
) -> tuple[Clash, ...]:
    """List what changed points of a programme clash with in it now; each pair once."""
    saved = by_time(keys, knowledge)
    found: dict[frozenset[str], Clash] = {}
    for change in changes:
        changed = saved_under(change.record, knowledge) if isinstance(change, _NEW_TIMES) else None
        for other in saved if changed else ():
            assert changed is not None  # noqa: S101 - there is nothing to go through otherwise
            if other.key != changed.key and changed.overlaps(other):
                clash = Clash(changed, other, _common_minutes(changed, other))
                found.setdefault(frozenset((changed.key, other.key)), clash)
    return tuple(found.values())


def instead_of(
    change: Change, keys: Collection[str], knowledge: Knowledge, now: dt.datetime
) -> Saved | None:
    """Find what could be taken instead: another date of the same series, a replacement, a repeat.

    Args:
        change: of something in the programme.
        keys: the programme; what lies free beside it comes before what clashes with it.
        knowledge: the fair as it is now.
        now: only what is still to begin is offered.
    """
    changed = saved_under(change.record, knowledge)
    if changed is None:
        return None
    wanted = [change.replacement] if isinstance(change, Cancelled) and change.replacement else []
    found = [saved_under(key, knowledge) for key in (*wanted, *_alike(changed, knowledge))]
    open_ones = [
        one
        for one in found
        if one
        and one.is_on
        and one.start
        and one.start > now
        and one.key not in keys
        and one.key != changed.key
        and not _has_no_seats(one)
    ]
    others = [one for one in by_time(keys, knowledge) if one.key != changed.key]
    free = [one for one in open_ones if not any(one.overlaps(other) for other in others)]
    return next(iter(free or open_ones), None)


def building_of(place: Place, knowledge: Knowledge) -> Place:
    """Give the place that a place is in at last."""
    seen = {place.id}
    while place.parent and place.parent not in seen:
        parent = knowledge.places.get(place.parent)
        if parent is None:
            break
        seen.add(parent.id)
        place = parent
    return place


def _alike(changed: Saved, knowledge: Knowledge) -> list[str]:
    """List the keys of what is the same again, the nearest first."""
    record = changed.record
    if isinstance(record, Series):
        dates = occurrences(record, knowledge.event.zone)
        return [key_of(record.id, date.planned) for date in dates]
    if not isinstance(record, Session):
        return []
    repeats = [
        other.id
        for other in knowledge.sessions.values()
        if other.id != record.id
        and (other.replaces == record.id or fold(other.title.pl) == fold(record.title.pl))
    ]
    return [one.key for one in by_time(repeats, knowledge)]


def _has_no_seats(one: Saved) -> bool:
    record = one.record
    if not isinstance(record, Session | Series):
        return False
    day = one.key.partition("@")[2]
    full_days = record.full_dates if isinstance(record, Series) else ()
    return record.registration.full or day in {each.isoformat() for each in full_days}


def _common_minutes(one: Saved, other: Saved) -> int:
    assert one.start is not None  # noqa: S101 - what overlaps has times
    assert one.end is not None  # noqa: S101
    assert other.start is not None  # noqa: S101
    assert other.end is not None  # noqa: S101
    common = min(one.end, other.end) - max(one.start, other.start)
    return round(common / dt.timedelta(minutes=1))
