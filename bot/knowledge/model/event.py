"""The fair itself: its days, hours and numbers."""

import datetime as dt
from zoneinfo import ZoneInfo

from pydantic import Field

from bot.knowledge.model.record import LocalText, Part, Record
from bot.knowledge.model.values import AsOf, Day, Id, Line, TimeOfDay, Web


class Hours(Part):
    """Opening hours of one day."""

    date: Day
    open: TimeOfDay
    close: TimeOfDay


class Statistic(Part):
    """A number people ask for, with what it is not."""

    key: Line
    name: LocalText
    value: int
    approx: bool = False
    as_of: AsOf | None = None
    not_a: Line | None = None


class ExhibitorGroup(Part):
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
