"""What a visitor can wish for: a tap, a command and a typed question all become a `Wish`.

`taps.py` writes wishes into buttons and reads them back, `reading.py` finds them in
text, `answers/` grants them. A follow-up changes the wish before: another day, the
next page, another facet of the same record.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from bot.knowledge.model import Audience, RouteIntent, SeriesType, SessionType
from bot.messaging.languages import Language


class Facet(StrEnum):
    """Which side of a record is asked about; the question word chooses it."""

    ALL = "all"
    WHAT = "what"
    WHERE = "where"
    WHEN = "when"
    LEADER = "leader"
    CONTACT = "contact"
    COST = "cost"
    SIGN_UP = "signup"
    LENGTH = "length"
    BESIDE = "beside"
    PRODUCTS = "products"
    PAYMENT = "payment"
    JOBS = "jobs"
    ACCESS = "access"
    FOR_WHOM = "forwhom"
    DOCUMENTS = "documents"
    DEADLINE = "deadline"
    MARK = "mark"
    COUNT = "count"


class Topic(StrEnum):
    """What the bot says by itself, whatever the fair; the value is a key of the catalogue."""

    HELP = "help"
    START = "start"
    MENU = "menu"
    GREETING = "greeting"
    THANKS = "thanks"
    BYE = "bye"
    ABUSE = "abuse"
    WELL = "well"
    WHO_MADE_YOU = "who_made_you"
    IS_BOT = "is_bot"
    WEATHER = "weather"
    YES = "yes"
    NO = "no"
    PRIVACY = "privacy"
    FORGET = "forget"
    FORGOTTEN = "forgotten"
    LANGUAGE = "language"
    NONE_OF_THESE = "none_of_these"
    SURVEY = "survey"
    EMPTY = "empty_message"
    TOO_LONG = "too_long"
    STICKER = "attachment_sticker"
    PHOTO = "attachment_photo"
    VOICE = "attachment_voice"
    VIDEO = "attachment_video"
    DOCUMENT = "attachment_document"
    LOCATION = "attachment_location"
    CONTACT = "attachment_contact"
    OTHER = "attachment_other"


@dataclass(frozen=True, slots=True)
class About:
    """A record, or one facet of it; for what recurs, the days from `start` to `end`.

    Attributes:
        shrug: the question that nobody can answer, in whose place this example stands.
    """

    id: str
    facet: Facet = Facet.ALL
    start: dt.date | None = None
    end: dt.date | None = None
    shrug: str = ""


@dataclass(frozen=True, slots=True)
class AtStand:
    """Who is at a stand."""

    stand: str


@dataclass(frozen=True, slots=True)
class Now:
    """What runs at this moment, and what comes next."""


@dataclass(frozen=True, slots=True)
class Next:
    """What begins next, of any type or of one."""

    type: SessionType | None = None


@dataclass(frozen=True, slots=True)
class Programme:
    """The programme of a day or of all days, or a part of it.

    Attributes:
        begin: only what runs at or after this; local time.
        finish: only what starts before this; the same as `begin` for a moment.
        type: only sessions of this type.
    """

    day: dt.date | None = None
    begin: dt.time | None = None
    finish: dt.time | None = None
    type: SessionType | None = None
    page: int = 0


@dataclass(frozen=True, slots=True)
class RoomProgramme:
    """What takes place in one room."""

    room: str
    day: dt.date | None = None
    page: int = 0


@dataclass(frozen=True, slots=True)
class Exhibitors:
    """The exhibitors, all or of one category."""

    category: str = ""
    page: int = 0


@dataclass(frozen=True, slots=True)
class Categories:
    """What kinds of things are on show.

    Attributes:
        without: words for what is not wanted: "coś innego niż rękodzieło".
    """

    page: int = 0
    without: str = ""


@dataclass(frozen=True, slots=True)
class Having:
    """The exhibitors of which a facet is known: who hires, who takes cards, who has a mark."""

    facet: Facet
    page: int = 0
    shrug: str = ""


@dataclass(frozen=True, slots=True)
class CountOfExhibitors:
    """How many exhibitors there are: a number that is easily got wrong."""


@dataclass(frozen=True, slots=True)
class AllSeries:
    """The recurring trainings and meetings: all, or those that are wanted.

    Attributes:
        start: with `end`, only those with dates in these days.
        for_whom: only those for these people.
        weekend: only those with dates on a Saturday or Sunday.
    """

    type: SeriesType | None = None
    page: int = 0
    start: dt.date | None = None
    end: dt.date | None = None
    for_whom: Audience | None = None
    weekend: bool = False


@dataclass(frozen=True, slots=True)
class Offers:
    """The support that organisations can get."""

    page: int = 0


@dataclass(frozen=True, slots=True)
class Places:
    """The places of the fair."""

    page: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """Everything that fits some words."""

    words: str
    page: int = 0


@dataclass(frozen=True, slots=True)
class Routed:
    """A wish that each fair answers in its own way, or with a person."""

    intent: RouteIntent


@dataclass(frozen=True, slots=True)
class Choice:
    """Which of these was meant? Up to three."""

    ids: tuple[str, ...]
    facet: Facet = Facet.ALL


@dataclass(frozen=True, slots=True)
class Several:
    """A bare number: a stand or a time of day? Or two with a dash: "12-14"."""

    number: str


@dataclass(frozen=True, slots=True)
class Say:
    """One of the bot's own texts."""

    topic: Topic


@dataclass(frozen=True, slots=True)
class Speak:
    """From now on in this language."""

    language: Language


@dataclass(frozen=True, slots=True)
class Alarm:
    """Somebody needs help at once; `kind` is medical, fire or child."""

    kind: str


@dataclass(frozen=True, slots=True)
class Gone:
    """A button of a record that no longer exists."""


@dataclass(frozen=True, slots=True)
class Puzzled:
    """Nothing was understood."""


Wish = (
    About
    | AtStand
    | Now
    | Next
    | Programme
    | RoomProgramme
    | Exhibitors
    | Categories
    | Having
    | CountOfExhibitors
    | AllSeries
    | Offers
    | Places
    | Found
    | Routed
    | Choice
    | Several
    | Say
    | Speak
    | Alarm
    | Gone
    | Puzzled
)

Paged = (
    Programme
    | RoomProgramme
    | Exhibitors
    | Categories
    | Having
    | AllSeries
    | Offers
    | Places
    | Found
)
"""Wishes whose answer may have a next page."""
