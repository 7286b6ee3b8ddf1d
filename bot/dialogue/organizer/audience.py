"""Whom a draft concerns: chosen by buttons, or by naming what people saved."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace

from bot.announcements.model import Announcement, Audience, Scope
from bot.dialogue.answers.own import LANGUAGE_NAMES
from bot.dialogue.organizer import taps
from bot.dialogue.organizer.office import Case
from bot.dialogue.scene import Scene, shortened
from bot.dialogue.sheet import Sheet
from bot.knowledge.dated import key_of, saved_under
from bot.knowledge.model import Knowledge
from bot.knowledge.occurrences import occurrences
from bot.language.said import say_date
from bot.messaging.languages import Language
from bot.messaging.reply import Ask, Reply

FOUND = 4
_SAVABLE = frozenset({"sessions", "series", "exhibitors", "offers"})


def said_audience(audience: Audience, scene: Scene) -> str:
    """Say whom it concerns."""
    match audience.scope:
        case Scope.SAVED | Scope.SIGNED_UP:
            whom = scene.say("org_who_saved", names=said_records(audience.records, scene))
        case Scope.DAY if audience.day:
            whom = scene.say("org_who_day", day=say_date(audience.day, scene.language))
        case Scope.STAFF | Scope.MYSELF:
            return scene.say("org_who_staff")
        case _:
            whom = scene.say("org_who_everyone")
    if audience.languages:
        names = ", ".join(LANGUAGE_NAMES[one] for one in audience.languages)
        whom = f"{whom}; {scene.say('org_who_languages', names=names)}"
    if audience.without:
        names = said_records(audience.without, scene)
        whom = f"{whom}; {scene.say('org_who_without', names=names)}"
    return whom


def said_records(keys: Sequence[str], scene: Scene) -> str:
    """Name some records; one that is gone by its key."""
    return ", ".join(_name(key, scene) for key in keys)


def ask_audience(case: Case, one: Announcement, reached: str) -> Reply:
    """Show whom it concerns, and what else can be chosen."""
    scene, audience = case.scene, one.draft.audience
    sheet = Sheet(scene)
    sheet.title = scene.say("org_audience_title", number=one.id)
    sheet.say("org_audience", audience=said_audience(audience, scene))
    sheet.add(reached)
    asks = [("button_everyone", "a", "all"), ("button_who_saved", "ar", "")]
    buttons = [Ask(scene.say(key), taps.write(what, one.id, value)) for key, what, value in asks]
    buttons += [
        Ask(
            scene.say("button_who_day", day=f"{day.day}.{day.month:02}"),
            taps.write("a", one.id, f"{day:%Y%m%d}"),
        )
        for day in scene.fair.calendar.days
    ]
    for language in Language:
        mark = "✓" if not audience.languages or language in audience.languages else "–"
        label = f"{mark} {LANGUAGE_NAMES[language]}"
        buttons.append(Ask(label, taps.write("al", one.id, language.value)))
    buttons.append(Ask(scene.say("button_without"), taps.write("aw", one.id)))
    if audience.without:
        buttons.append(Ask(scene.say("button_without_none"), taps.write("aw", one.id, "-")))
    buttons.append(Ask(scene.say("button_to_draft"), taps.write("d", one.id)))
    return sheet.reply(*buttons, replaces=True)


def with_scope(one: Announcement, value: str, knowledge: Knowledge) -> Announcement | None:
    """Give it with the audience that a button stands for; `None` for a button that is none."""
    audience = one.draft.audience
    if value == "all":
        # What it is about still says who comes first.
        kept = () if audience.scope is Scope.DAY else audience.records
        return _with(one, replace(audience, scope=Scope.EVERYONE, day=None, records=kept))
    if not re.fullmatch(r"\d{8}", value, re.ASCII):
        return None
    try:
        day = dt.datetime.strptime(value, "%Y%m%d").date()  # noqa: DTZ007 - a day of the calendar
    except ValueError:
        return None
    return _with(
        one, replace(audience, scope=Scope.DAY, day=day, records=keys_of_day(day, knowledge))
    )


def with_record(one: Announcement, key: str, scene: Scene) -> Announcement | None:
    """Give it for those who saved a record, beside others chosen before."""
    if saved_under(key, scene.knowledge) is None:
        return None
    audience = one.draft.audience
    before = audience.records if audience.scope is Scope.SAVED else ()
    records = tuple(dict.fromkeys((*before, key)))
    return _with(one, replace(audience, scope=Scope.SAVED, day=None, records=records))


def without_record(one: Announcement, key: str, scene: Scene) -> Announcement | None:
    """Give it without those who saved a record; "-" leaves nobody out."""
    audience = one.draft.audience
    if key == "-":
        return _with(one, replace(audience, without=()))
    if saved_under(key, scene.knowledge) is None:
        return None
    return _with(one, replace(audience, without=tuple(dict.fromkeys((*audience.without, key)))))


def with_language(one: Announcement, value: str) -> Announcement | None:
    """Switch a language of the audience on or off; all on is no choice."""
    if value not in {language.value for language in Language}:
        return None
    audience = one.draft.audience
    chosen = set(audience.languages or Language) ^ {Language(value)}
    if not chosen or chosen == set(Language):
        return _with(one, replace(audience, languages=()))
    kept = tuple(language for language in Language if language in chosen)
    return _with(one, replace(audience, languages=kept))


def choose_record(case: Case, one: Announcement, what: str, words: str) -> Reply:
    """Offer the records that may be meant by some words."""
    scene = case.scene
    hits = scene.fair.snapshot.index.rank(words).hits
    keys = [hit.id for hit in hits if hit.kind in _SAVABLE][:FOUND]
    sheet = Sheet(scene)
    sheet.say("org_which_record" if keys else "org_no_record")
    return sheet.reply(
        *(Ask(shortened(_name(key, scene)), taps.write(what, one.id, key)) for key in keys),
        Ask(scene.say("button_to_draft"), taps.write("d", one.id)),
    )


def keys_of_day(day: dt.date, knowledge: Knowledge) -> tuple[str, ...]:
    """List what can be saved that takes place on a day."""
    zone = knowledge.event.zone
    sessions = [session.id for session in knowledge.sessions.values() if session.date == day]
    dates = [
        key_of(series.id, one.planned)
        for series in knowledge.series.values()
        for one in occurrences(series, zone)
        if one.start.date() == day
    ]
    return (*sessions, *dates)


def _with(one: Announcement, audience: Audience) -> Announcement:
    return replace(one, draft=replace(one.draft, audience=audience))


def _name(key: str, scene: Scene) -> str:
    saved = saved_under(key, scene.knowledge)
    return saved.name.in_language(scene.language) if saved else key
