"""Who organizes the fair, and what to say when something happens."""

from bot.knowledge.model.people import Contact
from bot.knowledge.model.record import Fact, LocalText, Part, Record
from bot.knowledge.model.values import Id


class Emergency(Part):
    """What to say when something happens; 112 is always said first."""

    assembly_place: Id | None = None
    first_aid_place: Id | None = None
    text: LocalText | None = None


class Organizer(Record):
    """Who organizes the fair."""

    name: LocalText
    parent: LocalText | None = None
    description: LocalText | None = None
    contact: Contact = Contact()
    address: Fact | None = None
    info_desk_place: Id | None = None
    on_duty_role: LocalText | None = None
    privacy_note: LocalText | None = None
    emergency: Emergency = Emergency()
