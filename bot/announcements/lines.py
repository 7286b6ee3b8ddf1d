"""A change in one line, as it stands in a list of news; in the words that messages use too."""

import datetime as dt
from typing import assert_never

from bot.announcements.fairwide import said_fairwide
from bot.announcements.wording import Wording
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
    SpeakersChanged,
    StandsChanged,
    TextChanged,
    TimeChanged,
)
from bot.knowledge.dated import saved_under
from bot.knowledge.model import Knowledge
from bot.knowledge.was import said_stands
from bot.language.catalog import say
from bot.language.said import say_range, say_time
from bot.messaging.languages import Language

_NEVER = dt.date.min
"""A list is read on any day: it names the day of everything."""


def line_of(change: Change, knowledge: Knowledge, language: Language) -> str:
    """Say what changed.

    Args:
        change: made already in `knowledge`, or not yet.
        knowledge: where names are looked up.
        language: the reader's.

    Returns:
        One line without a full stop; "" for what is told to nobody.
    """
    wording = Wording(language, knowledge, _NEVER)
    match change:
        case PlaceChanged() | TimeChanged() | StandsChanged() | Renamed():
            return _otherwise(change, wording)
        case HoursChanged() | Joined() | Gone(is_exhibitor=True):
            return said_fairwide(change, wording).rstrip(".")
        case Added() | DateAdded() | Gone():
            return _new_or_gone(change, wording)
        case Cancelled() | Restored() | SpeakersChanged() | SeatsChanged():
            return _still_there(change, wording)
        case TextChanged():
            return ""
        case _:
            assert_never(change)


def _otherwise(
    change: PlaceChanged | TimeChanged | StandsChanged | Renamed, wording: Wording
) -> str:
    language = wording.language
    match change:
        case PlaceChanged(old=old, new=new):
            before, now = wording.place(old), wording.place(new)
        case StandsChanged(old=old_stands, new=new_stands):
            before, now = (said_stands(one, language) for one in (old_stands, new_stands))
        case TimeChanged(old=was, new=span, delay_min=minutes):
            if minutes > 0:
                times = {"now": say_time(span.start), "before": say_time(was.start)}
                return say(language, "news_delay", title=wording.title_of_change(change), **times)
            says_day = was.start.date() != span.start.date()
            before, now = (
                wording.when(one) if says_day else say_range(one.start, one.end)
                for one in (was, span)
            )
        case Renamed(old=old_name, new=new_name):
            names = {"old": wording.text(old_name), "new": wording.text(new_name)}
            return say(language, "news_renamed", **names)
        case _:
            assert_never(change)
    title = wording.title_of_change(change)
    return say(language, "news_now_before", title=title, now=now, before=before)


def _new_or_gone(change: Added | DateAdded | Gone, wording: Wording) -> str:
    language, title = wording.language, wording.title_of_change(change)
    match change:
        case Added(session):
            when, place = wording.when_of_session(session), wording.place(session.place)
            return say(language, "news_added", title=title, when=when, place=place)
        case DateAdded(span=span):
            return say(language, "news_date_added", title=title, when=wording.when(span))
        case Gone(span=was):
            when = wording.when(was) if was else ""
            return say(language, "news_gone_dated" if when else "news_gone", title=title, when=when)
        case _:
            assert_never(change)


def _still_there(
    change: Cancelled | Restored | SpeakersChanged | SeatsChanged, wording: Wording
) -> str:
    language, title = wording.language, wording.title_of_change(change)
    match change:
        case Cancelled():
            return _cancelled(change, title, wording)
        case Restored():
            return say(language, "news_restored", title=title, when=wording.when_of(change))
        case SpeakersChanged(new=people, names=strangers):
            names = wording.people(people, strangers)
            key = "news_speakers" if names else "news_speakers_only"
            return say(language, key, title=title, names=names)
        case SeatsChanged(is_full=is_full):
            return say(language, "news_full" if is_full else "news_seats", title=title)
        case _:
            assert_never(change)


def _cancelled(change: Cancelled, title: str, wording: Wording) -> str:
    language, knowledge = wording.language, wording.knowledge
    when = wording.when_of(change)
    key = "news_cancelled_dated" if when else "news_cancelled"
    parts = [say(language, key, title=title, when=when)]
    if change.reason:
        reason = wording.text(change.reason)
        parts.append(say(language, "cancelled_because", reason=reason).rstrip("."))
    instead = saved_under(change.replacement, knowledge) if change.replacement else None
    if instead:
        other = wording.text(instead.name)
        parts.append(say(language, "cancelled_instead", title=other).rstrip("."))
    return ". ".join(parts)
