"""Which session, or which date of a training, an organizer means."""

import datetime as dt
from collections.abc import Collection, Sequence

from bot.announcements.orders.model import Missing, Option, Unclear
from bot.knowledge.dated import Saved, key_of, saved_under
from bot.knowledge.model import Knowledge, LocalText
from bot.knowledge.occurrences import occurrences
from bot.language.said import say_date, say_day, say_range
from bot.language.times import TimeKind, TimeReading
from bot.language.tokens import tokenize
from bot.matching.results import Hit
from bot.matching.snapshot import Snapshot
from bot.matching.vocabulary import How
from bot.messaging.languages import Language

NAMES = frozenset({"name", "alias"})
"""The fields of an entry that say what it is called."""

_SAID_FOR_IT = NAMES | {"topic"}
_KINDS = frozenset({"sessions", "series"})
_KNOWN = 0.3
_CLOSE = 0.75
_NEAR = 0.5
_OPTIONS = 6
_DAYS = (TimeKind.DAY, TimeKind.DAY_PART)


def which(
    subject: str,
    snapshot: Snapshot,
    now: dt.datetime,
    times: Sequence[TimeReading] = (),
    *,
    place: str = "",
    is_over_too: bool = False,
) -> str | Unclear:
    """Find the key of what is meant.

    Args:
        subject: the words that name it; "" where none do.
        snapshot: the fair.
        now: what is over by then is not meant.
        times: that the text tells; the start or day of what is meant may be among them.
        place: the id of a place where it is by now, if that was told.
        is_over_too: what is over may be meant as well.
    """
    knowledge = snapshot.knowledge
    ids = _named(subject, snapshot) if subject else list(knowledge.sessions)
    is_named = bool(subject and ids)
    found = [one for each in ids for one in _dates(each, knowledge, now, is_over_too=is_over_too)]
    if is_named:
        found = _sessions_first(found, ids)
    narrowed = _narrowed(found, times, place)
    if len(narrowed) == 1 and (is_named or len(narrowed) < len(found)):
        return narrowed[0].key
    if not is_named and subject:
        return Unclear(
            Missing.SESSION, options_for(_coming(knowledge, now), knowledge, now), said=subject
        )
    series = {one.record.id for one in narrowed}
    if len(series) == 1 and len(narrowed) > 1:
        return Unclear(
            Missing.DATE, options_for(narrowed, knowledge, now), about=narrowed[0].record.id
        )
    if not narrowed:
        return Unclear(
            Missing.SESSION, options_for(_coming(knowledge, now), knowledge, now), said=subject
        )
    firsts = {one.record.id: one for one in reversed(narrowed)}
    several = [one for one in narrowed if firsts[one.record.id] is one]
    # Nothing was named: all that comes is offered. Otherwise only what it may be.
    return Unclear(
        Missing.SESSION, options_for(several, knowledge, now), said="" if is_named else subject
    )


def key_given(answer: str, snapshot: Snapshot, now: dt.datetime) -> str | Unclear:
    """Read the answer to a question back: a key, a record's id, or words."""
    saved = saved_under(answer, snapshot.knowledge)
    if saved is None:
        return which(answer, snapshot, now)
    if saved.start is not None:
        return saved.key
    dates = _dates(saved.record.id, snapshot.knowledge, now)
    if len(dates) == 1:
        return dates[0].key
    options = options_for(dates, snapshot.knowledge, now)
    return Unclear(Missing.DATE, options, about=saved.record.id)


def options_for(
    found: Sequence[Saved], knowledge: Knowledge, now: dt.datetime
) -> tuple[Option, ...]:
    """Offer some sessions or dates to choose from, each with its time."""
    is_one = len({one.record.id for one in found}) == 1 and all("@" in one.key for one in found)
    return tuple(
        Option(one.key, _label(one, knowledge, now, with_name=not is_one))
        for one in found[:_OPTIONS]
    )


