"""Support that an organisation can get: what, from whom, until when and how."""

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Literal

from pydantic import Field, model_validator

from bot.knowledge.model.eligibility import Eligibility, Range
from bot.knowledge.model.people import Contact
from bot.knowledge.model.places import Accessibility
from bot.knowledge.model.record import LocalText, Part, Record
from bot.knowledge.model.values import Day, Id, Line, Moment, Web


class OfferKind(StrEnum):
    """What sort of support it is."""

    SEAT = "siedziba"
    PREMISES = "lokal"
    ADDRESS = "adres"
    ROOM = "sala"
    EQUIPMENT = "sprzet"
    ADVICE = "doradztwo"
    TRAINING = "szkolenie"
    ACCOUNTING = "ksiegowosc"
    GRANT = "dotacja"
    MICROGRANT = "mikrogrant"
    CERTIFICATION = "certyfikacja"
    COOPERATION = "wspolpraca"
    ANIMATION = "animacja"
    REGISTRATION = "rejestracja"
    VOLUNTEERING = "wolontariat"


class Need(StrEnum):
    """What an organisation looks for; one offer may answer several."""

    PREMISES = "premises"
    SEAT = "seat"
    ADDRESS = "address"
    ROOM = "room"
    EQUIPMENT = "equipment"
    GRANT = "grant"
    JOB_GRANT = "job_grant"
    APPLICATION = "application"
    ADVICE = "advice"
    LEGAL = "legal"
    ACCOUNTING = "accounting"
    TRAINING = "training"
    FOUNDING = "founding"
    COOPERATIVE = "cooperative"
    OBP_STATUS = "obp_status"
    SOCIAL_ENTERPRISE_STATUS = "social_enterprise_status"
    CERTIFICATE = "certificate"
    SELLING = "selling"
    PARTNER = "partner"
    VOLUNTEERS = "volunteers"
    MEETINGS = "meetings"
    OFFICE = "office"
    EXHIBITING = "exhibiting"


class Amount(Part):
    """What one gets."""

    amount_pln: Range | None = None
    percent_max: int | None = Field(None, ge=1, le=100, description="Share of all costs, at most.")
    own_contribution_percent: int | None = Field(None, ge=0, le=100)
    in_kind: LocalText | None = None


class CostOption(Part):
    """One price, and what it is for."""

    option: LocalText
    amount_pln: int = Field(ge=0)


class IntakeMode(StrEnum):
    """When one can apply."""

    CONTINUOUS = "continuous"
    WINDOW = "window"
    UNTIL_EXHAUSTED = "until_exhausted"
    BY_CALL = "by_call"
    CLOSED = "closed"


class Intake(Part):
    """When one can apply. Where there is only a last day, `deadline` says it shorter."""

    mode: IntakeMode
    opens: Day | None = None
    closes: Moment | None = None
    usual: LocalText | None = Field(None, description='As a rule: "co roku w marcu".')


class OfferStatus(StrEnum):
    """Whether an offer is given at all."""

    ACTIVE = "active"
    TEMPORARILY_CLOSED = "temporarily_closed"
    INACTIVE = "inactive"
    DEFUNCT = "defunct"


class Alert(Part):
    """A short-term notice, to be shown up to and including `until`."""

    text: LocalText
    until: Day


class Applying(Part):
    """The way to apply, beside the steps."""

    channel: Literal["form", "person", "phone", "email", "post", "epuap"]
    url: Web | None = None
    prepare_minutes: int | None = Field(None, ge=1, le=10_000)


class Document(Part):
    """A paper to bring. Plain text, or text by language, is its name."""

    name: LocalText
    url: Web | None = None
    where_to_get: LocalText | None = None
    optional: bool = False

    @model_validator(mode="before")
    @classmethod
    def _only_a_name(cls, value: Any) -> Any:
        is_name = isinstance(value, str) or (isinstance(value, Mapping) and "pl" in value)
        return {"name": value} if is_name else value


class Checked(Part):
    """Who made sure that a record is right, and when. A role rather than a person."""

    date: Day
    by: Line


class Offer(Record):
    """Support that an organisation can get."""

    title: LocalText
    kind: OfferKind
    needs: tuple[Need, ...] = Field((), description="What it helps with, beside its kind.")
    provider: Id | None = None
    provider_text: LocalText | None = Field(None, description="Where the provider is no record.")
    project: LocalText | None = Field(None, description="The project that it is part of.")
    status: OfferStatus = OfferStatus.ACTIVE
    alert: Alert | None = None
    description: LocalText | None = None
    presented: tuple[LocalText, ...] = ()
    assessment: LocalText | None = None
    who_can_use: tuple[LocalText, ...] = ()
    for_: Eligibility = Field(Eligibility(), alias="for")
    area: tuple[Id, ...] = Field((), description="Areas in which it is given; none is anywhere.")
    support: Amount = Amount()
    cost: LocalText | None = None
    cost_options: tuple[CostOption, ...] = ()
    how_to_apply: tuple[LocalText, ...] = Field((), description="The steps, in order.")
    apply: Applying | None = None
    documents: tuple[Document, ...] = ()
    intake: Intake | None = None
    deadline: Day | Literal["ciagly"] | None = Field(
        None, description="The last day to apply, or always; short for `intake`."
    )
    duration: LocalText | None = None
    seats: int | None = Field(None, ge=1)
    series: Id | None = Field(None, description="The series whose dates are its dates.")
    place: Id | None = None
    hours: LocalText | None = Field(None, description='As they are said: "wtorki 16–18".')
    attending: tuple[Literal["in_person", "online", "phone"], ...] = ()
    accessibility: Accessibility = Accessibility()
    languages: tuple[Line, ...] = ()
    interpretation: LocalText | None = None
    conditions: LocalText | None = None
    contact: Contact = Contact()
    legal_basis: tuple[Line, ...] = ()
    disclaimer: LocalText | None = None
    checked: Checked | None = None
    recheck_after_days: int | None = Field(None, ge=1, le=3660)

    @property
    def closes_on(self) -> dt.date | None:
        """The last day to apply; `None` where there is none or it is not known."""
        if self.intake is not None and self.intake.closes is not None:
            return self.intake.closes.date()
        return self.deadline if isinstance(self.deadline, dt.date) else None

    @property
    def opens_on(self) -> dt.date | None:
        """The first day to apply, where one is known."""
        return self.intake.opens if self.intake is not None else None

    @property
    def is_continuous(self) -> bool:
        """Say whether one can apply at any time."""
        mode = self.intake.mode if self.intake is not None else None
        return self.deadline == "ciagly" or mode is IntakeMode.CONTINUOUS
