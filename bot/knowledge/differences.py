"""What changed for visitors between two states of the fair, for edits of the YAML."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

from rapidfuzz.distance import OSA

from bot.knowledge.changes import (
    Added,
    Cancelled,
    Change,
    DateAdded,
    Gone,
    HoursChanged,
    Joined,
    PlaceChanged,
    Renamed,
    Restored,
    SeatsChanged,
    Span,
    SpeakersChanged,
    StandsChanged,
    TextChanged,
    TimeChanged,
    hours_key,
)
from bot.knowledge.dated import key_of
from bot.knowledge.model import (
    Exhibitor,
    Knowledge,
    LocalText,
    Place,
    Record,
    Series,
    Session,
    Status,
)
from bot.knowledge.occurrences import Occurrence, occurrences, session_end, session_start
from bot.knowledge.standing import hours_on
from bot.language.tokens import tokenize

_MISPRINT_FROM = 5
"""Signs from which on a word with one other letter is the same word, misprinted."""

R = TypeVar("R", bound=Record)


def differences(old: Knowledge, new: Knowledge) -> tuple[Change, ...]:
    """List what is otherwise in `new`: what is gone first, then what changed, then what is new."""
    changes = (
        *_compared(old.places, new.places, _of_place),
        *_compared(old.exhibitors, new.exhibitors, _of_exhibitor),
        *_compared(old.sessions, new.sessions, lambda a, b: _of_session(a, b, old, new)),
        *_compared(old.series, new.series, lambda a, b: _of_series(a, b, old, new)),
    )
    gone = (*_gone_sessions(old, new), *_gone(old.series, new.series))
    added = (Added(one) for one in new.sessions.values() if one.id not in old.sessions)
    came = (
        Joined(one.id, one.name, one.stands)
        for one in new.exhibitors.values()
        if one.id not in old.exhibitors
    )
    left = _gone(old.exhibitors, new.exhibitors)
    return (*gone, *left, *_hours(old, new), *changes, *added, *came)


def is_misprint(old: str, new: str) -> bool:
    """Say whether two texts differ only in how they are typed, or by misprints in long words."""
    olds = [token.text for token in tokenize(old)]
    news = [token.text for token in tokenize(new)]
    return len(olds) == len(news) and all(map(_is_same_word, olds, news))


def _is_same_word(old: str, new: str) -> bool:
    if old == new:
        return True
    if min(len(old), len(new)) < _MISPRINT_FROM or not (old + new).isalpha():
        return False
    return OSA.distance(old, new, score_cutoff=1) == 1


def _compared(
    olds: Mapping[str, R], news: Mapping[str, R], compare: Callable[[R, R], Iterator[Change]]
) -> Iterator[Change]:
    for record_id, new in news.items():
        old = olds.get(record_id)
        if old is not None and old != new:
            yield from compare(old, new)


def _of_place(old: Place, new: Place) -> Iterator[Change]:
    yield from _renamed(new.id, old.name, new.name)
    yield from _otherwise(old, new, {"name"})


def _of_exhibitor(old: Exhibitor, new: Exhibitor) -> Iterator[Change]:
    if old.stands != new.stands:
        yield StandsChanged(new.id, old.stands, new.stands)
    yield from _renamed(new.id, old.name, new.name)
    yield from _otherwise(old, new, {"stands", "name"})


def _of_session(
    old: Session, new: Session, before: Knowledge, after: Knowledge
) -> Iterator[Change]:
    if old.place != new.place:
        yield PlaceChanged(new.id, old.place, new.place)
    was, now = span_of_session(old, before), span_of_session(new, after)
    if was != now:
        yield TimeChanged(new.id, was, now, _delay(old, new))
    if _is_off(old) != _is_off(new):
        yield _cancelled(new, after) if _is_off(new) else Restored(new.id)
    if old.speakers != new.speakers:
        yield SpeakersChanged(new.id, old.speakers, new.speakers)
    if old.registration.full != new.registration.full:
        yield SeatsChanged(new.id, new.registration.full)
    yield from _renamed(new.id, old.title, new.title)
    covered = {"place", "date", "start", "end", "end_date", "delay_min", "status", "speakers"}
    yield from _otherwise(old, new, covered | {"title"}, {"full"})


def _of_series(old: Series, new: Series, before: Knowledge, after: Knowledge) -> Iterator[Change]:
    if old.place != new.place:
        yield PlaceChanged(new.id, old.place, new.place)
    if old.registration.full != new.registration.full:
        yield SeatsChanged(new.id, new.registration.full)
    yield from _renamed(new.id, old.title, new.title)
    was = {one.planned: one for one in occurrences(old, before.event.zone)}
    now = {one.planned: one for one in occurrences(new, after.event.zone)}
    for day, one in was.items():
        if day not in now:
            yield Gone(key_of(old.id, day), old.title, _span(one))
    for day, one in now.items():
        key = key_of(new.id, day)
        if day in was:
            yield from _of_date(key, was[day], one, old, new)
        else:
            yield DateAdded(key, _span(one))
            as_added = Occurrence(one.start, one.end, day, new.place)
            yield from _of_date(key, as_added, one, old, new, is_new=True)
    covered = {"place", "title", "rule", "extra_dates", "except_dates", "moved"}
    yield from _otherwise(old, new, covered | {"cancelled_dates", "full_dates"}, {"full"})


def _of_date(
    key: str, was: Occurrence, now: Occurrence, old: Series, new: Series, *, is_new: bool = False
) -> Iterator[Change]:
    # Where the series as a whole has moved, each date without its own place has moved with it.
    kept = () if is_new else old.moved
    own = next((one.place for one in kept if one.from_ == was.planned), None)
    expected = own or new.place
    if now.place != expected:
        yield PlaceChanged(key, was.place, now.place)
    if _span(was) != _span(now):
        yield TimeChanged(key, _span(was), _span(now))
    if was.is_on != now.is_on:
        yield Restored(key) if now.is_on else Cancelled(key)
    is_full = now.planned in new.full_dates
    was_full = not is_new and was.planned in old.full_dates
    if is_full != was_full:
        yield SeatsChanged(key, is_full)


def _cancelled(session: Session, knowledge: Knowledge) -> Cancelled:
    instead = (one.id for one in knowledge.sessions.values() if one.replaces == session.id)
    return Cancelled(session.id, replacement=next(instead, None))


def _renamed(record_id: str, old: LocalText, new: LocalText) -> Iterator[Change]:
    if old == new:
        return
    pairs = [(text, new.given(language)) for language, text in old.all()]
    # A translation that was added or taken out is no other name.
    if all(now is None or is_misprint(text, now) for text, now in pairs):
        yield TextChanged(record_id)
    else:
        yield Renamed(record_id, old, new)


def _otherwise(
    old: Record, new: Record, covered: set[str], of_registration: set[str] | None = None
) -> Iterator[Change]:
    """Say that something else about a record was changed, if it was."""
    left_out: dict[str, Any] = dict.fromkeys(covered, True)
    if of_registration:
        left_out["registration"] = of_registration
    if old.model_dump(exclude=left_out) != new.model_dump(exclude=left_out):
        yield TextChanged(new.id)


def _gone_sessions(old: Knowledge, new: Knowledge) -> Iterator[Change]:
    for one in old.sessions.values():
        if one.id not in new.sessions:
            yield Gone(one.id, one.title, span_of_session(one, old))


def _gone(
    olds: Mapping[str, Exhibitor] | Mapping[str, Series], news: Mapping[str, object]
) -> Iterator[Change]:
    for one in olds.values():
        if one.id in news:
            continue
        if isinstance(one, Exhibitor):
            yield Gone(one.id, one.name, is_exhibitor=True)
        else:
            yield Gone(one.id, one.title)


def _hours(old: Knowledge, new: Knowledge) -> Iterator[Change]:
    if old.event.id != new.event.id:
        return
    days = {one.date for one in (*old.event.hours, *new.event.hours)}
    for day in sorted(days):
        was, now = hours_on(day, old), hours_on(day, new)
        if was != now:
            yield HoursChanged(hours_key(new.event.id, day), was, now)


def span_of_session(session: Session, knowledge: Knowledge) -> Span:
    """Say when a session really takes place, its delay included."""
    zone = knowledge.event.zone
    return Span(_local(session_start(session, zone)), _local(session_end(session, zone)))


def _span(one: Occurrence) -> Span:
    return Span(_local(one.start), _local(one.end))


def _local(moment: dt.datetime) -> dt.datetime:
    return moment.replace(tzinfo=None)


def _delay(old: Session, new: Session) -> int:
    """Say by how much it is later than before, where it is a delay and no other plan."""
    planned_alike = (old.date, old.start, old.end, old.end_date) == (
        new.date,
        new.start,
        new.end,
        new.end_date,
    )
    return max(0, new.delay_min - old.delay_min) if planned_alike else 0


def _is_off(session: Session) -> bool:
    return session.status is Status.CANCELLED
