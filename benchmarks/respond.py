"""How long an answer takes, beside what others would look it up with, in one run.

    scripts/setup dev && .venv/bin/python -m benchmarks.respond

All see the same fair and the same questions. `respond()` is timed whole: language, times,
intent, matching, deciding, and the reply. `rank()` is the matching alone, and what is fair
to set beside the others, which only look up. Beside the time that passed stands the time that
the thread itself used its core (CPU): where other programs want the core too, the slowest
hundredth is as long as they make it wait. As in a process that serves, what lives as long as the
fair is not searched for garbage.
"""

import asyncio
import datetime as dt
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import psutil

from benchmarks.rivals import rivals
from benchmarks.synthetic import synthetic_fair, synthetic_questions
from bot.app import heap
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
WORK_LIMIT = 1_000_000
"""Comparisons of a question with a text that a rival may cost in one run."""


class Took(NamedTuple):
    """How long something took, in seconds: by the clock, and of this thread's own core."""

    passed: float
    used: float


def main() -> None:
    """Print the table; each size in a process of its own, so that memory is told apart."""
    if len(sys.argv) > 1:
        _measure(int(sys.argv[1]))
        return
    times = f"{'p50 ms':>8} {'p99 ms':>8} {'CPU p50':>8} {'CPU p99':>8} {'p50 ÷':>8}"
    print(f"{'entries':>10} {'':>22} {times}")
    for size in (REAL_FAIR, 130, 10_000, 100_000):
        command = [sys.executable, "-m", "benchmarks.respond", str(size)]
        subprocess.run(command, cwd=ROOT, check=True)
    _measure_server()


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
    asyncio.run(_respond_times(conversation, questions[:50]))  # lays the fair out, once
    heap.set_aside()
    ranked = [_timed(snapshot.index.rank, question) for question in questions]
    own = statistics.median(took.passed for took in ranked)
    _row(label, "respond()", asyncio.run(_respond_times(conversation, questions)), own)
    _row(label, "rank()", ranked, own)
    texts = _texts(fair)
    few = questions[:: max(1, len(questions) * len(texts) // WORK_LIMIT)]
    for name, look_up in rivals(texts).items():
        _row(label, name, [_timed(look_up, question) for question in few], own)
    print(f"{label:>10} index built in {built:.2f} s, {added:.0f} MB added\n", flush=True)


def _measure_server() -> None:
    """Print how long a start takes until the first answer, and what it holds in memory."""
    began = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "run_bot.py"],
        cwd=ROOT,
        env={"TARGOBOT_PORT": "0", "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        text=True,
    ) as bot:
        assert bot.stdout
        bot.stdout.readline()
        ready = time.perf_counter() - began
        resident = psutil.Process(bot.pid).memory_info().rss / 2**20
        bot.terminate()
        bot.communicate()
    print(f"serving after {ready:.2f} s, {resident:.0f} MB resident")


async def _respond_times(conversation: Conversation, questions: list[str]) -> list[Took]:
    times = []
    for number, question in enumerate(questions):
        incoming = Incoming(ChatId("benchmark", str(number)), Text(question), NOON)
        began = _now()
        await conversation.respond(incoming)
        times.append(_since(began))
    return times


def _timed(look_up: Callable[[str], object], question: str) -> Took:
    began = _now()
    look_up(question)
    return _since(began)


def _now() -> Took:
    return Took(time.perf_counter(), time.thread_time())


def _since(began: Took) -> Took:
    now = _now()
    return Took(now.passed - began.passed, now.used - began.used)


def _texts(fair: Knowledge) -> list[str]:
    names = [exhibitor.name.pl for exhibitor in fair.exhibitors.values()]
    asked = [text for faq in fair.faq.values() for text in (faq.question.pl, *faq.variants.all())]
    return names + asked


def _row(entries: str, what: str, times: list[Took], own: float) -> None:
    passed, used = zip(*times, strict=True)
    p50 = statistics.median(passed)
    figures = [p50, _p99(passed), statistics.median(used), _p99(used)]
    said = " ".join(f"{figure * 1000:8.3f}" for figure in figures)
    print(f"{entries:>10} {what:>22} {said} {p50 / own:8.1f}", flush=True)


def _p99(times: Sequence[float]) -> float:
    return statistics.quantiles(times, n=100)[98]


if __name__ == "__main__":
    main()
