"""How long an answer takes, beside rapidfuzz's `extractOne(WRatio)`, in one run.

    scripts/setup dev && .venv/bin/python -m benchmarks.respond

Both see the same fair and the same questions. The whole `respond()` is timed:
language, times, intent, matching, deciding, and the reply; of WRatio only the look-up.
"""

import asyncio
import datetime as dt
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
from rapidfuzz import fuzz, process, utils

from benchmarks.synthetic import synthetic_fair, synthetic_questions
from bot.clock import stopped_clock
from bot.dialogue.conversation import Conversation
from bot.knowledge.model import Knowledge
from bot.knowledge.read import load_knowledge
from bot.matching.snapshot import build_snapshot
from bot.messaging.message import ChatId, Incoming, Text
from bot.visitors.memory import InMemoryVisitors

ROOT = Path(__file__).parent.parent
REAL_FAIR = 0
NOON = dt.datetime(2017, 11, 30, 12, tzinfo=dt.UTC)


def main() -> None:
    """Print the table; each size in a process of its own, so that memory is told apart."""
    if len(sys.argv) > 1:
        _measure(int(sys.argv[1]))
        return
    print(f"{'entries':>10} {'':>18} {'p50 ms':>8} {'p99 ms':>8} {'build s':>8} {'added MB':>9}")
    for size in (REAL_FAIR, 130, 10_000, 100_000):
        command = [sys.executable, "-m", "benchmarks.respond", str(size)]
        subprocess.run(command, cwd=ROOT, check=True)


def _measure(size: int) -> None:
    is_real = size == REAL_FAIR
    fair = load_knowledge(ROOT / "knowledge").knowledge if is_real else synthetic_fair(size)
    label = "the fair's" if is_real else f"{size:,}"
    questions = synthetic_questions(fair, 2000 if size <= 10_000 else 400)
    before = psutil.Process().memory_info().rss
    began = time.perf_counter()
    snapshot = build_snapshot(fair)
    built = time.perf_counter() - began
    added = (psutil.Process().memory_info().rss - before) / 2**20
    conversation = Conversation(lambda: snapshot, InMemoryVisitors(), stopped_clock(NOON))
    _row(label, "Targobot respond()", asyncio.run(_respond_times(conversation, questions)))
    print(f" {built:8.2f} {added:9.1f}")
    phrasings = _phrasings(fair)

    def wratio(question: str) -> object:
        return process.extractOne(
            question, phrasings, scorer=fuzz.WRatio, processor=utils.default_process
        )

    few = questions[:: max(1, len(questions) * len(phrasings) // 2_000_000)]
    _row(label, "extractOne(WRatio)", [_timed(wratio, question) for question in few])
    print()


async def _respond_times(conversation: Conversation, questions: list[str]) -> list[float]:
    times = []
    for number, question in enumerate(questions):
        incoming = Incoming(ChatId("benchmark", str(number)), Text(question), NOON)
        began = time.perf_counter()
        await conversation.respond(incoming)
        times.append(time.perf_counter() - began)
    return times


def _timed(look_up: Callable[[str], object], question: str) -> float:
    began = time.perf_counter()
    look_up(question)
    return time.perf_counter() - began


def _phrasings(fair: Knowledge) -> list[str]:
    names = [exhibitor.name.pl for exhibitor in fair.exhibitors.values()]
    asked = [text for faq in fair.faq.values() for text in (faq.question.pl, *faq.variants.all())]
    return names + asked


def _row(entries: str, what: str, times: list[float]) -> None:
    p50, p99 = statistics.median(times), statistics.quantiles(times, n=100)[98]
    print(f"{entries:>10} {what:>18} {p50 * 1000:8.3f} {p99 * 1000:8.3f}", end="", flush=True)


if __name__ == "__main__":
    main()
