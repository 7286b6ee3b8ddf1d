"""Support for organisations: who may have it, cost, steps, documents, deadline, contact."""

from collections.abc import Iterator

from bot.dialogue.answers.contacts import contact_buttons, has_contact, tell_contact
from bot.dialogue.answers.exhibitors import tell_stand
from bot.dialogue.answers.listing import page_of
from bot.dialogue.answers.missing import desk_button, say_missing
from bot.dialogue.answers.places import tell_where
from bot.dialogue.answers.saving import save_button
from bot.dialogue.scene import Scene
from bot.dialogue.sheet import Sheet
from bot.dialogue.wishes import About, AllSeries, Facet, Offers
from bot.knowledge.model import Exhibitor, Offer, Place
from bot.language.said import say_date
from bot.messaging.reply import Ask, Button, Card, Link, Reply
from bot.support import taps


def about_offer(offer: Offer, wish: About, scene: Scene) -> Reply:
    """Answer about an offer of support."""
    sheet = Sheet(scene, offer)
    sheet.head(offer.title)
    tell = _FACETS.get(wish.facet)
    if tell is None:
        _tell_all(sheet, offer)
    elif not tell(sheet, offer):
        _say_missing(sheet, offer, wish.facet)
    if offer.disclaimer and not sheet.is_empty:
        sheet.tell(offer.disclaimer)
    return sheet.reply(*_buttons(sheet, offer, wish.facet))


def _say_missing(sheet: Sheet, offer: Offer, facet: Facet) -> None:
    """Say what the data do not hold, after what else helps whoever wants to apply."""
    if facet in (Facet.WHERE, Facet.SIGN_UP):
        _tell_provider(sheet, offer)
        _tell_who(sheet, offer)
        _tell_papers(sheet, offer)
    say_missing(sheet, "stand" if facet is Facet.WHERE and _has_stand(sheet, offer) else facet)


def _has_stand(sheet: Sheet, offer: Offer) -> bool:
    return isinstance(sheet.scene.fair.record(offer.provider or ""), Exhibitor)


def page_link(scene: Scene) -> Iterator[Link]:
    """Make the button to the page of all offers, where this machine has a public address."""
    if scene.offers_page:
        address = f"{scene.offers_page}?lang={scene.language.value}"
        yield Link(scene.say("button_offers_page"), address)


def all_offers(wish: Offers, scene: Scene) -> Reply:
    """List the support that organisations can get."""
    sheet = Sheet(scene)
    sheet.title = scene.say("offers_title")
    offers = tuple(scene.knowledge.offers.values())
    if not offers:
        say_missing(sheet, "offers")
    return page_of(
        sheet,
        offers,
        wish.page,
        offer_card,
        Offers,
        Ask(scene.say("button_find_support"), taps.write("go")),
        *page_link(scene),
        scene.ask("button_series", AllSeries()),
        desk_button(scene),
    )


def offer_card(offer: Offer, scene: Scene) -> Card:
    """Make the card of an offer."""
    sheet = Sheet(scene, offer)
    sheet.head(offer.title)
    _tell_provider(sheet, offer)
    sheet.line("line_cost", offer.cost)
    _tell_deadline(sheet, offer)
    return sheet.card(
        scene.ask_about(offer, label_key="button_details"), save_button(offer.id, scene)
    )


def _tell_all(sheet: Sheet, offer: Offer) -> bool:
    sheet.tell(offer.description)
    _tell_provider(sheet, offer)
    sheet.listing("line_presented", offer.presented)
    sheet.listing("line_for_whom", offer.who_can_use)
    _tell_area(sheet, offer)
    sheet.line("line_cost", offer.cost)
    _tell_deadline(sheet, offer)
    sheet.line("line_duration", offer.duration)
    sheet.line("line_conditions", offer.conditions)
    sheet.line("line_assessment", offer.assessment)
    _tell_steps(sheet, offer)
    sheet.part()
    _tell_papers(sheet, offer)
    sheet.listing("line_legal_basis", offer.legal_basis)
    if has_contact(offer.contact):
        tell_contact(sheet, offer.contact)
    sheet.part()
    return True


def _tell_provider(sheet: Sheet, offer: Offer) -> bool:
    provider = sheet.scene.fair.record(offer.provider) if offer.provider else None
    if provider is not None:
        return sheet.line("line_provider", sheet.scene.name(provider))
    return sheet.line("line_provider", offer.provider_text)