def _named(subject: str, snapshot: Snapshot) -> list[str]:
    """List what the words may name; nothing far less likely than the first."""
    ranking = snapshot.index.rank(subject, kinds=_KINDS, limit=10)
    if not ranking.hits or ranking.hits[0].score < _KNOWN:
        return []
    best = ranking.hits[0].score
    # A point of the fair's own programme is meant more often than a training elsewhere.
    least = {"sessions": best * _NEAR, "series": best * _CLOSE}
    if ranking.hits[0].kind == "sessions":
        least["sessions"] = best * _CLOSE
    return [
        hit.id
        for hit in ranking.hits
        if hit.score >= least[hit.kind] or _is_meant_alike(hit, ranking.hits[0])
    ]


def _is_meant_alike(hit: Hit, best: Hit) -> bool:
    """Say whether only the same notion leads to both: "zamknięcie" to the opening and the end."""
    met = {(match.met, match.field) for match in best.matches if match.field in NAMES}
    by_notion = all(match.how is How.CONCEPT for match in (*hit.matches, *best.matches))
    return by_notion and bool(met) and {(one.met, one.field) for one in hit.matches} >= met


def names_only(subject: str, snapshot: Snapshot) -> bool:
    """Say whether some words name points of the programme, and not one names anything else."""
    hits = snapshot.index.rank(subject, kinds=_KINDS, limit=1).hits if subject else ()
    met = {match.word for hit in hits for match in hit.matches if match.field in _SAID_FOR_IT}
    words = [token.text for token in tokenize(subject)]
    return bool(words) and hits[:1] != () and all(word in met for word in words)


def _sessions_first(found: list[Saved], ids: Collection[str]) -> list[Saved]:
    """Leave out trainings where the words name points of the programme alike or better."""
    first = next((each for each in ids if any(one.record.id == each for one in found)), "")
    if first and any(one.key == first for one in found):
        return [one for one in found if "@" not in one.key]
    return found


def _dates(
    record_id: str, knowledge: Knowledge, now: dt.datetime, *, is_over_too: bool = False
) -> list[Saved]:
    series = knowledge.series.get(record_id)
    keys = [record_id]
    if series is not None:
        zone = knowledge.event.zone
        keys = [key_of(record_id, date.planned) for date in occurrences(series, zone)]
    found = (saved_under(key, knowledge) for key in keys)
    return [
        one for one in found if one and one.start and one.end and (is_over_too or one.end > now)
    ]


def _coming(knowledge: Knowledge, now: dt.datetime) -> list[Saved]:
    found = [one for each in knowledge.sessions for one in _dates(each, knowledge, now)]
    return sorted((one for one in found if one.is_on), key=lambda one: (one.start, one.key))


def _narrowed(found: list[Saved], times: Sequence[TimeReading], place: str) -> list[Saved]:
    """Keep what begins at a time that was told, is on such a day, or is in such a place."""
    if place and any(one.place and one.place.id == place for one in found):
        found = [one for one in found if one.place and one.place.id == place]
    starts = {time.start for time in times if time.kind in (TimeKind.MOMENT, TimeKind.RANGE)}
    starts |= {other for time in times for other in time.alternatives}
    clock = {moment.time() for moment in starts}
    if at_time := [one for one in found if one.start and one.start.time() in clock]:
        found = at_time
    days = {time.start.date() for time in times if time.has_day or time.kind in _DAYS}
    on_day = [one for one in found if one.start and one.start.date() in days]
    return on_day or found


def _label(one: Saved, knowledge: Knowledge, now: dt.datetime, *, with_name: bool) -> LocalText:
    zone = knowledge.event.zone
    assert one.start is not None  # noqa: S101 - only what has a time is offered
    assert one.end is not None  # noqa: S101
    start, end = one.start.astimezone(zone), one.end.astimezone(zone)
    today = now.astimezone(zone).date()

    def said(language: Language) -> str:
        span = say_range(start, end)
        name = one.name.in_language(language)
        if not with_name:
            return f"{say_day(start.date(), today, language)}, {span}"
        day = "" if start.date() == today else f"{say_date(start.date(), language)}, "
        return f"{day}{start:%H:%M} {name}"

    return LocalText(pl=said(Language.PL), en=said(Language.EN), uk=said(Language.UK))
