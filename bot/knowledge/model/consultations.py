"""Advisers' hours that visitors book in chat."""

from typing import Annotated

from pydantic import Field, StringConstraints

from bot.knowledge.model.record import LocalText, Part, Record
from bot.knowledge.model.registration import ContactAsked
from bot.knowledge.model.values import ID_PATTERN, SLOT_ID_LIMIT, Day, Id, Line, Stand, TimeOfDay


class ConsultationHours(Part):
    """When an adviser is there on one day."""

    date: Day
    start: TimeOfDay
    end: TimeOfDay


class Consultation(Record):
    """An adviser's hours that one person after another books in chat, a slot for each."""

    id: Annotated[str, StringConstraints(pattern=ID_PATTERN, max_length=SLOT_ID_LIMIT)]
    title: LocalText
    person: Id | None = None
    offer: Id | None = None
    place: Id
    stand: Stand | None = None
    days: tuple[ConsultationHours, ...]
    minutes: int = Field(ge=5, le=240, description="How long one appointment is.")
    topics: tuple[LocalText, ...] = ()
    description: LocalText | None = None
    languages: tuple[Line, ...] = ()
    contact_asked: ContactAsked = ContactAsked.ANY
