"""Exhibitors: who and what, where, beside whom, products and prices, contact, work."""

from collections.abc import Iterator, Sequence

from bot.dialogue.answers.before import short_before, tell_before
from bot.dialogue.answers.contacts import contact_buttons, has_contact, tell_contact
from bot.dialogue.answers.missing import desk_button, say_missing
from bot.dialogue.answers.places import point_of, tell_access
from bot.dialogue.answers.saving import save_button
from bot.dialogue.scene import Scene
from bot.dialogue.sheet import Sheet
from bot.dialogue.wishes import About, Facet
from bot.knowledge.model import Exhibitor, Place, Product
from bot.language.said import say_date
from bot.messaging.languages import Language
from bot.messaging.reply import Button, Card, Reply

_AND = {Language.PL: "i", Language.EN: "and", Language.UK: "і"}


def about_exhibitor(exhibitor: Exhibitor, wish: About, scene: Scene) -> Reply:
    """Answer about an exhibitor."""
    sheet = Sheet(scene, exhibitor)
    sheet.head(exhibitor.name)
    if not tell_side(sheet, exhibitor, wish.facet):
        say_missing(sheet, _MISSING.get(wish.facet, wish.facet))
    area = _area(exhibitor, scene)
    shows_map = wish.facet is Facet.WHERE and area is not None
    return sheet.reply(
        *_buttons(sheet, exhibitor, wish.facet),
        point=point_of(area, scene) if shows_map and area else None,
    )


def exhibitor_card(exhibitor: Exhibitor, scene: Scene) -> Card:
    """Make the card of an exhibitor."""
    sheet = Sheet(scene, exhibitor)
    sheet.head(exhibitor.name)
    if exhibitor.stands:
        sheet.add(said_stands(exhibitor.stands, scene))
    if before := short_before(exhibitor.id, scene):
        sheet.add(before)
    if exhibitor.categories:
        sheet.add(", ".join(sheet.read(one) for one in exhibitor.categories))
    return sheet.card(
        scene.ask_about(exhibitor, label_key="button_details"), save_button(exhibitor.id, scene)
    )


def said_stands(stands: Sequence[str], scene: Scene) -> str:
    """Say "stoisko 12" or "stoiska 22, 23, 28 i 29"."""
    if len(stands) == 1:
        return scene.say("stand_one", stand=stands[0])
    listed = f"{', '.join(stands[:-1])} {_AND[scene.language]} {stands[-1]}"
    return scene.say("stand_many", stands=listed)


def tell_stand(sheet: Sheet, exhibitor: Exhibitor) -> bool:
    """Say where an exhibitor stands: numbers, area, floor, neighbours."""
    if not exhibitor.stands:
        return False
    scene = sheet.scene
    said = said_stands(exhibitor.stands, scene)
    sheet.add(f"{said[0].upper()}{said[1:]}.")
    tell_before(sheet, exhibitor.id)
    if area := _area(exhibitor, scene):
        tell_area(sheet, area)
    _tell_beside(sheet, exhibitor)
    return True


def tell_area(sheet: Sheet, area: Place) -> None:
    """Say which area it is, and how to get there."""
    if area.example:
        sheet.cite(area)
    said = [sheet.read(text) for text in (area.name, area.floor, area.near) if text]
    sheet.line("line_place", ", ".join(said))
    sheet.line("line_directions", area.directions)


def _tell_beside(sheet: Sheet, exhibitor: Exhibitor) -> bool:
    beside = tuple(_neighbours(exhibitor, sheet.scene))
    if not beside:
        return False
    scene = sheet.scene
    names = [f"{sheet.read(one.name)} ({said_stands(one.stands, scene)})" for one in beside]
    if any(one.example for one in beside):
        sheet.cite(next(one for one in beside if one.example))
    return sheet.line("line_beside", ", ".join(names))


