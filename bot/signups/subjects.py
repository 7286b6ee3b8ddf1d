"""The subjects of what is told to those who signed up: `u:<what>:<key>` and what makes it one."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

PREFIX = "u:"


class About(StrEnum):
    """What a message tells."""

    OFFER = "o"
    LAPSED = "l"
    DAY_BEFORE = "d"
    CALLED_OFF = "c"
    OPENS = "w"
    CLOSES = "z"


@dataclass(frozen=True, slots=True)
class Subject:
    """What a message is about.

    Attributes:
        key: of the list, or a record's id where one cannot sign up here.
        mark: tells apart what is told more than once.
    """

    about: About
    key: str
    mark: str = ""

    def __str__(self) -> str:
        """Write it as a delivery holds it."""
        return f"{PREFIX}{self.about.value}:{self.key}:{self.mark}"


def read_subject(written: str) -> Subject | None:
    """Read what `Subject` wrote; `None` for another feature's."""
    if not written.startswith(PREFIX):
        return None
    about, _, rest = written.removeprefix(PREFIX).partition(":")
    key, _, mark = rest.rpartition(":")
    try:
        return Subject(About(about), key, mark)
    except ValueError:
        return None


def mark_of(moment: dt.datetime) -> str:
    """Write a moment as a mark."""
    return f"{moment.astimezone(dt.UTC):%Y%m%dT%H%M}"
