"""The buttons of the personal room: `z:<what>`, or `z:<what>:<value>`.

Values come from outside: whoever takes a tap checks them.
"""

from dataclasses import dataclass

LETTER = "z"


@dataclass(frozen=True, slots=True)
class Press:
    """A button of this room: `what` was pressed, and with which value."""

    what: str
    value: str = ""


def write(what: str, value: str = "") -> str:
    """Write the data of a button."""
    return f"{LETTER}:{what}:{value}" if value else f"{LETTER}:{what}"


def read(data: str) -> Press | None:
    """Read the data of a button; `None` where it is none of this room."""
    letter, _, rest = data.partition(":")
    if letter != LETTER:
        return None
    what, _, value = rest.partition(":")
    return Press(what, value)
