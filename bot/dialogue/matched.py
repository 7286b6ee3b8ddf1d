"""Matches what a question is about against the records, and settles which one is meant.

First the whole question, for a question that somebody has answered already. Where that
is not sure and the question word is known, only the words that name something are
matched, against records that have such a side: "gdzie stoisko ARL?" is about ARL.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.dialogue.context import Context
from bot.dialogue.fair import Fair, slug
from bot.dialogue.preferences import preferred
from bot.dialogue.reading import Reading
from bot.dialogue.shrugs import (
    LISTED,
    RECORDS,
    is_no_answer,
    shrug_in,
    with_example,
    with_one_answer,
    without_shrugs,
)
from bot.dialogue.timed import within
from bot.dialogue.wishes import (
    About,
    Choice,
    Exhibitors,
    Facet,
    Found,
    Having,
    Next,
    Now,
    Programme,
    Puzzled,
    RoomProgramme,
    Wish,
)
from bot.knowledge.model import PlaceKind
from bot.matching.decide import Ambiguous, Confident, Decision, Unknown
from bot.matching.results import Hit, Ranking, WordMatch
from bot.matching.vocabulary import How

NO_RANKING = Ranking((), ())
_KIND_WORDS = {
    "stand": frozenset({"exhibitors", "offers"}),
    "series": frozenset({"series"}),
}
_IN_PROGRAMME = frozenset({"sessions", "series"})
_LISTS = frozenset({"exhibitors", "sessions", "series", "offers"})
_NAMES = frozenset({"name", "alias"})
_VAGUE = frozenset({How.CONCEPT, How.SIMILAR})
_ROOMS = frozenset({PlaceKind.ROOM, PlaceKind.STAGE})


@dataclass(frozen=True, slots=True)
class Understanding:
    """What a question wishes for, and how that was found.

    Attributes:
        ranking: the records that fit; empty where none were looked for.
        decision: what the ranking came to; `None` where none was needed.
        is_correction: it corrects what was understood before.
    """

    wish: Wish
    ranking: Ranking = NO_RANKING
    decision: Decision | None = None
    is_correction: bool = False


def matched(reading: Reading, context: Context, fair: Fair) -> Understanding:
    """Find the record that a question is about."""
    facet = _facet(reading, context)
    index = fair.snapshot.index
    ranking = index.rank(reading.query or reading.text)
    exact = _asked_in_these_words(reading, facet, ranking, fair)
    exact = exact or _defined(reading, facet, fair) or _of_named_type(reading, fair)
    decision = with_one_answer(exact or index.decide(ranking), fair)
    shrug = shrug_in(decision, fair)
    kinds = _kinds_named(reading)
    if exact is None and kinds and reading.uncovered:
        decision = _by_name(reading, facet, fair, kinds) or decision
    elif exact is None and reading.uncovered and _can_be_better(decision, reading, fair):
        decision = _by_name(reading, facet, fair, RECORDS) or decision
    if facet in LISTED and not exact and not reading.uncovered and is_no_answer(decision, fair):
        return Understanding(Having(facet), ranking, decision)
    wish = _in_a_room(_wish(decision, facet, reading, fair), reading, context, fair)
    if shrug:
        wish = with_example(wish, shrug, reading, ranking, fair)
    return Understanding(wish, ranking, decision)


def _in_a_room(wish: Wish, reading: Reading, context: Context, fair: Fair) -> Wish:
    """Take "a w sali 1?" after the programme for what is on in that room."""
    if not (isinstance(wish, About) and reading.begins_with_and and wish.facet is Facet.ALL):
        return wish
    place = fair.knowledge.places.get(wish.id)
    if place is None or place.kind not in _ROOMS:
        return wish
    match context.wish:
        case Programme(day=day) | RoomProgramme(day=day):
            return RoomProgramme(wish.id, day)
        case Now() | Next():
            return RoomProgramme(wish.id)
        case _:
            return wish


def _facet(reading: Reading, context: Context) -> Facet:
    """Say which side is asked; "a CWIS-E?" asks the same as before."""
    if not reading.facets and reading.begins_with_and and not reading.times:
        return context.facet
    return reading.facet


def _asked_in_these_words(
    reading: Reading, facet: Facet, ranking: Ranking, fair: Fair
) -> Decision | None:
    """Take the record that is called, or asked for, in exactly these words."""
    exact = fair.phrasings.get(" ".join(reading.words), ())
    hits = tuple(Hit(i, fair.kinds[i], 1.0, _matches(i, ranking)) for i in exact)
    return _settled(hits, facet, fair) if hits else None


def _defined(reading: Reading, facet: Facet, fair: Fair) -> Decision | None:
    """Take "co to jest PES?" for whatever is called exactly so, a word before a place."""
    if facet is not Facet.WHAT:
        return None
    named = fair.phrasings.get(" ".join(reading.content), ())
    hits = tuple(Hit(i, fair.kinds[i], 1.0, ()) for i in named if fair.kinds[i] in RECORDS)
    return _settled(hits, facet, fair) if hits else None


def _can_be_better(decision: Decision, reading: Reading, fair: Fair) -> bool:
    """Say whether to look for a name: nothing is sure, or only that nobody knows it."""
    if not isinstance(decision, Confident):
        return True
    met = {match.word for match in decision.hit.matches}
    return is_no_answer(decision, fair) and not met.issuperset(reading.uncovered)


def _kinds_named(reading: Reading) -> frozenset[str]:
    """Say which kinds of records the question names itself: "stoisko ARL", "szkolenie z RODO"."""
    for name, kinds in _KIND_WORDS.items():
        if name in reading.requests:
            return kinds
    return _IN_PROGRAMME if reading.types else frozenset()


def _of_named_type(reading: Reading, fair: Fair) -> Decision | None:
    """Take "wykład o grantach" for the lecture, where one lecture has all that is named."""
    if not reading.types or not reading.uncovered:
        return None
    ranking = fair.snapshot.index.rank(" ".join(reading.content), kinds=frozenset({"sessions"}))
    for hit in ranking.hits:
        met = {match.word for match in hit.matches}
        is_of_type = fair.slots[hit.id].session.type in reading.types
        if is_of_type and met.issuperset(reading.uncovered):
            return Confident(hit)
    return None


def _by_name(reading: Reading, facet: Facet, fair: Fair, kinds: frozenset[str]) -> Decision | None:
    """Match the words that name something, against records of some kinds alone."""
    asks_a_side = facet is not Facet.ALL or kinds is not RECORDS
    words = " ".join(reading.content if kinds is RECORDS else reading.uncovered)
    exact = fair.phrasings.get(words, ())
    if not exact and asks_a_side:
        exact = fair.phrasings.get(" ".join(reading.uncovered), ())
    hits = tuple(Hit(i, fair.kinds[i], 1.0, ()) for i in exact if fair.kinds[i] in kinds)
    if hits:
        return _settled(hits, facet, fair)
    if not asks_a_side or not words:
        return None
    index = fair.snapshot.index
    match index.decide(index.rank(words, limit=4, kinds=kinds)):
        case Confident(hit) as sure:
            return sure if _is_named(hit) else None
        case Ambiguous(near):
            named = tuple(hit for hit in near if _is_named(hit))
            return _settled(named, facet, fair) if named else None
        case Unknown():
            return None


def _is_named(hit: Hit) -> bool:
    """Say whether a word itself was met, and not only one that is like it or near in meaning."""
    return any(match.how not in _VAGUE for match in hit.matches)


def _settled(hits: tuple[Hit, ...], facet: Facet, fair: Fair) -> Decision:
    if len(hits) == 1:
        return Confident(hits[0])
    chosen = preferred(hits, facet, fair)
    return Confident(chosen) if chosen else Ambiguous(hits[:3])


def _matches(record_id: str, ranking: Ranking) -> tuple[WordMatch, ...]:
    return next((hit.matches for hit in ranking.hits if hit.id == record_id), ())


def _wish(decision: Decision, facet: Facet, reading: Reading, fair: Fair) -> Wish:
    match decision:
        case Confident(hit):
            return _about(hit, facet, reading, fair)
        case Ambiguous(hits):
            return _one_of(hits, facet, reading, fair)
        case Unknown():
            return of_type(reading, fair) or _of_the_fair(reading, facet, fair)


def _of_the_fair(reading: Reading, facet: Facet, fair: Fair) -> Wish:
    """Take a question that names nothing for one about the fair: "czy jest winda?"."""
    if facet in LISTED:
        return Having(facet)
    if facet is Facet.BESIDE:
        # Beside what? A fair has no neighbours.
        return Puzzled()
    if (reading.uncovered and facet is not Facet.ACCESS) or facet is Facet.ALL:
        return Puzzled()
    return About(fair.knowledge.event.id, facet)


def _one_of(hits: tuple[Hit, ...], facet: Facet, reading: Reading, fair: Fair) -> Wish:
    category = slug(reading.subject)
    if category in fair.categories and len(fair.categories[category].exhibitors) > 1:
        return Exhibitors(category)
    hits = without_shrugs(hits, fair)
    chosen = hits[0] if len(hits) == 1 else preferred(hits, facet, fair)
    if chosen is None and _is_one_matter([hit.id for hit in hits], fair):
        chosen = hits[0]
    if chosen is not None:
        return _about(chosen, facet, reading, fair)
    if _is_a_list(hits):
        return Found(reading.subject)
    ids = tuple(hit.id for hit in hits if hit.id in fair.kinds)
    return of_type(reading, fair) or (Choice(ids, facet) if ids else Puzzled())


def _is_a_list(hits: tuple[Hit, ...]) -> bool:
    """Say whether the hits are several answers rather than several readings.

    "Kto robi catering?" has as many answers as there are caterers; a name that two
    share has to be told apart.
    """
    kinds = {hit.kind for hit in hits}
    fields = {match.field for hit in hits for match in hit.matches}
    return len(hits) > 1 and len(kinds) == 1 and kinds <= _LISTS and not fields & _NAMES


def _is_one_matter(ids: Iterable[str], fair: Fair) -> bool:
    """Say whether all are about the same: then the best answer will do."""
    first, *others = ids
    return all(fair.is_related(first, other) for other in others)


def _about(hit: Hit, facet: Facet, reading: Reading, fair: Fair) -> Wish:
    if hit.id not in fair.kinds:
        return of_type(reading, fair) or Puzzled()
    about = About(hit.id, facet)
    if hit.kind == "series":
        return within(about, reading.times)
    place = fair.knowledge.places.get(hit.id)
    is_room = place is not None and place.kind in _ROOMS
    if is_room and (reading.times or "programme" in reading.requests):
        day = reading.times[0].start.date() if reading.times else None
        return RoomProgramme(hit.id, day)
    return about


def of_type(reading: Reading, fair: Fair, shrugs: tuple[str, ...] = ()) -> Wish | None:
    """Answer "o której gala?": the one session of its type, or the list of them.

    Args:
        reading: the question.
        fair: the fair.
        shrugs: questions without an answer that were asked in just these words.
    """
    if not reading.types:
        return None
    kind = reading.types[0]
    sessions = [slot.session for slot in fair.slots.values() if slot.session.type is kind]
    if len(sessions) == 1:
        shrug = shrugs[0] if shrugs and sessions[0].example else ""
        return About(sessions[0].id, reading.facet, shrug=shrug)
    return Programme(type=kind) if sessions else None
