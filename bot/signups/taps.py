"""The buttons of sign-ups: `u:<what>` and perhaps `:<value>`; values come from outside.

u:s:<key or id> sign up, u:k agree, u:e correct, u:q stop, u:x:<key> take me off,
u:a:<key> take the offered place, u:m my sign-ups, u:w:<id> remind me of the sign-up,
u:b advisers, u:b:<id>:<page> their slots; for the staff u:l lists, u:l:<id or key> one of them,
and of that u:c close, u:o open, u:v and u:V call off, u:f and u:g files, u:t and u:T write.
"""

from dataclasses import dataclass

from bot.messaging.reply import ASK_DATA_LIMIT_BYTES

LETTER = "u"


@dataclass(frozen=True, slots=True)
class Press:
    """A button: `what` was pressed, and with which value."""

    what: str
    value: str = ""


def data(what: str, value: str = "") -> str:
    """Write the data of a button."""
    return f"{LETTER}:{what}:{value}" if value else f"{LETTER}:{what}"


def read(tapped: str) -> Press | None:
    """Read the data of a button; `None` where it is none of ours."""
    letter, _, rest = tapped.partition(":")
    if letter != LETTER or len(tapped.encode(errors="replace")) > ASK_DATA_LIMIT_BYTES:
        return None
    what, _, value = rest.partition(":")
    return Press(what, value)
