"""How fast the Page may send, by what the platform tells and by what answers take."""

import datetime as dt

import pytest

from bot.channels.messenger.pace import PER_SECOND, AnswerPace, Usage

HEADER = "x-business-use-case-usage"


@pytest.mark.parametrize(
    ("told", "per_second"),
    [
        ('{"1": [{"call_count": 10, "total_time": 20, "total_cputime": 5}]}', PER_SECOND),
        ('{"1": [{"call_count": 10, "total_time": 80}]}', PER_SECOND / 2),
        ('{"1": [{"call_count": 91}], "2": [{"call_count": 3}]}', PER_SECOND / 10),
        ('{"1": [{"call_count": 100}]}', 1.0),
        ("no json", PER_SECOND),
        ("[1]", PER_SECOND),
        ('{"1": "a"}', PER_SECOND),
        ('{"1": [{"call_count": "a"}]}', PER_SECOND),
    ],
)
def test_page_that_is_near_its_allowance_goes_slower(told: str, per_second: float) -> None:
    usage = Usage()

    usage.note({HEADER: told})

    assert usage.per_second == per_second


def test_usage_of_the_app_counts_too() -> None:
    usage = Usage()

    usage.note({"x-app-usage": '{"call_count": 77, "total_time": 1, "total_cputime": 1}'})

    assert usage.per_second == PER_SECOND / 2


def test_answer_without_headers_changes_nothing_and_a_better_one_does() -> None:
    usage = Usage()
    usage.note({HEADER: '{"1": [{"call_count": 96, "estimated_time_to_regain_access": 3}]}'})
    usage.note({})
    before = usage.per_second, usage.regain

    usage.note({HEADER: '{"1": [{"call_count": 5}]}'})

    assert before == (1.0, dt.timedelta(minutes=3))
    assert (usage.per_second, usage.regain) == (PER_SECOND, dt.timedelta())


def test_answers_of_the_last_moments_are_counted() -> None:
    now = 100.0
    pace = AnswerPace(lambda: now)
    pace.note()
    now = 100.8
    pace.note()
    pace.note()

    assert pace.taken(dt.timedelta(seconds=1)) == 3
    now = 101.5
    assert pace.taken(dt.timedelta(seconds=1)) == 2
    now = 120.0
    assert pace.taken(dt.timedelta(seconds=1)) == 0
