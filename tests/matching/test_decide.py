from bot.matching.decide import Ambiguous, Confident, Thresholds, Unknown, decide
from bot.matching.results import Hit, Ranking

THRESHOLDS = Thresholds(known=0.3, sure=0.6, close=0.85)


def ranking(*scores: float) -> Ranking:
    hits = tuple(Hit(f"e{number}", "faq", score, ()) for number, score in enumerate(scores))
    return Ranking(hits, ())


def test_nothing_found_is_unknown():
    assert decide(ranking(), THRESHOLDS) == Unknown()


def test_a_low_score_is_unknown():
    assert decide(ranking(0.29, 0.1), THRESHOLDS) == Unknown()


def test_a_high_score_far_ahead_is_confident():
    found = ranking(0.9, 0.4)

    assert decide(found, THRESHOLDS) == Confident(found.hits[0])


def test_high_scores_close_together_are_ambiguous():
    found = ranking(0.9, 0.88, 0.87, 0.86, 0.2)

    assert decide(found, THRESHOLDS) == Ambiguous(found.hits[:3])


def test_a_middling_score_asks_and_offers_what_comes_near():
    found = ranking(0.5, 0.3, 0.1)

    assert decide(found, THRESHOLDS) == Ambiguous(found.hits[:2])
