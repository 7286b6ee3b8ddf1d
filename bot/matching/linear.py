"""A linear model over words and character trigrams, trained while the index is built.

Where entries carry many example questions it knows what no comparison with single
phrasings can: which words tell entries apart. With few examples it is worse than nothing,
so `share_for` gives it no say there. Crammer and Singer's multiclass margin, learnt by
passive-aggressive steps and averaged (Crammer et al., 2006); no library is worth its
memory for this.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log, sqrt
from random import Random

from bot.language.tokens import tokenize
from bot.matching.entries import Field

FEW, MANY = 4.0, 8.0
"""Example questions per entry from which the model joins in, and at which it has its full say."""
_FULL_SHARE = 0.65
_MOST_EXAMPLES = 20_000
_STEP = 0.3
_EXAMPLES_TO_SEE = 3000
_MOST_EPOCHS = 5

_Vector = list[tuple[str, float]]


@dataclass(frozen=True, slots=True)
class Example:
    """A phrasing, the number of its entry and where it stands in it."""

    text: str
    entry: int
    field: Field


class LinearModel:
    """Rates entries for a text; untrained knows nothing."""

    def __init__(self, examples: Sequence[Example]) -> None:
        """Learn from examples, the same ones always to the same model."""
        held = Counter(feature for each in examples for feature in set(_features(each.text)))
        self._rarity = {
            feature: log((1 + len(examples)) / (1 + count)) + 1 for feature, count in held.items()
        }
        self._weights: dict[str, dict[int, float]] = {feature: {} for feature in held}
        self._learn([(self._vector(each.text), each.entry) for each in examples])

    def rates(self, text: str) -> dict[int, float]:
        """Rate the entries that share anything with a text, about 0 to 1."""
        return self._scores(self._vector(text))

    def _scores(self, vector: _Vector) -> dict[int, float]:
        scores: dict[int, float] = {}
        for feature, value in vector:
            for entry, weight in self._weights[feature].items():
                scores[entry] = scores.get(entry, 0.0) + value * weight
        return scores

    def _vector(self, text: str) -> _Vector:
        counts = Counter(_features(text))
        vector = [
            (feature, (1 + log(count)) * self._rarity[feature])
            for feature, count in counts.items()
            if feature in self._rarity
        ]
        length = sqrt(sum(value * value for _, value in vector)) or 1.0
        return [(feature, value / length) for feature, value in vector]

    def _learn(self, examples: list[tuple[_Vector, int]]) -> None:
        late: dict[str, dict[int, float]] = {feature: {} for feature in self._weights}
        order = Random(0)  # noqa: S311 - shuffling examples, always alike
        step = 0
        for _ in range(max(1, min(_MOST_EPOCHS, _EXAMPLES_TO_SEE // max(len(examples), 1)))):
            order.shuffle(examples)
            for vector, entry in examples:
                step += 1
                scores = self._scores(vector)
                own = scores.pop(entry, 0.0)
                rival = max(scores, key=scores.__getitem__, default=None)
                loss = 1.0 - own + (scores[rival] if rival is not None else 0.0)
                if loss > 0:
                    move = min(_STEP, loss / 2)
                    self._move(vector, entry, move, late, step)
                    if rival is not None:
                        self._move(vector, rival, -move, late, step)
        self._average(late, step)

    def _move(
        self, vector: _Vector, entry: int, by: float, late: dict[str, dict[int, float]], step: int
    ) -> None:
        for feature, value in vector:
            now, then = self._weights[feature], late[feature]
            now[entry] = now.get(entry, 0.0) + by * value
            then[entry] = then.get(entry, 0.0) + by * value * step

    def _average(self, late: dict[str, dict[int, float]], steps: int) -> None:
        for feature, then in late.items():
            now = self._weights[feature]
            for entry, moved in then.items():
                now[entry] -= moved / max(steps, 1)


def share_for(examples: Sequence[int]) -> float:
    """Say how much say the model has beside the comparison of words, 0 to 1.

    Args:
        examples: how many each entry has. A quarter of them may have few: where more have
            none, the model would rate those down that nobody wrote examples for.
    """
    if not examples or sum(examples) > _MOST_EXAMPLES:
        return 0.0
    usual = sorted(examples)[len(examples) // 4]
    return _FULL_SHARE * min(1.0, max(0.0, (usual - FEW) / (MANY - FEW)))


def _features(text: str) -> list[str]:
    words = [token.text for token in tokenize(text)]
    found = [f"{word} " for word in words]
    found += [f"{one} {other}" for one, other in pairwise(words)]
    for word in words:
        padded = f"_{word}_"
        found += [padded[at : at + 3] for at in range(len(padded) - 2)]
    return found
