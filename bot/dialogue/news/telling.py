"""What changed, as one reply: one's own programme first; and what still holds, for newcomers."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence

from bot.announcements.lines import line_of
from bot.announcements.model import STAFF_ONLY, Announcement, Kind
from bot.announcements.news import concerns, news
from bot.dialogue.scene import Scene
from bot.dialogue.sheet import Sheet
from bot.knowledge.changes import Change
from bot.knowledge.dated import saved_under
from bot.knowledge.standing import Made
from bot.language.said import say_near_day, say_time
from bot.messaging.reply import Ask, Button, Reply
from bot.visitors import taps

NEWS_TAP = "k:n"
ALL_TAP = "k:a"

SHOWN = 12
"""Lines of one reply: what one reads standing."""
SHOWN_ANNOUNCEMENTS = 4
_TOLD_ELSEWHERE = frozenset({Kind.CHANGE, Kind.EVACUATION, Kind.ALL_CLEAR}) | STAFF_ONLY


def tell_news(
    made: Sequence[Made],
    since: dt.datetime | None,
    saved: Collection[str],
    announced: Sequence[Announcement],
    scene: Scene,
) -> Reply:
    """Say what changed since a moment.

    Args:
        made: the changes that hold.
        since: when the visitor looked last; `None` if never, or all is wanted.
        saved: the keys in their programme.
        announced: what was announced to everyone and still holds.
        scene: the fair, the language, the moment.
    """
    sheet = Sheet(scene)
    sheet.title = scene.say("news_title")
    told = news(made, since, scene.knowledge, scene.now)
    fresh = [one for one in announced if since is None or (one.confirmed_at or since) > since]
    free = [one for one in fresh if _is_news(one, scene)]
    if since is not None:
        key = "news_since" if told or free else "news_nothing"
        sheet.say(key, moment=_moment(since, scene))
    elif not (told or free):
        sheet.say("news_never")
    own = [one for one in told if concerns(one, saved)]
    others = [one for one in told if one not in own]
    _list(sheet, "news_saved", own, SHOWN)
    _list(sheet, "news_others" if own else "", others, SHOWN - min(len(own), SHOWN))
    _tell_announced(sheet, free)
    _tell_called_off(sheet, {one.change.record for one in made})
    sheet.about = tuple(dict.fromkeys(c.record.partition("@")[0] for c in (*own, *others)))
    return sheet.reply(*_buttons(own or others, made, saved, since, scene))


def _tell_called_off(sheet: Sheet, told: Collection[str]) -> None:
    """List what the programme itself says is cancelled: nobody changed it, and it will not be."""
    scene = sheet.scene
    off = [
        scene.name(slot.session)
        for slot in scene.fair.slots.values()
        if not slot.is_on and slot.end > scene.now and slot.session.id not in told
    ]
    if off:
        sheet.part()
        sheet.say("news_called_off", names=", ".join(off[:SHOWN]))


def tell_what_holds(
    announced: Sequence[Announcement],
    made: Sequence[Made],
    scene: Scene,
    told: Sequence[Reply] = (),
) -> Reply | None:
    """Say to somebody who has just come what was announced before; `None` if nothing holds.

    Left out is what was just `told`: an announcement by its text, a change by the name of
    what changed.
    """
    read = "\n".join(_shown(reply) for reply in told)
    heard = [one for one in announced if one.draft.kind is not Kind.RECALL]
    free = [one for one in heard if _is_news(one, scene)]
    free = [one for one in free if one.draft.content.text(scene.language) not in read]
    changed = [
        one
        for one in news(made, None, scene.knowledge, scene.now)
        if not _name_of(one, scene) or _name_of(one, scene) not in read
    ]
    if not free and not changed:
        return None
    sheet = Sheet(scene)
    sheet.title = scene.say("news_holds")
    for one in free[-SHOWN_ANNOUNCEMENTS:]:
        sheet.part()
        sheet.add(one.draft.content.text(scene.language))
    sheet.part()
    if len(changed) > SHOWN_ANNOUNCEMENTS:
        sheet.say("news_holds_changes")
    else:
        _list(sheet, "", changed, SHOWN_ANNOUNCEMENTS)
    return sheet.reply(*([news_button(scene)] if changed else []))


def _shown(reply: Reply) -> str:
    cards = (f"{card.title}\n{card.text}" for card in reply.cards)
    return "\n".join((reply.title, reply.text, *cards))


def _name_of(change: Change, scene: Scene) -> str:
    record = scene.fair.record(change.record.partition("@")[0])
    return scene.name(record) if record is not None else ""


def news_button(scene: Scene) -> Ask:
    """Make the button that asks what changed."""
    return Ask(scene.say("button_news"), NEWS_TAP)


def _list(sheet: Sheet, headline: str, changes: Sequence[Change], shown: int) -> None:
    scene = sheet.scene
    if not changes:
        return
    sheet.part()
    if headline:
        sheet.say(headline)
    for change in changes[:shown]:
        record = scene.fair.record(change.record.partition("@")[0])
        if record is not None:
            sheet.cite(record)
        sheet.add(f"• {line_of(change, scene.knowledge, scene.language)}")
    if len(changes) > shown:
        sheet.say("news_more", count=scene.count("count_entries", len(changes) - shown))


def _tell_announced(sheet: Sheet, announced: Iterable[Announcement]) -> None:
    newest = list(announced)[-SHOWN_ANNOUNCEMENTS:]
    if not newest:
        return
    sheet.part()
    sheet.say("news_announced")
    for one in newest:
        sheet.add(f"• {one.draft.content.text(sheet.scene.language)}")


def _buttons(
    changes: Sequence[Change],
    made: Sequence[Made],
    saved: Collection[str],
    since: dt.datetime | None,
    scene: Scene,
) -> list[Button]:
    buttons: list[Button] = []
    for change in changes[:3]:
        known = saved_under(change.record.partition("@")[0], scene.knowledge)
        if known is not None:
            buttons.append(scene.ask_about(known.record))
    if saved:
        buttons.append(Ask(scene.say("button_plan"), taps.PLAN))
    if since is not None and any(one.at <= since for one in made):
        buttons.append(Ask(scene.say("button_all_changes"), ALL_TAP))
    return buttons


def _is_news(announcement: Announcement, scene: Scene) -> bool:
    """Say whether it is told here: changes are by themselves, alarms before every answer."""
    draft = announcement.draft
    return draft.kind not in _TOLD_ELSEWHERE and bool(draft.content.text(scene.language))


def _moment(since: dt.datetime, scene: Scene) -> str:
    local = since.astimezone(scene.fair.zone)
    return f"{say_near_day(local.date(), scene.today, scene.language)}, {say_time(local)}"
