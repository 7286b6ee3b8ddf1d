"""What a visitor wants to be told, in plain words: reminders, changes, quiet hours."""

import datetime as dt
from dataclasses import replace

from bot.dialogue.scene import Scene
from bot.dialogue.sheet import Sheet
from bot.language.said import say_range
from bot.messaging.reply import Ask, Reply
from bot.messaging.taps import Press
from bot.visitors import taps
from bot.visitors.memory import Choices, Wants

MINUTES = (5, 15, 30, 60)
QUIET = (dt.time(22), dt.time(7))


def show_choices(choices: Choices, scene: Scene, *, can_be_told: bool) -> Reply:
    """Say what is chosen, and offer what else there is."""
    sheet = Sheet(scene)
    sheet.title = scene.say("choices_title")
    if not can_be_told:
        sheet.say("choices_not_here")
        return sheet.reply(Ask(scene.say("button_calendar"), taps.write("f")))
    if choices.remind_minutes:
        minutes = scene.count("count_minutes", choices.remind_minutes)
        sheet.say("choices_remind", minutes=minutes)
    else:
        sheet.say("choices_remind_off")
    sheet.say(f"choices_wants_{choices.wants.value}")
    if choices.quiet_from is not None and choices.quiet_until is not None:
        sheet.say("choices_quiet", span=say_range(choices.quiet_from, choices.quiet_until))
    else:
        sheet.say("choices_quiet_off")
    sheet.part()
    sheet.say("choices_alarm")
    return sheet.reply(*_buttons(choices, scene), replaces=True)


def changed_by(press: Press, choices: Choices) -> Choices | None:
    """Say what holds after a button of the choices was pressed; `None` if it is none of them."""
    match press.what, press.value:
        case "r", minutes if minutes in {"0", *map(str, MINUTES)}:
            return replace(choices, remind_minutes=int(minutes))
        case "w", wants if wants in {one.value for one in Wants}:
            return replace(choices, wants=Wants(wants))
        case "q", "on":
            return replace(choices, quiet_from=QUIET[0], quiet_until=QUIET[1])
        case "q", "off":
            return replace(choices, quiet_from=None, quiet_until=None)
        case "x", "":
            return replace(choices, wants=Wants.NOTHING, remind_minutes=0)
        case _:
            return None


def stopped(scene: Scene) -> Reply:
    """Confirm that nothing more comes."""
    sheet = Sheet(scene)
    sheet.say("stopped")
    sheet.say("choices_alarm")
    return sheet.reply(
        Ask(scene.say("button_choices"), taps.write("c")),
        Ask(scene.say("button_forget"), "x:forget"),
    )


def kept_open(choices: Choices, scene: Scene) -> Reply:
    """Answer whoever wants to be told tomorrow: by writing to us they have made it possible."""
    wants_some = choices.wants is not Wants.NOTHING or choices.remind_minutes
    sheet = Sheet(scene)
    sheet.say("evening_answer" if wants_some else "evening_answer_off")
    return sheet.reply(
        Ask(scene.say("button_plan"), taps.write("p")),
        Ask(scene.say("button_choices"), taps.write("c")),
    )


def _buttons(choices: Choices, scene: Scene) -> tuple[Ask, ...]:
    buttons = [
        Ask(scene.say("button_remind", minutes=minutes), taps.write("r", str(minutes)))
        for minutes in MINUTES
        if minutes != choices.remind_minutes
    ]
    if choices.remind_minutes:
        buttons.append(Ask(scene.say("button_remind_off"), taps.write("r", "0")))
    buttons += [
        Ask(scene.say(f"button_wants_{wants.value}"), taps.write("w", wants.value))
        for wants in Wants
        if wants is not choices.wants
    ]
    quiet = "off" if choices.quiet_from is not None else "on"
    buttons.append(Ask(scene.say(f"button_quiet_{quiet}"), taps.write("q", quiet)))
    if choices.wants is not Wants.NOTHING or choices.remind_minutes:
        buttons.append(Ask(scene.say("button_stop"), taps.write("x")))
    return tuple(buttons)
