"""From a reading to a wish: the question word chooses the facet, matching the record.

The order matters. Precise requests first, then stands, then what follows up on what
was said before, then times with nothing else beside them, then whatever covers all
that was said; only then is the rest matched against the records.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType

from bot.dialogue.context import Context
from bot.dialogue.fair import Fair
from bot.dialogue.followups import followup, pointed_at
from bot.dialogue.matched import Understanding, matched, of_type
from bot.dialogue.reading import Reading
from bot.dialogue.shrugs import LISTED, shrugs_among
from bot.dialogue.taps import read_tap
from bot.dialogue.timed import timed, within
from bot.dialogue.topical import topical
from bot.dialogue.trainings import trainings
from bot.dialogue.wishes import (
    About,
    AllSeries,
    AtStand,
    Categories,
    CountOfExhibitors,
    Exhibitors,
    Facet,
    Having,
    Next,
    Now,
    Offers,
    Places,
    Programme,
    Puzzled,
    Routed,
    Say,
    Several,
    Speak,
    Topic,
    Wish,
)
from bot.knowledge.model import RouteIntent
from bot.language.fold import fold
from bot.language.times import bare_number, hours_alone
from bot.messaging.languages import Language

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
        "exhibitors": Exhibitors(),
        "categories": Categories(),
        "series": AllSeries(),
        "recurring": AllSeries(),
        "offers": Offers(),
        "now": Now(),
        "next": Next(),
        "places": Places(),
        "survey": Say(Topic.SURVEY),
        "photos": Routed(RouteIntent.PHOTOS),
        "feedback": Routed(RouteIntent.FEEDBACK),
        "programme": Programme(),
    }
)


def understand(reading: Reading, context: Context, fair: Fair) -> Understanding:
    """Find out what a question wishes for."""
    ways = (_sum, _other_than, _sure, _number, _talk, pointed_at, _stand, trainings)
    for find in (*ways, followup, timed, topical, _request):
        if wish := find(reading, context, fair):
            return Understanding(wish)
    return matched(reading, context, fair)


_SUM = re.compile(r"\d\s*[+*×÷=^]\s*\d|\d\s*(?:plus|razy|times|плюс)\s*\d", re.IGNORECASE)


def _sum(reading: Reading, context: Context, fair: Fair) -> Wish | None:
    """Take "ile to 2+2" for none of our business, whatever has a 2 in its name."""
    return Puzzled() if _SUM.search(reading.text) else None


def _other_than(reading: Reading, context: Context, fair: Fair) -> Wish | None:
    """Take "something other than pottery", or than what was just shown."""
    if "other_than" not in reading.sure:
        return None
    # As they were typed: they are said back.
    typed = [word.strip(".,;!?") for word in reading.text.split()]
    words = " ".join(word for word in typed if fold(word) in reading.uncovered)
    if not words and isinstance(context.wish, Exhibitors) and context.wish.category:
        category = fair.categories.get(context.wish.category)
        words = category.name.pl if category else ""
    return Categories(without=words)


def _sure(reading: Reading, context: Context, fair: Fair) -> Wish | None:
    return next(
        (
            wish
            for name, wish in _SURE.items()
            if name in reading.sure and not (isinstance(wish, Speak) and reading.types)
        ),
        None,
    )


def _talk(reading: Reading, context: Context, fair: Fair) -> Wish | None:
    if not reading.is_only_talk or reading.times:
        return None
    if "not_this" in reading.followups and len(context.choices) > 1:
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
    if span := hours_alone(reading.text):
        return Several(span)
    stand = reading.stands[0]
    there = fair.at_stand.get(stand.upper(), ())
    if len(there) == 1 and reading.facet not in (Facet.ALL, Facet.WHERE, Facet.WHAT):
        return About(there[0].id, reading.facet)
    return AtStand(stand)


def _request(reading: Reading, context: Context, fair: Fair) -> Wish | None:
    """Take a request that covers all that was said."""
    if reading.facet is Facet.PRODUCTS and not reading.content:
        return Categories()
    if reading.uncovered or not (reading.requests or reading.types):
        return None
    exact = fair.phrasings.get(" ".join(reading.words), ())
    if reading.types and "fair" not in reading.requests:
        return of_type(reading, fair, shrugs_among(exact, fair))
    if reading.times and "series" in reading.requests:
        about = within(About(""), reading.times)
        return AllSeries(start=about.start, end=about.end)
    if exact:
        # Somebody has answered exactly this.
        return None
    if reading.facet in LISTED and "exhibitors" in reading.requests:
        return Having(reading.facet)
    return _requested(reading, fair)


def _requested(reading: Reading, fair: Fair) -> Wish | None:
    if {"fair", "next"} <= set(reading.requests):
        # The next fair is another one: whether it is known, the records say.
        return None
    if "fair" in reading.requests and (reading.facets or len(reading.requests) == 1):
        return About(fair.knowledge.event.id, reading.facet)
    return next((wish for name, wish in _REQUESTS.items() if name in reading.requests), None)
