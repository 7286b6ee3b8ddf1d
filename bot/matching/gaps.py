"""Unanswered questions, near-duplicates together and the most asked first.

Each group names the entry that most likely should have answered: where an alias helps.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from bot.language.tokens import tokenize
from bot.matching.frames import STOP_WEIGHT, frames
from bot.matching.index import Index
from bot.matching.inflection import stems
from bot.matching.results import Hit

_ALIKE = 0.6


@dataclass(frozen=True, slots=True)
class Gap:
    """Questions that ask the same and got no answer.

    Attributes:
        text: as it was asked most often.
        count: how often all of them were asked.
        others: the other wordings.
        likely: the entry that may be meant; `None` where nothing comes near.
    """

    text: str
    count: int
    others: tuple[str, ...]
    likely: Hit | None


def gaps(questions: Iterable[str], index: Index) -> tuple[Gap, ...]:
    """Group questions that got no answer, the most asked first."""
    counts = Counter(" ".join(question.split()) for question in questions)
    groups: list[tuple[frozenset[str], list[str]]] = []
    for text, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        words = _telling(text)
        for known, texts in groups:
            if _alike(words, known):
                texts.append(text)
                break
        else:
            groups.append((words, [text]))
    found = [_gap(texts, counts, index) for _, texts in groups if texts != [""]]
    return tuple(sorted(found, key=lambda gap: (-gap.count, gap.text)))


def _gap(texts: list[str], counts: Counter[str], index: Index) -> Gap:
    hits = index.rank(texts[0], limit=1).hits
    count = sum(counts[text] for text in texts)
    return Gap(texts[0], count, tuple(texts[1:]), hits[0] if hits else None)


def _telling(text: str) -> frozenset[str]:
    words = [token.text for token in tokenize(text)]
    weights = frames().weights
    telling = [word for word in words if weights.get(word, 1.0) > STOP_WEIGHT]
    return frozenset(stems(word)[0] for word in telling or words)


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    if not one or not other:
        return one == other
    return len(one & other) / len(one | other) >= _ALIKE
