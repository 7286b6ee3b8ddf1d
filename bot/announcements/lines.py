"""A change in one line, as it stands in a list of news and in a draft."""

from typing import assert_never

from bot.knowledge.changes import (
    Added,
    Cancelled,
    Change,
    DateAdded,
    Gone,
    PlaceChanged,
    Renamed,
    Restored,
    SeatsChanged,
    Span,
    SpeakersChanged,
    StandsChanged,
    TextChanged,
    TimeChanged,
)
from bot.knowledge.dated import saved_under
from bot.knowledge.model import Knowledge
from bot.knowledge.was import said_stands
from bot.language.catalog import say
from bot.language.said import say_date, say_range, say_time
from bot.messaging.languages import Language


def line_of(change: Change, knowledge: Knowledge, language: Language) -> str:
    """Say what changed.

    Args:
        change: made already in `knowledge`, or not yet.
        knowledge: where names are looked up.
        language: the reader's.

    Returns:
        One line without a full stop; "" for what is told to nobody.
    """
    title = title_of(change, knowledge, language)
    match change:
        case PlaceChanged() | TimeChanged() | StandsChanged() | Renamed():
            return _otherwise(change, title, knowledge, language)
        case Cancelled():
            return _cancelled(change, title, knowledge, language)
        case Restored(record=key):
            when = _when_of(key, knowledge, language)
            return say(language, "news_restored", title=title, when=when)
        case SpeakersChanged():
            return _speakers(change, title, knowledge, language)
        case Added() | DateAdded():
            return _added(change, title, knowledge, language)
        case SeatsChanged(is_full=is_full):
            return say(language, "news_full" if is_full else "news_seats", title=title)
        case Gone(span=span):
            when = said_span(span, language) if span else ""
            return say(language, "news_gone_dated" if span else "news_gone", title=title, when=when)
        case TextChanged():
            return ""
        case _:
            assert_never(change)


def title_of(change: Change, knowledge: Knowledge, language: Language) -> str:
    """Say what it is about; its id where nothing else is known."""
    match change:
        case Added(session):
            return session.title.in_language(language)
        case Gone(name=name):
            return name.in_language(language)
        case _:
            key = change.record
            saved = saved_under(key, knowledge) or saved_under(key.partition("@")[0], knowledge)
            return saved.name.in_language(language) if saved else key


def place_name(place_id: str, knowledge: Knowledge, language: Language) -> str:
    """Say what a place is called, with its floor."""
    place = knowledge.places.get(place_id)
    if place is None:
        return place_id
    told = [text.in_language(language) for text in (place.name, place.floor) if text]
    return ", ".join(told)


def said_span(span: Span, language: Language) -> str:
    """Say when: "piątek, 1 grudnia, 14:00–15:00"."""
    return f"{say_date(span.start.date(), language)}, {say_range(span.start, span.end)}"


def _otherwise(
    change: PlaceChanged | TimeChanged | StandsChanged | Renamed,
    title: str,
    knowledge: Knowledge,
    language: Language,
) -> str:
    match change:
        case PlaceChanged(old=old, new=new):
            before, now = (place_name(one, knowledge, language) for one in (old, new))
        case StandsChanged(old=old_stands, new=new_stands):
            before, now = (said_stands(one, language) for one in (old_stands, new_stands))
        case TimeChanged():
            return _time(change, title, language)
        case Renamed(old=old_name, new=new_name):
            names = {"old": old_name.in_language(language), "new": new_name.in_language(language)}
            return say(language, "news_renamed", **names)
        case _:
            assert_never(change)
    return say(language, "news_now_before", title=title, now=now, before=before)


def _time(change: TimeChanged, title: str, language: Language) -> str:
    old, new = change.old, change.new
    if change.delay_min:
        now, before = say_time(new.start), say_time(old.start)
        return say(language, "news_delay", title=title, now=now, before=before)
    if old.start.date() == new.start.date():
        now, before = say_range(new.start, new.end), say_range(old.start, old.end)
    else:
        now, before = said_span(new, language), said_span(old, language)
    return say(language, "news_now_before", title=title, now=now, before=before)


def _cancelled(change: Cancelled, title: str, knowledge: Knowledge, language: Language) -> str:
    when = _when_of(change.record, knowledge, language)
    key = "news_cancelled_dated" if when else "news_cancelled"
    parts = [say(language, key, title=title, when=when)]
    if change.reason:
        reason = change.reason.in_language(language)
        parts.append(say(language, "cancelled_because", reason=reason).rstrip("."))
    instead = saved_under(change.replacement, knowledge) if change.replacement else None
    if instead:
        other = instead.name.in_language(language)
        parts.append(say(language, "cancelled_instead", title=other).rstrip("."))
    return ". ".join(parts)


def _speakers(change: SpeakersChanged, title: str, knowledge: Knowledge, language: Language) -> str:
    told = dict(change.names)
    people = (knowledge.people.get(one) for one in change.new)
    names = [one.display_name for one in people if one and one.consent]
    names += [told[one] for one in change.new if one in told and one not in knowledge.people]
    if not names:
        return say(language, "news_speakers_only", title=title)
    return say(language, "news_speakers", title=title, names=", ".join(names))


def _added(change: Added | DateAdded, title: str, knowledge: Knowledge, language: Language) -> str:
    if isinstance(change, DateAdded):
        when = said_span(change.span, language)
        return say(language, "news_date_added", title=title, when=when)
    new = change.session
    when = f"{say_date(new.date, language)}, {say_range(new.start, new.end)}"
    place = place_name(new.place, knowledge, language)
    return say(language, "news_added", title=title, when=when, place=place)


def _when_of(key: str, knowledge: Knowledge, language: Language) -> str:
    saved = saved_under(key, knowledge)
    if saved is None or not (saved.start and saved.end):
        return ""
    return said_span(Span(saved.start, saved.end), language)
