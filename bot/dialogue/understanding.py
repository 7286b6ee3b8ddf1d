"""From a reading to a wish: the question word chooses the facet, matching the record.

The order matters. Precise requests first, then stands, then what follows up on what
was said before, then times with nothing else beside them, then whatever covers all
that was said; only then is the rest matched against the records.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import assert_never

from bot.dialogue.context import Context
from bot.dialogue.fair import Fair
from bot.dialogue.preferences import preferred
from bot.dialogue.reading import Reading
from bot.dialogue.taps import read_tap
from bot.dialogue.wishes import (
    About,
    AllSeries,
    AtStand,
    Categories,
    Choice,
    CountOfExhibitors,
    Exhibitors,
    Facet,
    Next,
    Now,
    Offers,
    Paged,
    Places,
    Programme,
    Puzzled,
    RoomProgramme,
    Routed,
    Say,
    Several,
    Speak,
    Topic,
    Wish,
)
from bot.knowledge.model import PlaceKind, RouteIntent, SessionType
from bot.language.times import TimeKind, TimeReading, bare_number
from bot.matching.decide import Ambiguous, Confident, Decision, Unknown
from bot.matching.results import Hit, Ranking
from bot.messaging.languages import Language

_NO_RANKING = Ranking((), ())


@dataclass(frozen=True, slots=True)
class Understanding:
    """What a question wishes for, and how that was found.

    Attributes:
        ranking: the records that fit; empty where none were looked for.
        decision: what the ranking came to; `None` where none was needed.
        is_correction: it corrects what was understood before.
    """

    wish: Wish
    ranking: Ranking = _NO_RANKING
    decision: Decision | None = None
    is_correction: bool = False


_SURE: Mapping[str, Wish] = MappingProxyType(
    {
        # In the order in which they win.
        "forget": Say(Topic.FORGET),
        "privacy": Say(Topic.PRIVACY),
        "speak_uk": Speak(Language.UK),
        "speak_ru": Speak(Language.UK),
        "speak_en": Speak(Language.EN),
        "speak_pl": Speak(Language.PL),
        "language": Say(Topic.LANGUAGE),
        "help": Say(Topic.HELP),
        "human": Routed(RouteIntent.HUMAN),
        "count_exhibitors": CountOfExhibitors(),
        "lost_and_found": Routed(RouteIntent.LOST_AND_FOUND),
        "feedback": Routed(RouteIntent.FEEDBACK),
        "photos": Routed(RouteIntent.PHOTOS),
        "who_made_you": Say(Topic.WHO_MADE_YOU),
        "is_bot": Say(Topic.IS_BOT),
        "weather": Say(Topic.WEATHER),
        "reminders": Say(Topic.REMINDERS),
        "abuse": Say(Topic.ABUSE),
        "menu": Say(Topic.MENU),
    }
)
_TALK: Mapping[str, Wish] = MappingProxyType(
    {
        "help": Say(Topic.HELP),
        "menu": Say(Topic.MENU),
        "language": Say(Topic.LANGUAGE),
        "speak_pl": Speak(Language.PL),
        "speak_en": Speak(Language.EN),
        "speak_uk": Speak(Language.UK),
        "well": Say(Topic.WELL),
        "thanks": Say(Topic.THANKS),
        "bye": Say(Topic.BYE),
        "greeting": Say(Topic.GREETING),
        "no": Say(Topic.NO),
        "yes": Say(Topic.YES),
    }
)
_REQUESTS: Mapping[str, Wish] = MappingProxyType(
    {
        "now": Now(),
        "next": Next(),
        "exhibitors": Exhibitors(),
        "categories": Categories(),
        "series": AllSeries(),
        "offers": Offers(),
        "places": Places(),
        "survey": Say(Topic.SURVEY),
        "photos": Routed(RouteIntent.PHOTOS),
        "feedback": Routed(RouteIntent.FEEDBACK),
        "programme": Programme(),
    }
)
_ORDINALS = {"first": 0, "second": 1, "third": 2, "last": -1}
_RETOLD_FACETS = frozenset({Facet.WHEN, Facet.ALL, Facet.WHAT})


def understand(reading: Reading, context: Context, fair: Fair) -> Understanding:
    """Find out what a question wishes for."""
    for find in (_sure, _number, _talk, _stand, _followup, _timed, _request):
        if wish := find(reading, context, fair):
            return Understanding(wish)
    return _matched(reading, context, fair)


def _sure(reading: Reading, context: Context, fair: Fair) -> Wish | None:
    return next((wish for name, wish in _SURE.items() if name in reading.sure), None)


def _talk(reading: Reading, context: Context, fair: Fair) -> Wish | None:
    if not reading.is_only_talk or reading.times:
        return None
    return next((wish for name, wish in _TALK.items() if name in reading.talk), None)


def _number(reading: Reading, context: Context, fair: Fair) -> Wish | None:
    """Take a bare number for a choice, a stand or an hour, whichever exists."""
    number = bare_number(reading.text)
    if number is None:
        return None
    if 1 <= number <= len(context.choices):
        return read_tap(context.choices[number - 1])
    is_stand = str(number) in fair.at_stand or str(number) in fair.stand_areas
    is_hour = 8 <= number <= 20
    if is_stand and is_hour and not isinstance(context.wish, AtStand | Exhibitors):
        return Several(str(number))
    return AtStand(str(number))


def _stand(reading: Reading, context: Context, fair: Fair) -> Wish | None:
    if not reading.stands:
        return None
    stand = reading.stands[0]
    there = fair.at_stand.get(stand.upper(), ())
    if len(there) == 1 and reading.facet not in (Facet.ALL, Facet.WHERE, Facet.WHAT):
        return About(there[0].id, reading.facet)
    return AtStand(stand)


def _followup(reading: Reading, context: Context, fair: Fair) -> Wish | None:
    """Understand what leans on what was said before."""
    if context.wish is None or reading.uncovered_without_followups:
        return None
    for name, at in _ORDINALS.items():
        if name in reading.followups and not reading.facets and -1 <= at < len(context.choices):
            return read_tap(context.choices[at]) if context.choices else None
    if "more" in reading.followups and not reading.times and not reading.facets:
        return _next_page(context.wish)
    if "not_this" in reading.followups:
        return _others(context)
    if reading.content or (reading.requests and not reading.begins_with_and):
        return None
    if reading.facets and context.subject:
        return _same_subject(reading, context)
    if reading.times:
        return _other_time(reading, context)
    return None


def _next_page(wish: Wish) -> Wish | None:
    return replace(wish, page=wish.page + 1) if isinstance(wish, Paged) else None


def _others(context: Context) -> Wish:
    ids = tuple(tap.id for data in context.choices if isinstance(tap := read_tap(data), About))
    others = tuple(i for i in ids if i != context.subject)
    return Choice(others[:3], context.facet) if others else Say(Topic.NONE_OF_THESE)


def _same_subject(reading: Reading, context: Context) -> Wish:
    about = About(context.subject, reading.facet)
    return _within(about, reading.times)


def _within(about: About, times: tuple[TimeReading, ...]) -> About:
    if not times:
        return about
    last = times[-1].end - dt.timedelta(seconds=1)
    return replace(about, start=times[0].start.date(), end=max(last, times[0].start).date())


def _other_time(reading: Reading, context: Context) -> Wish | None:
    """Ask the same of another day."""
    asked = _programme_at(reading.times[0], None)
    match context.wish, asked:
        case Programme(type=kind) as before, Programme(begin=None, finish=None, day=day):
            return replace(before, day=day, type=kind, page=0)
        case Programme(type=kind), Programme():
            return replace(asked, type=kind)
        case RoomProgramme() as before, Programme(day=day):
            return replace(before, day=day, page=0)
        case About(record_id) as before, _ if before.facet in _RETOLD_FACETS:
            return _within(About(record_id, before.facet), reading.times)
        case _:
            return asked


def _timed(reading: Reading, context: Context, fair: Fair) -> Wish | None:
    """Answer "co jest jutro rano?": a time, and nothing else but the programme."""
    if not reading.times or reading.uncovered:
        return None
    others = set(reading.requests) - {"programme", "now", "next", "fair"}
    if others and not reading.types:
        return None
    is_about_programme = {"programme", "now", "next"} & set(reading.requests)
    if reading.facets and not reading.content and not is_about_programme:
        return None
    return _programme_at(reading.times[0], reading.types[0] if reading.types else None)


def _programme_at(time: TimeReading, kind: SessionType | None) -> Wish:
    day = time.start.date()
    match time.kind:
        case TimeKind.NOW | TimeKind.SOON if kind is None:
            return Now() if time.kind is TimeKind.NOW else Next()
        case TimeKind.NEXT if kind is None:
            return Next()
        case TimeKind.MOMENT:
            at = time.start.time().replace(second=0, microsecond=0)
            return Programme(day, at, at, kind)
        case TimeKind.DAY_PART | TimeKind.RANGE:
            return Programme(day, time.start.time(), _end_of(time), kind)
        case TimeKind.AFTER:
            return Programme(day, time.start.time(), None, kind)
        case TimeKind.BEFORE:
            return Programme(day, None, _end_of(time), kind)
        case TimeKind.DAY:
            return Programme(day, type=kind)
        case _:
            return Programme(type=kind)


def _end_of(time: TimeReading) -> dt.time | None:
    return time.end.time() if time.end.date() == time.start.date() else None


def _request(reading: Reading, context: Context, fair: Fair) -> Wish | None:
    """Take a request that covers all that was said."""
    if reading.uncovered or not (reading.requests or reading.types):
        return None
    if reading.types:
        return _of_type(reading, fair)
    return _requested(reading, fair)


def _requested(reading: Reading, fair: Fair) -> Wish | None:
    if "fair" in reading.requests and (reading.facets or len(reading.requests) == 1):
        return About(fair.knowledge.event.id, reading.facet)
    return next((wish for name, wish in _REQUESTS.items() if name in reading.requests), None)


def _of_type(reading: Reading, fair: Fair) -> Wish | None:
    """Answer "o której gala?": the one session of its type, or the list of them."""
    kind = reading.types[0]
    sessions = [slot.session for slot in fair.slots.values() if slot.session.type is kind]
    if len(sessions) == 1:
        return About(sessions[0].id, reading.facet)
    return Programme(type=kind) if sessions else None


def _matched(reading: Reading, context: Context, fair: Fair) -> Understanding:
    """Match what is left against the records."""
    index = fair.snapshot.index
    ranking = index.rank(reading.query or reading.text)
    decision = index.decide(ranking)
    facet = reading.facet
    if facet is Facet.ALL and reading.begins_with_and and not reading.times:
        facet = context.facet
    return Understanding(_decided(decision, facet, reading, fair), ranking, decision)


def _decided(decision: Decision, facet: Facet, reading: Reading, fair: Fair) -> Wish:
    match decision:
        case Confident(hit):
            return _about(hit, facet, reading, fair)
        case Ambiguous(hits):
            return _one_of(hits, facet, reading, fair)
        case Unknown():
            return _fallback(reading, fair)
        case _:
            assert_never(decision)


def _one_of(hits: tuple[Hit, ...], facet: Facet, reading: Reading, fair: Fair) -> Wish:
    chosen = preferred(hits, facet, fair)
    if chosen is not None:
        return _about(chosen, facet, reading, fair)
    if fallback := _unless_puzzled(reading, fair):
        return fallback
    ids = tuple(hit.id for hit in hits if hit.id in fair.kinds)
    return Choice(ids, facet) if ids else Puzzled()


def _about(hit: Hit, facet: Facet, reading: Reading, fair: Fair) -> Wish:
    if hit.id not in fair.kinds:
        return _fallback(reading, fair)
    about = About(hit.id, facet)
    if hit.kind == "series":
        return _within(about, reading.times)
    place = fair.knowledge.places.get(hit.id)
    is_room = place is not None and place.kind in (PlaceKind.ROOM, PlaceKind.STAGE)
    if is_room and (reading.times or "programme" in reading.requests):
        day = reading.times[0].start.date() if reading.times else None
        return RoomProgramme(hit.id, day)
    return about


def _fallback(reading: Reading, fair: Fair) -> Wish:
    return _unless_puzzled(reading, fair) or Puzzled()


def _unless_puzzled(reading: Reading, fair: Fair) -> Wish | None:
    """Take a request that does not cover all: better than nothing, where one is precise."""
    if reading.types and (wish := _of_type(reading, fair)):
        return wish
    return None
