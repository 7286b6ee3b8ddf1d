"""One announcement as one reader sees it: the text, whose it is, and what to do about it."""

from collections.abc import Collection

from bot.announcements.model import Announcement, Kind, Scope, Urgency
from bot.knowledge.dated import saved_under
from bot.knowledge.model import Knowledge
from bot.language.catalog import say
from bot.language.said import say_time
from bot.messaging.languages import Language
from bot.messaging.reply import Ask, Button, Link, Reply

_ALARMS = frozenset({Kind.EVACUATION, Kind.ALL_CLEAR, Kind.MISSING_CHILD, Kind.FIRST_AID})


def told(
    announcement: Announcement,
    language: Language,
    knowledge: Knowledge,
    saved: Collection[str] = (),
) -> Reply:
    """Write an announcement for one reader.

    Args:
        announcement: confirmed, or a draft for a preview.
        language: the reader's.
        knowledge: the fair.
        saved: the keys of what the reader saved.
    """
    content = announcement.draft.content
    issued = announcement.confirmed_at or announcement.created_at
    time = say_time(issued.astimezone(knowledge.event.zone))
    note = say(language, "announced_at", time=time)
    if content.texts and language not in content.texts:
        note = f"{note} · {say(language, 'note_only_polish')}"
    return Reply(
        language,
        content.text(language),
        title=content.headline(language),
        note=note,
        buttons=tuple(dict.fromkeys(_buttons(announcement, language, knowledge, saved))),
    )


def _buttons(
    announcement: Announcement,
    language: Language,
    knowledge: Knowledge,
    saved: Collection[str],
) -> list[Button]:
    draft = announcement.draft
    if draft.kind in _ALARMS or draft.audience.scope in (Scope.STAFF, Scope.MYSELF):
        return []
    buttons: list[Button] = []
    if draft.content.link:
        buttons.append(Link(say(language, "button_open"), draft.content.link))
    for change in draft.content.changes[:3]:
        record = saved_under(change["record"].partition("@")[0], knowledge)
        if record is not None:
            letter = "t" if "@" in change["record"] else "s"
            buttons.append(Ask(say(language, "button_details"), f"{letter}:{record.record.id}"))
    if any(change["record"] in saved for change in draft.content.changes):
        buttons.append(Ask(say(language, "button_plan"), "z:p"))
    if draft.urgency is not Urgency.SAFETY:
        buttons.append(Ask(say(language, "button_choices"), "z:c"))
    return buttons
