"""What somebody wrote in their own words becomes a situation: needs, form, age, area, people."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.knowledge.model import ActivityField, Area, LegalForm, Need, People
from bot.language.tokens import tokenize
from bot.support.ages import founding_in
from bot.support.areas import within
from bot.support.phrases import Said, SupportLexicon, form_of
from bot.support.situation import Situation

LONGEST = 600
"""Signs that are read; who writes more has said it by then."""


@dataclass(frozen=True, slots=True)
class Telling:
    """What a text tells.

    Attributes:
        situation: what could be taken from it.
        seeks: it says that something is looked for or missing.
        is_about_us: it says something about whoever writes.
    """

    situation: Situation
    seeks: bool
    is_about_us: bool


class Extraction:
    """Reads texts, knowing the areas of one fair."""

    def __init__(self, areas: Iterable[Area]) -> None:
        """Know these areas by their names and aliases."""
        self._areas = {area.id: area for area in areas}
        self._lexicon = SupportLexicon(self._areas.values())

    def read(self, text: str, today: dt.date) -> Telling:
        """Take from a text what it tells; what it leaves open stays open."""
        text = text[:LONGEST]
        said = _composed(self._lexicon.said_in([token.text for token in tokenize(text)]))
        names = {group: _names(said, group) for group in ("needs", "forms", "people", "fields")}
        status = _names(said, "status")
        seeking = _names(said, "seeking")
        situation = Situation(
            needs=_told_needs(names["needs"]),
            forms=_narrowest(names["forms"]),
            founded=founding_in(text, today),
            area=self._area(_names(said, "areas")),
            obp=_yes_or_no("obp", status),
            social_enterprise=_yes_or_no("ps", status),
            people=frozenset(map(People, names["people"])),
            fields=frozenset(map(ActivityField, names["fields"])),
        )
        is_about_us = "ours" in seeking or situation.founded is not None or bool(status)
        return Telling(situation, "seeking" in seeking, is_about_us)

    def _area(self, named: Sequence[str]) -> str | None:
        """Take the smallest of areas that lie in each other; two apart tell nothing."""
        inner = [
            one
            for one in named
            if not any(one in list(within(other, self._areas))[1:] for other in named)
        ]
        return inner[0] if len(inner) == 1 else None


@lru_cache(maxsize=2)
def extraction_knowing(areas: tuple[Area, ...]) -> Extraction:
    """Give the extraction that knows these areas.

    It is kept, as making it takes tens of milliseconds and an edit of a fair rarely touches
    an area. Two are kept, so that an edit that is taken back costs nothing.
    """
    return Extraction(areas)


def _names(said: Sequence[Said], group: str) -> tuple[str, ...]:
    found = (one.what.partition(":") for one in said)
    return tuple(dict.fromkeys(name for which, _, name in found if which == group))


NEAR = 3
"""Words that may stand between what is done and what it is done with."""

_COMPOSED = {
    "found": {
        Need.COOPERATIVE: frozenset({"social_cooperative", "cooperative"}),
        Need.FOUNDING: frozenset(
            {
                "association",
                "ordinary_association",
                "foundation",
                "organisation",
                "kgw",
                "sports_club",
                "non_profit_company",
            }
        ),
    },
    "meet": {Need.MEETINGS: frozenset({"organisation"})},
}


def _composed(said: Sequence[Said]) -> tuple[Said, ...]:
    """Take "założyć … fundację" for a need: whoever founds one has none yet."""
    kept = list(said)
    for act in said:
        group, _, name = act.what.partition(":")
        for need, forms in _COMPOSED.get(name, {}).items() if group == "acts" else ():
            for one in said:
                kind, _, form = one.what.partition(":")
                if kind == "forms" and form in forms and _is_near(act, one, name) and one in kept:
                    kept[kept.index(one)] = Said(f"needs:{need.value}", act.start, one.end)
    founded = [one for one in kept if one.what in ("needs:founding", "needs:cooperative")]
    return tuple(
        one
        for one in kept
        if not (one.what.startswith("forms:") and any(_overlap(one, other) for other in founded))
    )


def _overlap(one: Said, other: Said) -> bool:
    return one.start < other.end and other.start < one.end


def _is_near(act: Said, form: Said, name: str) -> bool:
    after, before = form.start - act.end, act.start - form.end
    return 0 <= after <= NEAR or (name == "meet" and 0 <= before <= NEAR)


def _told_needs(names: Iterable[str]) -> frozenset[Need]:
    needs = frozenset(map(Need, names))
    # "pomoc z wnioskiem o dotację", "dotacja na szkolenie": what is named beside says more.
    for general, by in _SAID_BETTER:
        if general in needs and needs & by:
            needs -= {general}
    return needs


_SAID_BETTER = (
    (Need.GRANT, frozenset({Need.APPLICATION, Need.JOB_GRANT, Need.OBP_STATUS})),
    (Need.ADVICE, frozenset(Need) - {Need.ADVICE, Need.TRAINING}),
    (Need.FOUNDING, frozenset({Need.COOPERATIVE})),
    (Need.APPLICATION, frozenset({Need.PARTNER, Need.CERTIFICATE})),
)


def _narrowest(names: Iterable[str]) -> frozenset[LegalForm]:
    """Join the forms that are named; "spółdzielnia" beside "spółdzielnia socjalna" adds nothing."""
    sets = [frozenset(map(LegalForm, form_of(name))) for name in names]
    kept = [one for one in sets if not any(other < one for other in sets)]
    return frozenset().union(*kept)


def _yes_or_no(name: str, status: Sequence[str]) -> bool | None:
    yes, no = f"{name}_yes" in status, f"{name}_no" in status
    return yes if yes is not no else None
