"""The buttons of what a visitor keeps: my programme, choices, their data.

The personal room (`bot/dialogue/personal`) takes their taps.
"""

from bot.messaging.taps import Taps

_TAPS = Taps("z")

write, read = _TAPS.write, _TAPS.read

PLAN = write("p")
"""Shows my programme."""

CHOICES = write("c")
"""Shows what one is reminded and told of."""


def save(key: str) -> str:
    """Write the data of the button that saves something by its key."""
    return write("+", key)


def drop(key: str) -> str:
    """Write the data of the button that takes something out of the programme."""
    return write("-", key)
