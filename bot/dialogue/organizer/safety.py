"""Safety: an evacuation by two people, its end, and what only the staff is told."""

import datetime as dt

from bot.announcements.model import (
    Announcement,
    Audience,
    Content,
    Draft,
    Kind,
    Scope,
    State,
    Urgency,
)
from bot.announcements.orders import draft_of
from bot.announcements.orders.model import AllClear, Evacuation
from bot.announcements.orders.where import part_named
from bot.announcements.queries import announcements, notes
from bot.announcements.queries.alarms import ASKED_TO_CONFIRM, alarm_in_force
from bot.announcements.staff import Right
from bot.dialogue.organizer import taps
from bot.dialogue.organizer.drafts import keep_and_show, show
from bot.dialogue.organizer.office import Case, Replies
from bot.dialogue.organizer.sending import began
from bot.dialogue.scene import Scene
from bot.dialogue.sheet import Sheet
from bot.knowledge.model import Place
from bot.language.catalog import say
from bot.messaging.languages import Language
from bot.messaging.reply import Ask, Reply

SECOND_WITHIN = dt.timedelta(minutes=15)
"""How long a second person may confirm what a first has confirmed."""


async def evacuation(case: Case, zone: str) -> Replies:
    """Draft an evacuation from its template, or show the one that waits for a second person.

    Args:
        case: whose turn it is.
        zone: the part of the building: a place's id, or words; "" for all of it.
    """
    for one in await announcements.drafts(case.store):
        is_asked = one.draft.kind is Kind.EVACUATION and await notes.may_be_second(
            case.store, one.id, case.chat, case.scene.now
        )
        if is_asked:
            return (second_question(one, case.scene.language),)
    part = _part(case.scene, zone)
    order = Evacuation(part.id if part else zone)
    return await keep_and_show(case, draft_of(order, case.scene.knowledge, case.scene.now))


def _part(scene: Scene, zone: str) -> Place | None:
    """Find the place that was meant, so that it is named in the reader's language."""
    places = scene.knowledge.places
    return places.get(zone) or part_named(zone, scene.fair.snapshot)


async def first_confirms(case: Case, one: Announcement, seen: str) -> Replies:
    """Take the first of two confirmations, and ask all others who may give the second."""
    scene = case.scene
    if one.draft.fingerprint != seen:
        return await show(case, one.id)
    others = [
        member.chat
        for member in case.office.staff.members()
        if member.chat != case.chat and member.may(Right.ALARM)
    ]
    await case.note("first_confirmed", str(one.id))
    sheet = Sheet(scene)
    if not others:
        sheet.say("org_second_nobody")
        return (sheet.reply(Ask(scene.say("button_team"), taps.write("team"))),)
    until = scene.now + SECOND_WITHIN
    await notes.post(case.store, f"{ASKED_TO_CONFIRM}{one.id}", others, scene.now, until)
    sheet.say("org_second_asked", people=scene.count("count_of_people", len(others)))
    return (sheet.reply(Ask(scene.say("button_drop_draft"), taps.write("del", one.id))),)


async def second_confirms(case: Case, one: Announcement, seen: str) -> Replies:
    """Take the second confirmation: everybody is told, before everything else."""
    scene, zone = case.scene, case.scene.fair.zone
    confirmed = await announcements.confirm(
        case.store, one.id, case.member.name, scene.now, zone, seen=seen, second=case.chat
    )
    if confirmed is None:
        now = await announcements.announcement(case.store, one.id)
        is_asked = await notes.may_be_second(case.store, one.id, case.chat, scene.now)
        if now and is_asked and is_evacuation_waiting(now) and now.draft.fingerprint != seen:
            return (case.says("org_changed_meanwhile"), second_question(now, scene.language))
        return (case.says("org_second_not_you"),)
    await case.note("send", str(one.id))
    return (_in_force(scene), *await began(case, confirmed))


def second_question(one: Announcement, language: Language) -> Reply:
    """Ask somebody of the staff to be the second who confirms."""
    content = one.draft.content
    return Reply(
        language,
        f"{say(language, 'org_second_question', name=one.created_by)}\n\n{content.text(language)}",
        title=content.headline(language),
        buttons=(
            Ask(say(language, "button_second"), taps.write("e2", one.id, one.draft.fingerprint)),
            Ask(say(language, "button_second_no"), taps.write("del", one.id)),
        ),
    )


async def all_clear(case: Case, back_at: dt.datetime | None = None) -> Replies:
    """Draft the end of the alarm that is in force, and when one may come back if not at once."""
    scene = case.scene
    if await alarm_in_force(case.store) is None:
        return (case.says("org_no_alarm"),)
    texts = {language: say(language, "all_clear_text") for language in Language}
    if back_at is not None:
        told = draft_of(AllClear(back_at), scene.knowledge, scene.now).content
        texts = {language: told.text(language) for language in Language}
    titles = {language: say(language, "all_clear_title") for language in Language}
    return await keep_and_show(case, Draft(Kind.ALL_CLEAR, Urgency.SAFETY, Content(texts, titles)))


async def for_staff(case: Case, kind: Kind, words: str) -> Replies:
    """Draft what goes to the staff alone: help is needed, or a child is missing."""
    if not words:
        await case.office.ask(case, kind.value)
        sheet = Sheet(case.scene)
        sheet.say(f"org_ask_{kind.value}")
        return (sheet.reply(Ask(case.scene.say("button_cancel"), taps.write("no"))),)
    texts = dict.fromkeys(Language, words)
    titles = {language: say(language, f"{kind.value}_title") for language in Language}
    draft = Draft(kind, Urgency.SAFETY, Content(texts, titles), Audience(Scope.STAFF))
    return await keep_and_show(case, draft)


def offer(case: Case, kind: str) -> Reply:
    """Offer to tell the staff what the words of a colleague were an alarm about."""
    scene, sheet = case.scene, Sheet(case.scene)
    sheet.say("org_offer_alarm")
    asks = {
        "medical": ("button_first_aid", "fa"),
        "child": ("button_missing", "mc"),
        "fire": ("button_evacuation", "ev"),
    }[kind]
    return sheet.reply(Ask(scene.say(asks[0]), taps.write(asks[1])))


def is_evacuation_waiting(one: Announcement) -> bool:
    """Say whether it is an evacuation that is not confirmed yet."""
    return one.draft.kind is Kind.EVACUATION and one.state is State.DRAFT


def _in_force(scene: Scene) -> Reply:
    sheet = Sheet(scene)
    sheet.say("org_evacuation_goes")
    return sheet.reply(Ask(scene.say("button_all_clear"), taps.write("ac")))
