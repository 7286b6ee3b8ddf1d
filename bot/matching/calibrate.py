"""How sure to be: from evidence to a confidence that means something for this knowledge.

A threshold learnt elsewhere does not transfer: how much questions and entries share depends
on how they are written. So at load the index is asked what it should find (its own
phrasings, each as if it were not there), what it should not (the same, as if their entry
were not there), and what no fair answers. From that a small logistic regression learns how
evidence becomes confidence, beginning from weights that hold for most.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from math import exp
from pathlib import Path

import yaml

from bot.matching.decide import Thresholds

_FILE = Path(__file__).with_name("out_of_scope.yaml")
_ROUNDS = 6
_TRUST = 12.0
"""How many examples the shipped weights are worth against what this knowledge shows."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for and against the first hit.

    Attributes:
        score: how well it compares, 0 to 1.
        coverage: the share of the question that it explains.
        explained: how much, by weight, of the question it explains.
        unexplained: how much, by weight, it leaves unexplained.
        named: how well its best phrasing fits, both ways.
    """

    score: float
    coverage: float
    explained: float
    unexplained: float
    named: float

    def values(self) -> tuple[float, ...]:
        """List them as the regression reads them, after a constant."""
        return (
            1.0,
            self.score,
            self.coverage,
            min(self.explained, 2.0),
            min(self.unexplained, 2.0),
            self.named,
        )


@dataclass(frozen=True, slots=True)
class Trial:
    """What the index found when asked, and whether the right one was among the first.

    Which of them it is, the shape of the scores tells (`decide`), not the confidence.
    """

    evidence: Evidence
    is_right: bool
    weight: float = 1.0


SHIPPED = (-4.0, 3.5, 2.0, 1.0, -0.8, 1.0)
"""Where the regression begins: the weights of `Evidence.values`."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """How evidence becomes confidence, and where to decide."""

    thresholds: Thresholds = field(default_factory=Thresholds)
    weights: tuple[float, ...] = SHIPPED

    def confidence(self, evidence: Evidence) -> float:
        """Say how surely the first hit is right, 0 to 1."""
        return _chance(self.weights, evidence.values())

    def share(self, score: float, best: float) -> float:
        """Say how likely a hit is against the best one, 0 to 1."""
        return exp((score / best - 1) * 6) if best else 0.0


def calibrate(trials: Iterable[Trial]) -> Calibration:
    """Learn from trials how sure to be."""
    rows = [(trial.evidence.values(), trial.is_right, trial.weight) for trial in trials]
    weights = list(SHIPPED)
    for _ in range(_ROUNDS if rows else 0):
        _improve(weights, rows)
    return Calibration(weights=tuple(weights))


def _improve(weights: list[float], rows: Sequence[tuple[tuple[float, ...], bool, float]]) -> None:
    """Take one Newton step of the regression towards the trials."""
    size = len(weights)
    slope = [_TRUST * (SHIPPED[at] - weights[at]) / 10 for at in range(size)]
    bend = [[_TRUST / 10 if at == other else 0.0 for other in range(size)] for at in range(size)]
    for values, is_right, weight in rows:
        chance = _chance(weights, values)
        off, spread = weight * (is_right - chance), weight * chance * (1 - chance)
        for at, value in enumerate(values):
            slope[at] += off * value
            here, scaled = bend[at], spread * value
            for other in range(at + 1):
                here[other] += scaled * values[other]
    for at in range(size):
        for other in range(at):
            bend[other][at] = bend[at][other]
    for at, step in enumerate(_solved(bend, slope)):
        weights[at] += step


def _solved(matrix: list[list[float]], right: list[float]) -> list[float]:
    """Solve a small system of linear equations (Gauss, with pivots)."""
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    size = len(rows)
    for at in range(size):
        pivot = max(range(at, size), key=lambda row: abs(rows[row][at]))
        rows[at], rows[pivot] = rows[pivot], rows[at]
        for below in range(at + 1, size):
            share = rows[below][at] / rows[at][at]
            for column in range(at, size + 1):
                rows[below][column] -= share * rows[at][column]
    found = [0.0] * size
    for at in reversed(range(size)):
        rest = sum(rows[at][column] * found[column] for column in range(at + 1, size))
        found[at] = (rows[at][size] - rest) / rows[at][at]
    return found


def _chance(weights: Sequence[float], values: Sequence[float]) -> float:
    total = 0.0
    for weight, value in zip(weights, values, strict=True):
        total += weight * value
    return 1 / (1 + exp(-max(-30.0, min(30.0, total))))


@cache
def out_of_scope() -> tuple[str, ...]:
    """Read the shipped messages that no fair answers, once."""
    read: dict[str, list[str]] = yaml.safe_load(_FILE.read_text("utf-8"))
    return tuple(str(message) for messages in read.values() for message in messages)
