"""Takes a typed question apart: times, stands, the facet asked, requests, and what is left.

What is left (`content`) is what the question is about: no question word, no time, no
filler. Whoever decides next (`understanding.py`) looks only at this reading.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.dialogue.phrases import Met, phrase_book, words_of
from bot.dialogue.wishes import Facet
from bot.knowledge.model import SessionType
from bot.language.times import Calendar, TimeKind, TimeReading, read_times
from bot.language.tokens import Token, tokenize
from bot.matching.codes import stand_codes

_LIGHT = frozenset({"to", "jest", "sie", "it", "is", "це", "это", "то", "ono"})
_POLITE = frozenset({"greeting", "thanks", "bye"})
LONGEST = 1000
"""Signs of a message that are read; nobody asks a longer question."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One question, taken apart.

    Attributes:
        text: what was typed, cut to `LONGEST`.
        facets: the sides asked about, in their order, each once.
        sure: names of requests that hold wherever they stand.
        requests: names of requests that hold where they cover all that was said.
        talk: names of small talk.
        followups: names of words that mean something said before.
        types: types of sessions that are named.
        content: the words that say what it is about.
        subject: the same words as they were typed.
        uncovered: of these, the words outside of all requests and types.
        query: the text without its times, for matching.
    """

    text: str
    words: tuple[str, ...]
    times: tuple[TimeReading, ...]
    stands: tuple[str, ...]
    facets: tuple[Facet, ...]
    sure: tuple[str, ...]
    requests: tuple[str, ...]
    talk: tuple[str, ...]
    followups: tuple[str, ...]
    types: tuple[SessionType, ...]
    content: tuple[str, ...]
    subject: str
    uncovered: tuple[str, ...]
    query: str

    @property
    def facet(self) -> Facet:
        """Say which side is asked about; all of it where several are, or none."""
        return self.facets[0] if len(self.facets) == 1 else Facet.ALL

    @property
    def is_only_talk(self) -> bool:
        """Say whether nothing but small talk was said."""
        return bool(self.talk) and not self.uncovered_by_talk

    @property
    def begins_with_and(self) -> bool:
        """Say whether it goes on from what was said before: "a jutro?"."""
        return any(met.start == 0 for met in phrase_book("leads").find(self.words[:3]))

    @property
    def uncovered_without_followups(self) -> tuple[str, ...]:
        """Say which words that say something are no follow-up."""
        followed = phrase_book("followups").find(self.words)
        words = {self.words[n] for met in followed for n in range(met.start, met.end)}
        return tuple(word for word in self.uncovered if word not in words)

    @property
    def uncovered_by_talk(self) -> tuple[str, ...]:
        """Say which words are no small talk."""
        return _outside(self.words, phrase_book("talk").find(self.words))


def read(text: str, now: dt.datetime, calendar: Calendar) -> Reading:
    """Take a question apart."""
    text = text[:LONGEST]
    tokens = tokenize(text)
    words = tuple(token.text for token in tokens)
    times = read_times(text, now, calendar)
    facets = [met for met in _longest(_facets(words)) if not _is_in_time(met, tokens, times)]
    sure = phrase_book("sure").find(words)
    # "Opening hours" are no opening: a longer question word takes its words.
    requests = _not_within(phrase_book("requests").find(words), facets)
    types = _not_within(phrase_book("types").find(words), facets)
    said = _without(tokens, times, facets)
    talk = phrase_book("talk").find(words)
    polite = [met for met in talk if met.name in _POLITE]
    covered = {n for met in (*requests, *types, *sure, *polite) for n in range(met.start, met.end)}
    return Reading(
        text=text,
        words=words,
        times=times,
        stands=() if _is_fair_day(tokens, times, calendar) else stand_codes(text),
        facets=tuple(dict.fromkeys(Facet(met.name) for met in facets)),
        sure=_names(sure),
        requests=_names(requests),
        talk=_names(talk),
        followups=_names(phrase_book("followups").find(words)),
        types=tuple(dict.fromkeys(SessionType(met.name) for met in types)),
        content=tuple(words[n] for n in said),
        subject=" ".join(tokens[n].raw for n in said),
        uncovered=tuple(words[n] for n in said if n not in covered),
        query=_without_times(text, times),
    )


def _facets(words: Sequence[str]) -> tuple[Met, ...]:
    """Find the question words; where there are none, look past "to" in "ile to kosztuje"."""
    book = phrase_book("facets")
    if found := book.find(words):
        return found
    kept = [n for n, word in enumerate(words) if word not in _LIGHT]
    found = book.find([words[n] for n in kept])
    return tuple(Met(met.name, kept[met.start], kept[met.end - 1] + 1) for met in found)


def _longest(found: Sequence[Met]) -> list[Met]:
    """Keep what no longer phrase covers: "ile kosztuje" is no question for a number."""
    return [
        met
        for met in found
        if not any(
            other.start <= met.start and met.end <= other.end and _size(other) > _size(met)
            for other in found
        )
    ]


def _is_fair_day(tokens: Sequence[Token], times: Sequence[TimeReading], calendar: Calendar) -> bool:
    """Say whether nothing but a day of the fair was said: "12/1" is no stand then."""
    return (
        len(tokens) == len(times) == 1
        and times[0].kind is TimeKind.DAY
        and times[0].start.date() in calendar.days
    )


def _is_in_time(met: Met, tokens: Sequence[Token], times: Sequence[TimeReading]) -> bool:
    """Say whether a question word is none: "godziny" in "za pół godziny"."""
    start, end = tokens[met.start].start, tokens[met.end - 1].end
    return any(time.span[0] <= start and end <= time.span[1] for time in times)


def _not_within(found: Iterable[Met], facets: Sequence[Met]) -> list[Met]:
    return [
        met
        for met in found
        if not any(
            facet.start <= met.start and met.end <= facet.end and _size(facet) > _size(met)
            for facet in facets
        )
    ]


def _size(met: Met) -> int:
    return met.end - met.start


def _names(found: Iterable[Met]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(met.name for met in found))


def _without(
    tokens: Sequence[Token], times: Sequence[TimeReading], facets: Sequence[Met]
) -> list[int]:
    """List the numbers of the words that say what it is about."""
    taken = {n for met in facets for n in range(met.start, met.end)}
    filler = words_of("filler")
    return [
        n
        for n, token in enumerate(tokens)
        if n not in taken
        and token.text not in filler
        and not any(t.span[0] <= token.start and token.end <= t.span[1] for t in times)
    ]


def _outside(words: Sequence[str], found: Iterable[Met]) -> tuple[str, ...]:
    covered = {n for met in found for n in range(met.start, met.end)}
    filler = words_of("filler")
    return tuple(word for n, word in enumerate(words) if n not in covered and word not in filler)


def _without_times(text: str, times: Sequence[TimeReading]) -> str:
    # "Następne targi" are others than "targi": such words stay.
    said = [time for time in times if time.kind not in (TimeKind.NOW, TimeKind.NEXT, TimeKind.SOON)]
    for time in sorted(said, key=lambda one: one.span, reverse=True):
        text = f"{text[: time.span[0]]} {text[time.span[1] :]}"
    return " ".join(text.split())
