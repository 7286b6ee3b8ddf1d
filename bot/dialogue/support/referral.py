"""Who can help in person: an adviser on the floor now, then an office, else honestly nobody."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType

from bot.dialogue.answers.exhibitors import said_stands
from bot.dialogue.fair import Slot
from bot.dialogue.scene import Phase, Scene
from bot.dialogue.sheet import Sheet
from bot.knowledge.model import Exhibitor, ExhibitorKind, Faq, Need, Offer, SessionType
from bot.language.said import say_date
from bot.messaging.reply import Ask
from bot.support.extraction import Extraction
from bot.support.needs import needs_of
from bot.support.results import match_of
from bot.support.situation import Situation
from bot.support.terms import Intake

_OFFICES = 2
_KNOWN = 3

TASKS_OF: Mapping[Need, tuple[str, ...]] = MappingProxyType(
    {
        Need.ADVICE: ("G01",),
        Need.LEGAL: ("G14",),
        Need.APPLICATION: ("G01",),
        Need.TRAINING: ("G02",),
        Need.GRANT: ("G03",),
        Need.PREMISES: ("G04",),
        Need.SEAT: ("G04",),
        Need.ADDRESS: ("G04",),
        Need.OBP_STATUS: ("G05",),
        Need.FOUNDING: ("G06",),
        Need.COOPERATIVE: ("G07",),
        Need.JOB_GRANT: ("G07",),
        Need.SOCIAL_ENTERPRISE_STATUS: ("G08",),
        Need.CERTIFICATE: ("G09",),
        Need.PARTNER: ("G11",),
        Need.SELLING: ("G12",),
        Need.VOLUNTEERS: ("G13",),
        Need.ACCOUNTING: ("G14",),
        Need.ROOM: ("G15",),
        Need.EQUIPMENT: ("G15",),
        Need.EXHIBITING: ("G16",),
        Need.MEETINGS: ("G17",),
        Need.OFFICE: ("G18",),
    }
)
"""The task of an organisation that a need belongs to, as questions name it in `intents`."""


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


def tell_known(sheet: Sheet, needs: Collection[Need]) -> tuple[Ask, ...]:
    """Say what is known of needs that no offer meets, and give the buttons that tell more."""
    known = _known(needs, sheet.scene)
    for faq in known[:1]:
        sheet.cite(faq)
        sheet.tell(faq.answer)
        sheet.tell_law(faq)
    return tuple(sheet.scene.ask_about(faq) for faq in known[1:_KNOWN])


def ask_known(needs: Collection[Need], scene: Scene) -> tuple[Ask, ...]:
    """Make a button for what is known of each need beside the offers, such as the law of it."""
    first = {need: _known({need}, scene)[:1] for need in sorted(needs)}
    return tuple(scene.ask_about(faq) for known in first.values() for faq in known)[:_KNOWN]


def _known(needs: Collection[Need], scene: Scene) -> list[Faq]:
    tasks = {task for need in needs for task in TASKS_OF.get(need, ())}
    known = [
        faq for faq in scene.knowledge.faq.values() if tasks & set(faq.intents) and not faq.fills
    ]
    # What is of one task alone tells more of it than what also touches it.
    return sorted(known, key=lambda faq: (faq.not_known, len(faq.intents)))


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
