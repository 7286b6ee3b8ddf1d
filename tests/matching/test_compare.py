from pathlib import Path

import pytest

from bot.matching.collection import WEIGHTS, Collection
from bot.matching.compare import Matched, compare, matched_features
from bot.matching.index import Index
from bot.matching.labelled import read_questions
from bot.matching.question import Question
from bot.matching.snapshot import Snapshot

KNOWLEDGE = Path(__file__).parents[2] / "knowledge"
QUESTIONS = [
    question.text
    for file in sorted((KNOWLEDGE / "questions").glob("*.jsonl"))
    for question in read_questions(file)
]


@pytest.fixture(scope="module")
def whole(snapshot: Snapshot) -> Index:
    return snapshot.index


def best_phrase(question: Question, matched: Matched, collection: Collection, entry: int) -> float:
    """Rate the best phrasing the long way: every one, word by word."""
    first_word, best = collection.vocabulary.first_word, 0.0
    for phrasing in range(collection.entry_starts[entry], collection.entry_starts[entry + 1]):
        start, end = collection.phrasing_starts[phrasing : phrasing + 2]
        asked: dict[int, float] = {}
        named: dict[int, float] = {}
        word = start
        for at in range(start, end):
            feature = collection.features[at]
            word = at if feature >= first_word else word
            for position, rate, _ in matched.get(feature, ()):
                asked[position] = max(asked.get(position, 0.0), rate)
                named[word] = max(named.get(word, 0.0), rate)
        weight = WEIGHTS[collection.phrasing_fields[phrasing]]
        share = sum(question.weights[at] * rate for at, rate in asked.items()) / question.total
        said = sum(collection.weights[collection.features[at]] * r for at, r in named.items())
        of_it = said / (collection.phrasing_weights[phrasing] or 1.0)
        best = max(best, weight * share * (0.5 + 0.5 * of_it))
    return best


def test_what_is_left_out_for_speed_changes_no_score(whole):
    for text in QUESTIONS[::4]:
        question = whole.read(text)
        matched = matched_features(question.units)
        for one in whole.compare(question):
            quick = compare(question, matched, whole.collection, one.entry)
            assert quick.phrase == pytest.approx(
                best_phrase(question, matched, whole.collection, one.entry)
            ), text
