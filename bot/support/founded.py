"""When an organisation was founded, as precisely as it was told."""

import calendar
import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Founded:
    """The founding lies between two days, both included.

    Attributes:
        earliest: `None` where it may lie as long ago as one likes.
    """

    earliest: dt.date | None
    latest: dt.date

    @property
    def is_exact(self) -> bool:
        """Say whether the very day is known."""
        return self.earliest == self.latest

    def has_passed(self, months: int, today: dt.date) -> bool | None:
        """Say whether this many months have passed since; `None` where that depends on the day."""
        if months_after(self.latest, months) <= today:
            return True
        if self.earliest is not None and months_after(self.earliest, months) > today:
            return False
        return None

    def is_within(self, months: int, today: dt.date) -> bool | None:
        """Say whether no more than this many months have passed since."""
        if self.earliest is not None and today <= months_after(self.earliest, months):
            return True
        if today > months_after(self.latest, months):
            return False
        return None


def aged(months_from: int, months_to: int | None, today: dt.date) -> Founded:
    """Give the founding of what is as many months old: from, and to below; `None` for no limit."""
    latest = months_after(today, -months_from)
    if months_to is None:
        return Founded(None, latest)
    return Founded(min(latest, months_after(today, -months_to) + dt.timedelta(days=1)), latest)


def months_after(day: dt.date, months: int) -> dt.date:
    """Give the same day of a later month, or its last day where it is too short."""
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(years, month + 1)[1]
    return dt.date(years, month + 1, min(day.day, last))
