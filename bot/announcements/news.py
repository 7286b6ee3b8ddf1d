"""What changed since a moment, folded: what was moved twice has moved once, and back is nothing."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from bot.knowledge.changes import (
    Cancelled,
    Change,
    Gone,
    HoursChanged,
    PlaceChanged,
    Renamed,
    Restored,
    SeatsChanged,
    SpeakersChanged,
    StandsChanged,
    TextChanged,
    TimeChanged,
)
from bot.knowledge.dated import saved_under
from bot.knowledge.model import Knowledge
from bot.knowledge.standing import Aspect, Made, aspect_of


def news(
    made: Iterable[Made], since: dt.datetime | None, knowledge: Knowledge, now: dt.datetime
) -> tuple[Change, ...]:
    """List what changed for somebody who looked last at a moment.

    Args:
        made: the changes that hold, the newest last.
        since: the moment, aware; `None` for who has not looked yet.
        knowledge: the fair as it is now.
        now: what is over by then is no news.

    Returns:
        One change for each thing and aspect, those that are next first.
    """
    new = (one.change for one in made if since is None or one.at > since)
    told = [one for one in folded(new) if _matters(one, knowledge, now)]
    return tuple(sorted(told, key=lambda one: _start_of(one, knowledge)))


def folded(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Make one change of all that follow each other; none where it is again as it was."""
    chains: dict[tuple[str, Aspect], list[Change]] = {}
    for one in changes:
        chains.setdefault((one.record, aspect_of(one)), []).append(one)
    joined = (_joined(chain) for chain in chains.values())
    return tuple(one for one in joined if one is not None)


def concerns(change: Change, saved: Collection[str]) -> bool:
    """Say whether a change is about something in a programme; of a series, about any date of it."""
    key = change.record
    return key in saved or any(one.partition("@")[0] == key for one in saved)


def _joined(chain: Sequence[Change]) -> Change | None:
    match chain[0], chain[-1]:
        case (PlaceChanged() as first, PlaceChanged() as last):
            return replace(last, old=first.old) if first.old != last.new else None
        case (TimeChanged() as first, TimeChanged() as last):
            # Late and late again is late; what was given another time meanwhile was moved.
            minutes = [one.delay_min for one in chain if isinstance(one, TimeChanged)]
            delay = sum(minutes) if all(minutes) else 0
            joined = replace(last, old=first.old, delay_min=delay)
            return joined if first.old != last.new else None
        case (SpeakersChanged() as first, SpeakersChanged() as last):
            return replace(last, old=first.old) if first.old != last.new else None
        case (StandsChanged() as first, StandsChanged() as last):
            return replace(last, old=first.old) if first.old != last.new else None
        case (Renamed() as first, Renamed() as last):
            return replace(last, old=first.old) if first.old != last.new else None
        case (SeatsChanged() as first, SeatsChanged() as last):
            return last if first.is_full == last.is_full else None
        case (HoursChanged() as first, HoursChanged() as last):
            return replace(last, old=first.old) if first.old != last.new else None
        case (Cancelled(), Restored()) | (Restored(), Cancelled()):
            return None
        case (_, last):
            return last


def _matters(change: Change, knowledge: Knowledge, now: dt.datetime) -> bool:
    if isinstance(change, TextChanged):
        return False
    if isinstance(change, Gone):
        zone = knowledge.event.zone
        return change.span is None or change.span.end.replace(tzinfo=zone) > now
    if isinstance(change, HoursChanged):
        ends = [span.end for span in (change.old, change.new) if span]
        return max(ends).replace(tzinfo=knowledge.event.zone) > now
    saved = saved_under(change.record, knowledge)
    if saved is None:
        # A place that is called otherwise; or a record that the YAML has no more.
        return change.record in knowledge.places
    if saved.end is not None and saved.end <= now:
        return False
    return saved.is_on or aspect_of(change) is Aspect.IS_ON


def _start_of(change: Change, knowledge: Knowledge) -> dt.datetime:
    saved = saved_under(change.record, knowledge)
    start = saved.start if saved else None
    return start or dt.datetime.max.replace(tzinfo=dt.UTC)
