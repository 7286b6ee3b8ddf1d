"""How sure to be: from evidence to a confidence that means something for this knowledge."""

from dataclasses import dataclass, field
from math import exp

from bot.matching.decide import Thresholds


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for and against the first hit.

    Attributes:
        score: how well it compares, 0 to 1.
        coverage: the share of the question that it explains.
        explained: how much, by weight, of the question it explains.
        unexplained: how much, by weight, it leaves unexplained.
        lead: how far it is ahead of the next, as a share of its score.
    """

    score: float
    coverage: float
    explained: float
    unexplained: float
    lead: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """How scores become confidences, and where to decide."""

    thresholds: Thresholds = field(default_factory=Thresholds)
    weights: tuple[float, ...] = (-3.0, 5.0, 1.0, 0.5, -0.7, 0.5)

    def confidence(self, evidence: Evidence) -> float:
        """Say how surely the first hit is right, 0 to 1."""
        values = (
            1.0,
            evidence.score,
            evidence.coverage,
            min(evidence.explained, 2.0),
            min(evidence.unexplained, 2.0),
            evidence.lead,
        )
        total = sum(weight * value for weight, value in zip(self.weights, values, strict=True))
        return 1 / (1 + exp(-total))

    def share(self, score: float, best: float) -> float:
        """Say how likely a hit is against the best one, 0 to 1."""
        return exp((score / best - 1) * 6) if best else 0.0


def calibrate(index: object) -> Calibration:
    return Calibration()
