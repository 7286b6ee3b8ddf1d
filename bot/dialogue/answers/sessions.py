"""One session of the programme: when (with end, length and what follows), where, who, sign-up."""

import datetime as dt
from collections.abc import Iterator

from bot.dialogue.answers.before import short_before, tell_before, tell_why_cancelled
from bot.dialogue.answers.exhibitors import tell_people
from bot.dialogue.answers.missing import desk_button, say_missing
from bot.dialogue.answers.places import point_of, tell_access, tell_where
from bot.dialogue.answers.saving import save_button
from bot.dialogue.answers.signing_up import (
    registration_buttons,
    said_places,
    tell_registration,
)
from bot.dialogue.fair import Slot
from bot.dialogue.scene import Phase, Scene
from bot.dialogue.sheet import Sheet
from bot.dialogue.wishes import About, Facet, Programme
from bot.knowledge.model import Session, Status
from bot.language.said import say_day, say_duration, say_range, say_time, say_until
from bot.messaging.reply import Button, Card, Reply
from bot.signups.bookable import bookables


def about_session(session: Session, wish: About, scene: Scene) -> Reply:
    """Answer about a session. Whatever is asked, time, place and status are told with it."""
    sheet = Sheet(scene, session)
    sheet.head(session.title)
    slot = scene.fair.slots[session.id]
    _tell_status(sheet, slot)
    tell = _FACETS.get(wish.facet)
    if tell is None:
        _tell_all(sheet, slot)
    else:
        known = tell(sheet, slot)
        if not known:
            say_missing(sheet, wish.facet)
        sheet.part()
        if tell is not _tell_when:
            _tell_time(sheet, slot)
        if tell is not _tell_directions:
            _tell_where(sheet, slot)
    _tell_news(sheet, session)
    place = scene.knowledge.places.get(session.place)
    shows_map = wish.facet is Facet.WHERE and place is not None
    return sheet.reply(
        *_buttons(sheet, slot, wish.facet),
        point=point_of(place, scene) if shows_map and place else None,
    )


def session_card(slot: Slot, scene: Scene) -> Card:
    """Make the card of a session: time with its end, room, status."""
    session = slot.session
    sheet = Sheet(scene, session)
    sheet.head(session.title)
    if session.status is Status.CANCELLED:
        sheet.title = scene.say("cancelled_title", title=sheet.title)
    length = say_duration(slot.end - slot.start, scene.language)
    line = f"{say_range(slot.start, slot.end)} ({length})"
    if session.delay_min and slot.is_on:
        line += f", {scene.say('delayed_short', minutes=session.delay_min)}"
    sheet.add(line)
    if place := scene.knowledge.places.get(session.place):
        floor = f", {sheet.read(place.floor)}" if place.floor else ""
        sheet.add(f"{sheet.read(place.name)}{floor}")
    if before := short_before(session.id, scene):
        sheet.add(before)
    if soon := _soon(slot, scene):
        sheet.add(soon)
    for what in bookables(session, scene.knowledge, scene.now):
        sheet.line("line_seats", said_places(what, scene))
    return sheet.card(
        scene.ask_about(session, label_key="button_details"), save_button(session.id, scene)
    )


def _tell_status(sheet: Sheet, slot: Slot) -> None:
    session = slot.session
    planned = say_time(session.start)
    match session.status:
        case Status.CANCELLED:
            sheet.say("session_cancelled", time=say_time(_known(slot, sheet.scene)[0]))
            tell_why_cancelled(sheet, session.id)
            is_told = True
        case _:
            is_told = tell_before(sheet, session.id)
    match session.status:
        case Status.MOVED if not is_told:
            sheet.say("session_moved")
        case status if session.delay_min and status is not Status.CANCELLED:
            minutes = say_duration(dt.timedelta(minutes=session.delay_min), sheet.scene.language)
            sheet.say("session_delayed", time=say_time(slot.start), planned=planned, length=minutes)
        case _:
            pass
    replaced = sheet.scene.fair.record(session.replaces) if session.replaces else None
    if replaced is not None:
        sheet.say("session_replaces", title=sheet.scene.name(replaced))
    sheet.part()


def _tell_all(sheet: Sheet, slot: Slot) -> bool:
    session = slot.session
    _tell_when(sheet, slot)
    _tell_where(sheet, slot)
    sheet.part()
    _tell_leaders_line(sheet, session)
    sheet.tell(session.description)
    sheet.listing("line_for_whom", session.audience)
    sheet.listing("line_languages", session.language)
    tell_registration(sheet, session)
    sheet.part()
    tell_access(sheet, session.accessibility)
    return True


def _tell_when(sheet: Sheet, slot: Slot) -> bool:
    """Say when, with the end, the length, how soon, and what follows in the room."""
    _tell_time(sheet, slot)
    if slot.is_on and slot.following:
        gap, after = slot.following
        start = sheet.scene.fair.slots[after.id].start
        sheet.say(
            "then_here",
            time=say_time(start),
            title=sheet.read(after.title),
            gap=_said_gap(sheet, gap),
        )
    return True


