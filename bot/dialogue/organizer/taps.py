"""The buttons of the organizers' room: `y:<what>`, then `:<number>`, then `:<value>`.

The number is an announcement's or a letter's. Values come from outside, and who presses may be
no organizer: the room asks first who it is.
"""

import re
from dataclasses import dataclass

LETTER = "y"

_DATA = re.compile(r"y:([a-z0-9]{1,6})(?::(\d{0,9}))?(?::(.{1,48}))?", re.ASCII | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Press:
    """A button of this room.

    Attributes:
        what: which one.
        number: what it is about; 0 for nothing.
        value: "" for none.
    """

    what: str
    number: int = 0
    value: str = ""


def write(what: str, number: int = 0, value: str = "") -> str:
    """Write the data of a button."""
    about = str(number) if number else ""
    if value:
        return f"{LETTER}:{what}:{about}:{value}"
    return f"{LETTER}:{what}:{about}" if about else f"{LETTER}:{what}"


def read(data: str) -> Press | None:
    """Read the data of a button; `None` where it is none of this room."""
    met = _DATA.fullmatch(data)
    return Press(met[1], int(met[2] or 0), met[3] or "") if met else None
