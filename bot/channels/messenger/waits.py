"""How long the channel waits, and for what."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Waits:
    """How long the channel waits, and for what.

    Attributes:
        settle: after an event came, for earlier ones of the same chat that are on their way.
        look_again: until the store is looked into although nobody says that something came;
            another process may have died.
        hold: how long an event that is claimed is ours, if we don't claim it again.
        typing: an answer that takes longer than this is announced as "typing".
        first_retry: before a call that surely failed is made again; doubled each time.
        longest_retry: the most that becomes of it.
        patience: how long one answer may be held up by retries; then its event is put back.
        put_back: how long an event that was put back waits.
        echo: how long to wait for the echo of a message whose answer was lost.
        halt: how long nothing is worked off after the platform refused all we do.
        drain: how long a stop waits for what is in hand.
    """

    settle: timedelta = timedelta(seconds=0.05)
    look_again: timedelta = timedelta(seconds=2)
    hold: timedelta = timedelta(seconds=30)
    typing: timedelta = timedelta(seconds=1)
    first_retry: timedelta = timedelta(seconds=0.5)
    longest_retry: timedelta = timedelta(seconds=10)
    patience: timedelta = timedelta(seconds=20)
    put_back: timedelta = timedelta(seconds=30)
    echo: timedelta = timedelta(seconds=4)
    halt: timedelta = timedelta(seconds=30)
    drain: timedelta = timedelta(seconds=20)
