"""Lists as the staff reads them: how full each is, who is on one, and what to do with it."""

from collections.abc import Sequence

from bot.dialogue.personal.plan import tell_time_and_place
from bot.dialogue.scene import Scene, shortened
from bot.dialogue.sheet import Sheet
from bot.dialogue.signups.asking import stop_button
from bot.knowledge.dated import saved_under
from bot.knowledge.model import AnyRecord, Consultation
from bot.language.said import say_day, say_time
from bot.messaging.reply import Ask, Reply
from bot.signups import taps
from bot.signups.bookable import bookable, keys_of
from bot.signups.lists import Signup

SHOWN = 30
"""People on one screen; the rest is in the file."""

LISTS_SHOWN = 30


def all_lists(keys: Sequence[str], scene: Scene) -> Reply:
    """Show all lists that somebody is on, an adviser's slots as one."""
    sheet = Sheet(scene)
    sheet.title = scene.say("list_title")
    abouts = list(dict.fromkeys(_about(key, scene) for key in keys))
    if not abouts:
        sheet.say("list_none")
    buttons = []
    for about in abouts[:LISTS_SHOWN]:
        sheet.add(f"• {_summary(about, scene)}")
        buttons.append(Ask(shortened(_name(about, scene)), taps.write("l", about)))
    return sheet.reply(*buttons)


def one_list(about: str, signups: Sequence[Signup], scene: Scene, *, may_change: bool) -> Reply:
    """Show who is on a list, and what can be done with it."""
    sheet = Sheet(scene)
    sheet.title = _name(about, scene)
    saved = saved_under(about, scene.knowledge)
    if saved is not None and saved.start:
        tell_time_and_place(sheet, saved)
    sheet.add(_summary(about, scene))
    keys = _keys(about, scene)
    taken = [scene.taken(key) for key in keys]
    is_closed = any(one.is_closed for one in taken)
    is_called_off = any(one.is_cancelled for one in taken)
    if is_called_off or is_closed:
        sheet.say("list_called_off" if is_called_off else "list_closed")
    sheet.part()
    if not signups:
        sheet.say("list_nobody")
    for number, one in enumerate(signups[:SHOWN], 1):
        sheet.add(f"{number}. {_line(one, scene, with_time=len(keys) > 1)}")
    if len(signups) > SHOWN:
        sheet.say("list_more", count=len(signups) - SHOWN)
    buttons = [
        Ask(scene.say("button_list_csv"), taps.write("f", about)),
        Ask(scene.say("button_list_xlsx"), taps.write("g", about)),
    ]
    if may_change and not is_called_off:
        way = ("open", "o") if is_closed else ("close", "c")
        buttons.append(Ask(scene.say(f"button_list_{way[0]}"), taps.write(way[1], about)))
        buttons.append(Ask(scene.say("button_list_call_off"), taps.write("v", about)))
    if may_change:
        buttons.append(Ask(scene.say("button_list_write"), taps.write("t", about)))
    return sheet.reply(*buttons, Ask(scene.say("button_all_lists"), taps.write("l")))


def call_off_sure(about: str, count: int, scene: Scene) -> Reply:
    """Ask whether it is really called off."""
    sheet = Sheet(scene)
    sheet.title = _name(about, scene)
    sheet.say("list_call_off_sure", count=scene.count("count_people", count))
    return sheet.reply(
        Ask(scene.say("button_list_sure"), taps.write("V", about)), _list_button(about, scene)
    )


def ask_text(about: str, scene: Scene) -> Reply:
    """Ask what to write to those who signed up."""
    sheet = Sheet(scene)
    sheet.title = _name(about, scene)
    sheet.say("list_write")
    return sheet.reply(stop_button(scene))


def check_text(about: str, text: str, count: int, scene: Scene) -> Reply:
    """Show a message as it will be sent, and to how many."""
    sheet = Sheet(scene)
    sheet.title = _name(about, scene)
    sheet.say("list_write_check", count=scene.count("count_people", count))
    sheet.part()
    sheet.add(text)
    return sheet.reply(
        Ask(scene.say("button_list_send"), taps.write("T")),
        Ask(scene.say("button_correct_it"), taps.write("t", about)),
        stop_button(scene),
    )


def after(about: str, scene: Scene, key: str, count: str = "") -> Reply:
    """Say what was done with a list."""
    sheet = Sheet(scene)
    sheet.title = _name(about, scene)
    sheet.say(key, **({"count": count} if count else {}))
    return sheet.reply(_list_button(about, scene))


def _list_button(about: str, scene: Scene) -> Ask:
    return Ask(scene.say("button_the_list"), taps.write("l", about))


def _about(key: str, scene: Scene) -> str:
    """Show the slots of an adviser as one list, and each date of a training as its own."""
    record_id = key.partition("@")[0]
    return record_id if record_id in scene.knowledge.consultations else key


def _keys(about: str, scene: Scene) -> tuple[str, ...]:
    if "@" in about:
        return (about,)
    return tuple(keys_of(scene.fair.record(about), scene.knowledge)) or (about,)


def _name(about: str, scene: Scene) -> str:
    record_id, _, day = about.partition("@")
    record: AnyRecord | None = scene.fair.record(record_id)
    if record is None:
        return about
    return f"{scene.name(record)} ({day})" if day else scene.name(record)


def _summary(about: str, scene: Scene) -> str:
    keys = _keys(about, scene)
    taken = [scene.taken(key) for key in keys]
    whats = [bookable(key, scene.knowledge) for key in keys]
    return scene.say(
        "list_one",
        title=_name(about, scene),
        seated=sum(one.seated for one in taken),
        seats=sum(what.seats for what in whats if what is not None),
        offered=sum(one.offered for one in taken),
        waiting=sum(one.waiting for one in taken),
    )


def _line(signup: Signup, scene: Scene, *, with_time: bool) -> str:
    said = f"{signup.person.name}, {signup.person.contact}"
    saved = saved_under(signup.key, scene.knowledge)
    if with_time and saved is not None and saved.start:
        start = saved.start.astimezone(scene.fair.zone)
        day = say_day(start.date(), scene.today, scene.language)
        return f"{day}, {say_time(start)}: {said}"
    if saved is not None and isinstance(saved.record, Consultation):
        return said
    return f"{said} ({scene.say(f'list_state_{signup.state.value}')})"
