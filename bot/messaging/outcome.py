"""What became of a message that we sent, sorted by what is to be done next.

The same for every platform; a channel sorts its platform's errors into these.
"""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Sent:
    """The platform has taken it.

    Attributes:
        message_id: the platform's id of the message, by which it can be edited; "" where
            it cannot.
    """

    message_id: str = ""


@dataclass(frozen=True, slots=True)
class Later:
    """It was surely not sent and may be tried again.

    Attributes:
        wait: how long the platform tells the whole bot to wait; `None` where it says nothing.
        reason: for the log and the organizer.
    """

    wait: timedelta | None
    reason: str


@dataclass(frozen=True, slots=True)
class Moved:
    """The chat has a new address, such as a group that became a supergroup; not sent."""

    chat: str


@dataclass(frozen=True, slots=True)
class Gone:
    """The chat cannot be reached until the visitor comes back by themselves."""

    reason: str


@dataclass(frozen=True, slots=True)
class Closed:
    """The platform lets us answer only; it waits until the visitor writes again.

    Attributes:
        is_unreachable: the visitor gets nothing else of ours either, until then.
    """

    reason: str
    is_unreachable: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """The platform does not take this message: a mistake of ours, the same for everyone."""

    reason: str


@dataclass(frozen=True, slots=True)
class Halted:
    """Nothing can be sent by this channel until somebody mends it: a dead token, a restriction.

    Attributes:
        reason: in words for whoever can mend it.
        wait: before it is tried again; `None` for the usual half minute.
    """

    reason: str
    wait: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Unsure:
    """It may have been sent or not. Sent again, a visitor might read it twice.

    Attributes:
        echo_within: how long the platform may take to tell that it was sent after all; it is
            not sent again before. `None` where a platform never tells.
    """

    reason: str
    echo_within: timedelta | None = None


Outcome = Sent | Later | Moved | Gone | Closed | Refused | Halted | Unsure
