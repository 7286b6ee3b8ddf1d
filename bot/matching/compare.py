"""Candidates are found by their rarest words; then each is compared word by word.

This is where the time goes, hence plain loops over arrays of numbers.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from heapq import nlargest
from itertools import compress

from bot.matching.collection import FEW_FEATURES, WEIGHTS, Collection
from bot.matching.question import Question, Unit
from bot.matching.vocabulary import Meeting

CANDIDATES = 12
_POSTINGS = 2000
"""So many entries of one word are looked at, the most telling ones; then no more of what
is less close to it."""
_HOPE = 0.4
"""What is worth less than this share of the best is not compared."""
_LIKELY = 500
"""So many entries that rarer words have found are tried with the common ones."""
_ALL_NAMED = 1.001
"""How much a phrasing is worth at most, all of its words named; more by what was rounded."""
_PHRASE_SHARE = 0.55
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
    met: list[tuple[int, int]]


Matched = dict[int, list[tuple[int, float, int]]]
"""Per feature the words of the question that stand for it: the word's position, how closely
it does, and the feature once more."""


def matched_features(units: Sequence[Unit]) -> Matched:
    """Turn a question around: which of its words stand for a feature."""
    matched: Matched = {}
    for position, unit in enumerate(units):
        for feature, rate, _ in unit.meetings:
            if feature in matched:
                matched[feature].append((position, rate, feature))
            else:
                matched[feature] = [(position, rate, feature)]
    return matched


def candidates(
    question: Question,
    collection: Collection,
    limit: int,
    kinds: frozenset[str] | None = None,
    without: int = -1,
) -> dict[int, float]:
    """Find the entries that hold most of the question, with how much, roughly.

    Of a word that very many entries hold, only those count that rarer words have found.
    """
    units = [unit for unit in question.units if not unit.is_frame] or list(question.units)
    units.sort(key=lambda unit: -unit.weight)
    found: dict[int, float] = {}
    common: list[tuple[float, Meeting]] = []
    for unit in units:
        here: dict[int, float] = {}
        for met in unit.meetings:
            if met.feature in collection.maps and len(found) >= limit:
                common.append((unit.weight, met))
            elif len(here) <= _POSTINGS:
                _note(here, met.feature, unit.weight * met.rate, collection)
        for entry, worth in here.items():
            found[entry] = found.get(entry, 0.0) + worth
    found.pop(without, None)
    if kinds is not None:
        entries = collection.entries
        found = {entry: worth for entry, worth in found.items() if entries[entry].kind in kinds}
    if common:
        found = _with_common(found, common, collection)
    likely = nlargest(limit, found, key=found.__getitem__)
    return {entry: found[entry] for entry in likely}


def hopeful(likely: dict[int, float]) -> list[int]:
    """Leave out what by its words alone comes nowhere near the best."""
    least = _HOPE * max(likely.values(), default=0.0)
    return [entry for entry, worth in likely.items() if worth >= least]


def _note(here: dict[int, float], feature: int, worth: float, collection: Collection) -> None:
    """Note what a feature is worth in the entries that hold it, where no other is worth more."""
    posting = collection.postings.get(feature)
    if posting is None:
        return
    share = worth / 255
    for entry, impact in zip(posting[:_POSTINGS], collection.impacts[feature], strict=False):
        if share * impact > here.get(entry, 0.0):
            here[entry] = share * impact


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
    weights, total, features = question.weights, question.total, collection.features
    found = Comparison(entry, 0.0, 0.0, 0.0, [(-1, 0)] * len(question.units))
    best, met = [0.0] * len(question.units), found.met
    worths: list[tuple[float, int, list[int]]] = []
    for phrasing, places in _phrasings_met(matched, collection, entry):
        if phrasing == without_phrasing:
            continue
        of_field = collection.phrasing_fields[phrasing]
        field_weight = WEIGHTS[of_field]
        asked = 0.0
        is_one = len(places) == 1
        here = matched[features[places[0]]] if is_one else _met_in(places, matched, collection)
        for position, rate, feature in here:
            asked += weights[position] * rate
            worth = rate * field_weight
            if worth > best[position]:
                best[position] = worth
                met[position] = (feature, of_field)
        worths.append((field_weight * asked / total, phrasing, places))
    found.phrase = _best_phrase(worths, matched, collection)
    for weight, rate in zip(weights, best, strict=True):
        found.coverage += weight * rate / total
    found.score = (1 - _PHRASE_SHARE) * found.coverage + _PHRASE_SHARE * found.phrase
    return found


def _best_phrase(
    worths: list[tuple[float, int, list[int]]], matched: Matched, collection: Collection
) -> float:
    """Rate the phrasing that fits best both ways; most need not be looked at for that."""
    best = 0.0
    worths.sort(reverse=True)
    for worth, phrasing, places in worths:
        if worth * _ALL_NAMED <= best:
            break
        covered = _covered(places, matched, collection)
        named = covered / (collection.phrasing_weights[phrasing] or 1.0)
        best = max(best, worth * (0.5 + 0.5 * named))
    return best


def _phrasings_met(
    matched: Matched, collection: Collection, entry: int
) -> list[tuple[int, list[int]]]:
    """List an entry's phrasings that the question meets, each with where in the features."""
    starts = collection.phrasing_starts
    phrasing, last = collection.entry_starts[entry], collection.entry_starts[entry + 1]
    next_begin = starts[phrasing]
    found: list[tuple[int, list[int]]] = []
    places: list[int] = []
    for at in _places_between(starts[phrasing], starts[last], matched, collection):
        if at >= next_begin:
            phrasing = bisect_right(starts, at, phrasing, last) - 1
            next_begin = starts[phrasing + 1]
            places = []
            found.append((phrasing, places))
        places.append(at)
    return found


def _places_between(
    begin: int, end: int, matched: Matched, collection: Collection
) -> Sequence[int]:
    """List where the features that the question meets stand among some of all features."""
    if end - begin <= FEW_FEATURES or not collection.places:
        here = collection.features[begin:end]
        return list(compress(range(begin, end), map(matched.__contains__, here)))
    found: list[int] = []
    places, starts = collection.places, collection.place_starts
    for feature in matched:
        stop = starts[feature + 1]
        first = bisect_left(places, begin, starts[feature], stop)
        if first < stop and places[first] < end:
            found += places[first : bisect_left(places, end, first, stop)]
    found.sort()
    return found


def _met_in(
    places: list[int], matched: Matched, collection: Collection
) -> Iterable[tuple[int, float, int]]:
    """Say what each word of the question, by position, met best: at which rate, and what."""
    features = collection.features
    here: dict[int, tuple[int, float, int]] = {}
    for at in places:
        for one in matched[features[at]]:
            position = one[0]
            if position not in here or one[1] > here[position][1]:
                here[position] = one
    return here.values()


def _covered(places: list[int], matched: Matched, collection: Collection) -> float:
    """Sum up the weights of the phrasing's words that the question names, itself or by concept."""
    features, weights = collection.features, collection.weights
    first_word = collection.vocabulary.first_word
    covered, word, word_rate = 0.0, -1, 0.0
    for at in places:
        owner = at
        while features[owner] < first_word:
            owner -= 1
        if owner != word:
            word, word_rate = owner, 0.0
        for _, rate, _ in matched[features[at]]:
            if rate > word_rate:
                covered += weights[features[word]] * (rate - word_rate)
                word_rate = rate
    return covered
