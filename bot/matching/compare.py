"""Candidates are found by their rarest words; then each is compared word by word.

This is where the time goes, hence plain loops over arrays of numbers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from heapq import nlargest

from bot.matching.collection import WEIGHTS, Collection
from bot.matching.question import Question, Unit
from bot.matching.vocabulary import Meeting

CANDIDATES = 20
_POSTINGS = 2000
"""So many entries of one word are looked at, the most telling ones; then no more of what
is less close to it."""
_LIKELY = 500
"""So many entries that rarer words have found are tried with the common ones."""
_PHRASE_SHARE = 0.45
"""How much the best single phrasing counts against the entry as a whole."""


@dataclass(slots=True)
class Comparison:
    """How a question compares with one entry.

    Attributes:
        coverage: the share of the question, by weight, that the entry explains.
        phrase: how well its best single phrasing fits, both ways.
        met: per word of the question the feature it met (-1: none) and in which field.
    """

    entry: int
    score: float
    coverage: float
    phrase: float
    phrasing: int
    met: list[tuple[int, int]]


Matched = dict[int, list[tuple[int, float]]]
"""Per feature the words of the question that stand for it, by position, with how closely."""


def matched_features(units: Sequence[Unit]) -> Matched:
    """Turn a question around: which of its words stand for a feature."""
    matched: Matched = {}
    for position, unit in enumerate(units):
        for feature, rate, _ in unit.meetings:
            if feature in matched:
                matched[feature].append((position, rate))
            else:
                matched[feature] = [(position, rate)]
    return matched


def candidates(
    question: Question, collection: Collection, kinds: frozenset[str] | None, limit: int
) -> list[int]:
    """Find the entries that hold most of the question, roughly.

    Of a word that very many entries hold, only those count that rarer words have found.
    """
    units = [unit for unit in question.units if not unit.is_frame] or list(question.units)
    units.sort(key=lambda unit: -unit.weight)
    found: dict[int, float] = {}
    common: list[tuple[float, Meeting]] = []
    for unit in units:
        here: dict[int, float] = {}
        for met in unit.meetings:
            posting = collection.postings.get(met.feature)
            if posting is None or len(here) > _POSTINGS:
                continue
            if met.feature in collection.maps and len(found) >= limit:
                common.append((unit.weight, met))
                continue
            share = unit.weight * met.rate / 255
            for entry, impact in zip(
                posting[:_POSTINGS], collection.impacts[met.feature], strict=False
            ):
                worth = share * impact
                if worth > here.get(entry, 0.0):
                    here[entry] = worth
        if found:
            for entry, worth in here.items():
                found[entry] = found.get(entry, 0.0) + worth
        else:
            found = here
    if kinds is not None:
        entries = collection.entries
        found = {entry: worth for entry, worth in found.items() if entries[entry].kind in kinds}
    if common:
        found = _with_common(found, common, collection)
    return nlargest(limit, found, key=found.__getitem__)


def _with_common(
    found: dict[int, float], common: list[tuple[float, Meeting]], collection: Collection
) -> dict[int, float]:
    likely = nlargest(_LIKELY, found, key=found.__getitem__)
    maps = [(weight * met.rate / 255, collection.maps[met.feature]) for weight, met in common]
    return {
        entry: found[entry] + sum(share * impacts[entry] for share, impacts in maps)
        for entry in likely
    }


def compare(
    question: Question,
    matched: Matched,
    collection: Collection,
    entry: int,
    without_phrasing: int = -1,
) -> Comparison:
    """Compare a question with one entry, phrasing by phrasing."""
    units = question.units
    total = sum(unit.weight for unit in units) or 1.0
    features, starts = collection.features, collection.phrasing_starts
    first_word, weights = collection.vocabulary.first_word, collection.weights
    best = [0.0] * len(units)
    met = [(-1, 0)] * len(units)
    best_phrase, best_phrasing = 0.0, -1
    get = matched.get
    for phrasing in range(collection.entry_starts[entry], collection.entry_starts[entry + 1]):
        if phrasing == without_phrasing:
            continue
        of_field = collection.phrasing_fields[phrasing]
        field_weight = WEIGHTS[of_field]
        here: dict[int, float] = {}
        covered = word_weight = word_rate = 0.0
        for feature in features[starts[phrasing] : starts[phrasing + 1]]:
            if feature >= first_word:
                covered += word_weight * word_rate
                word_weight, word_rate = weights[feature], 0.0
            pairs = get(feature)
            if pairs is None:
                continue
            for position, rate in pairs:
                if rate > word_rate:
                    word_rate = rate
                if rate > here.get(position, 0.0):
                    here[position] = rate
                    if rate * field_weight > best[position]:
                        best[position] = rate * field_weight
                        met[position] = (feature, of_field)
        if not here:
            continue
        covered += word_weight * word_rate
        asked = sum(units[position].weight * rate for position, rate in here.items()) / total
        named = covered / (collection.phrasing_weights[phrasing] or 1.0)
        phrase = field_weight * asked * (0.5 + 0.5 * named)
        if phrase > best_phrase:
            best_phrase, best_phrasing = phrase, phrasing
    coverage = sum(unit.weight * rate for unit, rate in zip(units, best, strict=True)) / total
    score = (1 - _PHRASE_SHARE) * coverage + _PHRASE_SHARE * best_phrase
    return Comparison(entry, score, coverage, best_phrase, best_phrasing, met)
