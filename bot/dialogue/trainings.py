"""Questions for trainings by whom they are for and when: "co jest w grudniu dla zarządu?"."""

from dataclasses import replace

from bot.dialogue.context import Context
from bot.dialogue.fair import Fair
from bot.dialogue.phrases import Met, phrase_book
from bot.dialogue.reading import Reading
from bot.dialogue.timed import within
from bot.dialogue.wishes import About, AllSeries, Facet, Found, Wish
from bot.knowledge.model import Audience, SeriesType, SessionType
from bot.language.times import TimeKind
from bot.language.tokens import tokenize

_LONGEST = 60
_FOR = frozenset({"dla", "for", "для"})
_SERIES_TYPES = {SessionType.WORKSHOP: SeriesType.WORKSHOP}
_SIDES = frozenset({Facet.ALL, Facet.WHAT, Facet.WHEN, Facet.FOR_WHOM, Facet.COST})
_NO_DAYS = frozenset({TimeKind.NEXT, TimeKind.SOON, TimeKind.NOW})


def trainings(reading: Reading, context: Context, fair: Fair) -> Wish | None:
    """Find a wish for trainings of some people or days, and nothing else beside it."""
    met = _wanted(reading.words)
    beside = _beside(reading, met)
    audience = next((Audience(one.name) for one in met if one.name in set(Audience)), None)
    weekend = any(one.name == "weekend" for one in met) and not _is_one_weekend(met)
    if beside or reading.facet not in _SIDES or not (audience or weekend or reading.times):
        return None
    goes_on = isinstance(context.wish, AllSeries) and reading.begins_with_and
    if not (goes_on or _asks_for_series(reading, audience, fair)):
        return None
    before = context.wish if goes_on and isinstance(context.wish, AllSeries) else AllSeries()
    wish = replace(before, page=0, for_whom=audience or before.for_whom)
    wish = replace(wish, type=_type(reading) or before.type)
    if weekend:
        wish = replace(wish, weekend=True, start=None, end=None)
    elif days := [time for time in reading.times if time.kind not in _NO_DAYS]:
        about = within(About(""), tuple(days))
        wish = replace(wish, weekend=False, start=about.start, end=about.end)
    is_of_no_day = not (goes_on or weekend or reading.times or "series" in reading.requests)
    if is_of_no_day and audience and _is_at_fair(audience, reading, fair):
        # Both: what the fair has for them, and what goes on afterwards.
        return Found(" ".join(reading.text.split())[:_LONGEST].strip(" ?!.,"))
    return _the_only_one(wish, fair) or wish


def _wanted(words: tuple[str, ...]) -> list[Met]:
    """Find who and when."""
    return [*people_meant(words), *phrase_book("trainings").find(words)]


def people_meant(words: tuple[str, ...]) -> list[Met]:
    """Find for whom something is asked: after "for", perhaps with a word between."""
    return [
        one
        for one in phrase_book("audiences").find(words)
        if _FOR & {*words[max(0, one.start - 2) : one.start]}
    ]


def _beside(reading: Reading, met: list[Met]) -> set[str]:
    taken = {reading.words[n] for one in met for n in range(one.start, one.end)}
    return {*reading.uncovered} - taken - _FOR


def _is_one_weekend(met: list[Met]) -> bool:
    return any(one.name == "this_weekend" for one in met)


def _asks_for_series(reading: Reading, audience: Audience | None, fair: Fair) -> bool:
    """Say whether trainings are meant and not the fair's own programme."""
    if "series" in reading.requests:
        return True
    if "fair" in reading.requests or not set(reading.types) <= {
        *_SERIES_TYPES,
        SessionType.MEETING,
    }:
        return False
    days = [time for time in reading.times if time.kind not in _NO_DAYS]
    if not days:
        return bool(audience and reading.types)
    about = within(About(""), tuple(days))
    start, end = about.start, about.end
    fair_days = fair.knowledge.event.days
    is_elsewhen = bool(start and end) and not any(
        start <= day <= end for day in fair_days if start and end
    )
    reaches_beyond = bool(start and end and (end - start).days >= len(fair_days))
    return bool(reading.types and is_elsewhen) or bool(audience and (is_elsewhen or reaches_beyond))


def _type(reading: Reading) -> SeriesType | None:
    return next((_SERIES_TYPES[kind] for kind in reading.types if kind in _SERIES_TYPES), None)


def _is_at_fair(audience: Audience, reading: Reading, fair: Fair) -> bool:
    """Say whether the fair itself has a session of this type for these people."""
    book = phrase_book("audiences")
    for slot in fair.slots.values():
        session = slot.session
        said = (session.title, *session.topics, *session.audience)
        words = [tuple(token.text for token in tokenize(text.pl)) for text in said]
        is_for_them = any(met.name == audience for each in words for met in book.find(each))
        if is_for_them and slot.is_on and session.type in reading.types:
            return True
    return False


def _the_only_one(wish: AllSeries, fair: Fair) -> Wish | None:
    """Take the one training that is for these people, where no days were named."""
    if wish.for_whom is None or wish.start or wish.weekend:
        return None
    found = [
        one.id
        for one in fair.knowledge.series.values()
        if wish.for_whom in one.for_whom and (wish.type is None or one.type is wish.type)
    ]
    return About(found[0]) if len(found) == 1 else None