def _tell_steps(sheet: Sheet, offer: Offer) -> bool:
    if not offer.how_to_apply:
        return False
    sheet.part()
    sheet.say("steps")
    for number, step in enumerate(offer.how_to_apply, 1):
        sheet.add(f"{number}. {sheet.read(step)}")
    return True


def _tell_apply(sheet: Sheet, offer: Offer) -> bool:
    known = _tell_steps(sheet, offer)
    known = _tell_deadline(sheet, offer) or known
    known = _tell_papers(sheet, offer) or known
    return (has_contact(offer.contact) and tell_contact(sheet, offer.contact)) or known


def _tell_deadline(sheet: Sheet, offer: Offer) -> bool:
    match offer.deadline:
        case None:
            return False
        case "ciagly":
            return sheet.line("line_deadline", sheet.scene.say("deadline_always"))
        case day:
            said = say_date(day, sheet.scene.language, year=True)
            key = "line_deadline" if day >= sheet.scene.today else "line_deadline_passed"
            return sheet.line(key, said)


def _tell_area(sheet: Sheet, offer: Offer) -> bool:
    areas = (sheet.scene.knowledge.areas.get(area) for area in offer.area)
    return sheet.listing("line_area", tuple(area.name for area in areas if area is not None))


def _tell_papers(sheet: Sheet, offer: Offer) -> bool:
    return sheet.listing("line_documents", tuple(paper.name for paper in offer.documents))


def _tell_cost(sheet: Sheet, offer: Offer) -> bool:
    return sheet.line("line_cost", offer.cost)


def _tell_who(sheet: Sheet, offer: Offer) -> bool:
    known = sheet.listing("line_for_whom", offer.who_can_use)
    known = _tell_area(sheet, offer) or known
    return sheet.line("line_conditions", offer.conditions) or known


def _tell_duration(sheet: Sheet, offer: Offer) -> bool:
    return sheet.line("line_duration", offer.duration)


def _tell_contact(sheet: Sheet, offer: Offer) -> bool:
    if has_contact(offer.contact):
        return tell_contact(sheet, offer.contact)
    provider = sheet.scene.fair.record(offer.provider) if offer.provider else None
    if isinstance(provider, Exhibitor | Place) and has_contact(provider.contact):
        sheet.line("line_provider", sheet.scene.name(provider))
        return tell_contact(sheet, provider.contact)
    return False


def _tell_where(sheet: Sheet, offer: Offer) -> bool:
    """Say where whoever gives the support stands, or sits."""
    match sheet.scene.fair.record(offer.provider) if offer.provider else None:
        case Exhibitor() as provider:
            sheet.line("line_provider", provider.name)
            return tell_stand(sheet, provider)
        case Place() as place:
            tell_where(sheet, place)
            sheet.fact("line_address", place.address)
            sheet.fact("line_town", place.town)
            return True
        case _:
            # Whoever asks where to hand something in asks how.
            return _tell_apply(sheet, offer) and _tell_provider(sheet, offer)


def _tell_leader(sheet: Sheet, offer: Offer) -> bool:
    return _tell_provider(sheet, offer)


def _buttons(sheet: Sheet, offer: Offer, facet: Facet) -> Iterator[Button]:
    scene = sheet.scene
    yield save_button(offer.id, scene)
    yield from contact_buttons(sheet, offer.contact)
    if facet not in (Facet.ALL, Facet.WHAT):
        yield scene.ask_about(offer, label_key="button_more_about")
    if facet is not Facet.SIGN_UP and offer.how_to_apply:
        yield scene.ask_about(offer, Facet.SIGN_UP, "button_how_to_apply")
    if facet is not Facet.FOR_WHOM and (offer.who_can_use or offer.conditions):
        yield scene.ask_about(offer, Facet.FOR_WHOM, "button_for_whom")
    if offer.provider and scene.has_tap(offer.provider):
        provider = scene.fair.record(offer.provider)
        if provider is not None:
            yield scene.ask_about(provider)
    yield scene.ask("button_all_offers", Offers())


_FACETS = {
    Facet.WHERE: _tell_where,
    Facet.COST: _tell_cost,
    Facet.SIGN_UP: _tell_apply,
    Facet.DEADLINE: _tell_deadline,
    Facet.WHEN: _tell_deadline,
    Facet.FOR_WHOM: _tell_who,
    Facet.DOCUMENTS: _tell_papers,
    Facet.LENGTH: _tell_duration,
    Facet.CONTACT: _tell_contact,
    Facet.LEADER: _tell_leader,
}
