"""Each wish has one answer: here the way parts."""

from typing import assert_never

from bot.dialogue.answers.exhibitor_lists import (
    all_categories,
    all_exhibitors,
    at_stand,
    count_of_exhibitors,
    exhibitors_having,
)
from bot.dialogue.answers.exhibitors import about_exhibitor
from bot.dialogue.answers.fair import about_fair
from bot.dialogue.answers.faq import about_faq, with_shrug
from bot.dialogue.answers.found import found
from bot.dialogue.answers.offers import about_offer, all_offers
from bot.dialogue.answers.own import alarm, choice, gone, own_text, puzzled, routed, several, spoken
from bot.dialogue.answers.people import about_organizer, about_person
from bot.dialogue.answers.places import about_place, all_places
from bot.dialogue.answers.programme import coming_next, now, programme, room_programme
from bot.dialogue.answers.series import about_series
from bot.dialogue.answers.series_list import all_series
from bot.dialogue.answers.sessions import about_session
from bot.dialogue.answers.terms import about_mark, about_term
from bot.dialogue.scene import Scene
from bot.dialogue.signups.advisers import slots
from bot.dialogue.wishes import (
    About,
    Alarm,
    AllSeries,
    AtStand,
    Categories,
    Choice,
    CountOfExhibitors,
    Exhibitors,
    Found,
    Gone,
    Having,
    Next,
    Now,
    Offers,
    Places,
    Programme,
    Puzzled,
    RoomProgramme,
    Routed,
    Say,
    Several,
    Speak,
    Wish,
)
from bot.knowledge.model import (
    AnyRecord,
    Consultation,
    Event,
    Exhibitor,
    Faq,
    Mark,
    Offer,
    Organizer,
    Person,
    Place,
    Series,
    Session,
    Term,
)
from bot.messaging.reply import Reply


def answer(wish: Wish, scene: Scene) -> Reply:  # noqa: C901 - one line for each wish
    """Grant a wish."""
    match wish:
        case About(record_id):
            record = scene.fair.record(record_id)
            if record is None:
                return gone(scene)
            return with_shrug(about(record, wish, scene), wish.shrug, scene)
        case RoomProgramme(room) if room not in scene.knowledge.places:
            return gone(scene)
        case RoomProgramme():
            return room_programme(wish, scene)
        case AtStand():
            return at_stand(wish, scene)
        case Now():
            return now(wish, scene)
        case Next():
            return coming_next(wish, scene)
        case Programme():
            return programme(wish, scene)
        case Exhibitors():
            return all_exhibitors(wish, scene)
        case Categories():
            return all_categories(wish, scene)
        case Having():
            return with_shrug(exhibitors_having(wish, scene), wish.shrug, scene)
        case CountOfExhibitors():
            return count_of_exhibitors(scene)
        case AllSeries():
            return all_series(wish, scene)
        case Offers():
            return all_offers(wish, scene)
        case Places():
            return all_places(wish, scene)
        case Found():
            return found(wish, scene)
        case Routed():
            return routed(wish, scene)
        case Choice():
            return choice(wish, scene)
        case Several():
            return several(wish, scene)
        case Say():
            return own_text(wish, scene)
        case Speak():
            return spoken(wish, scene)
        case Alarm():
            return alarm(wish, scene)
        case Gone():
            return gone(scene)
        case Puzzled():
            return puzzled(scene)
        case _:
            assert_never(wish)


def about(record: AnyRecord, wish: About, scene: Scene) -> Reply:  # noqa: C901 - one line a kind
    """Answer about a record of any kind."""
    match record:
        case Exhibitor():
            return about_exhibitor(record, wish, scene)
        case Session():
            return about_session(record, wish, scene)
        case Series():
            return about_series(record, wish, scene)
        case Offer():
            return about_offer(record, wish, scene)
        case Consultation():
            return slots(record, 0, scene)
        case Place():
            return about_place(record, wish, scene)
        case Faq():
            return about_faq(record, scene)
        case Term():
            return about_term(record, wish, scene)
        case Mark():
            return about_mark(record, wish, scene)
        case Person():
            return about_person(record, wish, scene)
        case Organizer():
            return about_organizer(record, wish, scene)
        case Event():
            return about_fair(wish, scene)
        case _:
            return gone(scene)
