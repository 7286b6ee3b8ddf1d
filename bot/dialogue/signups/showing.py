"""What became of a sign-up, with its calendar file; and all that somebody signed up for."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from bot.dialogue.answers.before import short_before
from bot.dialogue.personal.plan import tell_time_and_place
from bot.dialogue.scene import Scene, shortened
from bot.dialogue.sheet import Sheet
from bot.knowledge.dated import Saved, by_time, saved_under
from bot.language.said import say_day, say_duration, say_range, say_time
from bot.messaging.reply import Ask, File, Reply
from bot.signups import taps
from bot.signups.bookable import Bookable
from bot.signups.lists import Joined
from bot.signups.seating import State
from bot.visitors import taps as personal_taps
from bot.visitors.calendar import MEDIA_TYPE, calendar_of


def joined(
    one: Joined, what: Bookable, scene: Scene, keys: Sequence[str] = (), *, is_silent: bool
) -> Reply:
    """Say where somebody stands, what was recorded, and give the calendar file.

    Args:
        one: their place on the list.
        what: the list is of.
        scene: the fair and the moment.
        keys: what is in their programme.
        is_silent: we cannot write to them first.
    """
    signup = one.signup
    sheet = Sheet(scene, what.saved.record)
    key = {State.SEATED: "done", State.WAITING: "waiting", State.OFFERED: "offered"}[signup.state]
    sheet.title = scene.say(f"signup_{key}_title", title=sheet.read(what.saved.name))
    if not one.is_new:
        sheet.say("signup_already")
    tell_time_and_place(sheet, what.saved)
    sheet.part()
    sheet.say("signup_recorded", name=signup.person.name, contact=signup.person.contact)
    agreed = signup.consent_at.astimezone(scene.fair.zone)
    day = say_day(agreed.date(), scene.today, scene.language)
    sheet.say("signup_agreed", day=day, time=say_time(agreed))
    sheet.part()
    _tell_state(sheet, one, what, is_silent=is_silent)
    _tell_clashes(sheet, what.saved, keys)
    buttons = [
        *_taking(one, scene),
        Ask(scene.say("button_leave_list"), taps.write("x", signup.key)),
        Ask(scene.say("button_my_signups"), taps.write("m")),
        Ask(scene.say("button_plan"), personal_taps.write("p")),
    ]
    reply = sheet.reply(*buttons)
    if signup.state is not State.SEATED:
        return reply
    content = calendar_of([what.saved], scene.knowledge, scene.language, scene.now)
    return replace(reply, file=File("zapis.ics", MEDIA_TYPE, content))


def my_signups(all_of: Sequence[Joined], scene: Scene) -> Reply:
    """Show what somebody signed up for, and a button to cancel each."""
    sheet = Sheet(scene)
    sheet.title = scene.say("signup_mine_title")
    if not all_of:
        sheet.say("signup_mine_none")
    sheet.about = tuple(one.signup.key.partition("@")[0] for one in all_of)
    buttons = []
    for one in all_of:
        saved = saved_under(one.signup.key, scene.knowledge)
        name = sheet.read(saved.name) if saved else scene.say("plan_gone_entry")
        if saved:
            sheet.cite(saved.record)
        is_on = saved is None or saved.is_on
        sheet.part()
        sheet.add(f"• {name if is_on else scene.say('cancelled_title', title=name)}")
        if saved:
            tell_time_and_place(sheet, saved)
            if was := short_before(saved.key, scene):
                sheet.add(was)
        # A seat in what does not take place is none.
        if is_on:
            sheet.add(_state(one, scene))
        person = one.signup.person
        sheet.say("signup_recorded", name=person.name, contact=person.contact)
        buttons += _taking(one, scene) if is_on else []
        label = shortened(f"✕ {name}")
        buttons.append(Ask(label, taps.write("x", one.signup.key)))
    return sheet.reply(
        *buttons,
        Ask(scene.say("button_sign_me_up"), taps.write("s")),
        Ask(scene.say("button_book_adviser"), taps.write("b")),
    )


def left(key: str, scene: Scene, *, was_on: bool) -> Reply:
    """Confirm that somebody is off a list."""
    saved = saved_under(key, scene.knowledge)
    name = saved.name.in_language(scene.language) if saved else scene.say("plan_gone_entry")
    sheet = Sheet(scene)
    sheet.about = (saved.record.id,) if saved else ()
    sheet.say("signup_left" if was_on else "signup_not_on_list", title=name)
    return sheet.reply(
        Ask(scene.say("button_my_signups"), taps.write("m")),
        Ask(scene.say("button_plan"), personal_taps.write("p")),
    )


def _tell_state(sheet: Sheet, one: Joined, what: Bookable, *, is_silent: bool) -> None:
    scene = sheet.scene
    match one.signup.state:
        case State.SEATED:
            sheet.say("signup_done_silent" if is_silent else "signup_done")
            if not is_silent and what.start - scene.now > dt.timedelta(days=1):
                sheet.say("signup_day_before_comes")
        case State.WAITING:
            hold = say_duration(what.hold, scene.language)
            sheet.say("signup_waiting", ahead=one.ahead, hold=hold)
        case State.OFFERED:
            sheet.say("signup_offered", until=_until(one, scene))


def _tell_clashes(sheet: Sheet, saved: Saved, keys: Sequence[str]) -> None:
    zone = sheet.scene.fair.zone
    for other in by_time(keys, sheet.scene.knowledge):
        if other.key != saved.key and saved.overlaps(other) and other.start and other.end:
            sheet.part()
            span = say_range(other.start.astimezone(zone), other.end.astimezone(zone))
            sheet.say("saved_clash", title=sheet.read(other.name), span=span)


def _state(one: Joined, scene: Scene) -> str:
    match one.signup.state:
        case State.SEATED:
            return scene.say("signup_mine_seated")
        case State.OFFERED:
            return scene.say("signup_mine_offered", until=_until(one, scene))
        case State.WAITING:
            return scene.say("signup_mine_waiting", ahead=one.ahead)


def _until(one: Joined, scene: Scene) -> str:
    until = (one.signup.offered_until or scene.now).astimezone(scene.fair.zone)
    return f"{say_day(until.date(), scene.today, scene.language)}, {say_time(until)}"


def _taking(one: Joined, scene: Scene) -> list[Ask]:
    if one.signup.state is not State.OFFERED:
        return []
    return [Ask(scene.say("button_take_place"), taps.write("a", one.signup.key))]
