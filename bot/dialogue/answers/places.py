"""Where something is: building, floor, landmark, way, access, a point on the map."""

from collections.abc import Iterator

from bot.dialogue.answers.contacts import contact_buttons, has_contact, tell_contact
from bot.dialogue.answers.listing import page_of
from bot.dialogue.answers.missing import desk_button, say_missing
from bot.dialogue.scene import Scene
from bot.dialogue.sheet import Sheet
from bot.dialogue.wishes import About, Facet, Places, RoomProgramme
from bot.knowledge.model import Accessibility, Place, PlaceKind, Source
from bot.messaging.reply import Button, Card, MapPoint, Reply


def about_place(place: Place, wish: About, scene: Scene) -> Reply:
    """Answer about a place."""
    sheet = Sheet(scene, place)
    sheet.head(place.name)
    match wish.facet:
        case Facet.ACCESS:
            if not tell_access(sheet, place.accessibility):
                say_missing(sheet, Facet.ACCESS)
        case Facet.CONTACT:
            if not tell_contact(sheet, place.contact):
                say_missing(sheet, Facet.CONTACT)
        case Facet.BESIDE if place.near:
            sheet.line("line_near", place.near)
        case _:
            _tell_place(sheet, place)
    return sheet.reply(*_buttons(sheet, place), point=point_of(place, scene))


def tell_where(sheet: Sheet, place: Place) -> None:
    """Add the lines that say where a place is: itself, floor, landmark, building."""
    if place.src is Source.EXAMPLE:
        sheet.cite(place)
    said = [sheet.read(place.name)]
    if place.floor:
        said.append(sheet.read(place.floor))
    if place.near:
        said.append(sheet.read(place.near))
    parent = _building(place, sheet.scene)
    if parent is not None and parent.id != sheet.scene.knowledge.event.venue:
        said.append(sheet.read(parent.name))
    sheet.line("line_place", ", ".join(said))


def tell_access(sheet: Sheet, access: Accessibility) -> bool:
    """Say what is known about access; say whether anything is."""
    known = False
    for name in ("step_free", "lift", "wc", "induction_loop"):
        value: bool | None = getattr(access, name)
        if value is not None:
            sheet.say(f"access_{name}_{'yes' if value else 'no'}")
            known = True
    return sheet.tell(access.note) or known


def point_of(place: Place, scene: Scene) -> MapPoint | None:
    """Make a point on the map of a place, or of the building it is in.

    Whoever looks for a room of the venue is there already and needs no map.
    """
    venue = scene.knowledge.event.venue
    around = (here for here in _around(place, scene) if here.id != venue)
    for here in (place, *around):
        if here.lat is not None and here.lon is not None:
            address = scene.knowledge.event.city.in_language(scene.language)
            if here.address:
                address = here.address.value.in_language(scene.language)
            return MapPoint(here.lat, here.lon, scene.name(here), address)
    return None


def all_places(wish: Places, scene: Scene) -> Reply:
    """List the places."""
    sheet = Sheet(scene)
    sheet.title = scene.say("places_title")
    places = tuple(scene.knowledge.places.values())
    if not places:
        say_missing(sheet, "places")
    return page_of(sheet, places, wish.page, place_card, Places, desk_button(scene))


def place_card(place: Place, scene: Scene) -> Card:
    """Make the card of a place."""
    sheet = Sheet(scene, place)
    sheet.head(place.name)
    said = [sheet.read(text) for text in (place.floor, place.near) if text]
    if said:
        sheet.add(", ".join(said))
    return sheet.card(scene.ask_about(place, label_key="button_details"))


def _tell_place(sheet: Sheet, place: Place) -> None:
    sheet.tell(place.description)
    sheet.line("line_floor", place.floor)
    sheet.line("line_near", place.near)
    if (parent := _building(place, sheet.scene)) is not None:
        sheet.line("line_building", parent.name)
    sheet.fact("line_address", place.address)
    sheet.fact("line_town", place.town)
    if place.directions:
        sheet.part()
        sheet.line("line_directions", place.directions)
    if place.stands:
        sheet.line("line_stands_here", f"{place.stands[0]}–{place.stands[-1]}")
    if place.capacity:
        sheet.line("line_capacity", sheet.scene.count("count_seats", place.capacity))
    if has_contact(place.contact):
        tell_contact(sheet, place.contact)
    sheet.part()
    tell_access(sheet, place.accessibility)
    for announcement in sheet.scene.fair.announcements(place.id, sheet.scene.now):
        sheet.tell(announcement.text)
    if sheet.is_empty:
        say_missing(sheet, Facet.WHERE)


def _buttons(sheet: Sheet, place: Place) -> Iterator[Button]:
    scene = sheet.scene
    yield from contact_buttons(sheet, place.contact)
    if any(slot.session.place == place.id for slot in scene.fair.slots.values()):
        yield scene.ask("button_room_programme", RoomProgramme(place.id))
    if place.kind is not PlaceKind.INFO_DESK:
        yield desk_button(scene)
    yield scene.ask("button_places", Places())


def _building(place: Place, scene: Scene) -> Place | None:
    return next(_around(place, scene), None)


def _around(place: Place, scene: Scene) -> Iterator[Place]:
    here = place
    while here.parent and (parent := scene.knowledge.places.get(here.parent)):
        yield parent
        here = parent
