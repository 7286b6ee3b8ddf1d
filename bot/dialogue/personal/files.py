"""Files that a visitor takes along: the calendar, and everything that is kept about them."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from bot.dialogue.scene import Scene
from bot.dialogue.sheet import Sheet
from bot.dialogue.wishes import Say, Topic
from bot.knowledge.dated import by_time
from bot.messaging.reply import Ask, Button, Copy, File, Link, Reply
from bot.visitors import taps
from bot.visitors.calendar import MEDIA_TYPE, calendar_of


def calendar_file(keys: Sequence[str], address: str, scene: Scene) -> Reply:
    """Give the calendar of what is saved.

    Args:
        keys: what goes into it.
        address: where it can be subscribed to; "" for nowhere.
        scene: the fair and the moment.
    """
    sheet = Sheet(scene)
    sheet.title = scene.say("calendar_title")
    dated = [one for one in by_time(keys, scene.knowledge) if one.start]
    if not dated:
        sheet.say("calendar_empty")
        return sheet.reply(Ask(scene.say("button_plan"), taps.write("p")))
    sheet.say("calendar_file")
    content = calendar_of(dated, scene.knowledge, scene.language, scene.now)
    file = File("targi.ics", MEDIA_TYPE, content, address)
    buttons: list[Button] = []
    if address:
        sheet.part()
        sheet.say("calendar_address")
        buttons = [
            Copy(scene.say("button_copy_address"), address),
            Link(scene.say("button_open_address"), address),
            Ask(scene.say("button_new_address"), taps.write("a", "new")),
        ]
    reply = sheet.reply(*buttons, Ask(scene.say("button_plan"), taps.write("p")))
    return Reply(reply.language, reply.text, reply.title, buttons=reply.buttons, file=file)


def exported(kept: Mapping[str, Any], scene: Scene) -> Reply:
    """Give everything that is kept about the visitor as a file."""
    sheet = Sheet(scene)
    sheet.title = scene.say("export_title")
    sheet.say("export_text")
    content = json.dumps(kept, ensure_ascii=False, indent=2, default=str).encode()
    buttons = (
        scene.ask("button_forget", Say(Topic.FORGET)),
        scene.ask("button_menu", Say(Topic.MENU)),
    )
    file = File("moje-dane.json", "application/json", content)
    return Reply(scene.language, sheet.text, sheet.title, buttons=buttons, file=file)
