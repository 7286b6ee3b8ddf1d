"""Reminds of a sign-up that is somewhere else, or not open yet."""

from collections.abc import Sequence

from bot.dialogue.rooms import Turn
from bot.dialogue.scene import Scene, shortened
from bot.dialogue.sheet import Sheet
from bot.dialogue.signups.asking import only, with_sign_up
from bot.knowledge.model import Series, Session
from bot.language.said import say_day, say_time
from bot.messaging.reply import Ask, Reply
from bot.signups import taps
from bot.signups.lists import Signups
from bot.signups.moments import next_moment


async def remind(record_id: str, turn: Turn, lists: Signups) -> Reply:
    """Set a reminder of the sign-up to a record, at its next moment."""
    scene = turn.scene
    record = scene.fair.record(record_id.partition("@")[0])
    if not isinstance(record, Session | Series):
        return only("signup_reminder_none", scene)
    sheet = Sheet(scene, record)
    sheet.title = scene.say("signup_title", title=sheet.read(record.title))
    moment = next_moment(record, scene.knowledge, scene.now)
    if moment is None:
        sheet.say("signup_reminder_none")
    else:
        at = moment.at.astimezone(scene.fair.zone)
        day = say_day(at.date(), scene.today, scene.language)
        is_set = await lists.remind_of_sign_up(turn.incoming.chat, moment)
        key = "signup_reminder_set" if is_set else "signup_reminder_not_here"
        sheet.say(key, at=f"{day}, {say_time(at)}")
    return sheet.reply(scene.ask_about(record, label_key="button_details"))


def remind_of_what(ids: Sequence[str], scene: Scene) -> Reply:
    """Ask of which sign-up to remind: of some, or of all whose moment is still to come."""
    found = [
        one
        for one in with_sign_up(scene)
        if (one.id in ids or not ids)
        and one.registration.mode
        and next_moment(one, scene.knowledge, scene.now)
    ]
    sheet = Sheet(scene)
    sheet.say("signup_remind_which" if found else "signup_reminder_none")
    for one in found:
        sheet.cite(one)
    return sheet.reply(*(Ask(shortened(scene.name(one)), taps.write("w", one.id)) for one in found))
