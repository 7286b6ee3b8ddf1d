"""How well messages about fairs that do not exist are understood, also with slips of the finger.

    .venv/bin/python -m benchmarks.invented_fairs

One and two slips are put into words of four letters or more: a letter left out, typed twice,
changed with the next, or hit beside. By chance, and always the same.
"""

import random
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from bot.language.fold import fold
from bot.matching.evaluate import Figures, evaluate, figures
from bot.matching.index import build_index
from bot.matching.labelled import read_entries, read_questions
from bot.matching.typos import NEIGHBOURS

_FOLDER = Path(__file__).with_name("invented_fairs")
_SHORTEST = 4
Change = Callable[[str], str]


def main() -> None:
    """Print a line for each fair and way of typing."""
    print(f"{'fair':8} {'typed':16} {'first':>6} {'in 3':>6} {'AUROC':>6} {'wrong':>6}")
    for folder in sorted(path for path in _FOLDER.iterdir() if path.is_dir()):
        index = build_index(read_entries(folder / "kb.jsonl"))
        questions = read_questions(folder / "queries.jsonl")
        chance = random.Random(7)
        ways: dict[str, Change] = {
            "as it is": str,
            "no diacritics": fold,
            "one slip": lambda text, chance=chance: _with_slips(text, 1, chance),
            "two slips": lambda text, chance=chance: _with_slips(text, 2, chance),
        }
        for name, change in ways.items():
            typed = [replace(one, text=change(one.text)) for one in questions]
            row = figures(evaluate(index, typed, time.perf_counter))
            print(f"{folder.name:8} {name:16} {_line(row)}", flush=True)


def _line(row: Figures) -> str:
    shares = (row.top1, row.recall3, row.auroc, row.wrong)
    return " ".join("     –" if share is None else f"{share:6.1%}" for share in shares)


def _with_slips(text: str, count: int, chance: random.Random) -> str:
    words = text.split()
    long = [at for at, word in enumerate(words) if len(word) >= _SHORTEST and word.isalpha()]
    for at in (chance.choice(long) for _ in range(count) if long):
        words[at] = _with_slip(words[at], chance)
    return " ".join(words)


def _with_slip(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word))
    before, here, after = word[:at], word[at], word[at + 1 :]
    beside = NEIGHBOURS.get(here.casefold()) or word[at - 1]
    changed = after[:1] + here + after[1:] if after else here
    slips = (after, here + here + after, changed, chance.choice(beside) + after)
    return before + chance.choice(slips)


if __name__ == "__main__":
    main()
