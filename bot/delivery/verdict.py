"""What an outcome means for a delivery. Pure.

| outcome  | the row                       | and beside it                               |
|----------|-------------------------------|---------------------------------------------|
| Sent     | sent                          |                                             |
| Later    | pending again                 | told to wait: the whole channel waits       |
| Moved    | pending again, new address    | the address is changed wherever it is kept  |
| Gone     | failed                        | the visitor is known to be out of reach     |
| Closed   | waiting                       | out of reach, where the platform says so    |
| Refused  | pending again                 | its announcement is paused, somebody told   |
| Halted   | pending again                 | the whole channel waits, somebody told      |
| Unsure   | uncertain, or pending again   | where rather twice than never               |
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import assert_never

from bot.delivery.due import Due, Skip
from bot.messaging.outcome import (
    Closed,
    Gone,
    Halted,
    Later,
    Moved,
    Outcome,
    Refused,
    Sent,
    Unsure,
)

TRIES = 5
"""How often a delivery may fail for reasons of its own."""

FIRST_RETRY = timedelta(seconds=1)
HALT = timedelta(seconds=30)
"""How long a channel waits that is out of order, before it is tried with one message."""

REASON_LIMIT = 200


class State(StrEnum):
    """Where a delivery stands."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    WAITING = "waiting"
    UNCERTAIN = "uncertain"
    EXPIRED = "expired"
    SKIPPED = "skipped"


OPEN = (State.PENDING, State.SENDING, State.WAITING)
"""The states out of which something still may be sent."""


@dataclass(frozen=True, slots=True)
class Unwritten:
    """Its text could not be written: a mistake of ours, or a part that is out of order."""

    reason: str


@dataclass(frozen=True, slots=True)
class Unsent:
    """It was claimed, and put back before anything left.

    Attributes:
        wait: how long the chat should be left alone.
    """

    wait: timedelta = timedelta()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is written into the store about one delivery.

    Attributes:
        state: where it stands now.
        message_id: the platform's id, where it gave one.
        reason: in words for the organizer.
        not_before: when it is due again, for a pending one; `None` leaves it as it was.
        tries: how often it failed by now.
        is_gone: the visitor is out of reach.
        moved_to: the new address of the chat; "" where it stays.
        halts: why the announcement is paused; "" where it goes on.
        pauses: how long the whole channel waits; `None` where it goes on.
        breaks: why the channel is out of order; "" where it is not.
    """

    state: State
    tries: int
    message_id: str | None = None
    reason: str | None = None
    not_before: datetime | None = None
    is_gone: bool = False
    moved_to: str = ""
    halts: str = ""
    pauses: timedelta | None = None
    breaks: str = ""


def verdict(due: Due, outcome: Outcome | Skip | Unsent | Unwritten, now: datetime) -> Verdict:
    """Say what an outcome means."""
    match outcome:
        case Sent(message_id):
            return Verdict(State.SENT, due.tries, message_id=message_id or None)
        case Unsent(wait):
            return Verdict(State.PENDING, due.tries, not_before=now + wait if wait else None)
        case Skip(reason):
            return Verdict(State.SKIPPED, due.tries, reason=_short(reason))
        case Gone(reason):
            return Verdict(State.FAILED, due.tries, reason=_short(reason), is_gone=True)
        case Closed(reason, is_unreachable):
            return Verdict(State.WAITING, due.tries, reason=_short(reason), is_gone=is_unreachable)
        case Refused(reason):
            return _refused(due, reason)
        case Later() | Moved() | Halted() | Unsure() | Unwritten():
            return _again(due, outcome, now)
        case _:
            assert_never(outcome)


def _again(
    due: Due, outcome: Later | Moved | Halted | Unsure | Unwritten, now: datetime
) -> Verdict:
    match outcome:
        case Later(wait, reason):
            if wait is not None:
                return Verdict(State.PENDING, due.tries, reason=_short(reason), pauses=wait)
            # The platform failed: most often nothing was done, and after some tries nobody knows.
            return _tried(due, reason, now) or _uncertain(due, reason)
        case Moved(chat):
            return _tried(due, "the chat has a new address", now, moved_to=chat) or Verdict(
                State.FAILED, due.tries, reason="the chat gave one new address after another"
            )
        case Halted(reason, wait):
            return Verdict(
                State.PENDING, due.tries, reason=_short(reason), pauses=wait or HALT, breaks=reason
            )
        case Unsure(reason, echo_within):
            again = _tried(due, reason, now, least=echo_within) if due.resends else None
            return again or _uncertain(due, reason)
        case Unwritten(reason):
            return _tried(due, reason, now) or _refused(due, reason)
        case _:
            assert_never(outcome)


def _refused(due: Due, reason: str) -> Verdict:
    if due.announcement is None:
        return Verdict(State.FAILED, due.tries, reason=_short(reason))
    return Verdict(State.PENDING, due.tries, reason=_short(reason), halts=_short(reason))


def _tried(
    due: Due,
    reason: str,
    now: datetime,
    moved_to: str = "",
    least: timedelta | None = None,
) -> Verdict | None:
    """Try again, later each time; `None` when it was tried often enough."""
    tries = due.tries + 1
    if tries >= TRIES:
        return None
    # A new address is used at once.
    wait = max(FIRST_RETRY * 2 ** (tries - 1), least or timedelta())
    not_before = None if moved_to else now + wait
    return Verdict(
        State.PENDING, tries, reason=_short(reason), not_before=not_before, moved_to=moved_to
    )


def _uncertain(due: Due, reason: str) -> Verdict:
    return Verdict(State.UNCERTAIN, due.tries, reason=_short(reason))


def _short(reason: str) -> str:
    return reason[:REASON_LIMIT]
