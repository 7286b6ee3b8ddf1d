"""What each button of the room does, and the right that it takes."""

from collections.abc import Mapping
from types import MappingProxyType

from bot.announcements.model import Announcement, Kind, State
from bot.announcements.queries import announcements
from bot.announcements.staff import Right, Role
from bot.delivery.verdict import State as Delivered
from bot.dialogue.organizer import correcting, letters, safety, sending, taps, team
from bot.dialogue.organizer.audience import (
    ask_audience,
    with_language,
    with_record,
    with_scope,
    without_record,
)
from bot.dialogue.organizer.commands import ORDERS
from bot.dialogue.organizer.drafts import (
    SAFETY_KINDS,
    ask_for_text,
    change,
    list_drafts,
    no_draft,
    preview,
    show,
)
from bot.dialogue.organizer.numbers import said_reach
from bot.dialogue.organizer.office import Case, Replies
from bot.dialogue.organizer.orders import pressed_answer
from bot.dialogue.organizer.timing import ask_until, ask_when, going_at, holding_for
from bot.dialogue.sheet import Sheet
from bot.messaging.languages import Language
from bot.messaging.reply import Ask, Reply

_ORDERS = {
    "home": "panel",
    "new": "announce",
    "l": "drafts",
    "n": "announcements",
    "team": "team",
    "log": "log",
    "stats": "statistics",
    "gaps": "gaps",
    "asked": "most_asked",
    "askcsv": "asked_table",
    "fa": "first_aid",
    "mc": "missing_child",
    "ev": "evacuation",
    "ac": "all_clear",
}
"""Buttons that do what a command does."""

_RIGHTS: Mapping[str, Right] = MappingProxyType(
    dict.fromkeys(("p", "lo", "csv", "an", "name", "no", "or", "d", "v"), Right.READ)
    | dict.fromkeys(("e1", "e2"), Right.ALARM)
    | dict.fromkeys(("inv", "rm", "rm2"), Right.STAFF)
)
"""All others take the right to announce."""


async def pressed(press: taps.Press, case: Case) -> Replies | None:
    """Do what a button asks for; `None` for a button that is none."""
    if order := ORDERS.get(_ORDERS.get(press.what, "")):
        return await order.do(case, "") if case.member.may(order.right) else not_allowed(case)
    if not await _may(press, case):
        return not_allowed(case)
    match press.what:
        case "name" | "inv" | "rm" | "rm2":
            return (await _in_team(press, case),)
        case "an":
            return await letters.ask_for_answer(case, press.number)
        case "or":
            return await pressed_answer(case, press.number)
        case "no":
            await case.end_question()
            return (team.panel(case, case.member),)
        case "d" | "lo":
            return await _looked_at(press, case)
        case "del":
            return await _dropped(press.number, case)
        case "p" | "pa" | "re" | "st" | "u" | "f":
            return await _steered(press, case)
        case _:
            return await _about(press, case)


async def _looked_at(press: taps.Press, case: Case) -> Replies:
    await case.end_question()
    if press.what == "lo":
        return await list_drafts(case, press.number)
    return await show(case, press.number, replaces=True)


async def _in_team(press: taps.Press, case: Case) -> Reply:
    match press.what:
        case "inv" if press.value in set(Role):
            return await team.invite(case, Role(press.value))
        case "rm":
            return team.ask_removal(case, press.value)
        case "rm2":
            return await team.remove(case, press.value)
        case "name":
            await case.office.ask(case, "name")
            return case.says("org_ask_name")
        case _:
            return team.show_team(case)


async def _may(press: taps.Press, case: Case) -> bool:
    """Say whether somebody may press it: what concerns safety, more of the staff may do."""
    right = _RIGHTS.get(press.what, Right.ANNOUNCE)
    if case.member.may(right):
        return True
    if press.what not in ("o", "t", "del") or not case.member.may(Right.ALARM):
        return False
    one = await announcements.announcement(case.store, press.number)
    return one is not None and one.draft.kind in SAFETY_KINDS


