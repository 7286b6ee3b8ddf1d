import itertools

import pytest

from bot.matching.evaluate import (
    auroc,
    evaluate,
    failures,
    figures_by_tag,
    gains,
    histogram,
    table,
)
from bot.matching.labelled import Labelled

QUESTIONS = (
    Labelled("toalety", frozenset({"wc"}), ("pl",)),
    Labelled("where is the restroom", frozenset({"wc"}), ("en",)),
    Labelled("parking", frozenset({"wc"}), ("pl",)),
    Labelled("zyxwix qwvk", frozenset()),
)


@pytest.fixture
def outcomes(index):
    ticks = itertools.count()
    return evaluate(index, QUESTIONS, lambda: next(ticks) / 1000)


def test_figures_are_summed_up_for_each_tag(outcomes):
    by_tag = figures_by_tag(outcomes)

    assert {tag: (row.count, row.top1) for tag, row in by_tag.items()} == {
        "all": (4, pytest.approx(2 / 3)),
        "en": (1, 1.0),
        "pl": (2, 0.5),
    }
    assert (by_tag["all"].auroc, by_tag["all"].wrong) == (1.0, 0.25)
    assert by_tag["all"].p50_ms == pytest.approx(1.0)


def test_the_table_has_a_line_for_each_tag(outcomes):
    lines = table(figures_by_tag(outcomes)).splitlines()

    assert [line.split()[:3] for line in lines] == [
        ["tag", "n", "top-1"],
        ["all", "4", "66.7%"],
        ["en", "1", "100.0%"],
        ["pl", "2", "50.0%"],
    ]


def test_a_miss_is_explained(outcomes):
    lines = failures(outcomes).splitlines()

    assert lines[0] == "WRONG ANSWER: parking   [wanted: wc]"
    assert lines[1].endswith("parking: parking → parking (exact, name)")


def test_the_histogram_holds_every_question(outcomes):
    rows = [line.split() for line in histogram(outcomes).splitlines()[1:]]

    assert [sum(int(row[column]) for row in rows) for column in (1, 2, 3)] == [2, 1, 1]


def test_gains_count_the_fields_that_right_answers_met(outcomes):
    assert gains(outcomes) == {"name": 2}


def test_equal_scores_count_half():
    assert auroc([0.5], [0.5, 0.1]) == 0.75
    assert auroc([], [0.5]) is None
