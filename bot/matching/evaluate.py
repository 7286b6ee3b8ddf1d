"""How well an index answers labelled questions, as figures, tables and explained misses."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bot.matching.decide import Ambiguous, Confident, Decision, Unknown
from bot.matching.index import Index
from bot.matching.labelled import Labelled
from bot.matching.results import Hit, Ranking

ALL = "all"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one labelled question got.

    Attributes:
        seconds: how long ranking and deciding took.
    """

    question: Labelled
    ranking: Ranking
    decision: Decision
    seconds: float

    @property
    def is_in_scope(self) -> bool:
        """Whether something answers the question."""
        return bool(self.question.expected)

    @property
    def score(self) -> float:
        """The confidence in the first hit; 0 without one."""
        return self.ranking.hits[0].score if self.ranking.hits else 0.0

    def is_right_within(self, first: int) -> bool:
        """Say whether a right entry is among the first ones."""
        return any(hit.id in self.question.expected for hit in self.ranking.hits[:first])

    @property
    def is_wrong_answer(self) -> bool:
        """Whether a wrong answer was given as if it were sure."""
        match self.decision:
            case Confident(hit):
                return hit.id not in self.question.expected
            case Ambiguous() | Unknown():
                return False

    @property
    def is_miss(self) -> bool:
        """Whether somebody should look at it."""
        return self.is_wrong_answer or (self.is_in_scope and not self.is_right_within(1))


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of some outcomes; shares are 0 to 1, `None` where nothing can be said."""

    count: int
    top1: float | None
    recall3: float | None
    auroc: float | None
    wrong: float
    confident: float
    ambiguous: float
    unknown: float
    p50_ms: float
    p99_ms: float


def evaluate(
    index: Index, questions: Iterable[Labelled], seconds: Callable[[], float]
) -> tuple[Outcome, ...]:
    """Ask all questions; `seconds` is a stopwatch such as `time.perf_counter`."""
    outcomes = []
    for question in questions:
        start = seconds()
        ranking = index.rank(question.text)
        decision = index.decide(ranking)
        outcomes.append(Outcome(question, ranking, decision, seconds() - start))
    return tuple(outcomes)


def figures(outcomes: Sequence[Outcome]) -> Figures:
    """Sum up outcomes."""
    inside = [one for one in outcomes if one.is_in_scope]
    outside = [one for one in outcomes if not one.is_in_scope]
    times = sorted(one.seconds * 1000 for one in outcomes) or [0.0]
    return Figures(
        count=len(outcomes),
        top1=_share(inside, lambda one: one.is_right_within(1)),
        recall3=_share(inside, lambda one: one.is_right_within(3)),
        auroc=auroc([one.score for one in inside], [one.score for one in outside]),
        wrong=_share(outcomes, lambda one: one.is_wrong_answer) or 0.0,
        confident=_share(outcomes, lambda one: isinstance(one.decision, Confident)) or 0.0,
        ambiguous=_share(outcomes, lambda one: isinstance(one.decision, Ambiguous)) or 0.0,
        unknown=_share(outcomes, lambda one: isinstance(one.decision, Unknown)) or 0.0,
        p50_ms=times[len(times) // 2],
        p99_ms=times[min(len(times) - 1, int(len(times) * 0.99))],
    )


def figures_by_tag(outcomes: Sequence[Outcome]) -> dict[str, Figures]:
    """Sum up all outcomes, then those of each tag.

    The area under the curve of a tag sets its questions against all that are out of scope.
    """
    by_tag: dict[str, list[Outcome]] = defaultdict(list)
    for one in outcomes:
        for tag in one.question.tags:
            by_tag[tag].append(one)
    return {ALL: figures(outcomes)} | {tag: figures(by_tag[tag]) for tag in sorted(by_tag)}


def auroc(inside: Sequence[float], outside: Sequence[float]) -> float | None:
    """Say how often a score from inside is above one from outside; half for equal ones."""
    if not inside or not outside:
        return None
    low = sorted(outside)
    above = sum(bisect_left(low, score) + bisect_right(low, score) for score in inside)
    return above / 2 / len(inside) / len(outside)


def table(by_tag: dict[str, Figures]) -> str:
    """Write figures as a table of plain text."""
    width = max([3, *map(len, by_tag)])
    lines = [
        f"{'tag':{width}} {'n':>5} {'top-1':>6} {'in 3':>6} {'AUROC':>6} {'wrong':>6} "
        f"{'sure':>5} {'asks':>5} {'none':>5} {'p50':>6} {'p99':>6}"
    ]
    lines += [
        f"{tag:{width}} {row.count:5} {_percent(row.top1):>6} {_percent(row.recall3):>6} "
        f"{_percent(row.auroc):>6} {_percent(row.wrong):>6} {row.confident:5.0%} "
        f"{row.ambiguous:5.0%} {row.unknown:5.0%} {row.p50_ms:6.2f} {row.p99_ms:6.2f}"
        for tag, row in by_tag.items()
    ]
    return "\n".join(lines)


def failures(outcomes: Iterable[Outcome]) -> str:
    """Write each miss with what was found instead, and why."""
    lines: list[str] = []
    for one in outcomes:
        if not one.is_miss:
            continue
        wanted = ", ".join(sorted(one.question.expected)) or "nothing"
        sort = "WRONG ANSWER" if one.is_wrong_answer else "missed"
        lines.append(f"{sort}: {one.question.text}   [wanted: {wanted}]")
        lines += [f"    {explained(hit)}" for hit in one.ranking.hits[:3]]
        if one.ranking.unknown_words:
            lines.append(f"    unknown words: {', '.join(one.ranking.unknown_words)}")
    return "\n".join(lines)


def explained(hit: Hit) -> str:
    """Write a hit with the words that met: "0.82 wc: kibel → toilet (concept, name)"."""
    words = "; ".join(
        f"{match.word} → {match.met} ({match.how}, {match.field})" for match in hit.matches
    )
    return f"{hit.score:.2f} {hit.id}: {words}"


def histogram(outcomes: Sequence[Outcome], bars: int = 10) -> str:
    """Draw how confident right first hits, wrong ones, and those out of scope are."""
    rows = {"right": [0] * bars, "wrong": [0] * bars, "outside": [0] * bars}
    for one in outcomes:
        sort = "outside"
        if one.is_in_scope:
            sort = "right" if one.is_right_within(1) else "wrong"
        rows[sort][min(bars - 1, int(one.score * bars))] += 1
    lines = [f"{'confidence':>10} {'right':>6} {'wrong':>6} {'outside':>8}"]
    for at in range(bars):
        span = f"{at / bars:.1f}–{(at + 1) / bars:.1f}"
        right, wrong, outside = rows["right"][at], rows["wrong"][at], rows["outside"][at]
        lines.append(f"{span:>10} {right:6} {wrong:6} {outside:8}  {'█' * _bar(right)}")
    return "\n".join(lines)


def gains(outcomes: Iterable[Outcome]) -> dict[str, int]:
    """Count by which field right first hits were met: what each kind of phrasing gains."""
    counts: dict[str, int] = defaultdict(int)
    for one in outcomes:
        if one.is_in_scope and one.is_right_within(1):
            for of_field in {match.field for match in one.ranking.hits[0].matches}:
                counts[of_field] += 1
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _bar(count: int) -> int:
    return min(60, -(-count // 4))


def _share(outcomes: Sequence[Outcome], holds: Callable[[Outcome], bool]) -> float | None:
    return sum(map(holds, outcomes)) / len(outcomes) if outcomes else None


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share:.1%}"
