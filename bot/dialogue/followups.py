"""What leans on what was said before: "a jutro?", "a gdzie to?", "pokaż więcej", "ten drugi"."""

from dataclasses import replace

from bot.dialogue.context import Context
from bot.dialogue.fair import Fair
from bot.dialogue.phrases import phrase_book
from bot.dialogue.reading import LONGEST, Reading
from bot.dialogue.shrugs import LISTED
from bot.dialogue.taps import read_tap
from bot.dialogue.timed import programme_at, within
from bot.dialogue.wishes import (
    About,
    Choice,
    Facet,
    Paged,
    Programme,
    RoomProgramme,
    Say,
    Topic,
    Wish,
)
from bot.language.tokens import tokenize

_FEW = 4
"""Words of a message that may be nothing but "pokaż więcej wyników"."""
_STANDING = frozenset({"stoi", "stoja", "siedza", "siedzi", "стоїть", "стоять", "стоит", "стоят"})
"""Beside "where", it names nothing: "a gdzie stoją?"."""
_ORDINALS = {"first": 0, "second": 1, "third": 2, "last": -1}
_RETOLD_FACETS = frozenset({Facet.WHEN, Facet.ALL, Facet.WHAT})


def followup(reading: Reading, context: Context, fair: Fair) -> Wish | None:
    """Understand what leans on what was said before."""
    if {*reading.uncovered_without_followups} - _STANDING:
        return None
    if context.wish is None:
        return Say(Topic.MENU) if _only_leans(reading) else None
    if not reading.facets and (wish := _leaning(reading, context)):
        return wish
    if {*reading.content} - _STANDING or (reading.requests and not reading.begins_with_and):
        return None
    if reading.facets and context.subject:
        if _is_of_all(reading, context, fair):
            return None
        return within(About(context.subject, reading.facet), reading.times)
    if reading.facets and (listed := _about_ids(context)):
        return Choice(listed[:3], reading.facet)
    if reading.times:
        return _other_time(reading, context, fair)
    return None


def pointed_at(reading: Reading, context: Context, fair: Fair) -> Wish | None:
    """Understand "ten drugi" and "a kontakt do drugiego?"."""
    if "stand" in reading.requests or reading.uncovered_without_followups or reading.times:
        return None
    for name, at in _ORDINALS.items():
        if name in reading.followups and context.choices and at < len(context.choices):
            wish = read_tap(context.choices[at])
            if isinstance(wish, About) and reading.facet is not Facet.ALL:
                return About(wish.id, reading.facet)
            return wish
    return None


def _leaning(reading: Reading, context: Context) -> Wish | None:
    """Understand "więcej" and "nie to"."""
    if "more" in reading.followups and not reading.times:
        return _next_page(context.wish)
    if {"later", "earlier"} & {*reading.followups} and (wish := _beside(reading, context.wish)):
        return wish
    if "not_this" in reading.followups:
        return _others(context)
    # The other one of what? Nothing was listed.
    is_of_nothing = {*_ORDINALS} & {*reading.followups} and not context.choices
    lost = is_of_nothing and _only_leans(reading) and not reading.requests
    return Say(Topic.NONE_OF_THESE) if lost else None


def _beside(reading: Reading, wish: Wish | None) -> Wish | None:
    """Ask for what comes after, or before, the part of a day that was shown."""
    if not isinstance(wish, Programme) or not (wish.begin or wish.finish):
        return None
    if "later" in reading.followups:
        return replace(wish, begin=wish.finish or wish.begin, finish=None, page=0)
    return replace(wish, begin=None, finish=wish.begin or wish.finish, page=0)


def asks_for_more(text: str) -> bool:
    """Say whether a text says nothing but "pokaż więcej"."""
    words = [token.text for token in tokenize(text[:LONGEST])]
    met = [one for one in phrase_book("followups").find(words) if one.name == "more"]
    return len(words) <= _FEW and any((one.start, one.end) == (0, len(words)) for one in met)


def _only_leans(reading: Reading) -> bool:
    """Say whether it means something only after something else: "więcej", "ten drugi"."""
    return bool(reading.followups and reading.content and not reading.facets and not reading.times)


def _next_page(wish: Wish | None) -> Wish | None:
    return replace(wish, page=wish.page + 1) if isinstance(wish, Paged) else None


def _others(context: Context) -> Wish:
    others = tuple(i for i in _about_ids(context) if i != context.subject)
    return Choice(others[:3], context.facet) if others else Say(Topic.NONE_OF_THESE)


def _about_ids(context: Context) -> tuple[str, ...]:
    """List the records that were shown or could have been meant."""
    return tuple(tap.id for data in context.choices if isinstance(tap := read_tap(data), About))


def _other_time(reading: Reading, context: Context, fair: Fair) -> Wish | None:
    """Ask the same of another day."""
    asked = programme_at(reading.times[0], None)
    match context.wish, asked:
        case Programme(type=kind) as before, Programme(begin=None, finish=None, day=day):
            return replace(before, day=day, type=kind, page=0)
        case Programme(type=kind), Programme():
            return replace(asked, type=kind)
        case RoomProgramme() as before, Programme(day=day):
            return replace(before, day=day, page=0)
        case About(record_id), _ if fair.kinds.get(record_id) == "series":
            return within(About(record_id, Facet.WHEN), reading.times)
        # An hour is no other day: "o 14 coś jest?" asks for the programme, whatever was before.
        case About(record_id) as before, Programme(begin=None, finish=None) if (
            before.facet in _RETOLD_FACETS and _is_lasting(record_id, fair)
        ):
            return within(About(record_id, before.facet), reading.times)
        case _:
            return asked


def _is_of_all(reading: Reading, context: Context, fair: Fair) -> bool:
    """Say whether it is asked of all exhibitors: "szukam pracy" after a question of the entry."""
    if reading.facet is Facet.ACCESS and fair.kinds.get(context.subject) == "faq":
        return True  # An answer about toilets knows no lift; another may.
    is_aside = reading.facet in LISTED and not reading.begins_with_and
    kind = fair.kinds.get(context.subject)
    return is_aside and (kind == "offers" or _is_lasting(context.subject, fair))


def _is_lasting(record_id: str, fair: Fair) -> bool:
    """Say whether it is the same on another day; a session has its own day."""
    return fair.kinds.get(record_id) in ("faq", "event", "places")
