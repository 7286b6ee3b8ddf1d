"""Questions for a part of the programme: "coś dla dzieci o 14", "anything about grants tomorrow",
"what's on for kids".
"""

from bot.dialogue.context import Context
from bot.dialogue.fair import Fair
from bot.dialogue.phrases import phrase_book
from bot.dialogue.reading import Reading
from bot.dialogue.timed import is_within, programme_at
from bot.dialogue.trainings import people_meant
from bot.dialogue.wishes import About, Choice, Programme, Wish
from bot.matching.results import Hit

_SESSIONS = frozenset({"sessions"})
_MOST = 3
_NEAR = 0.4
"""A session is shown from this share of the first one's score on."""
_ON = frozenset({"programme", "now", "next"})


def topical(reading: Reading, context: Context, fair: Fair) -> Wish | None:
    """Find the sessions about something or for somebody; `None` where there are none."""
    if not reading.uncovered or reading.stands:
        return None
    asked = _asked(reading)
    if asked is None:
        return None
    ranking = fair.snapshot.index.rank(" ".join(reading.content), kinds=_SESSIONS)
    near = [hit for hit in ranking.hits if hit.score >= ranking.hits[0].score * _NEAR]
    found = [hit.id for hit in near if _is_about_all(hit, reading)]
    there = tuple(one for one in found if is_within(fair.slots[one], asked))
    if len(there) == 1:
        return About(there[0])
    return Choice(there[:_MOST]) if there else None


def _asked(reading: Reading) -> Programme | None:
    """Say of which part of the programme something is asked; `None` where it is of none.

    "Co jest do jedzenia" asks for food: without a time the programme is meant only by who asks
    what is on for some people.
    """
    if reading.times and phrase_book("something").find(reading.words):
        asked = programme_at(reading.times[0], None)
        return asked if isinstance(asked, Programme) else None
    if not people_meant(reading.words) or not _ON & {*reading.requests}:
        return None
    asked = programme_at(reading.times[0], None) if reading.times else Programme()
    return asked if isinstance(asked, Programme) else Programme(reading.times[0].start.date())


def _is_about_all(hit: Hit, reading: Reading) -> bool:
    met = {match.word for match in hit.matches}
    return met.issuperset(reading.uncovered)
