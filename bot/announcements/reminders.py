"""Which reminders a programme asks for, and what one says.

A reminder is a row of the outbox that waits for its moment. Its subject holds the start of
the session, so that a session that moves is reminded of anew, and once for each start.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from bot.knowledge.dated import Saved, by_time, saved_under
from bot.knowledge.model import Knowledge
from bot.knowledge.was import said_before
from bot.language.catalog import say
from bot.language.said import say_range, say_until
from bot.messaging.languages import Language
from bot.messaging.reply import Ask, Reply
from bot.visitors import taps

PREFIX = "r:"


@dataclass(frozen=True, slots=True)
class Reminder:
    """One reminder that is to come.

    Attributes:
        subject: what it is about, unique for one chat.
        at: when it is to be sent.
        until: when it is worth nothing any more: the session has begun.
    """

    subject: str
    at: dt.datetime
    until: dt.datetime


def reminders_of(
    keys: Iterable[str], minutes: int, knowledge: Knowledge, now: dt.datetime
) -> tuple[Reminder, ...]:
    """List the reminders that a programme asks for.

    Args:
        keys: what was saved.
        minutes: how long before the start; 0 for no reminders.
        knowledge: the fair with all its changes.
        now: none is given for what has begun; one whose moment has passed is due at once.
    """
    if not minutes:
        return ()
    return tuple(
        Reminder(
            subject_of(one.key, one.start), one.start - dt.timedelta(minutes=minutes), one.start
        )
        for one in by_time(keys, knowledge)
        if one.start and one.is_on and one.start > now
    )


def subject_of(key: str, start: dt.datetime) -> str:
    """Write the subject of a reminder."""
    return f"{PREFIX}{key}:{start.astimezone(dt.UTC):%Y%m%dT%H%M}"


def reminded_of(subject: str, knowledge: Knowledge) -> Saved | None:
    """Say what a subject reminds of; `None` if it is cancelled, moved, or there no more."""
    key = subject.removeprefix(PREFIX).rpartition(":")[0]
    saved = saved_under(key, knowledge)
    if saved is None or not saved.is_on or saved.start is None:
        return None
    return saved if subject_of(key, saved.start) == subject else None


def reminder(saved: Saved, language: Language, now: dt.datetime, knowledge: Knowledge) -> Reply:
    """Say that something begins soon, and where."""
    zone = knowledge.event.zone
    assert saved.start is not None  # noqa: S101 - only what has a time is reminded of
    assert saved.end is not None  # noqa: S101
    start, end = saved.start.astimezone(zone), saved.end.astimezone(zone)
    place = [text for text in (saved.place.name, saved.place.floor) if text] if saved.place else []
    lines = [
        say(
            language,
            "reminder_text",
            until=say_until(start - now, language),
            span=say_range(start, end),
        ),
        ", ".join(text.in_language(language) for text in place),
        _was(saved, knowledge, language),
    ]
    return Reply(
        language,
        "\n".join(line for line in lines if line),
        title=say(language, "reminder_title", title=saved.name.in_language(language)),
        note=say(language, "note_example") if saved.record.example else "",
        buttons=(
            Ask(say(language, "button_plan"), taps.PLAN),
            Ask(say(language, "button_unsave"), taps.drop(saved.key)),
            Ask(say(language, "button_choices"), taps.CHOICES),
        ),
    )


def _was(saved: Saved, knowledge: Knowledge, language: Language) -> str:
    """Say where and when it was to be, to whoever has the first plan in mind."""
    was = said_before(saved.key, knowledge, language)
    return say(language, "reminder_was", was=was) if was else ""
