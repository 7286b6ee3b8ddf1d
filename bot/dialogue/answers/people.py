"""People, only with their consent, and the organizer, who has no face but an office."""

from bot.dialogue.answers.contacts import contact_buttons, has_contact, tell_contact
from bot.dialogue.answers.missing import desk_button, say_missing
from bot.dialogue.scene import Scene
from bot.dialogue.sheet import Sheet
from bot.dialogue.wishes import About, Facet
from bot.knowledge.model import LocalText, Organizer, Person
from bot.messaging.reply import Reply


def about_person(person: Person, wish: About, scene: Scene) -> Reply:
    """Answer about a person; without consent nothing is said, not even that we know them."""
    sheet = Sheet(scene)
    if not person.consent:
        say_missing(sheet, "people")
        return sheet.reply(desk_button(scene))
    sheet.cite(person)
    sheet.head(LocalText.model_validate(person.display_name))
    if wish.facet is Facet.CONTACT:
        if not tell_contact(sheet, person.contact):
            say_missing(sheet, Facet.CONTACT)
        return sheet.reply(*contact_buttons(sheet, person.contact), desk_button(scene))
    if person.role:
        sheet.add(sheet.read(person.role))
    org = scene.fair.record(person.org) if person.org else None
    if org is not None:
        sheet.line("line_org", scene.name(org))
    sheet.listing("line_languages", person.languages)
    sheet.tell(person.bio)
    led = [slot.session for slot in scene.fair.slots.values() if person.id in slot.session.speakers]
    sheet.line("line_leads", "; ".join(sheet.read(session.title) for session in led))
    if sheet.is_empty:
        sheet.say("missing_what")
    return sheet.reply(
        *contact_buttons(sheet, person.contact), *(scene.ask_about(one) for one in led[:3])
    )


def about_organizer(organizer: Organizer, wish: About, scene: Scene) -> Reply:
    """Answer about an organizer."""
    sheet = Sheet(scene, organizer)
    sheet.head(organizer.name)
    match wish.facet:
        case Facet.CONTACT:
            known = tell_contact(sheet, organizer.contact)
            known = sheet.fact("line_address", organizer.address) or known
        case Facet.WHERE:
            known = sheet.fact("line_address", organizer.address)
        case Facet.LEADER:
            known = False
        case _:
            known = _tell_all(sheet, organizer)
    if not known:
        say_missing(sheet, "people" if wish.facet is Facet.LEADER else wish.facet)
    return sheet.reply(*contact_buttons(sheet, organizer.contact), desk_button(scene))


def _tell_all(sheet: Sheet, organizer: Organizer) -> bool:
    event = sheet.scene.knowledge.event
    if organizer.id == event.organizer:
        sheet.say("organizes", fair=sheet.read(event.name))
    sheet.line("line_parent", organizer.parent)
    sheet.tell(organizer.description)
    sheet.fact("line_address", organizer.address)
    if has_contact(organizer.contact):
        tell_contact(sheet, organizer.contact)
    return not sheet.is_empty
