from dataclasses import replace

import pytest

from bot.matching.calibrate import (
    SHIPPED,
    Calibration,
    Evidence,
    Trial,
    calibrate,
    out_of_scope,
)

GOOD = Evidence(score=0.9, coverage=0.95, explained=1.2, unexplained=0.1, named=0.9)
POOR = Evidence(score=0.3, coverage=0.35, explained=0.3, unexplained=1.5, named=0.2)
MIDDLING = Evidence(score=0.5, coverage=0.55, explained=0.6, unexplained=0.6, named=0.4)


def test_more_evidence_gives_more_confidence():
    calibration = Calibration()

    assert (
        calibration.confidence(POOR)
        < calibration.confidence(MIDDLING)
        < calibration.confidence(GOOD)
    )


def test_without_trials_the_shipped_weights_hold():
    assert calibrate([]).weights == SHIPPED


@pytest.mark.parametrize(("is_right", "above_half"), [(True, True), (False, False)])
def test_the_knowledge_at_hand_decides_what_middling_evidence_means(is_right, above_half):
    trials = [Trial(GOOD, True), Trial(POOR, False)] * 20 + [Trial(MIDDLING, is_right)] * 200

    assert (calibrate(trials).confidence(MIDDLING) > 0.5) is above_half


def test_confidence_stays_a_chance_for_any_evidence():
    wild = replace(GOOD, score=1e9, unexplained=-1e9)

    assert 0 <= Calibration().confidence(wild) <= 1


def test_a_hit_is_less_likely_the_further_it_is_behind():
    calibration = Calibration()

    assert calibration.share(0.8, 0.8) == 1
    assert calibration.share(0.4, 0.8) < calibration.share(0.7, 0.8) < 1


def test_messages_out_of_scope_are_many_and_different():
    messages = out_of_scope()

    assert len(messages) > 200
    assert len(set(messages)) == len(messages)


def test_the_fair_knows_what_is_out_of_scope(index):
    scores = sorted(
        hits[0].score if (hits := index.rank(message).hits) else 0.0 for message in out_of_scope()
    )

    assert scores[int(len(scores) * 0.95)] < 0.6
