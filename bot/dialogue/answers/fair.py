"""The fair itself: what it is, when and where, hours, entry, who organizes it."""

from bot.dialogue.answers.missing import main_buttons, say_missing
from bot.dialogue.answers.places import point_of, tell_access
from bot.dialogue.scene import Scene
from bot.dialogue.sheet import Sheet
from bot.dialogue.wishes import About, Facet
from bot.knowledge.model import Place
from bot.language.said import say_date, say_range
from bot.messaging.reply import Reply


def about_fair(wish: About, scene: Scene) -> Reply:
    """Answer about the fair."""
    sheet = Sheet(scene, scene.knowledge.event)
    sheet.head(scene.knowledge.event.name)
    venue = _venue(scene)
    tell = _FACETS.get(wish.facet, _tell_all)
    if not tell(sheet):
        say_missing(sheet, _MISSING.get(wish.facet, wish.facet))
    return sheet.reply(
        *main_buttons(scene),
        point=point_of(venue, scene) if wish.facet is Facet.WHERE and venue else None,
    )


def _tell_all(sheet: Sheet) -> bool:
    event = sheet.scene.knowledge.event
    _tell_days(sheet)
    _tell_city(sheet)
    sheet.part()
    sheet.tell(event.purpose)
    organizer = sheet.scene.knowledge.organizers.get(event.organizer)
    if organizer is not None:
        sheet.line("line_organizer", organizer.name)
    groups = tuple(group.name for group in event.exhibitor_groups)
    sheet.listing("line_groups", groups)
    _tell_hours(sheet)
    sheet.line("line_admission", event.admission)
    sheet.line("line_hashtags", " ".join(event.hashtags))
    sheet.line("line_web", event.registration_url)
    return True


def _tell_days(sheet: Sheet) -> None:
    scene = sheet.scene
    event = scene.knowledge.event
    first = say_date(event.start_date, scene.language)
    last = say_date(event.end_date, scene.language, year=True)
    key = f"fair_days_{scene.phase.value}"
    if event.start_date == event.end_date:
        sheet.say(f"{key}_one", day=last)
    else:
        days = scene.count("count_days", len(event.days))
        sheet.say(key, first=first, last=last, days=days)


def _tell_city(sheet: Sheet) -> None:
    event = sheet.scene.knowledge.event
    city = sheet.read(event.city)
    venue = _venue(sheet.scene)
    if venue is None:
        sheet.line("line_city", city)
        return
    sheet.cite(venue)
    sheet.line("line_place", f"{sheet.read(venue.name)}, {city}")
    sheet.fact("line_address", venue.address)


def _tell_hours(sheet: Sheet) -> bool:
    hours = sheet.scene.knowledge.event.hours
    if hours:
        sheet.say("hours")
    for one in hours:
        day = say_date(one.date, sheet.scene.language)
        sheet.add(f"• {day}: {say_range(one.open, one.close)}")
    return bool(hours)


def _tell_when(sheet: Sheet) -> bool:
    _tell_days(sheet)
    if not _tell_hours(sheet):
        sheet.say("missing_hours")
    return True


def _tell_where(sheet: Sheet) -> bool:
    _tell_city(sheet)
    venue = _venue(sheet.scene)
    if venue is None:
        say_missing(sheet, "venue")
    elif venue.directions:
        sheet.line("line_directions", venue.directions)
    return True


def _tell_entry(sheet: Sheet) -> bool:
    event = sheet.scene.knowledge.event
    known = sheet.tell(event.admission)
    return sheet.line("line_web", event.registration_url) or known


def _tell_organizer(sheet: Sheet) -> bool:
    event = sheet.scene.knowledge.event
    organizer = sheet.scene.knowledge.organizers.get(event.organizer)
    return organizer is not None and sheet.line("line_organizer", organizer.name)


def _tell_access(sheet: Sheet) -> bool:
    venue = _venue(sheet.scene)
    return venue is not None and tell_access(sheet, venue.accessibility)


def _nothing(sheet: Sheet) -> bool:
    return False


def _venue(scene: Scene) -> Place | None:
    venue = scene.knowledge.event.venue
    return scene.knowledge.places.get(venue) if venue else None


_FACETS = {
    Facet.WHEN: _tell_when,
    Facet.LENGTH: _tell_when,
    Facet.WHERE: _tell_where,
    Facet.COST: _tell_entry,
    Facet.SIGN_UP: _tell_entry,
    Facet.LEADER: _tell_organizer,
    Facet.CONTACT: _tell_organizer,
    Facet.ACCESS: _tell_access,
    Facet.COUNT: _nothing,
}
_MISSING = {Facet.COST: "admission", Facet.SIGN_UP: "admission"}