def _said_gap(sheet: Sheet, gap: dt.timedelta) -> str:
    if gap < dt.timedelta(minutes=1):
        return sheet.scene.say("gap_none")
    return sheet.scene.say("gap", length=say_duration(gap, sheet.scene.language))


def _tell_time(sheet: Sheet, slot: Slot) -> None:
    scene = sheet.scene
    start, end = _known(slot, scene)
    day = say_day(start.date(), scene.today, scene.language)
    length = say_duration(end - start, scene.language)
    soon = _soon(slot, scene)
    said = scene.say("time_of", day=day, range=say_range(start, end), length=length)
    sheet.add(f"{said}{f' – {soon}' if soon else ''}")


def _known(slot: Slot, scene: Scene) -> tuple[dt.datetime, dt.datetime]:
    """Give when it is; of what is cancelled, when it was to be as visitors knew it then."""
    was = scene.knowledge.before.get(slot.session.id)
    if was is None or slot.is_on or was.off_start is None or was.off_end is None:
        return slot.start, slot.end
    return was.off_start, was.off_end


def _soon(slot: Slot, scene: Scene) -> str:
    """Say how the session stands to this moment, on its own day."""
    if not slot.is_on or slot.start.date() != scene.today:
        return ""
    if scene.now < slot.start:
        return scene.say("begins", until=say_until(slot.start - scene.now, scene.language))
    if scene.now < slot.end:
        return scene.say("runs_until", time=say_time(slot.end))
    return scene.say("is_over")


def _tell_where(sheet: Sheet, slot: Slot) -> bool:
    place = sheet.scene.knowledge.places.get(slot.session.place)
    if place is None:
        return False
    tell_where(sheet, place)
    return True


def _tell_directions(sheet: Sheet, slot: Slot) -> bool:
    known = _tell_where(sheet, slot)
    place = sheet.scene.knowledge.places.get(slot.session.place)
    if place is not None and place.directions:
        sheet.line("line_directions", place.directions)
    return known


def _tell_leaders(sheet: Sheet, slot: Slot) -> bool:
    return _tell_leaders_line(sheet, slot.session)


def _tell_leaders_line(sheet: Sheet, session: Session) -> bool:
    inner = Sheet(sheet.scene)
    if not tell_people(inner, session.speakers):
        return False
    for i in session.speakers:
        person = sheet.scene.knowledge.people.get(i)
        if person is not None and person.consent:
            sheet.cite(person)
    return sheet.line("line_leader", inner.text.replace("\n", "; "))


def _tell_signup(sheet: Sheet, slot: Slot) -> bool:
    return tell_registration(sheet, slot.session) or sheet.line(
        "line_signup", sheet.scene.say("signup_not_needed")
    )


def _tell_audience(sheet: Sheet, slot: Slot) -> bool:
    return sheet.listing("line_for_whom", slot.session.audience)


def _tell_access(sheet: Sheet, slot: Slot) -> bool:
    place = sheet.scene.knowledge.places.get(slot.session.place)
    known = tell_access(sheet, slot.session.accessibility)
    return (place is not None and tell_access(sheet, place.accessibility)) or known


def _tell_cost(sheet: Sheet, slot: Slot) -> bool:
    return False


def _tell_news(sheet: Sheet, session: Session) -> None:
    for announcement in sheet.scene.fair.announcements(session.id, sheet.scene.now):
        if announcement.example:
            sheet.cite(announcement)
        sheet.tell(announcement.text)


def _buttons(sheet: Sheet, slot: Slot, facet: Facet) -> Iterator[Button]:
    scene = sheet.scene
    session = slot.session
    yield from registration_buttons(session, scene)
    yield save_button(session.id, scene)
    if facet not in (Facet.ALL, Facet.WHAT):
        yield scene.ask_about(session, label_key="button_more_about")
    if facet is not Facet.WHERE and (place := scene.knowledge.places.get(session.place)):
        yield scene.ask_about(place, label_key="button_where")
    if slot.following:
        yield scene.ask_about(slot.following[1], label_key="button_after_this")
    yield scene.ask("button_day_programme", Programme(slot.start.date()))
    if scene.phase is Phase.DURING and not slot.is_on:
        yield desk_button(scene)


_FACETS = {
    Facet.WHEN: _tell_when,
    Facet.LENGTH: _tell_when,
    Facet.DEADLINE: _tell_signup,
    Facet.WHERE: _tell_directions,
    Facet.LEADER: _tell_leaders,
    Facet.CONTACT: _tell_leaders,
    Facet.SIGN_UP: _tell_signup,
    Facet.COST: _tell_cost,
    Facet.FOR_WHOM: _tell_audience,
    Facet.ACCESS: _tell_access,
}
