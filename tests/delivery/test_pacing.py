import heapq
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.pacing import (
    CATCHING_UP,
    LATEST_S,
    NEAREST,
    PLAN,
    Chats,
    Flight,
    Share,
    Spacing,
    Window,
    rate_left,
)

RATES = st.sampled_from([1.0, 20.0, 30.0, 300.0])
WAY_S = 0.04


@dataclass(frozen=True)
class Trip:
    """How late a message's timer is, and how late it is on its way there and back."""

    timer: float
    there: float
    back: float


# With a stall now and then.
TRIPS = st.lists(st.builds(Trip, *[st.one_of(st.floats(0, 0.004), st.floats(0, 0.4))] * 3))


def counted_at(rate: float, trips: list[Trip]) -> list[float]:
    """Send one message for each trip, and say when the platform counted each."""
    spacing, window, now = Spacing(rate), Window(), 100.0
    counted: list[float] = []
    coming: list[tuple[float, int, Flight]] = []
    for number, trip in enumerate(trips):
        while (slot := max(spacing.next_slot(now), window.free_at(rate))) > now:
            now = slot
            while coming and coming[0][0] <= now:
                answer_at, _, flight = heapq.heappop(coming)
                window.answered(flight, answer_at)
        now += trip.timer
        spacing.take(now)
        counted.append(now + WAY_S / 2 + trip.there)
        heapq.heappush(coming, (counted[-1] + WAY_S / 2 + trip.back, number, window.leave(now)))
    return sorted(counted)


def most_in_a_second(times: list[float]) -> int:
    first, most = 0, 0
    for last, time in enumerate(times):
        while times[first] <= time - 1:
            first += 1
        most = max(most, last - first + 1)
    return most


@given(RATES, TRIPS)
def test_no_second_of_the_platform_holds_more_than_the_limit_whatever_was_late(
    rate: float, trips: list[Trip]
) -> None:
    quick = Trip(0, 0, 0)
    number = int(3 * rate)

    times = counted_at(rate, [quick, *(trips or [quick]) * number][:number])

    assert most_in_a_second(times) <= rate


@given(st.sampled_from([30.0, 1000.0]), st.lists(st.floats(0, 0.0009), min_size=1, max_size=50))
def test_small_lateness_costs_no_throughput(rate: float, lateness: list[float]) -> None:
    trips = [Trip(late, late, late) for late in lateness] * 3000

    times = counted_at(rate, trips[:3000])

    assert (len(times) - 1) / (times[-1] - times[0]) >= PLAN * rate


def test_after_a_stall_messages_leave_a_little_faster_and_never_in_a_burst() -> None:
    spacing = Spacing(100)
    for _ in range(100):
        spacing.take(spacing.next_slot(0.0))

    now, gaps = spacing.next_slot(0.0) + 10, []
    for _ in range(20):
        spacing.take(now)
        after = spacing.next_slot(now)
        gaps.append(after - now)
        now = after

    assert gaps[1:] == pytest.approx([1 / (100 * CATCHING_UP)] * 19)


def test_after_a_stall_a_sender_comes_back_to_its_plan() -> None:
    spacing, now = Spacing(100), 0.0
    for _ in range(1000):
        now = spacing.next_slot(now)
        spacing.take(now)

    assert spacing.next_slot(now) - now == pytest.approx(1 / (100 * PLAN))


def test_an_answer_that_never_comes_holds_up_nobody_for_ever() -> None:
    window = Window()
    window.leave(10.0)

    assert window.free_at(1) == 10.0 + LATEST_S + 1


def test_a_second_has_room_again_a_second_after_the_answer_less_the_way() -> None:
    window = Window()
    window.answered(window.leave(10.0), 10.5)

    assert window.free_at(1) == pytest.approx(10.5 + 1 - NEAREST * 0.5)
    assert window.free_at(2) == float("-inf")


def test_an_error_that_comes_at_once_says_nothing_of_the_way() -> None:
    window = Window()
    window.answered(window.leave(10.0), 10.5)
    window.answered(window.leave(11.0), 11.001, is_taken=False)

    assert window.free_at(1) == pytest.approx(11.001 + 1 - NEAREST * 0.5)


def test_a_rate_may_change_while_messages_go_out() -> None:
    spacing = Spacing(10)
    spacing.take(50.0)
    spacing.change(1000)
    spacing.take(spacing.next_slot(50.0))

    assert spacing.next_slot(50.0) < 50.11
    assert spacing.rate == 980


@pytest.mark.parametrize("rate", [0.0, -1.0])
def test_a_rate_above_nothing_is_needed(rate: float) -> None:
    with pytest.raises(ValueError, match="above 0"):
        Spacing(rate)


def test_the_share_shrinks_at_each_refusal_and_grows_back() -> None:
    share = Share()
    assert share.at(0.0) == 1.0

    share.shrink(100.0)
    assert share.at(100.0) == pytest.approx(0.9)
    assert share.at(119.0) == pytest.approx(0.91)
    share.shrink(120.0)
    assert share.at(120.0) == pytest.approx(0.92 * 0.9)
    assert share.at(9999.0) == 1.0

    for _ in range(50):
        share.shrink(10_000.0)
    assert share.at(10_000.0) == 0.5


@given(st.lists(st.tuples(st.integers(0, 3), st.floats(0, 0.6)), max_size=60))
def test_one_chat_gets_one_message_a_second(steps: list[tuple[int, float]]) -> None:
    chats, now = Chats(), 0.0
    last: dict[str, float] = {}
    for number, passes in steps:
        now += passes
        chat = f"chat {number}"
        if chats.wait(chat, now) == 0:
            assert now - last.get(chat, -2.0) >= 1
            chats.take(chat, now)
            last[chat] = now
        else:
            assert now - last[chat] < 1


def test_answers_go_first_and_a_broadcast_never_stands_still() -> None:
    assert rate_left(30, answers=0, reserve=0) == 30
    assert rate_left(30, answers=5, reserve=4) == 21
    assert rate_left(30, answers=50, reserve=4) == 1
