"""Orders about whether a point of the programme takes place: cancelled, replaced, after all."""

from dataclasses import replace

from bot.announcements.orders.asked import Asked
from bot.announcements.orders.changing import new_id
from bot.announcements.orders.model import Cancel, NewPoint, Order, Restore, Together, Unclear
from bot.announcements.orders.people import type_said
from bot.announcements.orders.which import names_only, options_for, which
from bot.announcements.orders.words import Said, read_words

Read = Order | Unclear | None

_REASONS = tuple("chor zachor awari nieobecn ill sick illness хвор захвор аварі".split())
"""Beginnings of words that tell why something is off."""
_OFF = ("cancel", "wont_be")
_MOVING = ("move", "takes_place", "delay")


def cancelled(asked: Asked) -> Read:
    """Read that something does not take place, why, and what takes its place."""
    said = asked.said
    reason, others = said.places_of("reason"), _instead(said)
    place = next((spot.places[0].id for spot in asked.spots if spot.places), "")
    record = asked.session(*_OFF, place=place, without=_aside(said))
    if isinstance(record, Unclear):
        return record
    why = said.after(max(reason) + 1, said.places_of("instead")) if reason else _why(said)
    why = why.strip(" .!,")
    if not others:
        return Cancel(record, why)
    found = which(said.rest(frozenset(range(len(said.words))) - others), asked.snapshot, asked.now)
    if isinstance(found, str):
        return Cancel(record, why, found if found != record else "")
    return _replaced(record, why, said.typed(min(others), max(others) + 1), asked)


def not_on(asked: Asked) -> Read:
    """Read "nie będzie quizu"; `None` where more than the quiz is named: "… prądu na quizie"."""
    subject = asked.subject(*_OFF, without=_aside(asked.said))
    return cancelled(asked) if names_only(subject, asked.snapshot) else None


def restored(asked: Asked) -> Read:
    """Read that something takes place after all; `None` where it was never cancelled."""
    record = asked.session("restore", *_OFF, *_MOVING)
    if isinstance(record, Unclear):
        off = [one for one in map(asked.saved, asked.knowledge.sessions) if one and not one.is_on]
        options = options_for(off, asked.knowledge, asked.now)
        return replace(record, options=options) if record.said and options else record
    saved = asked.saved(record)
    return None if saved is None or saved.is_on else Restore(record)


def _why(said: Said) -> str:
    """Take "wykład odwołany, prowadząca chora" for the reason, though no "bo" says so."""
    last = max(said.places_of(*_OFF), default=len(said.words))
    start = _unsaid(said, last)
    if start < len(said.words) and last in _clause(said, start):
        return said.after(start, said.places_of("instead"))
    for clause in said.clauses:
        is_order = bool(clause & said.places_of(*_OFF, "instead"))
        if not is_order and any(said.words[n].startswith(_REASONS) for n in clause):
            return said.typed(min(clause), max(clause) + 1)
    return ""


def _unsaid(said: Said, last: int) -> int:
    """Find where a reason begins behind the order, with who is ill; the end where there is none."""
    for n in range(last + 1, len(said.words)):
        if said.words[n].startswith(_REASONS):
            return n - 1 if n - 1 > last and n - 1 in _clause(said, n) else n
    return len(said.words)


def _clause(said: Said, number: int) -> frozenset[int]:
    return next(clause for clause in said.clauses if number in clause)


def _aside(said: Said) -> frozenset[int]:
    """Give the words that tell why it is, and what is instead."""
    edge = min(said.places_of("reason"), default=len(said.words))
    last = max(said.places_of(*_OFF), default=len(said.words))
    why = frozenset(range(min(edge, _unsaid(said, last)), len(said.words)))
    return why | said.places_of("instead") | _instead(said)


def _instead(said: Said) -> frozenset[int]:
    """Give the words that name what is instead: behind "zamiast tego", before "instead"."""
    replaced = said.places_of("instead")
    if not replaced:
        return frozenset()
    last = max(replaced)
    end = min((n for n in said.places_of("reason") if n > last), default=len(said.words))
    if behind := frozenset(range(last + 1, end)):
        return behind
    clause = _clause(said, last)
    return frozenset() if clause & said.places_of(*_OFF) else clause - replaced


def _replaced(record: str, why: str, title: str, asked: Asked) -> Read:
    """Put something new at the time and place of what is cancelled."""
    saved, title = asked.saved(record), title.strip(" .!,:–-")
    if not title or saved is None or saved.place is None or not (saved.start and saved.end):
        return Cancel(record, why)
    title = f"{title[0].upper()}{title[1:]}"
    kind = type_said(read_words(title))
    new = NewPoint(title, kind, saved.start, saved.end, saved.place.id)
    return Together((new, Cancel(record, why, new_id(title, asked.knowledge))))
