"""The room's button data: `w:<what>` and perhaps `:<value>`.

w:go a new search, w:n:<need> a need, w:a:<question>:<answer>, w:u:<question> not known,
w:back one step, w:fix correct, w:x:<fact> take a fact back, w:show results, w:p:<page> more
of them, w:q:<offer>:<day> a reminder on the day on which one qualifies; of the profile w:org,
w:keep, w:code, w:leave, w:d:<offer> papers, w:t:<offer>:<paper> a tick, w:cal deadlines.
"""

from dataclasses import dataclass

from bot.messaging.reply import ASK_DATA_LIMIT_BYTES

LETTER = "w"


@dataclass(frozen=True, slots=True)
class Press:
    """What a button wants."""

    what: str
    value: str = ""


def data(what: str, value: str = "") -> str:
    """Write what a button wants."""
    return f"{LETTER}:{what}:{value}" if value else f"{LETTER}:{what}"


def read(tapped: str) -> Press | None:
    """Read button data; `None` for another room's, or what is too long to be ours."""
    letter, _, rest = tapped.partition(":")
    if letter != LETTER or len(tapped.encode(errors="replace")) > ASK_DATA_LIMIT_BYTES:
        return None
    what, _, value = rest.partition(":")
    return Press(what, value)
