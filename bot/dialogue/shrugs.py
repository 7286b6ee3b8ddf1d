"""Questions that nobody can answer, and the examples that stand in for the answer.

"Nobody knows" is an answer, and it is said. But where an invented record shows what
the answer could be, the visitor sees it too, marked; and a record beats a shrug.
"""

from dataclasses import replace

from bot.dialogue.fair import Fair
from bot.dialogue.reading import Reading
from bot.dialogue.wishes import About, Wish
from bot.matching.decide import Ambiguous, Confident, Decision, Unknown
from bot.matching.results import Hit, Ranking

RECORDS = frozenset(
    "exhibitors sessions series offers places glossary marks organizers people".split()
)
"""Kinds that have sides to be asked about."""
EXAMPLES_LOOKED_AT = 5


def shrug_in(decision: Decision, fair: Fair) -> str:
    """Name the question without an answer that would be the answer; "" if there is none."""
    match decision:
        case Confident(hit):
            hits: tuple[Hit, ...] = (hit,)
        case Ambiguous(near):
            hits = near
        case Unknown():
            hits = ()
    return next((hit.id for hit in hits if is_no_answer(Confident(hit), fair)), "")


def with_example(wish: Wish, shrug: str, reading: Reading, ranking: Ranking, fair: Fair) -> Wish:
    """Beside "nobody knows", show the example that could be the answer, if one is there."""
    if not isinstance(wish, About):
        return wish
    if wish.id != shrug:
        is_example = (record := fair.record(wish.id)) is not None and record.example
        return replace(wish, shrug=shrug) if is_example else wish
    if shrug in fair.fills:
        return wish
    for hit in ranking.hits[1:EXAMPLES_LOOKED_AT]:
        record = fair.record(hit.id)
        met = {match.word for match in hit.matches}
        if hit.kind in RECORDS and record and record.example and met.issuperset(reading.uncovered):
            return About(hit.id, wish.facet, shrug=shrug)
    return wish


def is_no_answer(decision: Decision, fair: Fair) -> bool:
    """Say whether nothing is sure, or only that nobody knows."""
    if not isinstance(decision, Confident):
        return True
    faq = fair.knowledge.faq.get(decision.hit.id)
    return faq is not None and faq.not_known


def without_shrugs(hits: tuple[Hit, ...], fair: Fair) -> tuple[Hit, ...]:
    """Leave out the answers that nobody knows it, where there are others."""
    known = tuple(hit for hit in hits if not is_no_answer(Confident(hit), fair))
    return known or hits
