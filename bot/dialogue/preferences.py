"""Which kind of record a question word is about, where several fit equally well.

"Co to jest CAO?" asks for the word, "gdzie jest CAO?" for the place, "kontakt do
CAO" for whoever can be reached.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from bot.dialogue.fair import Fair
from bot.dialogue.wishes import Facet
from bot.matching.results import Hit

_KINDS: Mapping[Facet, tuple[str, ...]] = MappingProxyType(
    {
        Facet.WHAT: ("glossary", "marks", "exhibitors", "offers", "places", "organizers", "faq"),
        Facet.WHERE: ("places", "exhibitors", "sessions", "organizers", "offers"),
        Facet.WHEN: ("sessions", "series", "event", "faq"),
        Facet.LEADER: ("sessions", "exhibitors", "people"),
        Facet.CONTACT: ("exhibitors", "organizers", "people", "offers", "places"),
        Facet.COST: ("series", "offers", "marks", "faq"),
        Facet.SIGN_UP: ("sessions", "series", "offers", "marks"),
        Facet.LENGTH: ("sessions", "series", "offers", "marks"),
        Facet.BESIDE: ("exhibitors", "places"),
        Facet.PRODUCTS: ("exhibitors",),
        Facet.PAYMENT: ("exhibitors", "faq"),
        Facet.JOBS: ("exhibitors", "faq"),
        Facet.ACCESS: ("places", "faq"),
        Facet.FOR_WHOM: ("offers", "series", "sessions", "marks"),
        Facet.DOCUMENTS: ("offers",),
        Facet.DEADLINE: ("offers", "sessions"),
        Facet.MARK: ("exhibitors", "marks"),
        Facet.COUNT: ("faq",),
    }
)
_NEAR = 0.85
"""Only among hits that score nearly alike does the kind decide."""


def preferred(hits: Sequence[Hit], facet: Facet, fair: Fair) -> Hit | None:
    """Choose among hits by the facet; `None` where that does not single one out."""
    near = [hit for hit in hits if hit.score >= hits[0].score * _NEAR]
    for kind in _KINDS.get(facet, ()):
        of_kind = [hit for hit in near if hit.kind == kind]
        if of_kind:
            return of_kind[0] if len(of_kind) == 1 else None
    return None
