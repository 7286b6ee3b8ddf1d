"""Says what was planned before something was changed in chat."""

from bot.dialogue.scene import Scene
from bot.dialogue.sheet import Sheet
from bot.knowledge.dated import Saved, saved_under
from bot.knowledge.model import Before, Exhibitor
from bot.knowledge.was import said_before, said_stands, time_before


def tell_before(sheet: Sheet, key: str) -> bool:
    """Say in whole sentences what was otherwise; say whether anything was."""
    scene = sheet.scene
    was, now = _of(key, scene)
    if was is None or now is None:
        return False
    if place := scene.knowledge.places.get(was.place or ""):
        sheet.say("was_elsewhere", place=sheet.read(place.name))
    if when := time_before(was, now, scene.language):
        sheet.say("was_at_time", when=when)
    if was.speakers is not None:
        people = (scene.knowledge.people.get(one) for one in was.speakers)
        names = ", ".join(one.display_name for one in people if one and one.consent)
        sheet.say("was_led_by" if names else "was_led_otherwise", names=names)
    if was.stands is not None and isinstance(now.record, Exhibitor):
        sheet.say("was_at_stand", stands=said_stands(was.stands, scene.language))
    if was.name is not None:
        sheet.say("was_called", name=sheet.read(was.name))
    return was.place is not None or bool(when)


def tell_why_cancelled(sheet: Sheet, key: str) -> None:
    """Say why something is cancelled and what takes place instead, as far as it was told."""
    was, _ = _of(key, sheet.scene)
    if was is None:
        return
    if was.reason:
        sheet.say("cancelled_because", reason=sheet.read(was.reason))
    instead = saved_under(was.replacement, sheet.scene.knowledge) if was.replacement else None
    if instead is not None:
        sheet.say("cancelled_instead", title=sheet.read(instead.name))


def short_before(key: str, scene: Scene) -> str:
    """Say it for a card or a list: "zmiana, wcześniej: 14:00–15:00, Sala 2"; "" for nothing."""
    was = said_before(key, scene.knowledge, scene.language)
    return scene.say("was_short", was=was) if was else ""


def _of(key: str, scene: Scene) -> tuple[Before | None, Saved | None]:
    was = scene.knowledge.before.get(key)
    return (was, saved_under(key, scene.knowledge)) if was else (None, None)
