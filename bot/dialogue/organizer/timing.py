"""When a draft goes out, and until when: by buttons, or as people say it."""

import datetime as dt
from dataclasses import replace

from bot.announcements.model import Announcement
from bot.dialogue.organizer import taps
from bot.dialogue.organizer.office import Case
from bot.dialogue.scene import Scene
from bot.dialogue.sheet import Sheet
from bot.language.said import say_day, say_time
from bot.language.times import TimeKind, read_times
from bot.messaging.reply import Ask, Reply

EXPIRY = dt.timedelta(hours=24)
"""How long a draft holds unless somebody says otherwise."""

_MOMENTS = frozenset({TimeKind.MOMENT, TimeKind.SOON, TimeKind.AFTER, TimeKind.RANGE})
_ENDS = frozenset({TimeKind.BEFORE, TimeKind.RANGE, TimeKind.DAY, TimeKind.DAY_PART})
"""What has an end: "do 18", "dziś", "rano"."""


def said_moment(moment: dt.datetime, scene: Scene) -> str:
    """Say a moment by the fair's clock."""
    local = moment.astimezone(scene.fair.zone)
    return f"{say_day(local.date(), scene.today, scene.language)}, {say_time(local)}"


def moment_in(words: str, scene: Scene) -> dt.datetime | None:
    """Find the one moment to come that somebody names; `None` for none or a day without an hour."""
    times = read_times(words, scene.now, scene.fair.calendar)
    named = [time.start for time in times if time.kind in _MOMENTS and time.start > scene.now]
    return named[0] if named else None


def end_in(words: str, scene: Scene) -> dt.datetime | None:
    """Find the end to come that somebody names; of a day or a stretch of time its own."""
    times = read_times(words, scene.now, scene.fair.calendar)
    ends = [time.end if time.kind in _ENDS else time.start for time in times]
    return next((end for end in ends if end > scene.now), None)


def ask_when(case: Case, one: Announcement) -> Reply:
    """Ask when it is to go."""
    sheet = Sheet(case.scene)
    sheet.say("org_ask_when")
    choices = (("button_at_once", "now"), ("button_in_15", "15"), ("button_in_60", "60"))
    return sheet.reply(*_asks(case.scene, "w", one, choices))


def ask_until(case: Case, one: Announcement) -> Reply:
    """Ask until when it is worth something."""
    sheet = Sheet(case.scene)
    sheet.say("org_ask_until")
    choices = (
        ("button_for_1h", "60"),
        ("button_for_3h", "180"),
        ("button_for_1d", "1440"),
        ("button_for_ever", "none"),
    )
    return sheet.reply(*_asks(case.scene, "x", one, choices))


def going_at(one: Announcement, value: str, now: dt.datetime) -> Announcement | None:
    """Give it with the moment that a button stands for; `None` for a button that is none."""
    if value == "now":
        return replace(one, draft=replace(one.draft, not_before=None))
    wait = _minutes(value)
    return replace(one, draft=replace(one.draft, not_before=now + wait)) if wait else None


def holding_for(one: Announcement, value: str, now: dt.datetime) -> Announcement | None:
    """Give it with the end that a button stands for; `None` for a button that is none."""
    if value == "none":
        return replace(one, draft=replace(one.draft, expires_at=None))
    lasts = _minutes(value)
    begins = max(one.draft.not_before or now, now)
    return replace(one, draft=replace(one.draft, expires_at=begins + lasts)) if lasts else None


def not_understood(scene: Scene) -> Reply:
    """Say that this is no moment to come."""
    sheet = Sheet(scene)
    sheet.say("org_no_moment")
    return sheet.reply()


def _minutes(value: str) -> dt.timedelta | None:
    is_known = value in {"15", "60", "180", "1440"}
    return dt.timedelta(minutes=int(value)) if is_known else None


def _asks(
    scene: Scene, what: str, one: Announcement, choices: tuple[tuple[str, str], ...]
) -> list[Ask]:
    asks = [Ask(scene.say(key), taps.write(what, one.id, value)) for key, value in choices]
    return [*asks, Ask(scene.say("button_to_draft"), taps.write("d", one.id))]
