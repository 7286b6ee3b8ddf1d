"""The points of the fair's programme."""

from enum import StrEnum

from pydantic import Field

from bot.knowledge.model.places import Accessibility
from bot.knowledge.model.record import LocalText, Record
from bot.knowledge.model.registration import Registration
from bot.knowledge.model.values import Day, Id, Line, TimeOfDay


class SessionType(StrEnum):
    """What sort of point of the programme it is."""

    OPENING = "otwarcie"
    PANEL = "panel"
    WORKSHOP = "warsztat"
    SEMINAR = "seminarium"
    LECTURE = "wyklad"
    QUIZ = "quiz"
    GALA = "gala"
    PERFORMANCE = "wystep"
    CONSULTATION = "konsultacje"
    MEETING = "spotkanie"
    BREAK = "przerwa"
    OTHER = "inne"


class Status(StrEnum):
    """Where a session stands; apart from its text."""

    PLANNED = "planned"
    CONFIRMED = "confirmed"
    DELAYED = "delayed"
    MOVED = "moved"
    CANCELLED = "cancelled"
    DONE = "done"


class Session(Record):
    """One point of the fair's programme."""

    title: LocalText
    type: SessionType
    date: Day
    start: TimeOfDay
    end: TimeOfDay
    end_date: Day | None = Field(None, description="Only where it ends on a later day.")
    place: Id
    speakers: tuple[Id, ...] = ()
    description: LocalText | None = None
    audience: tuple[LocalText, ...] = ()
    topics: tuple[LocalText, ...] = ()
    language: tuple[Line, ...] = ()
    registration: Registration = Registration()
    accessibility: Accessibility = Accessibility()
    status: Status = Status.PLANNED
    delay_min: int = Field(0, ge=0, le=600)
    replaces: Id | None = None
    materials: tuple[Line, ...] = ()
