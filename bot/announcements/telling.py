"""One announcement as one reader sees it: the text, whose it is, and what to do about it."""

import datetime as dt
from collections.abc import Collection

from bot.announcements.changed import Changed, changed_for
from bot.announcements.holding import Holding, holding
from bot.announcements.model import Announcement, Kind, Scope, State, Urgency
from bot.announcements.survey import LETTER, asked_in
from bot.knowledge.changes import Change, from_json
from bot.knowledge.laying import laid_over
from bot.knowledge.model import Knowledge
from bot.language.catalog import say
from bot.language.said import say_time
from bot.messaging.languages import Language
from bot.messaging.reply import Ask, Button, Link, Reply
from bot.visitors import taps

_ALARMS = frozenset({Kind.EVACUATION, Kind.ALL_CLEAR, Kind.MISSING_CHILD, Kind.FIRST_AID})
_FRESH = dt.timedelta(seconds=5)
"""So long a process may need to learn of a change that another one confirmed."""

SURVEY = f"{LETTER}:0"
"""What the button of the survey asks."""


def told(
    announcement: Announcement,
    language: Language,
    knowledge: Knowledge,
    saved: Collection[str] = (),
    now: dt.datetime | None = None,
) -> Reply:
    """Write an announcement for one reader.

    Args:
        announcement: confirmed, or a draft for a preview.
        language: the reader's.
        knowledge: the fair as it is; a draft's changes are laid over it here.
        saved: the keys of what the reader saved.
        now: the present moment; `None` for that of the announcement itself.
    """
    content = announcement.draft.content
    issued = announcement.confirmed_at or announcement.created_at
    time = say_time(issued.astimezone(knowledge.event.zone))
    note = say(language, "announced_at", time=time)
    is_written = not content.texts or language in content.texts
    changed = _changed(announcement, language, knowledge, saved, now or issued)
    if not is_written and changed is None:
        note = f"{note} · {say(language, 'note_only_polish')}"
    if _is_about_an_example(announcement, knowledge):
        note = f"{note} · {say(language, 'note_example')}"
    title, text = content.headline(language), content.text(language)
    if changed is not None:
        title, text = _composed(announcement, language, changed)
    return Reply(
        language,
        text,
        title=title,
        note=note,
        buttons=tuple(dict.fromkeys(_buttons(announcement, language, knowledge, changed))),
    )


def still_holds(announcement: Announcement, knowledge: Knowledge, now: dt.datetime) -> bool:
    """Say whether an announcement is still worth telling: of what it changes, something holds."""
    changes = changes_in(announcement)
    if not changes or announcement.state is State.DRAFT:
        return True
    return bool(_held(announcement, changes, knowledge, now).changes)


def changes_in(announcement: Announcement) -> tuple[Change, ...]:
    """Read the changes of an announcement; those that this version does not know are left out."""
    found = []
    for raw in announcement.draft.content.changes:
        try:
            found.append(from_json(raw))
        except ValueError:
            # A newer version wrote it; the text that it wrote beside it is told instead.
            return ()
    return tuple(found)


def _is_about_an_example(announcement: Announcement, knowledge: Knowledge) -> bool:
    """Say whether it changes something invented, which every answer marks as such."""
    records = (knowledge.get(one.record.partition("@")[0]) for one in changes_in(announcement))
    return any(record is not None and record.example for record in records)


def _held(
    announcement: Announcement,
    changes: tuple[Change, ...],
    knowledge: Knowledge,
    now: dt.datetime,
) -> Holding:
    confirmed = announcement.confirmed_at
    is_fresh = confirmed is not None and now - confirmed <= _FRESH
    return holding(changes, knowledge, now, is_fresh=is_fresh)


def _changed(
    announcement: Announcement,
    language: Language,
    knowledge: Knowledge,
    saved: Collection[str],
    now: dt.datetime,
) -> Changed | None:
    """Say what changes do to the reader's programme; `None` where there are none to tell."""
    changes = changes_in(announcement)
    if not changes:
        return None
    if announcement.state is State.DRAFT:
        held = Holding(changes)
    else:
        held = _held(announcement, changes, knowledge, now)
    if not held.changes:
        return None
    return changed_for(held, language, laid_over(knowledge, held.changes), saved, now)


def _composed(announcement: Announcement, language: Language, changed: Changed) -> tuple[str, str]:
    """Give title and text; what somebody wrote by hand stays, with the effects below it."""
    content = announcement.draft.content
    title, text = changed.title, changed.text
    if language in content.edited:
        title, text = content.headline(language), content.text(language)
    elif announcement.draft.kind is Kind.CORRECTION:
        title = content.headline(language)
        text = say(language, "order_correction", right=text)
    elif announcement.draft.kind is Kind.RECALL:
        # Which message it was stands in the first line, as it was drafted.
        title, recalled = content.headline(language), content.text(language).partition("\n")[0]
        text = f"{recalled}\n{text}"
    return title, "\n".join((text, *changed.effects))


def _buttons(
    announcement: Announcement,
    language: Language,
    knowledge: Knowledge,
    changed: Changed | None,
) -> list[Button]:
    draft = announcement.draft
    if draft.kind in _ALARMS or draft.audience.scope in (Scope.STAFF, Scope.MYSELF):
        return []
    buttons: list[Button] = []
    if draft.content.link:
        buttons.append(Link(say(language, "button_open"), draft.content.link))
    elif draft.kind is Kind.SURVEY and asked_in(knowledge):
        buttons.append(Ask(say(language, "button_survey"), SURVEY))
    if changed is not None:
        return [*buttons, *changed.buttons]
    if draft.urgency is not Urgency.SAFETY:
        buttons.append(Ask(say(language, "button_choices"), taps.CHOICES))
    return buttons
