"""The buttons of one part of the conversation: `<letter>:<what>`, or `<letter>:<what>:<value>`.

Values come from outside: whoever takes a tap checks them.
"""

from dataclasses import dataclass

from bot.messaging.reply import ASK_DATA_LIMIT_BYTES


@dataclass(frozen=True, slots=True)
class Press:
    """A button: `what` was pressed, and with which value."""

    what: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Taps:
    """Writes and reads the data of all buttons that begin with one letter."""

    letter: str

    def write(self, what: str, value: str = "") -> str:
        """Write the data of a button."""
        return f"{self.letter}:{what}:{value}" if value else f"{self.letter}:{what}"

    def read(self, tapped: str) -> Press | None:
        """Read the data of a button; `None` where it is none of these, or too long to be one."""
        letter, _, rest = tapped.partition(":")
        if letter != self.letter or len(tapped.encode(errors="replace")) > ASK_DATA_LIMIT_BYTES:
            return None
        what, _, value = rest.partition(":")
        return Press(what, value)
