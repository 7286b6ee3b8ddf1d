"""Trainings, workshops and meetings that take place again and again."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from bot.knowledge.model.people import Contact
from bot.knowledge.model.record import LocalText, Part, Record
from bot.knowledge.model.registration import Registration
from bot.knowledge.model.values import Day, Id, TimeOfDay


class SeriesType(StrEnum):
    """What sort of recurring activity it is."""

    TRAINING = "szkolenie"
    WORKSHOP = "warsztat"
    INFORMATION_MEETING = "spotkanie_informacyjne"
    INTEGRATION_MEETING = "spotkanie_integracyjne"


def _not_zero(value: int) -> int:
    if value == 0:
        raise PydanticCustomError("nth", "counts from 1")
    return value


class Rule(Part):
    """How a series recurs: every `interval` weeks on a weekday, or each nth weekday of a month."""

    freq: Literal["weekly", "monthly"]
    interval: int = Field(1, ge=1, le=12)
    weekday: Literal["pn", "wt", "sr", "cz", "pt", "so", "nd"]
    nth: Annotated[int, AfterValidator(_not_zero)] | None = Field(
        None, ge=-1, le=5, description="Monthly only; -1 is the last."
    )
    start: TimeOfDay
    end: TimeOfDay
    from_: Day = Field(alias="from")
    until: Day


class Moved(Part):
    """One date of a series that takes place on another day, or elsewhere, than its rule says."""

    from_: Day = Field(alias="from")
    to: Day
    start: TimeOfDay | None = Field(None, description="Only where the time is another one too.")
    end: TimeOfDay | None = None
    place: Id | None = Field(None, description="Only where the place is another one too.")


class Audience(StrEnum):
    """Whom a training is for, as one can ask for it ("co jest dla zarządu?")."""

    BOARDS = "zarzad"
    ACCOUNTANTS = "ksiegowosc"
    STAFF = "pracownicy"
    COORDINATORS = "koordynatorzy"
    VOLUNTEERS = "wolontariusze"
    ORGANISATIONS = "organizacje"
    INFORMAL_GROUPS = "grupy_nieformalne"
    RESIDENTS = "mieszkancy"
    SENIORS = "seniorzy"
    FAMILIES = "rodziny"
    YOUTH = "mlodziez"
    LOCAL_GOVERNMENT = "samorzady"


class Series(Record):
    """A training, workshop or meeting that takes place again and again."""

    title: LocalText
    type: SeriesType
    host: Id
    place: Id
    audience: tuple[LocalText, ...] = ()
    for_whom: tuple[Audience, ...] = Field((), description="The same, to be found by.")
    rule: Rule | None = None
    extra_dates: tuple[Day, ...] = ()
    except_dates: tuple[Day, ...] = ()
    moved: tuple[Moved, ...] = ()
    cancelled_dates: tuple[Day, ...] = Field(
        (), description="Dates that were announced and do not take place."
    )
    full_dates: tuple[Day, ...] = Field((), description="Dates whose seats are all taken.")
    description: LocalText | None = None
    topics: tuple[LocalText, ...] = ()
    price: LocalText | None = None
    seats: int | None = Field(None, ge=1)
    registration: Registration = Registration()
    contact: Contact = Contact()
