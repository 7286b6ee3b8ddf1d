"""Takes what somebody typed for the answer to what they were asked."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.announcements.model import Announcement, Kind, State
from bot.announcements.queries import announcements
from bot.dialogue.organizer import letters, team
from bot.dialogue.organizer.audience import choose_record
from bot.dialogue.organizer.drafts import change, new_draft, no_draft, rewrite
from bot.dialogue.organizer.office import Case, Replies
from bot.dialogue.organizer.orders import typed_answer
from bot.dialogue.organizer.safety import for_staff
from bot.dialogue.organizer.timing import end_in, moment_in, not_understood
from bot.messaging.languages import Language


async def answered(state: Mapping[str, Any], words: str, case: Case) -> Replies | None:
    """Go on with what was asked.

    Args:
        state: what `Office.ask` kept: `what` was asked, and about which `number`.
        words: as they were typed.
        case: whose turn it is.
    """
    match state["what"]:
        case "new":
            return await new_draft(case, words)
        case "name":
            return await team.rename(case, words)
        case "answer":
            return await letters.answer(case, int(state["number"]), words)
        case "order":
            return await typed_answer(case, state, words)
        case Kind.FIRST_AID | Kind.MISSING_CHILD as kind:
            return await for_staff(case, Kind(kind), words)
        case _:
            return await _about_draft(state, words, case)


async def _about_draft(state: Mapping[str, Any], words: str, case: Case) -> Replies | None:
    number = int(state.get("number", 0))
    one = await announcements.announcement(case.store, number)
    if one is None or one.state is not State.DRAFT:
        return (no_draft(case.scene, number),)
    match state["what"]:
        case "text":
            return await rewrite(case, one, Language(state["language"]), words)
        case "ar" | "aw" as what:
            return (choose_record(case, one, what, words),)
        case "when" | "until" as what:
            return await _at(case, one, what, words)
        case _:
            return None


async def _at(case: Case, one: Announcement, what: str, words: str) -> Replies:
    moment = (end_in if what == "until" else moment_in)(words, case.scene)
    if moment is None:
        await case.office.ask(case, what, number=one.id)
        return (not_understood(case.scene),)
    draft = one.draft
    if what == "until":
        return await change(case, one, replace(draft, expires_at=moment))
    draft = replace(draft, not_before=moment)
    if draft.expires_at is not None and draft.expires_at <= moment:
        # What was to hold for a day from now holds for a day from then.
        lasted = draft.expires_at - one.created_at
        draft = replace(draft, expires_at=moment + lasted)
    return await change(case, one, draft)
