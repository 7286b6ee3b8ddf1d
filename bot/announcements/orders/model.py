"""What organizers can order in plain words, once it is clear what they mean.

Records are named by the key they are saved under (`bot.knowledge.dated`): a session's id, or
`id@YYYY-MM-DD` for one date of a series. Times are aware.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from bot.knowledge.model import LocalText, SessionType


@dataclass(frozen=True, slots=True)
class MoveTo:
    """It takes place somewhere else."""

    record: str
    place: str


@dataclass(frozen=True, slots=True)
class Delay:
    """It begins later than the programme says.

    Attributes:
        minutes: against the time that the programme first had, as visitors are told it.
        following: what comes after it in the same room and moves by as much.
    """

    record: str
    minutes: int
    following: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NewTime:
    """It takes place at another time; it lasts as long where no end was told."""

    record: str
    start: dt.datetime
    end: dt.datetime


@dataclass(frozen=True, slots=True)
class Cancel:
    """It does not take place.

    Attributes:
        reason: in the organizer's words, Polish; "" where none was given.
        replacement: the key of what takes its place; "" for nothing.
    """

    record: str
    reason: str = ""
    replacement: str = ""


@dataclass(frozen=True, slots=True)
class Restore:
    """It takes place after all."""

    record: str


@dataclass(frozen=True, slots=True)
class NewSpeaker:
    """Somebody else leads it; ids of people, or names of those the knowledge does not have."""

    record: str
    speakers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NewPoint:
    """Something new in the programme.

    Attributes:
        place: the id of a place.
        stand: the number of a stand in that place; "" for none.
    """

    title: str
    type: SessionType
    start: dt.datetime
    end: dt.datetime
    place: str
    stand: str = ""


@dataclass(frozen=True, slots=True)
class Seats:
    """There are no seats left, or there are some again."""

    record: str
    is_full: bool


@dataclass(frozen=True, slots=True)
class AtStand:
    """Somebody else is at a stand.

    Attributes:
        exhibitor: the id of one in the knowledge, or the name of one that is not there.
        renamed: the new name of the same exhibitor; "" where it is another one.
    """

    stand: str
    exhibitor: str
    renamed: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """Something was found; where to collect it is a place's id, or the organizer's words."""

    thing: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Lost:
    """Somebody lost something and asks to look out for it; where to bring it."""

    thing: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class FirstAid:
    """Somebody needs help. Goes to staff only.

    Attributes:
        where: in the organizer's words; "" where it is a place or a stand.
        place: the id of a place; "" for none.
        stand: the number of a stand; "" for none.
    """

    where: str = ""
    place: str = ""
    stand: str = ""


@dataclass(frozen=True, slots=True)
class MissingChild:
    """A child is missing. Goes to staff only, without what was said of the child."""


@dataclass(frozen=True, slots=True)
class ParkingFull:
    """The car park is full; where there is room, in the organizer's words."""

    elsewhere: str = ""


class Dish(StrEnum):
    """What there is to eat."""

    LUNCH = "lunch"
    COFFEE = "coffee"
    BREAKFAST = "breakfast"
    SUPPER = "supper"
    FOOD = "food"


@dataclass(frozen=True, slots=True)
class Meal:
    """There is something to eat; an end that was not told is `None`."""

    start: dt.datetime
    end: dt.datetime | None
    place: str = ""
    who: str = ""
    dish: Dish = Dish.LUNCH


@dataclass(frozen=True, slots=True)
class Quiet:
    """Please be quiet; a place's id or "" for everywhere, and until when if that was told."""

    place: str = ""
    until: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Wifi:
    """The network or its password are others now."""

    network: str = ""
    password: str = ""


@dataclass(frozen=True, slots=True)
class Soon:
    """It begins in some minutes; `None` where none were told."""

    record: str
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class AskSurvey:
    """Ask visitors at the end of the fair."""


@dataclass(frozen=True, slots=True)
class Thanks:
    """Thank for coming; where the materials are, if that was told."""

    link: str = ""


@dataclass(frozen=True, slots=True)
class Together:
    """Several changes of one point of the programme at once: another room and another time."""

    orders: "tuple[Announced, ...]"


@dataclass(frozen=True, slots=True)
class Correction:
    """The last message was wrong.

    Attributes:
        about: what was wrong, in the organizer's words.
        order: what is right, where it was told.
    """

    about: str = ""
    order: "Announced | None" = None


@dataclass(frozen=True, slots=True)
class Evacuation:
    """Everybody has to leave: from a place by its id, or from what the organizer called it."""

    zone: str = ""


@dataclass(frozen=True, slots=True)
class AllClear:
    """The alarm is over; when one may come back, `None` for now."""

    back_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Statistics:
    """Show how much was asked, about what; "" for everything."""

    about: str = ""


@dataclass(frozen=True, slots=True)
class MostAsked:
    """Show what is asked about most."""


@dataclass(frozen=True, slots=True)
class Unanswered:
    """Show the questions that nobody could answer."""


Announced = (
    MoveTo
    | Delay
    | NewTime
    | Cancel
    | Restore
    | NewSpeaker
    | NewPoint
    | Seats
    | AtStand
    | Found
    | Lost
    | FirstAid
    | MissingChild
    | ParkingFull
    | Meal
    | Quiet
    | Wifi
    | Soon
    | AskSurvey
    | Thanks
    | Together
    | Correction
    | Evacuation
    | AllClear
)
"""What is told to somebody, once it is confirmed."""

Order = Announced | Statistics | MostAsked | Unanswered


class Missing(StrEnum):
    """What has to be asked back before an order is clear."""

    SESSION = "session"
    DATE = "date"
    ROOM = "room"
    MINUTES = "minutes"
    FOLLOWING = "following"
    TIME = "time"
    SPEAKER = "speaker"
    TITLE = "title"
    STAND = "stand"
    EXHIBITOR = "exhibitor"
    THING = "thing"
    NOTHING_NEW = "nothing_new"
    SOON = "soon"


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to a question back: what a button says, and what to answer with it."""

    value: str
    label: LocalText


@dataclass(frozen=True, slots=True)
class Unclear:
    """It is an order, but something has to be asked back.

    The question is answered by reading the same text again with one more answer: the value
    of an option, or what the organizer then typed, under the key `missing`.

    Attributes:
        options: the likeliest first; empty where only words can answer.
        about: the key of the session or date concerned, where that is clear already.
        said: the part of the text that was not understood; "" for none.
        records: for `FOLLOWING`, the keys of what would move too.
    """

    missing: Missing
    options: tuple[Option, ...] = ()
    about: str = ""
    said: str = ""
    records: tuple[str, ...] = ()
