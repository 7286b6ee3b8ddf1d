"""Questions that nobody can answer, and the examples that stand in for the answer.

"Nobody knows" is an answer, and it is said. But where an invented record shows what
the answer could be, the visitor sees it too, marked; and a record beats a shrug.
"""

from dataclasses import replace

from bot.dialogue.fair import Fair
from bot.dialogue.reading import Reading
from bot.dialogue.wishes import About, Facet, Having, Wish
from bot.matching.decide import Ambiguous, Confident, Decision, Unknown
from bot.matching.results import Hit, Ranking

RECORDS = frozenset(
    "exhibitors sessions series offers consultations places glossary marks organizers "
    "people".split()
)
"""Kinds that have sides to be asked about."""
NEAR_ENOUGH = 0.2
"""An example is shown from this share of the first hit's score on."""
_STRONG = frozenset({"name", "alias", "product", "category", "keyword"})
_PRICED = frozenset({Facet.COST, Facet.PRODUCTS})
_PRACTICAL = frozenset({"places", "sessions"})
LISTED = frozenset({Facet.JOBS, Facet.PAYMENT, Facet.MARK})
"""Sides that are asked of all exhibitors together."""


def shrug_in(decision: Decision, fair: Fair) -> str:
    """Name the question without an answer that would be the answer; "" if there is none."""
    hits: tuple[Hit, ...] = ()
    match decision:
        case Confident(hit):
            hits = (hit,)
        case Ambiguous(near):
            hits = near
        case Unknown():
            pass
    return next((hit.id for hit in hits if is_no_answer(Confident(hit), fair)), "")


def with_example(wish: Wish, shrug: str, reading: Reading, ranking: Ranking, fair: Fair) -> Wish:
    """Beside "nobody knows", show the example that could be the answer, if one is there."""
    if not isinstance(wish, About):
        return wish
    if wish.id != shrug:
        is_example = (record := fair.record(wish.id)) is not None and record.example
        return replace(wish, shrug=shrug) if is_example else wish
    if wish.facet in LISTED and not reading.uncovered:
        return Having(wish.facet, shrug=shrug)
    if (filling := _filling(shrug, ranking, fair)) and wish.facet not in _PRICED:
        return About(filling, wish.facet)
    if wish.facet is Facet.COUNT:
        # How many visitors there were, no exhibitor tells.
        return wish
    examples = (
        hit
        for hit in ranking.hits
        if _is_example_of(hit, reading, ranking, fair)
        and not (wish.facet in _PRICED and hit.kind == "places")  # A door has no price.
    )
    example = next(examples, None)
    if example is not None:
        return About(example.id, wish.facet, shrug=shrug)
    return About(filling, wish.facet) if filling else wish


def _filling(shrug: str, ranking: Ranking, fair: Fair) -> str:
    """Name the example answer to this question that fits best; "" if there is none."""
    fills = [faq.id for faq in fair.fills.get(shrug, ())]
    return next((hit.id for hit in ranking.hits if hit.id in fills), "")


def _is_example_of(hit: Hit, reading: Reading, ranking: Ranking, fair: Fair) -> bool:
    """Say whether an invented record has everything that the question names."""
    record = fair.record(hit.id)
    if hit.kind not in RECORDS or record is None or not record.example:
        return False
    met = {match.word for match in hit.matches if match.field in _STRONG or hit.kind in _PRACTICAL}
    is_near = hit.score >= ranking.hits[0].score * NEAR_ENOUGH
    return is_near and bool(reading.uncovered) and met.issuperset(reading.uncovered)


def shrugs_among(ids: tuple[str, ...], fair: Fair) -> tuple[str, ...]:
    """Choose those that say that nobody knows."""
    known = fair.knowledge.faq
    return tuple(i for i in ids if i in known and known[i].not_known)


def with_one_answer(decision: Decision, fair: Fair) -> Decision:
    """Take a shrug beside the one example that fills it for that example."""
    if not isinstance(decision, Ambiguous):
        return decision
    shrugs = {hit.id for hit in decision.hits if is_no_answer(Confident(hit), fair)}
    known = [hit for hit in decision.hits if hit.id not in shrugs]
    if len(known) == 1 and (faq := fair.knowledge.faq.get(known[0].id)) and faq.fills in shrugs:
        return Confident(known[0])
    return decision


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
