"""From a draft to everybody: a test to oneself, a question, for everyone a second one.

While it goes and afterwards: pause, resume, stop, send again to exactly those.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import assert_never

from bot.announcements.model import (
    Announcement,
    Scope,
    State,
)
from bot.announcements.progress import progress, table
from bot.announcements.queries import announcements
from bot.announcements.queries.notes import PROGRESS, post
from bot.announcements.telling import told
from bot.delivery.report import failures, resend, tally
from bot.delivery.verdict import State as Delivered
from bot.dialogue.organizer import taps
from bot.dialogue.organizer.audience import said_audience
from bot.dialogue.organizer.drafts import (
    SAFETY_KINDS,
    headline,
    no_draft,
    show,
    tell_doubts,
)
from bot.dialogue.organizer.numbers import had_before, reach_of, said_reach
from bot.dialogue.organizer.office import Case, Replies
from bot.dialogue.organizer.timing import said_moment
from bot.dialogue.scene import Scene, shortened
from bot.dialogue.sheet import Sheet
from bot.messaging.languages import Language
from bot.messaging.outcome import (
    Closed,
    Gone,
    Halted,
    Later,
    Moved,
    Outcome,
    Refused,
    Sent,
    Unsure,
)
from bot.messaging.reply import Ask, Reply

_ALIVE = (State.RUNNING, State.PAUSED)


async def test_first(case: Case, one: Announcement) -> Replies:
    """Send the draft to the organizer alone, and ask whether it is to go; a refusal stops it."""
    scene = case.scene
    copies = [_test_copy(one, language, scene) for language in _languages(one)]
    courier = case.office.couriers.get(case.chat.channel)
    if courier is None:
        # Here it can only be shown, in the answer itself.
        return (*copies, await _question(case, one))
    for copy in copies:
        outcome = await courier.deliver(case.chat.chat, copy, reference="test", silent=True)
        if problem := _problem(outcome):
            await case.note("test_failed", str(one.id))
            return (_not_sent(problem, outcome, one, scene),)
    return (await _question(case, one),)


async def send(case: Case, one: Announcement, seen: str, *, is_sure: bool) -> Replies:
    """Put a draft in force, if it is still as it was seen; everyone is asked about once more."""
    if one.draft.fingerprint != seen:
        return await changed_meanwhile(case, one.id)
    is_for_all = one.draft.audience.scope is Scope.EVERYONE and one.draft.kind not in SAFETY_KINDS
    if is_for_all and not is_sure:
        return (await _second_question(case, one, seen),)
    zone = case.scene.fair.zone
    confirmed = await announcements.confirm(
        case.store, one.id, case.member.name, case.scene.now, zone, seen=seen
    )
    if confirmed is None:
        return await changed_meanwhile(case, one.id)
    await case.note("send", str(one.id))
    return await began(case, confirmed)


async def changed_meanwhile(case: Case, number: int) -> Replies:
    """Say that nothing went out, because a colleague was faster, and show what they made of it."""
    one = await announcements.announcement(case.store, number)
    if one is None or one.state is not State.DRAFT:
        return (no_draft(case.scene, number),)
    return (case.says("org_changed_meanwhile"), *await show(case, number))


async def began(case: Case, confirmed: Announcement) -> Replies:
    """Say that it goes, and have its progress shown where a message can change by itself."""
    courier = case.office.couriers.get(case.chat.channel)
    if courier is None or not courier.can_amend:
        return (await _progress(case, confirmed),)
    await post(case.store, f"{PROGRESS}{confirmed.id}", [case.chat], case.scene.now)
    starts = confirmed.draft.not_before
    if starts is not None and starts > case.scene.now:
        return (case.says("org_goes_at", when=said_moment(starts, case.scene)),)
    return (case.says("org_goes"),)


async def show_progress(case: Case, number: int) -> Replies:
    """Show how far an announcement is; a draft is shown as a draft."""
    one = await announcements.announcement(case.store, number)
    if one is None or one.state is State.DRAFT:
        return await show(case, number)
    return (await _progress(case, one),)


async def steer(case: Case, number: int, state: State) -> Replies:
    """Pause, resume or stop it; effective for whoever has not got it yet."""
    before: Sequence[State] = {
        State.PAUSED: (State.RUNNING,),
        State.RUNNING: (State.PAUSED,),
    }.get(state, _ALIVE)
    if await announcements.set_state(case.store, number, state, before):
        await case.note(state.value, str(number))
    return await show_progress(case, number)


async def send_again(case: Case, number: int, state: Delivered) -> Replies:
    """Send it again to exactly those whose delivery stands there."""
    count = await resend(case.store, number, (state.value,))
    await case.note("resend", f"{number}, {count}")
    return await show_progress(case, number)


async def as_table(case: Case, one: Announcement) -> Replies:
    """Give the numbers as a file."""
    counted, why = await tally(case.store, one.id), await failures(case.store, one.id)
    text = case.scene.say("org_table", number=one.id)
    return (Reply(case.scene.language, text, file=table(one, counted, why)),)


async def list_announcements(case: Case) -> Replies:
    """List what was announced, the newest first."""
    scene = case.scene
    found = await announcements.newest(case.store)
    sheet = Sheet(scene)
    sheet.title = scene.say("org_announcements_title")
    if not found:
        sheet.say("org_announcements_none")
    for one in found:
        state = scene.say(f"progress_{one.state.value}")
        at = said_moment(one.confirmed_at or one.created_at, scene)
        sheet.add(f"{one.id}. {headline(one, scene.language)} – {state} ({at}, {one.confirmed_by})")
    return (
        sheet.reply(
            *(
                Ask(
                    shortened(f"{one.id}. {headline(one, scene.language)}"),
                    taps.write("p", one.id),
                )
                for one in found
            ),
            Ask(scene.say("button_drafts"), taps.write("l")),
        ),
    )


async def _progress(case: Case, one: Announcement) -> Reply:
    counted, why = await tally(case.store, one.id), await failures(case.store, one.id)
    return progress(one, counted, why, case.scene.language, case.scene.fair.zone)


async def _question(case: Case, one: Announcement) -> Reply:
    scene = case.scene
    counted = await reach_of(case, one.draft)
    sheet = Sheet(scene)
    sheet.say("org_send_question", number=one.id)
    sheet.say("org_audience", audience=said_audience(one.draft.audience, scene))
    sheet.add(await said_reach(case, one.draft))
    if one.draft.not_before:
        sheet.say("org_when", when=said_moment(one.draft.not_before, scene))
    await tell_doubts(case, one, sheet)
    back = Ask(scene.say("button_to_draft"), taps.write("d", one.id))
    count = max(counted.all - counted.out_of_reach, await had_before(case, one.draft))
    send_it = taps.write("o", one.id, one.draft.fingerprint)
    if not count and one.draft.content.changes:
        # Whether somebody is to be told or not, answers are to say the new truth.
        sheet.say("org_only_in_force")
        return sheet.reply(Ask(scene.say("button_in_force"), send_it), back)
    if not count:
        sheet.say("org_nobody")
        return sheet.reply(back)
    return sheet.reply(Ask(scene.say("button_send", count=count), send_it), back)


async def _second_question(case: Case, one: Announcement, seen: str) -> Reply:
    scene, counted = case.scene, await reach_of(case, one.draft)
    sheet = Sheet(scene)
    sheet.say(
        "org_send_to_everyone",
        people=scene.count("count_of_people", counted.all - counted.out_of_reach),
    )
    return sheet.reply(
        Ask(scene.say("button_everyone_sure"), taps.write("all", one.id, seen)),
        Ask(scene.say("button_to_draft"), taps.write("d", one.id)),
    )


def _languages(one: Announcement) -> list[Language]:
    return [language for language in Language if language in one.draft.content.texts]


def _test_copy(one: Announcement, language: Language, scene: Scene) -> Reply:
    copy = told(one, language, scene.knowledge, one.draft.audience.records)
    return replace(copy, note=f"{scene.say('org_test')} · {copy.note}")


def _problem(outcome: Outcome) -> str:
    """Say what stops it after the test; "" where it may go on."""
    match outcome:
        case Sent() | Moved() | Closed():
            return ""
        case Refused():
            return "org_test_refused"
        case Halted():
            return "org_test_halted"
        case Later() | Gone() | Unsure():
            return "org_test_later"
        case _:
            assert_never(outcome)


def _not_sent(problem: str, outcome: Outcome, one: Announcement, scene: Scene) -> Reply:
    sheet = Sheet(scene)
    sheet.say(problem, reason=getattr(outcome, "reason", ""))
    return sheet.reply(
        Ask(scene.say("button_to_draft"), taps.write("d", one.id)),
        Ask(scene.say("button_try_again"), taps.write("s", one.id)),
    )