def _neighbours(exhibitor: Exhibitor, scene: Scene) -> Iterator[Exhibitor]:
    """Go through who stands before and after, in the order of the stands of their area."""
    seen = {exhibitor.id}
    for stand in exhibitor.stands:
        area = scene.fair.stand_areas.get(stand.upper())
        order = area.stands if area else ()
        at = order.index(stand) if stand in order else -1
        if at < 0:
            continue
        for near in (*order[max(0, at - 1) : at], *order[at + 1 : at + 2], stand):
            for one in scene.fair.at_stand.get(near.upper(), ()):
                if one.id not in seen:
                    seen.add(one.id)
                    yield one


def tell_side(sheet: Sheet, exhibitor: Exhibitor, facet: Facet) -> bool:
    """Tell one side of an exhibitor; say whether it is known."""
    return _FACETS.get(facet, _tell_all)(sheet, exhibitor)


def _tell_all(sheet: Sheet, exhibitor: Exhibitor) -> bool:
    scene = sheet.scene
    sheet.add(scene.say(f"kind_{exhibitor.kind.value}"))
    sheet.tell(exhibitor.description)
    if exhibitor.stands:
        sheet.part()
        tell_stand(sheet, exhibitor)
    sheet.part()
    sheet.listing("line_categories", exhibitor.categories)
    if exhibitor.products:
        sheet.line("line_products", ", ".join(_product(sheet, one) for one in exhibitor.products))
    sheet.listing("line_services", exhibitor.services)
    presented = [record for i in exhibitor.presents if (record := scene.fair.record(i))]
    sheet.line("line_presents", ", ".join(scene.name(record) for record in presented))
    _tell_days(sheet, exhibitor)
    sheet.fact("line_town", exhibitor.town)
    _tell_marks(sheet, exhibitor)
    if has_contact(exhibitor.contact):
        tell_contact(sheet, exhibitor.contact)
    sheet.part()
    sheet.fact("line_successor", exhibitor.successor)
    if not exhibitor.stands:
        sheet.part()
        sheet.say("missing_stand")
    return True


def _product(sheet: Sheet, product: Product) -> str:
    name = sheet.read(product.name)
    return f"{name} ({product.price})" if product.price else name


def _tell_days(sheet: Sheet, exhibitor: Exhibitor) -> bool:
    days = exhibitor.present_on
    if not days or days == sheet.scene.knowledge.event.days:
        return False
    said = [say_date(day, sheet.scene.language) for day in days]
    return sheet.line("line_present_on", "; ".join(said))


def _tell_when(sheet: Sheet, exhibitor: Exhibitor) -> bool:
    days = exhibitor.present_on
    if not days:
        return False
    said = [say_date(day, sheet.scene.language) for day in days]
    return sheet.line("line_present_on", "; ".join(said))


def _tell_products(sheet: Sheet, exhibitor: Exhibitor) -> bool:
    for product in exhibitor.products:
        here = f" – {sheet.scene.say('buy_here')}" if product.buy_here else ""
        sheet.add(f"• {_product(sheet, product)}{here}")
    for service in exhibitor.services:
        sheet.add(f"• {sheet.read(service)}")
    if exhibitor.products or exhibitor.services:
        return True
    # Without a list of products, what they do is the nearest that is known.
    return sheet.tell(exhibitor.description) and not exhibitor.unknown


def _tell_prices(sheet: Sheet, exhibitor: Exhibitor) -> bool:
    priced = [product for product in exhibitor.products if product.price]
    for product in priced:
        sheet.add(f"• {_product(sheet, product)}")
    return bool(priced)


def _tell_payment(sheet: Sheet, exhibitor: Exhibitor) -> bool:
    ways = [sheet.scene.say(f"payment_{way.value}") for way in exhibitor.payment]
    return sheet.line("line_payment", ", ".join(ways))


