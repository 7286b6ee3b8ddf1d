"""What somebody of the staff says in plain words: read, asked back where unclear, drafted.

No half-understood order is kept: an answer to a question back is read together with the words
that were said first.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.announcements.model import STAFF_ONLY, Announcement, Draft, Scope
from bot.announcements.orders import (
    Missing,
    MostAsked,
    Statistics,
    Unanswered,
    Unclear,
    draft_of,
    question_of,
    read_order,
)
from bot.announcements.orders.model import AllClear, Announced, Correction, Evacuation
from bot.announcements.queries import announcements
from bot.announcements.staff import Right
from bot.dialogue.organizer import safety, taps
from bot.dialogue.organizer.asked import show_most_asked
from bot.dialogue.organizer.drafts import keep_and_show
from bot.dialogue.organizer.numbers import show_gaps, show_numbers_about, show_statistics
from bot.dialogue.organizer.office import FLOW, Case, Replies
from bot.dialogue.scene import shortened
from bot.dialogue.sheet import Sheet
from bot.messaging.reply import Ask, Reply

ORDER = "order"
"""The flow in which something was asked back."""


async def ordered(
    case: Case, text: str, answers: Mapping[Missing, str] | None = None
) -> Replies | None:
    """Do what a text orders; `None` where it orders nothing.

    Args:
        case: whose turn it is.
        text: as it was typed.
        answers: to what was asked back about it.
    """
    fair, now = case.scene.fair, case.scene.now
    match read_order(text, fair.snapshot, fair.calendar, now, answers or {}):
        case None:
            return None
        case Statistics(about):
            return await (show_numbers_about(case, about) if about else show_statistics(case))
        case MostAsked():
            return await show_most_asked(case)
        case Unanswered():
            return await show_gaps(case)
        case Evacuation(zone):
            return _if_may(Right.ALARM, case) or await safety.evacuation(case, zone)
        case AllClear(back_at):
            return _if_may(Right.ALARM, case) or await safety.all_clear(case, back_at)
        case Unclear() as unclear:
            return _if_may(Right.ANNOUNCE, case) or (
                await _ask_back(case, text, answers or {}, unclear),
            )
        case order:
            return await _draft(case, order)


async def typed_answer(case: Case, state: Mapping[str, Any], words: str) -> Replies | None:
    """Take typed words for the answer, unless they are an order of their own, or a question."""
    fair = case.scene.fair
    if words.rstrip().endswith("?"):
        return None
    if read_order(words, fair.snapshot, fair.calendar, case.scene.now) is not None:
        return await ordered(case, words)
    return await _answered(case, state, words)


async def _answered(case: Case, state: Mapping[str, Any], words: str) -> Replies | None:
    """Read an order again with the answer to what was asked back."""
    answers = {Missing(missing): said for missing, said in state["answers"].items()}
    answers[Missing(state["missing"])] = words
    return await ordered(case, state["text"], answers)


async def pressed_answer(case: Case, number: int) -> Replies:
    """Take a button for the answer; one of a question that is over is said to be over."""
    flow = await case.office.flows.open_in(case.chat, case.scene.now)
    state = flow.state if flow is not None and flow.name == FLOW else {}
    options = state.get("options", ()) if state.get("what") == ORDER else ()
    if not 1 <= number <= len(options):
        return (case.says("org_question_over"),)
    await case.office.flows.end(case.chat)
    return await _answered(case, state, options[number - 1]) or ()


async def _draft(case: Case, order: Announced) -> Replies:
    draft = draft_of(order, case.scene.knowledge, case.scene.now)
    right = Right.ALARM if draft.kind in STAFF_ONLY else Right.ANNOUNCE
    if refused := _if_may(right, case):
        return refused
    if isinstance(order, Correction):
        last = await _told_last(case)
        if last is None and order.order is None:
            return (case.says("org_nothing_to_correct"),)
        if last is None and order.order is not None:
            # Nobody has heard what was wrong: what is right is no correction to them.
            return await _draft(case, order.order)
        if last is not None:
            draft = _about(last, draft)
    return await keep_and_show(case, draft)


async def _told_last(case: Case) -> Announcement | None:
    """Give what visitors were told last."""
    told = await announcements.newest(case.store)
    public = (one for one in told if one.draft.audience.scope is not Scope.STAFF)
    return next(public, None)


def _about(last: Announcement, draft: Draft) -> Draft:
    """Let a correction correct what visitors were told last."""
    audience = draft.audience if draft.content.changes else last.draft.audience
    return replace(draft, corrects=last.id, audience=audience)


async def _ask_back(
    case: Case, text: str, answers: Mapping[Missing, str], unclear: Unclear
) -> Reply:
    scene = case.scene
    values = [option.value for option in unclear.options]
    await case.office.ask(
        case,
        ORDER,
        text=text,
        missing=unclear.missing.value,
        answers={missing.value: said for missing, said in answers.items()},
        options=values,
    )
    sheet = Sheet(scene)
    sheet.add(question_of(unclear, scene.knowledge, scene.language))
    buttons = [
        Ask(shortened(option.label.in_language(scene.language)), taps.write("or", number))
        for number, option in enumerate(unclear.options, 1)
    ]
    return sheet.reply(*buttons, Ask(scene.say("button_cancel"), taps.write("no")))


def _if_may(right: Right, case: Case) -> Replies | None:
    if case.member.may(right):
        return None
    return (case.says("org_not_allowed"),)
