"""Questions for something at a time: "coś dla dzieci o 14", "anything about grants tomorrow"."""

from bot.dialogue.context import Context
from bot.dialogue.fair import Fair
from bot.dialogue.phrases import phrase_book
from bot.dialogue.reading import Reading
from bot.dialogue.timed import is_within, programme_at
from bot.dialogue.wishes import About, Choice, Programme, Wish
from bot.matching.results import Hit

_SESSIONS = frozenset({"sessions"})
_MOST = 3


def topical(reading: Reading, context: Context, fair: Fair) -> Wish | None:
    """Find the sessions about something that are at a time; `None` where there are none."""
    if not reading.times or not reading.uncovered or reading.stands:
        return None
    if not phrase_book("something").find(reading.words):
        return None
    asked = programme_at(reading.times[0], None)
    if not isinstance(asked, Programme):
        return None
    ranking = fair.snapshot.index.rank(" ".join(reading.content), kinds=_SESSIONS)
    found = [hit.id for hit in ranking.hits if _is_about_all(hit, reading)]
    there = tuple(one for one in found if is_within(fair.slots[one], asked))
    if len(there) == 1:
        return About(there[0])
    return Choice(there[:_MOST]) if there else None


def _is_about_all(hit: Hit, reading: Reading) -> bool:
    met = {match.word for match in hit.matches}
    return met.issuperset(reading.uncovered)
