"""Who presents at the fair, what they make and how one can pay."""

from enum import StrEnum

from pydantic import Field

from bot.knowledge.model.marks import Certification
from bot.knowledge.model.people import Contact
from bot.knowledge.model.record import Fact, LocalText, Part, Record
from bot.knowledge.model.values import Day, Id, Line, Stand


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


class Product(Part):
    """Something that an exhibitor makes or sells."""

    name: LocalText
    price: Line | None = Field(None, description='As it is said: "35,00 zł".')
    buy_here: bool = False


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
