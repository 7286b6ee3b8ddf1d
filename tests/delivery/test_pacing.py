import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.pacing import CEILING, PLAN, SLACK_S, Chats, Share, Spacing, rate_left

RATES = st.sampled_from([1.0, 20.0, 30.0, 300.0, 1000.0])
# How late each timer comes, with a stall now and then.
LATENESS = st.lists(st.one_of(st.floats(0, 0.004), st.floats(0, 3.0)), min_size=1, max_size=300)


def sent_at(rate: float, lateness: list[float], repeat: int = 1) -> list[float]:
    spacing, now, times = Spacing(rate), 100.0, []
    for late in lateness * repeat:
        now = spacing.next_slot(now) + late
        # A timer that is early by nothing, late by something.
        spacing.take(now)
        times.append(now)
    return times


def most_in_a_second(times: list[float]) -> int:
    first, most = 0, 0
    for last, time in enumerate(times):
        while times[first] <= time - 1:
            first += 1
        most = max(most, last - first + 1)
    return most


@given(RATES, LATENESS)
def test_no_second_holds_more_than_the_limit_whatever_was_late(
    rate: float, lateness: list[float]
) -> None:
    times = sent_at(rate, lateness, repeat=5)

    assert most_in_a_second(times) <= max(rate, CEILING * (1 + SLACK_S) * rate + 1)


@given(st.sampled_from([30.0, 1000.0]), st.lists(st.floats(0, 0.0009), min_size=1, max_size=50))
def test_small_lateness_costs_no_throughput(rate: float, lateness: list[float]) -> None:
    times = sent_at(rate, (lateness * 3000)[:3000])

    reached = (len(times) - 1) / (times[-1] - times[0])

    assert PLAN * rate * 0.9995 <= reached <= CEILING * (1 + SLACK_S) * rate


def test_after_a_stall_messages_leave_one_percent_faster_and_never_in_a_burst() -> None:
    spacing = Spacing(100)
    for _ in range(100):
        spacing.take(spacing.next_slot(0.0))
    stalled_until = spacing.next_slot(0.0) + 10

    gaps, now = [], stalled_until
    for _ in range(20):
        spacing.take(now)
        after = spacing.next_slot(now)
        gaps.append(after - now)
        now = after

    assert gaps[0] == pytest.approx(1 / (100 * CEILING) - SLACK_S)
    assert gaps[1:] == pytest.approx([1 / (100 * CEILING)] * 19)


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
