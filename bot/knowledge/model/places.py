"""Where things are: the fair's buildings and rooms, and the areas support is given in."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints

from bot.knowledge.model.people import Contact
from bot.knowledge.model.record import Fact, LocalText, Part, Record
from bot.knowledge.model.values import TERYT_PATTERN, Id, Stand


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


class Accessibility(Part):
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
