"""How often the right entry is first and how well the rest is told apart, beside simple recipes.

    .venv/bin/python -m benchmarks.labelled_sets FOLDER…

Each folder holds `kb.jsonl` (id, title, phrasings) and `queries.jsonl` (text, gold_id). The first
figure is the share of the questions which an entry answers; the second, where some have no answer,
how often one that has scores above one that has none (area under the ROC curve).
"""

import math
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

from rapidfuzz import fuzz, process

from bot.language.fold import fold
from bot.matching.evaluate import auroc
from bot.matching.index import Index, build_index
from bot.matching.labelled import Labelled, read_entries, read_questions

_WORD = re.compile(r"\w+")
Find = Callable[[str], tuple[str | None, float]]
"""Finds the best entry for a question, with its score."""
Terms = Callable[[str], list[str]]


def main() -> None:
    """Print a line for each recipe and folder."""
    for folder in map(Path, sys.argv[1:]):
        entries = read_entries(folder / "kb.jsonl")
        questions = read_questions(folder / "queries.jsonl")
        texts = [(said.text, entry.id) for entry in entries for said in entry.phrasings]
        recipes: dict[str, Find] = {
            "this index": _own(build_index(entries)),
            "BM25 on words": _bm25(texts, _words),
            "BM25, first five letters": _bm25(texts, lambda text: [w[:5] for w in _words(text)]),
            "BM25 on trigrams": _bm25(texts, _trigrams),
            "token_set_ratio": _extract(texts),
        }
        for name, find in recipes.items():
            print(f"{folder.name:24} {name:26} {_figures(questions, find)}", flush=True)


def _figures(questions: Sequence[Labelled], find: Find) -> str:
    found = [(one, *find(one.text)) for one in questions]
    inside = [score for one, _, score in found if one.expected]
    outside = [score for one, _, score in found if not one.expected]
    first = sum(entry in one.expected for one, entry, _ in found) / len(inside)
    area = auroc(inside, outside)
    return f"{first:6.1%}" + ("" if area is None else f" {area:6.1%}")


def _own(index: Index) -> Find:
    return lambda text: next(
        ((hit.id, hit.score) for hit in index.rank(text, limit=1).hits), (None, 0.0)
    )


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(text))


def _trigrams(text: str) -> list[str]:
    padded = f" {' '.join(_words(text))} "
    return [padded[at : at + 3] for at in range(len(padded) - 2)]


def _extract(texts: Sequence[tuple[str, str]]) -> Find:
    folded = [fold(text) for text, _ in texts]

    def find(question: str) -> tuple[str | None, float]:
        found = process.extractOne(fold(question), folded, scorer=fuzz.token_set_ratio)
        return texts[found[2]][1], found[1]

    return find


def _bm25(texts: Sequence[tuple[str, str]], terms: Terms, k1: float = 1.2, b: float = 0.75) -> Find:
    documents = [Counter(terms(text)) for text, _ in texts]
    mean = sum(document.total() for document in documents) / len(documents)
    postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for number, document in enumerate(documents):
        norm = k1 * (1 - b + b * document.total() / mean)
        for term, count in document.items():
            postings[term].append((number, count * (k1 + 1) / (count + norm)))

    def find(question: str) -> tuple[str | None, float]:
        scores: dict[int, float] = defaultdict(float)
        for term in terms(question):
            held = postings.get(term, ())
            for number, weight in held:
                scores[number] += weight * math.log(1 + len(texts) / len(held))
        best = max(scores, key=lambda number: scores[number], default=None)
        return (None, 0.0) if best is None else (texts[best][1], scores[best])

    return find


if __name__ == "__main__":
    main()
