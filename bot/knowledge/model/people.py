"""Whom one can reach and how, and the people who speak or advise."""

from bot.knowledge.model.record import LocalText, Part, Record
from bot.knowledge.model.values import Email, Id, Line, Phone, Web


class Contact(Part):
    """How to reach somebody. A role rather than a person."""

    role: LocalText | None = None
    phone: Phone | None = None
    email: Email | None = None
    web: Web | None = None


class Person(Record):
    """Somebody who speaks or advises; shown only with consent."""

    display_name: Line
    role: LocalText | None = None
    org: Id | None = None
    contact: Contact = Contact()
    languages: tuple[Line, ...] = ()
    consent: bool = False
    bio: LocalText | None = None
