"""Whether what a message announced can be taken back in the programme too."""

from bot.announcements.lines import line_of
from bot.announcements.model import STAFF_ONLY, Announcement, Draft, Kind
from bot.announcements.queries import announcements
from bot.announcements.queries.changes import changes_made
from bot.announcements.telling import changes_in
from bot.announcements.undoing import Undoing, undoing
from bot.dialogue.organizer import taps
from bot.dialogue.organizer.office import Case
from bot.dialogue.sheet import Sheet
from bot.knowledge.changes import Change
from bot.messaging.reply import Ask

_NOT_EDITED = STAFF_ONLY | {Kind.EVACUATION, Kind.ALL_CLEAR}


async def undoing_of(case: Case, corrected: Announcement) -> Undoing:
    """Say what takes the changes of an announcement back."""
    changes = changes_in(corrected)
    if not changes:
        return Undoing()
    made = await changes_made(case.store)
    since = corrected.confirmed_at
    earlier = [one.change for one in made if since is None or one.at < since]
    return undoing(changes, case.scene.knowledge, earlier, case.scene.now)


async def corrected_by(case: Case, draft: Draft) -> Announcement | None:
    """Give the announcement that a draft corrects; `None` for none."""
    if draft.corrects is None:
        return None
    return await announcements.announcement(case.store, draft.corrects)


async def tell_what_stays(case: Case, draft: Draft, sheet: Sheet) -> None:
    """Warn where a correction leaves a change of the programme as it is."""
    corrected = await corrected_by(case, draft)
    if corrected is None or draft.content.changes or not corrected.draft.content.changes:
        return
    # Other words alone change no programme: answers and reminders go on as before.
    can_undo = bool((await undoing_of(case, corrected)).back)
    sheet.say("org_change_stays" if can_undo else "org_change_stays_only", number=corrected.id)


async def choices_of_correction(case: Case, one: Announcement) -> tuple[Ask, ...]:
    """Offer to take the change back too, and to tell anew those who have the old message."""
    draft, scene = one.draft, case.scene
    if draft.corrects is None or draft.kind in _NOT_EDITED:
        return ()
    corrected = await corrected_by(case, draft)
    asks = []
    if corrected and not draft.content.changes and (await undoing_of(case, corrected)).back:
        asks.append(Ask(scene.say("button_undo_too"), taps.write("un", one.id)))
    key, value = ("button_tell_once", "0") if draft.tells_anew else ("button_tell_anew", "1")
    return (*asks, Ask(scene.say(key), taps.write("anew", one.id, value)))


def list_lines(changes: tuple[Change, ...], case: Case, sheet: Sheet) -> None:
    """List changes, each in a line."""
    scene = case.scene
    for change in changes:
        if line := line_of(change, scene.knowledge, scene.language):
            sheet.add(f"• {line}")
