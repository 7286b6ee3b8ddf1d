"""Who can help in person: an adviser on the floor now, then an office, else honestly nobody."""

import datetime as dt
from collections.abc import Iterator

from bot.dialogue.answers.exhibitors import said_stands
from bot.dialogue.fair import Slot
from bot.dialogue.scene import Phase, Scene
from bot.dialogue.sheet import Sheet
from bot.knowledge.model import Exhibitor, ExhibitorKind, Need, Offer, SessionType
from bot.language.said import say_date
from bot.messaging.reply import Ask
from bot.support.extraction import Extraction
from bot.support.needs import needs_of
from bot.support.results import match_of
from bot.support.situation import Situation
from bot.support.terms import Intake

_OFFICES = 2


def tell_referral(
    sheet: Sheet, situation: Situation, extraction: Extraction, *, has_offers: bool = False
) -> tuple[Ask, ...]:
    """Say who can help in person, and give the buttons that lead there.

    Offices are named where no offer was found that would name somebody itself.
    """
    sheet.part()
    buttons = [*_on_the_floor(sheet, situation, extraction)]
    if not has_offers:
        buttons += _offices(sheet, situation)
        if not buttons:
            sheet.say("support_person_none")
    sheet.part()
    return tuple(dict.fromkeys(buttons))


def _on_the_floor(sheet: Sheet, situation: Situation, extraction: Extraction) -> Iterator[Ask]:
    """Name an adviser of the programme, and one who has a stand while the fair is on."""
    scene = sheet.scene
    slot = next(_advising(situation, extraction, scene), None)
    if slot is not None:
        _tell_slot(sheet, slot)
        yield scene.ask_about(slot.session)
    if scene.phase is not Phase.DURING:
        return
    for exhibitor in scene.knowledge.exhibitors.values():
        if _is_there(exhibitor, scene.today):
            sheet.cite(exhibitor)
            stands = said_stands(exhibitor.stands, scene)
            sheet.say("support_person_stand", name=sheet.read(exhibitor.name), stands=stands)
            yield scene.ask_about(exhibitor)
            return


def _advising(situation: Situation, extraction: Extraction, scene: Scene) -> Iterator[Slot]:
    """List the consultations that are on, then those to come; what is about the need first."""
    ranked = []
    for slot in scene.fair.slots.values():
        session = slot.session
        if session.type is SessionType.CONSULTATION and slot.is_on and slot.end > scene.now:
            topics = " ".join(topic.pl for topic in session.topics)
            needs = extraction.read(topics, scene.today).situation.needs
            if needs or not topics:
                is_other = not needs & (situation.needs | {Need.ADVICE})
                is_later = slot.start > scene.now
                ranked.append(((is_later, is_other, slot.start), slot))
    yield from (slot for _, slot in sorted(ranked, key=lambda one: one[0]))


def _tell_slot(sheet: Sheet, slot: Slot) -> None:
    scene, session = sheet.scene, slot.session
    sheet.cite(session)
    place = scene.knowledge.places.get(session.place)
    said = {"title": sheet.read(session.title), "place": sheet.read(place.name) if place else ""}
    if slot.start <= scene.now:
        sheet.say("support_person_now", **said, time=f"{slot.end:%H:%M}")
    elif slot.start.date() == scene.today:
        sheet.say("support_person_later", **said, time=f"{slot.start:%H:%M}")
    else:
        day = say_date(slot.start.date(), scene.language)
        sheet.say("support_person_day", **said, day=day, time=f"{slot.start:%H:%M}")


def _is_there(exhibitor: Exhibitor, today: dt.date) -> bool:
    is_adviser = exhibitor.kind is ExhibitorKind.SUPPORT_CENTRE and bool(exhibitor.stands)
    return is_adviser and (not exhibitor.present_on or today in exhibitor.present_on)


def _offices(sheet: Sheet, situation: Situation) -> Iterator[Ask]:
    """Name who gives advice outside the fair, those with hours first."""
    scene = sheet.scene
    fitting = [offer for offer in scene.knowledge.offers.values() if _advises(offer)]
    open_to_us = []
    for offer in fitting:
        match = match_of(offer, situation, scene.now, scene.knowledge.areas)
        if not match.unmet and match.intake not in (Intake.PASSED, Intake.CLOSED):
            open_to_us.append((offer.hours is None, -match.met, len(match.unsure), offer))
    for *_, offer in sorted(open_to_us, key=lambda ranked: ranked[:3])[:_OFFICES]:
        sheet.cite(offer)
        contact = offer.contact
        reached = (offer.hours and sheet.read(offer.hours), contact.phone, contact.web)
        how = ", ".join(one for one in reached if one)
        if how:
            sheet.say("support_person_office", title=sheet.read(offer.title), how=how)
            yield scene.ask_about(offer)


def _advises(offer: Offer) -> bool:
    return bool(needs_of(offer) & {Need.ADVICE})
