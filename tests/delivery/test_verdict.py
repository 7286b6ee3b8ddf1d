import datetime as dt

import pytest

from bot.delivery.due import Due, Skip
from bot.delivery.verdict import HALT, TRIES, State, Unsent, Unwritten, Verdict, verdict
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
from tests.delivery.rows import NOON

SECOND = dt.timedelta(seconds=1)


def due(tries: int = 0, announcement: int | None = 7, resends: bool = False) -> Due:
    return Due(
        id=1,
        subject="a:7",
        announcement=announcement,
        channel="telegram",
        chat="5",
        tries=tries,
        message_id=None,
        not_before=NOON,
        expires_at=None,
        urgency=2,
        resends=resends,
    )


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        (Sent("12"), Verdict(State.SENT, 0, message_id="12")),
        (Sent(), Verdict(State.SENT, 0)),
        (Skip("moved"), Verdict(State.SKIPPED, 0, reason="moved")),
        (Unsent(), Verdict(State.PENDING, 0)),
        (Unsent(SECOND), Verdict(State.PENDING, 0, not_before=NOON + SECOND)),
        (
            Later(3 * SECOND, "429"),
            Verdict(State.PENDING, 0, reason="429", pauses=3 * SECOND),
        ),
        (
            Later(None, "502"),
            Verdict(State.PENDING, 1, reason="502", not_before=NOON + SECOND),
        ),
        (
            Moved("-100"),
            Verdict(State.PENDING, 1, reason="the chat has a new address", moved_to="-100"),
        ),
        (Gone("blocked"), Verdict(State.FAILED, 0, reason="blocked", is_gone=True)),
        (Closed("24 h"), Verdict(State.WAITING, 0, reason="24 h")),
        (
            Closed("blocked", is_unreachable=True),
            Verdict(State.WAITING, 0, reason="blocked", is_gone=True),
        ),
        (Refused("too long"), Verdict(State.PENDING, 0, reason="too long", halts="too long")),
        (
            Halted("token"),
            Verdict(State.PENDING, 0, reason="token", pauses=HALT, breaks="token"),
        ),
        (
            Halted("restricted", 60 * SECOND),
            Verdict(State.PENDING, 0, reason="restricted", pauses=60 * SECOND, breaks="restricted"),
        ),
        (Unsure("timeout"), Verdict(State.UNCERTAIN, 0, reason="timeout")),
        (
            Unwritten("KeyError"),
            Verdict(State.PENDING, 1, reason="KeyError", not_before=NOON + SECOND),
        ),
    ],
)
def test_each_outcome_has_its_consequence(
    outcome: Outcome | Skip | Unsent | Unwritten, expected: Verdict
) -> None:
    assert verdict(due(), outcome, NOON) == expected


@pytest.mark.parametrize(
    ("outcome", "state", "halts"),
    [
        (Later(None, "502"), State.UNCERTAIN, ""),
        (Moved("-100"), State.FAILED, ""),
        (Unwritten("KeyError"), State.PENDING, "KeyError"),
        (Unsure("timeout"), State.UNCERTAIN, ""),
    ],
)
def test_nothing_is_tried_for_ever(outcome: Outcome | Unwritten, state: State, halts: str) -> None:
    told = verdict(due(tries=TRIES - 1, resends=True), outcome, NOON)

    assert (told.state, told.halts) == (state, halts)


def test_each_try_waits_longer() -> None:
    waits = [verdict(due(tries), Later(None, "502"), NOON).not_before for tries in range(TRIES - 1)]

    assert waits == [NOON + SECOND * seconds for seconds in (1, 2, 4, 8)]


def test_safety_is_rather_told_twice_than_never() -> None:
    told = verdict(due(resends=True), Unsure("timeout"), NOON)

    assert told == Verdict(State.PENDING, 1, reason="timeout", not_before=NOON + SECOND)


def test_even_safety_waits_for_the_sign_that_it_arrived() -> None:
    told = verdict(due(resends=True), Unsure("timeout", echo_within=60 * SECOND), NOON)

    assert told == Verdict(State.PENDING, 1, reason="timeout", not_before=NOON + 60 * SECOND)


def test_a_refused_reminder_fails_alone() -> None:
    told = verdict(due(announcement=None), Refused("too long"), NOON)

    assert told == Verdict(State.FAILED, 0, reason="too long")


def test_a_long_reason_is_cut_to_what_the_store_takes() -> None:
    assert verdict(due(), Gone("a" * 999), NOON).reason == "a" * 200