async def _steered(press: taps.Press, case: Case) -> Replies:
    number = press.number
    match press.what:
        case "pa":
            return await sending.steer(case, number, State.PAUSED)
        case "re":
            return await sending.steer(case, number, State.RUNNING)
        case "st":
            return await sending.steer(case, number, State.STOPPED)
        case "u":
            return await sending.send_again(case, number, Delivered.UNCERTAIN)
        case "f":
            return await sending.send_again(case, number, Delivered.FAILED)
        case _:
            return await sending.show_progress(case, number)


async def _about(press: taps.Press, case: Case) -> Replies | None:
    one = await announcements.announcement(case.store, press.number)
    if one is None:
        return (no_draft(case.scene, press.number),)
    if one.state is not State.DRAFT:
        return await _about_sent(press, one, case)
    match press.what:
        case "e1" | "e2":
            confirms = safety.first_confirms if press.what == "e1" else safety.second_confirms
            return await confirms(case, one, press.value)
        case "s" if one.draft.kind not in SAFETY_KINDS:
            return await sending.test_first(case, one)
        case "o" | "all" if one.draft.kind is not Kind.EVACUATION:
            return await sending.send(case, one, press.value, is_sure=press.what == "all")
        case "t" | "v" if press.value in set(Language):
            return await _in_language(press, one, case)
        case "a" | "ar" | "aw" | "al" if one.draft.kind not in SAFETY_KINDS:
            return await _audience(press, one, case)
        case "un" | "anew" if one.draft.kind not in SAFETY_KINDS:
            return await correcting.mended(press, one, case)
        case "w" | "x" if one.draft.kind not in SAFETY_KINDS:
            return await _time(press, one, case)
        case _:
            return await show(case, one.id)


async def _about_sent(press: taps.Press, one: Announcement, case: Case) -> Replies:
    match press.what:
        case "c":
            return await correcting.correct(case, one, press.value)
        case "rc":
            return await correcting.recall(case, one, press.value)
        case "csv":
            return await sending.as_table(case, one)
        case _:
            # A button of the draft that it was: somebody has sent it since.
            return await sending.show_progress(case, one.id)


async def _in_language(press: taps.Press, one: Announcement, case: Case) -> Replies:
    language = Language(press.value)
    if press.what == "v":
        return await preview(case, one, language)
    await case.office.ask(case, "text", number=one.id, language=language.value)
    return (ask_for_text(case, one, language),)


async def _audience(press: taps.Press, one: Announcement, case: Case) -> Replies:
    if press.what in ("ar", "aw") and not press.value:
        await case.office.ask(case, press.what, number=one.id)
        sheet = Sheet(case.scene)
        sheet.say(f"org_ask_{press.what}")
        back = Ask(case.scene.say("button_to_draft"), taps.write("d", one.id))
        return (sheet.reply(back),)
    chosen = one
    if press.value:
        changed = {
            "a": lambda: with_scope(one, press.value, case.scene.knowledge),
            "ar": lambda: with_record(one, press.value, case.scene),
            "aw": lambda: without_record(one, press.value, case.scene),
            "al": lambda: with_language(one, press.value),
        }[press.what]()
        if changed is not None:
            chosen = changed
            await announcements.change_draft(case.store, one.id, chosen.draft)
            await case.note("edit", str(one.id))
    return (ask_audience(case, chosen, await said_reach(case, chosen.draft)),)


async def _time(press: taps.Press, one: Announcement, case: Case) -> Replies:
    is_start = press.what == "w"
    if not press.value:
        await case.office.ask(case, "when" if is_start else "until", number=one.id)
        return (ask_when(case, one) if is_start else ask_until(case, one),)
    await case.end_question()
    changed = (going_at if is_start else holding_for)(one, press.value, case.scene.now)
    return await change(case, one, (changed or one).draft)


async def _dropped(number: int, case: Case) -> Replies:
    await case.end_question()
    if not await announcements.drop_draft(case.store, number):
        return await sending.show_progress(case, number)
    await case.note("drop", str(number))
    return (case.says("org_dropped", number=number), *await list_drafts(case))


def not_allowed(case: Case) -> Replies:
    """Say that this takes another role."""
    return (case.says("org_not_allowed"),)
