"""From a ranking to a decision: answer, ask which was meant, or admit not to know."""

from dataclasses import dataclass

from bot.matching.results import Hit, Ranking

CHOICES = 3


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Where knowing begins and where being sure does.

    Attributes:
        known: below this score nothing fits.
        sure: from this score on the first hit is answered, if no other comes close.
        close: another hit is close from this share of the first one's score on.
    """

    known: float = 0.25
    sure: float = 0.68
    close: float = 0.78


@dataclass(frozen=True, slots=True)
class Confident:
    """This is what was meant."""

    hit: Hit


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """One of these may be meant, the likeliest first; at most three."""

    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nothing here answers it."""


Decision = Confident | Ambiguous | Unknown


def decide(ranking: Ranking, thresholds: Thresholds) -> Decision:
    """Decide by the shape of the scores: how high the first, how close the others."""
    if not ranking.hits or ranking.hits[0].score < thresholds.known:
        return Unknown()
    first, *others = ranking.hits
    close = [hit for hit in others if hit.score >= first.score * thresholds.close]
    if first.score >= thresholds.sure and not close:
        return Confident(first)
    near = close or [hit for hit in others if hit.score >= first.score * 0.5]
    return Ambiguous((first, *near)[:CHOICES])
