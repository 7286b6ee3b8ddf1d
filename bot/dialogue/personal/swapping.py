"""Answers to the buttons of a change: it stays as it is, or another date takes its place."""

from collections.abc import Sequence

from bot.dialogue.scene import Scene
from bot.dialogue.sheet import Sheet
from bot.knowledge.dated import Saved, by_time
from bot.language.said import say_day, say_range
from bot.messaging.reply import Ask, Reply
from bot.visitors import taps


def can_be_taken(saved: Saved, scene: Scene) -> bool:
    """Say whether something is still to begin, and takes place."""
    return saved.is_on and saved.start is not None and saved.start > scene.now


def kept(scene: Scene) -> Reply:
    """Say that nothing was changed."""
    return _reply(Sheet(scene), "kept")


def nothing_to_swap(scene: Scene) -> Reply:
    """Say that what was offered cannot be had any more; nothing was changed."""
    return _reply(Sheet(scene), "swap_gone")


def swapped(saved: Saved, keys: Sequence[str], scene: Scene) -> Reply:
    """Say what is in the programme now, and what it clashes with."""
    sheet = Sheet(scene, saved.record)
    assert saved.start is not None  # noqa: S101 - `can_be_taken` has looked
    assert saved.end is not None  # noqa: S101
    start, end = (moment.astimezone(scene.fair.zone) for moment in (saved.start, saved.end))
    when = f"{say_day(start.date(), scene.today, scene.language)}, {say_range(start, end)}"
    sheet.say("swapped", title=sheet.read(saved.name), when=when)
    for other in by_time(keys, scene.knowledge):
        if other.key != saved.key and other.overlaps(saved) and other.start and other.end:
            span = say_range(
                other.start.astimezone(scene.fair.zone), other.end.astimezone(scene.fair.zone)
            )
            sheet.say("saved_clash", title=sheet.read(other.name), span=span)
    return sheet.reply(
        Ask(scene.say("button_plan"), taps.write("p")),
        Ask(scene.say("button_unsave"), taps.write("-", saved.key)),
        Ask(scene.say("button_calendar"), taps.write("f", saved.key)),
    )


def _reply(sheet: Sheet, key: str) -> Reply:
    sheet.say(key)
    return sheet.reply(Ask(sheet.scene.say("button_plan"), taps.write("p")))
