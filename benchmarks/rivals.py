"""What others would use to look a question up, for comparing speed: each over the same texts."""

import math
import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable

from rapidfuzz import fuzz, process, utils

LookUp = Callable[[str], object]
_WORD = re.compile(r"\w+")


def rivals(texts: list[str]) -> dict[str, LookUp]:
    """Build them all; each function looks one question up."""
    return {
        "extractOne(WRatio)": _extract(texts, fuzz.WRatio),
        "extractOne(token_set)": _extract(texts, fuzz.token_set_ratio),
        "BM25 on words": _bm25(texts),
        "SQLite FTS5": _fts5(texts),
    }


def _extract(texts: list[str], scorer: Callable[..., float]) -> LookUp:
    ready = [utils.default_process(text) for text in texts]
    return lambda question: process.extractOne(
        utils.default_process(question), ready, scorer=scorer
    )


def _bm25(texts: list[str], k1: float = 1.2, b: float = 0.75) -> LookUp:
    documents = [Counter(_WORD.findall(text.lower())) for text in texts]
    lengths = [sum(document.values()) for document in documents]
    mean = sum(lengths) / len(lengths)
    postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for number, document in enumerate(documents):
        norm = k1 * (1 - b + b * lengths[number] / mean)
        for word, count in document.items():
            postings[word].append((number, count * (k1 + 1) / (count + norm)))
    rarity = {word: math.log(1 + len(texts) / len(found)) for word, found in postings.items()}

    def look_up(question: str) -> int | None:
        scores: dict[int, float] = defaultdict(float)
        for word in _WORD.findall(question.lower()):
            for number, weight in postings.get(word, ()):
                scores[number] += weight * rarity[word]
        return max(scores, key=lambda number: scores[number], default=None)

    return look_up


def _fts5(texts: list[str]) -> LookUp:
    base = sqlite3.connect(":memory:")
    base.execute(
        "CREATE VIRTUAL TABLE t USING fts5(text, tokenize='unicode61 remove_diacritics 2')"
    )
    base.executemany("INSERT INTO t VALUES (?)", ((text,) for text in texts))
    query = "SELECT rowid FROM t WHERE t MATCH ? ORDER BY rank LIMIT 1"

    def look_up(question: str) -> object:
        words = " OR ".join(f'"{word}"' for word in _WORD.findall(question)) or '""'
        return base.execute(query, (words,)).fetchone()

    return look_up