def _tell_marks(sheet: Sheet, exhibitor: Exhibitor) -> bool:
    for held in exhibitor.certifications:
        mark = sheet.scene.knowledge.marks.get(held.mark)
        name = sheet.read(mark.name) if mark else held.mark
        sheet.say(f"mark_{held.status.value}", name=name)
        if held.valid_until:
            until = say_date(held.valid_until, sheet.scene.language, year=True)
            sheet.line("line_valid_until", until)
        if held.note:
            sheet.add(sheet.read(held.note))
    return bool(exhibitor.certifications)


def _tell_people(sheet: Sheet, exhibitor: Exhibitor) -> bool:
    return tell_people(sheet, exhibitor.people)


def tell_people(sheet: Sheet, ids: Sequence[str]) -> bool:
    """Name people, but only those who agreed to be named; say whether any did."""
    people = [
        person
        for i in ids
        if (person := sheet.scene.knowledge.people.get(i)) is not None and person.consent
    ]
    for person in people:
        if person.example:
            sheet.cite(person)
        role = f", {sheet.read(person.role)}" if person.role else ""
        sheet.add(f"{person.display_name}{role}")
    return bool(people)


def _tell_exhibitor_contact(sheet: Sheet, exhibitor: Exhibitor) -> bool:
    return tell_contact(sheet, exhibitor.contact)


def _tell_jobs(sheet: Sheet, exhibitor: Exhibitor) -> bool:
    return sheet.tell(exhibitor.jobs)


def _tell_audience(sheet: Sheet, exhibitor: Exhibitor) -> bool:
    return sheet.listing("line_for_whom", exhibitor.audience)


def _tell_stand_access(sheet: Sheet, exhibitor: Exhibitor) -> bool:
    area = _area(exhibitor, sheet.scene)
    return area is not None and tell_access(sheet, area.accessibility)


def _nothing(sheet: Sheet, exhibitor: Exhibitor) -> bool:
    return False


def _area(exhibitor: Exhibitor, scene: Scene) -> Place | None:
    areas = scene.fair.stand_areas
    return next((areas[s.upper()] for s in exhibitor.stands if s.upper() in areas), None)


def _buttons(sheet: Sheet, exhibitor: Exhibitor, facet: Facet) -> Iterator[Button]:
    scene = sheet.scene
    if facet in (Facet.ALL, Facet.WHAT, Facet.CONTACT):
        yield from contact_buttons(sheet, exhibitor.contact)
    elif has_contact(exhibitor.contact):
        yield scene.ask_about(exhibitor, Facet.CONTACT, "button_contact")
    yield save_button(exhibitor.id, scene)
    if facet not in (Facet.ALL, Facet.WHAT):
        yield scene.ask_about(exhibitor, label_key="button_more_about")
    if exhibitor.stands and facet is not Facet.WHERE:
        yield scene.ask_about(exhibitor, Facet.WHERE, "button_where")
    if exhibitor.products and facet is not Facet.PRODUCTS:
        yield scene.ask_about(exhibitor, Facet.PRODUCTS, "button_products")
    for presented in exhibitor.presents[:1]:
        if scene.has_tap(presented) and (record := scene.fair.record(presented)):
            yield scene.ask_about(record)
    if not exhibitor.stands:
        yield desk_button(scene)


_FACETS = {
    Facet.WHERE: tell_stand,
    Facet.BESIDE: _tell_beside,
    Facet.WHEN: _tell_when,
    Facet.PRODUCTS: _tell_products,
    Facet.COST: _tell_prices,
    Facet.PAYMENT: _tell_payment,
    Facet.CONTACT: _tell_exhibitor_contact,
    Facet.JOBS: _tell_jobs,
    Facet.MARK: _tell_marks,
    Facet.LEADER: _tell_people,
    Facet.FOR_WHOM: _tell_audience,
    Facet.ACCESS: _tell_stand_access,
    Facet.COUNT: _nothing,
}
_MISSING = {
    Facet.WHERE: "stand",
    Facet.BESIDE: "stand",
    Facet.COST: "prices",
    Facet.LEADER: "people",
}
