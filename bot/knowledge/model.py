"""The records of a fair, immutable: what `read.py` makes of the YAML and all others read.

Field names are the keys of the YAML files; docstrings and `Field` descriptions
end up in the JSON Schema that editors use. Ids are unique over all kinds, so
that a reference needs no kind. Times are local to the event's time zone.
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Annotated, Any, Literal, LiteralString
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from bot.messaging.languages import Language

ID_LIMIT = 48
"""Ids travel in callback data (64 bytes), beside a prefix and a page number."""

SLOT_ID_LIMIT = 44
"""Beside the id of a consultation also travels the day and time of a slot."""


def _day(value: object) -> object:
    if isinstance(value, str) and re.fullmatch(r"20\d\d-\d\d-\d\d", value):
        return value
    # Nothing else: pydantic would read "1512000000" as seconds, and so would it 14:30 unquoted.
    return _instance_of(dt.date, value, "day")


def _time_of_day(value: object) -> object:
    if isinstance(value, str) and re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", value):
        return value
    return _instance_of(dt.time, value, "time_of_day")


def _moment(value: object) -> object:
    # Local to the fair like all its times, so there is no time zone.
    if isinstance(value, str) and re.fullmatch(r"20\d\d-\d\d-\d\d[T ]\d\d:\d\d", value):
        return value
    return _instance_of(dt.datetime, value, "moment")


def _instance_of(wanted: type, value: object, kind: LiteralString) -> object:
    if isinstance(value, wanted):
        return value
    raise PydanticCustomError(kind, "not written as it should be")


def _not_zero(value: int) -> int:
    if value == 0:
        raise PydanticCustomError("nth", "counts from 1")
    return value


ID_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
STAND_PATTERN = r"^[0-9A-Za-z][0-9A-Za-z ./-]{0,11}$"
AS_OF_PATTERN = r"^20\d\d(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$"
PHONE_PATTERN = r"^\+?[0-9(][0-9 ()/.-]+( ?(w\.|wew\.|ext\.) ?[0-9]+)?$"
EMAIL_PATTERN = r"^[^@\s]+@[^@\s]+\.[^@\s.]+$"
TERYT_PATTERN = r"^\d{2}(\d{2}(\d{3})?)?$"
WEB_PATTERN = r"^(https?://)?[^\s/:@.]+(\.[^\s/:@.]+)+(:\d+)?([/?#]\S*)?$"

Id = Annotated[str, StringConstraints(pattern=ID_PATTERN, max_length=ID_LIMIT)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
Paragraphs = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=3000)]
Day = Annotated[dt.date, BeforeValidator(_day)]
# JSON Schema's own formats want seconds and a time zone, which nobody would write here.
TimeOfDay = Annotated[
    dt.time,
    BeforeValidator(_time_of_day),
    WithJsonSchema({"type": "string", "pattern": r"^([01]\d|2[0-3]):[0-5]\d$"}),
]
Moment = Annotated[
    dt.datetime,
    BeforeValidator(_moment),
    WithJsonSchema({"type": "string", "pattern": r"^20\d\d-\d\d-\d\d[T ]\d\d:\d\d$"}),
]
Stand = Annotated[str, StringConstraints(pattern=STAND_PATTERN)]
AsOf = Annotated[str, StringConstraints(pattern=AS_OF_PATTERN)]
Phone = Annotated[str, StringConstraints(pattern=PHONE_PATTERN, max_length=60)]
Email = Annotated[str, StringConstraints(pattern=EMAIL_PATTERN, max_length=254)]
Web = Annotated[str, StringConstraints(pattern=WEB_PATTERN, max_length=300)]


class Source(StrEnum):
    """Where a fact comes from."""

    DOCUMENT = "document"
    PUBLIC = "pub"
    ORGANIZER = "org"
    EXAMPLE = "example"


class _Part(BaseModel):
    """What all records and their parts have in common: immutable, and no unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class LocalText(_Part):
    """A text in several languages. Plain text instead of a map is the same in all of them.

    `mt` names the languages whose text no person has reviewed.
    """

    pl: Paragraphs
    en: Paragraphs | None = None
    uk: Paragraphs | None = None
    mt: tuple[Language, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _same_everywhere(cls, value: Any) -> Any:
        return {"pl": value, "en": value, "uk": value} if isinstance(value, str) else value

    def in_language(self, language: Language) -> str:
        """Say it in `language`, or in Polish where that is missing."""
        return self.given(language) or self.pl

    def given(self, language: Language) -> str | None:
        """Say it in `language`, or `None` where that is missing."""
        match language:
            case Language.PL:
                return self.pl
            case Language.EN:
                return self.en
            case Language.UK:
                return self.uk

    def all(self) -> tuple[tuple[Language, str], ...]:
        """List the languages that are written, with their text."""
        given = ((language, self.given(language)) for language in Language)
        return tuple((language, text) for language, text in given if text is not None)


class Phrases(_Part):
    """Ways to say something, by language. A plain list is for all languages."""

    pl: tuple[Line, ...] = ()
    en: tuple[Line, ...] = ()
    uk: tuple[Line, ...] = ()
    any: tuple[Line, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _for_all_languages(cls, value: Any) -> Any:
        return {"any": value} if isinstance(value, list | tuple) else value

    def all(self) -> tuple[str, ...]:
        """List all of them, Polish first."""
        return self.pl + self.any + self.en + self.uk


class Fact(_Part):
    """One value with a source of its own. Plain text instead of a map has the record's source."""

    value: LocalText
    src: Source | None = None
    src_ref: Line | None = None
    as_of: AsOf | None = None

    @model_validator(mode="before")
    @classmethod
    def _plain_value(cls, value: Any) -> Any:
        return {"value": value} if isinstance(value, str) else value


class Record(_Part):
    """What every record has: an id, where it comes from, how people call it.

    `unknown` names the fields that are known to be unknown: the bot says so
    instead of guessing. `example` marks what is invented.
    """

    id: Id
    src: Source = Source.ORGANIZER
    src_ref: Line | None = Field(None, description="The page or document this comes from.")
    as_of: AsOf | None = Field(None, description='As of when it is true: "2017-12", "2023-11-15".')
    example: bool = Field(False, description="Invented, to show what the bot can do.")
    aliases: Phrases = Field(Phrases(), description="What else people call it.")
    keywords: Phrases = Field(Phrases(), description="Words people would look for it by.")
    not_me: tuple[Line, ...] = Field((), description="Names that look alike but mean another.")
    unknown: tuple[Line, ...] = Field((), description="Fields that nobody has told us.")

    @model_validator(mode="after")
    def _example_is_marked(self) -> "Record":
        if self.example != (self.src is Source.EXAMPLE):
            raise PydanticCustomError("example_mark", "they go together")
        return self


class Contact(_Part):
    """How to reach somebody. A role rather than a person."""

    role: LocalText | None = None
    phone: Phone | None = None
    email: Email | None = None
    web: Web | None = None


class Hours(_Part):
    """Opening hours of one day."""

    date: Day
    open: TimeOfDay
    close: TimeOfDay


class Statistic(_Part):
    """A number people ask for, with what it is not."""

    key: Line
    name: LocalText
    value: int
    approx: bool = False
    as_of: AsOf | None = None
    not_a: Line | None = None


class ExhibitorGroup(_Part):
    """One of the groups that the exhibitors fall into."""

    id: Id
    name: LocalText


class Event(Record):
    """The fair itself."""

    name: LocalText
    edition: int
    start_date: Day
    end_date: Day
    city: LocalText
    city_in: LocalText | None = Field(None, description='With its preposition: "w Kielcach".')
    timezone: str = "Europe/Warsaw"
    organizer: Id
    purpose: LocalText | None = None
    venue: Id | None = None
    hours: tuple[Hours, ...] = ()
    admission: LocalText | None = None
    hashtags: tuple[Line, ...] = ()
    registration_url: Web | None = None
    exhibitor_groups: tuple[ExhibitorGroup, ...] = ()
    stats: tuple[Statistic, ...] = ()

    @property
    def zone(self) -> ZoneInfo:
        """The time zone that all local times of this fair are in."""
        return ZoneInfo(self.timezone)

    @property
    def days(self) -> tuple[dt.date, ...]:
        """The days of the fair, in order."""
        length = (self.end_date - self.start_date).days + 1
        return tuple(self.start_date + dt.timedelta(days=n) for n in range(length))


class Emergency(_Part):
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


class PlaceKind(StrEnum):
    """What sort of place it is."""

    BUILDING = "building"
    ROOM = "room"
    STAND_AREA = "stand_area"
    ENTRANCE = "entrance"
    INFO_DESK = "info_desk"
    WC = "wc"
    CLOAKROOM = "cloakroom"
    FOOD = "food"
    FIRST_AID = "first_aid"
    ASSEMBLY = "assembly"
    PARKING = "parking"
    STAGE = "stage"
    QUIET_ROOM = "quiet_room"
    CHILDREN = "children"
    STOP = "stop"
    OTHER = "other"


class Accessibility(_Part):
    """What is known about access; `None` is not known."""

    step_free: bool | None = None
    lift: bool | None = None
    wc: bool | None = None
    induction_loop: bool | None = None
    note: LocalText | None = None


class Place(Record):
    """A building, a room, an area with stands, a toilet …"""

    name: LocalText
    kind: PlaceKind
    parent: Id | None = Field(None, description="The place that it is in.")
    floor: LocalText | None = Field(None, description='As it is said: "parter", "I piętro".')
    description: LocalText | None = None
    town: Fact | None = None
    address: Fact | None = None
    lat: float | None = Field(None, ge=-90, le=90)
    lon: float | None = Field(None, ge=-180, le=180)
    near: LocalText | None = Field(None, description='A landmark: "naprzeciwko szatni".')
    directions: LocalText | None = None
    accessibility: Accessibility = Accessibility()
    capacity: int | None = Field(None, ge=1)
    stands: tuple[Stand, ...] = Field((), description="Stand numbers in the order they stand.")
    contact: Contact = Contact()


class ExhibitorKind(StrEnum):
    """The legal form or role of an exhibitor."""

    FOUNDATION = "fundacja"
    ASSOCIATION = "stowarzyszenie"
    SOCIAL_COOPERATIVE = "spoldzielnia_socjalna"
    INSTITUTION = "instytucja"
    SUPPORT_CENTRE = "osrodek_wsparcia"
    ENTERPRISE = "przedsiebiorstwo"
    CIS = "cis"
    ZAZ = "zaz"
    WTZ = "wtz"
    KGW = "kgw"
    GROUP = "grupa"
    OTHER = "inne"


class Product(_Part):
    """Something that an exhibitor makes or sells."""

    name: LocalText
    price: Line | None = Field(None, description='As it is said: "35,00 zł".')
    buy_here: bool = False


class CertificationStatus(StrEnum):
    """What happened to a certification."""

    HELD = "held"
    EXTENSION_GRANTED = "extension_granted"


class Certification(_Part):
    """A mark that an exhibitor holds."""

    mark: Id
    status: CertificationStatus
    valid_until: Day | None = None
    note: LocalText | None = None


class Payment(StrEnum):
    """How one can pay."""

    CASH = "gotowka"
    CARD = "karta"
    BLIK = "blik"


class Exhibitor(Record):
    """Who presents an offer at the fair."""

    name: LocalText
    kind: ExhibitorKind
    group: Id | None = None
    stands: tuple[Stand, ...] = ()
    categories: tuple[LocalText, ...] = ()
    products: tuple[Product, ...] = ()
    services: tuple[LocalText, ...] = ()
    description: LocalText | None = None
    audience: tuple[LocalText, ...] = ()
    languages: tuple[Line, ...] = ()
    payment: tuple[Payment, ...] = ()
    contact: Contact = Contact()
    town: Fact | None = None
    people: tuple[Id, ...] = ()
    presents: tuple[Id, ...] = Field((), description="Offers that it presented.")
    successor: Fact | None = None
    certifications: tuple[Certification, ...] = ()
    jobs: LocalText | None = Field(None, description="Whether it hires, and for what.")
    present_on: tuple[Day, ...] = ()


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


class SignUpMode(StrEnum):
    """Where one signs up."""

    CHAT = "chat"
    LINK = "link"
    PHONE = "phone"
    NONE = "none"


class ContactAsked(StrEnum):
    """Which contact somebody who signs up in chat is asked for."""

    PHONE = "phone"
    EMAIL = "email"
    ANY = "any"


class Registration(_Part):
    """Whether and how one signs up; `mode: chat` keeps the list in this bot."""

    required: bool = False
    mode: SignUpMode | None = None
    seats: int | None = Field(None, ge=1)
    opens: Moment | None = None
    deadline: Moment | None = None
    closes_hours_before: int | None = Field(
        None, ge=0, le=720, description="For a series: how long before each date."
    )
    contact: ContactAsked = ContactAsked.ANY
    waiting_list: bool = True
    hold_minutes: int = Field(
        120, ge=15, le=2880, description="How long a place that became free is kept for somebody."
    )
    url: Web | None = None
    phone: Phone | None = None
    how: LocalText | None = None
    full: bool = Field(False, description="All seats are taken.")


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


class SeriesType(StrEnum):
    """What sort of recurring activity it is."""

    TRAINING = "szkolenie"
    WORKSHOP = "warsztat"
    INFORMATION_MEETING = "spotkanie_informacyjne"
    INTEGRATION_MEETING = "spotkanie_integracyjne"


class Rule(_Part):
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


class Moved(_Part):
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


class LegalForm(StrEnum):
    """What an organisation is by law, or that it is none."""

    ASSOCIATION = "association"
    ORDINARY_ASSOCIATION = "ordinary_association"
    FOUNDATION = "foundation"
    KGW = "kgw"
    FIRE_BRIGADE = "fire_brigade"
    SPORTS_CLUB = "sports_club"
    SOCIAL_COOPERATIVE = "social_cooperative"
    COOPERATIVE = "cooperative"
    NON_PROFIT_COMPANY = "non_profit_company"
    CHURCH = "church"
    CIS = "cis"
    KIS = "kis"
    WTZ = "wtz"
    ZAZ = "zaz"
    LOCAL_GOVERNMENT = "local_government"
    INFORMAL_GROUP = "informal_group"
    NATURAL_PERSON = "natural_person"


class People(StrEnum):
    """Whom something is done for."""

    CHILDREN = "children"
    YOUTH = "youth"
    SENIORS = "seniors"
    DISABLED = "disabled"
    UNEMPLOYED = "unemployed"
    HOMELESS = "homeless"
    REFUGEES = "refugees"
    FAMILIES = "families"
    WOMEN = "women"
    EXCLUDED = "excluded"


class ActivityField(StrEnum):
    """What an organisation is active in."""

    CULTURE = "culture"
    SPORT = "sport"
    EDUCATION = "education"
    ECOLOGY = "ecology"
    HEALTH = "health"
    CARE = "care"
    TOURISM = "tourism"
    RURAL = "rural"


class Range(_Part):
    """From and to, both included; either may be open."""

    min: int | None = Field(None, ge=0)
    max: int | None = Field(None, ge=0)


class Exclusion(_Part):
    """What is *not* paid for or not admitted, and the rule that says so."""

    text: LocalText
    rule: Line | None = None


class Eligibility(_Part):
    """Who may use an offer. What is left out is open to all."""

    legal_forms: tuple[LegalForm, ...] = ()
    organisation_age_months: Range | None = Field(None, description="Whole months since founding.")
    obp: bool | None = Field(None, description="Whether it must (or must not) have OPP status.")
    social_enterprise: bool | None = Field(None, description="The same for PS status.")
    income_pln: Range | None = Field(None, description="Income of the last year.")
    fields: tuple[ActivityField, ...] = ()
    people: tuple[People, ...] = ()
    person_age: Range | None = Field(None, description="Years; of people who ask for themselves.")
    excluded: tuple[Exclusion, ...] = ()


class Amount(_Part):
    """What one gets."""

    amount_pln: Range | None = None
    percent_max: int | None = Field(None, ge=1, le=100, description="Share of all costs, at most.")
    own_contribution_percent: int | None = Field(None, ge=0, le=100)
    in_kind: LocalText | None = None


class CostOption(_Part):
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


class Intake(_Part):
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


class Alert(_Part):
    """A short-term notice, to be shown up to and including `until`."""

    text: LocalText
    until: Day


class Applying(_Part):
    """The way to apply, beside the steps."""

    channel: Literal["form", "person", "phone", "email", "post", "epuap"]
    url: Web | None = None
    prepare_minutes: int | None = Field(None, ge=1, le=10_000)


class Document(_Part):
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


class Checked(_Part):
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


class AreaKind(StrEnum):
    """How large an area is."""

    COUNTRY = "country"
    VOIVODESHIP = "voivodeship"
    COUNTY = "powiat"
    MUNICIPALITY = "gmina"


class Area(Record):
    """A part of the country in which support is given: a powiat, a gmina."""

    name: LocalText
    kind: AreaKind
    parent: Id | None = Field(None, description="The area that it lies in.")
    teryt: Annotated[str, StringConstraints(pattern=TERYT_PATTERN)] | None = Field(
        None, description="Its number in the official register of areas."
    )


class ConsultationHours(_Part):
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


class Mark(Record):
    """A certification mark."""

    name: LocalText
    full_name: Fact | None = None
    what: Fact | None = None
    grantor: Fact | None = None
    who: Fact | None = None
    how: Fact | None = None
    cost: Fact | None = None
    validity: Fact | None = None
    extendable: Fact | None = None
    logo: Fact | None = None


class Person(Record):
    """Somebody who speaks or advises; shown only with consent."""

    display_name: Line
    role: LocalText | None = None
    org: Id | None = None
    contact: Contact = Contact()
    languages: tuple[Line, ...] = ()
    consent: bool = False
    bio: LocalText | None = None


class Faq(Record):
    """A question with its answer, or with the statement that nobody knows it."""

    question: LocalText
    variants: Phrases = Field(Phrases(), description="Other ways to ask, as people type them.")
    answer: LocalText
    answer_before: LocalText | None = Field(None, description="Instead of it, before the fair.")
    answer_during: LocalText | None = Field(None, description="Instead of it, during the fair.")
    answer_after: LocalText | None = Field(None, description="Instead of it, after the fair.")
    intents: tuple[Line, ...] = ()
    about: Id | None = Field(None, description="The record it is about.")
    links: tuple[Id, ...] = Field((), description="Records to offer as the next step.")
    not_known: bool = Field(False, description="The answer says that this is not known.")
    fills: Id | None = Field(
        None, description="An example: the question with `not_known` that it would answer."
    )
    legal: LocalText | None = Field(
        None,
        description="It tells of law: whom to ask. The bot adds that it is no legal advice.",
    )
    guard: Line | None = Field(None, description="A warning to whoever edits this.")


class Term(Record):
    """A word or acronym that people ask the meaning of."""

    term: Line
    expand: LocalText
    short: LocalText | None = None
    legal: LocalText | None = Field(
        None,
        description="It tells of law: whom to ask. The bot adds that it is no legal advice.",
    )
    see: Id | None = None


class Concept(Record):
    """Words that mean the same to somebody who looks for it; added to those the bot knows.

    With the id of a concept that ships with the bot, the words are added to that one.
    """

    pl: tuple[Line, ...] = ()
    en: tuple[Line, ...] = ()
    uk: tuple[Line, ...] = ()
    broader: tuple[Id, ...] = Field((), description="Wider concepts, own or shipped.")
    related: tuple[Id, ...] = Field((), description="Near concepts, own or shipped.")


class Severity(StrEnum):
    """How loudly an announcement is told."""

    INFO = "info"
    IMPORTANT = "important"
    EMERGENCY = "emergency"


class Announcement(Record):
    """News that holds from `issued_at` to `expires_at`; without `issued_at` a template."""

    kind: Line
    severity: Severity
    text: LocalText
    issued_at: Moment | None = None
    expires_at: Moment | None = None
    audience: Line = "everyone"
    session: Id | None = None
    place: Id | None = None
    corrects: Id | None = None
    confirmed_by: tuple[Line, ...] = ()


class RouteIntent(StrEnum):
    """Wishes that the bot recognises by itself and each fair answers differently."""

    HUMAN = "human"
    LOST_AND_FOUND = "lost_and_found"
    FEEDBACK = "feedback"
    PHOTOS = "photos"
    FIRST_AID = "first_aid"


class Route(Record):
    """Which question answers an intent that the bot recognises by itself, and who takes over."""

    intent: RouteIntent
    answer: Id | None = None
    handoff: Id | None = Field(None, description="The place where a person helps.")


class SurveyQuestion(_Part):
    """One question of a survey."""

    id: Id
    type: Literal["scale_1_5", "choice", "text"]
    text: LocalText
    options: tuple[LocalText, ...] = ()


class Survey(Record):
    """What visitors are asked at the end."""

    opens_at: Moment
    anonymous: bool = True
    url: Web | None = None
    questions: tuple[SurveyQuestion, ...]


AnyRecord = (
    Event
    | Organizer
    | Place
    | Exhibitor
    | Session
    | Series
    | Offer
    | Area
    | Consultation
    | Mark
    | Person
    | Faq
    | Term
    | Concept
    | Announcement
    | Route
    | Survey
)

KINDS: Mapping[str, type[Record]] = MappingProxyType(
    {
        "event": Event,
        "organizers": Organizer,
        "places": Place,
        "exhibitors": Exhibitor,
        "sessions": Session,
        "series": Series,
        "offers": Offer,
        "areas": Area,
        "consultations": Consultation,
        "marks": Mark,
        "people": Person,
        "faq": Faq,
        "glossary": Term,
        "concepts": Concept,
        "announcements": Announcement,
        "routes": Route,
        "surveys": Survey,
    }
)
"""The top-level keys of a YAML file; `event` holds one record, the others a list."""


@dataclass(frozen=True, slots=True)
class Before:
    """What was planned before it was changed in chat; `None` where that is as it was.

    Attributes:
        place: the id of the place.
        start: by the fair's local clock, without a zone, like all times here.
        reason: why it was cancelled, if that was told.
        replacement: the id of what takes place instead of what was cancelled.
        off_start: with `off_end`, when what is cancelled was to be, as visitors knew it then:
            the YAML may have been edited since.
    """

    place: str | None = None
    start: dt.datetime | None = None
    end: dt.datetime | None = None
    speakers: tuple[str, ...] | None = None
    stands: tuple[str, ...] | None = None
    name: LocalText | None = None
    reason: LocalText | None = None
    replacement: str | None = None
    off_start: dt.datetime | None = None
    off_end: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Everything that is known about one fair. Each mapping is by id, in the files' order.

    Attributes:
        before: what was planned before it was changed in chat, by key (`bot.knowledge.dated`).
    """

    event: Event
    organizers: Mapping[str, Organizer] = field(default_factory=dict)
    places: Mapping[str, Place] = field(default_factory=dict)
    exhibitors: Mapping[str, Exhibitor] = field(default_factory=dict)
    sessions: Mapping[str, Session] = field(default_factory=dict)
    series: Mapping[str, Series] = field(default_factory=dict)
    offers: Mapping[str, Offer] = field(default_factory=dict)
    areas: Mapping[str, Area] = field(default_factory=dict)
    consultations: Mapping[str, Consultation] = field(default_factory=dict)
    marks: Mapping[str, Mark] = field(default_factory=dict)
    people: Mapping[str, Person] = field(default_factory=dict)
    faq: Mapping[str, Faq] = field(default_factory=dict)
    glossary: Mapping[str, Term] = field(default_factory=dict)
    concepts: Mapping[str, Concept] = field(default_factory=dict)
    announcements: Mapping[str, Announcement] = field(default_factory=dict)
    routes: Mapping[str, Route] = field(default_factory=dict)
    surveys: Mapping[str, Survey] = field(default_factory=dict)
    before: Mapping[str, Before] = field(default_factory=dict)
    _by_id: Mapping[str, AnyRecord] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index the records by id, once."""
        object.__setattr__(self, "_by_id", {record.id: record for record in self.records()})

    def get(self, record_id: str) -> AnyRecord | None:
        """Find a record of any kind; `None` where there is none."""
        return self._by_id.get(record_id)

    def records(self) -> Iterator[AnyRecord]:
        """Go through all records, kind by kind."""
        yield self.event
        yield from self.organizers.values()
        yield from self.places.values()
        yield from self.exhibitors.values()
        yield from self.sessions.values()
        yield from self.series.values()
        yield from self.offers.values()
        yield from self.areas.values()
        yield from self.consultations.values()
        yield from self.marks.values()
        yield from self.people.values()
        yield from self.faq.values()
        yield from self.glossary.values()
        yield from self.concepts.values()
        yield from self.announcements.values()
        yield from self.routes.values()
        yield from self.surveys.values()
