"""Orders about a point of the programme that takes place: room, time, delay, seats, soon."""

import datetime as dt

from bot.announcements.orders.asked import Asked, is_moment
from bot.announcements.orders.kinds import SOON
from bot.announcements.orders.lengths import Length, bare_minutes, length_in
from bot.announcements.orders.model import (
    Announced,
    Delay,
    Missing,
    MoveTo,
    NewTime,
    Option,
    Order,
    Seats,
    Soon,
    Together,
    Unclear,
)
from bot.announcements.orders.where import Spot, Way
from bot.announcements.orders.which import names_only
from bot.announcements.orders.words import find_sides
from bot.knowledge.dated import Saved, saved_under
from bot.knowledge.model import Knowledge, LocalText
from bot.language.times import TimeReading
from bot.language.tokens import tokenize

Read = Order | Unclear | None

_STEP = 5
_MINUTES = (5, 10, 15, 20, 30, 45, 60)
_MOVING = ("move", "takes_place", "delay")
_LATE, _EARLY = dt.timedelta(minutes=10), dt.timedelta(minutes=20)
"""By how much what "begins in 10 minutes" may be off from the programme."""


def seats(asked: Asked, *, is_full: bool) -> Read:
    """Read that there are no seats left, or some again."""
    room = next((spot for spot in asked.spots if spot.places), None)
    subject = asked.subject("full", "seats")
    if room and not subject:
        running = _running_in(room.places[0].id, asked)
        return Seats(running.key, is_full) if running else None
    record = asked.session("full", "seats")
    return record if isinstance(record, Unclear) else Seats(record, is_full)


def soon(asked: Asked) -> Read:
    """Read that something begins in some minutes."""
    length = asked.length
    before = frozenset({length.start - 1} if length else ()) & asked.said.places_of("ahead")
    before |= frozenset({0} if asked.said.words[0] in SOON else ())
    subject = asked.subject("soon", "takes_place", without=before)
    if not subject and Missing.SESSION not in asked.answers:
        return None
    if not asked.said.has("soon", "takes_place") and not names_only(subject, asked.snapshot):
        return None
    record = asked.session("soon", "takes_place", without=before)
    if isinstance(record, Unclear):
        return record
    minutes = length.minutes if length else None
    saved = asked.saved(record)
    if minutes is None or saved is None or saved.start is None:
        return Soon(record, minutes)
    return _as_planned(saved, minutes, asked)


def _as_planned(saved: Saved, minutes: int, asked: Asked) -> Soon | NewTime | Unclear:
    """Ask where the programme has another time for what "begins in 10 minutes"."""
    assert saved.start is not None  # noqa: S101 - looked at before
    assert saved.end is not None  # noqa: S101
    told = asked.now + dt.timedelta(minutes=minutes)
    if -_LATE < saved.start - told < _EARLY:
        return Soon(saved.key, minutes)
    odd = dt.timedelta(minutes=told.minute % _STEP, seconds=told.second)
    told = (told - odd + dt.timedelta(minutes=_STEP if odd else 0)).replace(microsecond=0)
    match asked.answers.get(Missing.SOON):
        case "tell":
            return Soon(saved.key, minutes)
        case "move":
            return NewTime(saved.key, told, told + (saved.end - saved.start))
        case _:
            at = f"{told:%H:%M}"
            options = (
                Option(
                    "move", LocalText(pl=f"Przenieś: {at}", en=f"Move: {at}", uk=f"Перенести: {at}")
                ),
                Option(
                    "tell",
                    LocalText(
                        pl="Zapowiedz mimo to", en="Announce it anyway", uk="Усе одно оголосити"
                    ),
                ),
            )
            return Unclear(Missing.SOON, options, saved.key)


def moved(asked: Asked, aim: str) -> Read:
    """Read another room, another time, or a delay; both a room and a time are both."""
    origin, target = _way_of(asked, aim)
    taken = (*_MOVING, "correction")
    place_now = origin.places[0].id if origin and origin.places else ""
    late = bare_minutes(asked.said.words, asked.said.end_of("delay")) if aim == "delay" else None
    minutes = frozenset(range(late.start, late.end)) if late and not asked.length else frozenset()
    record = asked.session(*taken, place=place_now, without=minutes)
    if isinstance(record, Unclear):
        # "Będzie w holu" of nothing in the programme is some other news.
        is_other = aim == "takes_place" and not _names_something(record, asked.subject(*taken))
        return None if is_other else record
    saved = asked.saved(record)
    if saved is None or saved.start is None or saved.end is None:
        return None
    orders: list[Announced] = []
    time = _new_time(saved, asked, aim)
    if isinstance(time, Unclear):
        return time
    if time is not None:
        orders.append(time)
    is_as_told = bool(asked.times) and all(_is_old(one, saved) for one in asked.times)
    has_room = target or Missing.ROOM in asked.answers
    if has_room or (time is None and aim == "move" and not is_as_told):
        place = asked.place(target, record)
        if isinstance(place, Unclear):
            return place
        if saved.place is None or place.id != saved.place.id:
            orders.append(MoveTo(record, place.id))
    if not orders:
        return Unclear(Missing.NOTHING_NEW, about=record) if aim != "takes_place" else None
    return orders[0] if len(orders) == 1 else Together(tuple(orders))


def _new_time(saved: Saved, asked: Asked, aim: str) -> NewTime | Delay | Unclear | None:
    assert saved.start is not None  # noqa: S101 - looked at before
    assert saved.end is not None  # noqa: S101
    if Missing.TIME in asked.answers or asked.no_times:
        found = asked.moment(about=saved.key)
        return found if isinstance(found, Unclear) else _timed(saved, found)
    length = _length(asked, aim)
    if length is not None:
        return _delayed(saved, length.minutes, asked)
    told = [time for time in asked.times if is_moment(time) and not _is_old(time, saved)]
    if told:
        if aim == "delay" and told[-1].start > saved.start:
            late = round((told[-1].start - saved.start) / dt.timedelta(minutes=1))
            return _delayed(saved, late + _delay_of(saved), asked, is_total=True)
        return _timed(saved, told[-1])
    if aim == "delay":
        options = tuple(Option(str(n), LocalText.model_validate(f"{n} min")) for n in _MINUTES)
        return Unclear(Missing.MINUTES, options, saved.key)
    is_about_time = any(
        word.startswith(("godzin", "czas", "termin", "time", "час")) for word in asked.said.words
    )
    return Unclear(Missing.TIME, about=saved.key) if is_about_time and aim == "move" else None


def _length(asked: Asked, aim: str) -> Length | None:
    """Find by how much: "o 20 min", and "opóźnione o 20" too."""
    if aim == "takes_place":
        return None
    if asked.length or aim != "delay":
        return asked.length
    if given := asked.answers.get(Missing.MINUTES):
        words = [token.text for token in tokenize(given)]
        return length_in(words) or bare_minutes(words, 0)
    after = [n for n in range(len(asked.said.words)) if n not in asked.taken]
    begins = asked.said.end_of("delay")
    found = bare_minutes(asked.said.words, begins)
    return found if found and found.start in after else None


def _delayed(
    saved: Saved, minutes: int, asked: Asked, *, is_total: bool = False
) -> Delay | Unclear:
    """Count against the first plan, unless "jeszcze" is said; ask whether the rest moves too."""
    if asked.said.has("more") and not is_total:
        minutes += _delay_of(saved)
    later = following(saved, asked.knowledge, asked.now)
    if not later or asked.said.has("alone"):
        return Delay(saved.key, minutes)
    keys = tuple(one.key for one in later)
    if asked.said.has("follows_too"):
        return Delay(saved.key, minutes, keys)
    match asked.answers.get(Missing.FOLLOWING):
        case None:
            return Unclear(Missing.FOLLOWING, _yes_or_no(), saved.key, records=keys)
        case "yes":
            return Delay(saved.key, minutes, keys)
        case "no":
            return Delay(saved.key, minutes)
        case words:
            sides = find_sides([token.text for token in tokenize(words)])
            if "no" in sides or "alone" in sides:
                return Delay(saved.key, minutes)
            if "yes" in sides or "follows_too" in sides:
                return Delay(saved.key, minutes, keys)
            return Unclear(Missing.FOLLOWING, _yes_or_no(), saved.key, words, keys)


def following(saved: Saved, knowledge: Knowledge, now: dt.datetime) -> tuple[Saved, ...]:
    """List what comes later in the same room on the same day, as the programme is now."""
    if saved.start is None or saved.place is None:
        return ()
    others = (saved_under(key, knowledge) for key in knowledge.sessions if key != saved.key)
    found = [
        one
        for one in others
        if one
        and one.is_on
        and one.start
        and one.place
        and one.place.id == saved.place.id
        and one.start > saved.start
        and one.start > now
        and one.start.date() == saved.start.date()
    ]
    return tuple(sorted(found, key=lambda one: (one.start, one.key)))


def _yes_or_no() -> tuple[Option, ...]:
    return (
        Option("yes", LocalText(pl="Tak, przesuń też", en="Yes, move it too", uk="Так, перенести")),
        Option("no", LocalText(pl="Nie, bez zmian", en="No, leave it", uk="Ні, без змін")),
    )


def _delay_of(saved: Saved) -> int:
    return getattr(saved.record, "delay_min", 0) if "@" not in saved.key else 0


def _timed(saved: Saved, time: TimeReading) -> NewTime | None:
    """Move it to a time; it lasts as long as before where no end was told."""
    assert saved.start is not None  # noqa: S101 - looked at before
    assert saved.end is not None  # noqa: S101
    start, end = time.start, time.end
    if start == saved.start and end > start:
        # "From 13:15 to 15:00" may be where it was and where it goes.
        start, end = (end, end) if end != saved.end else (start, end)
    if not time.has_day and start.date() != saved.start.date():
        start, end = (
            dt.datetime.combine(saved.start.date(), one.time(), one.tzinfo) for one in (start, end)
        )
    if end <= start:
        end = start + (saved.end - saved.start)
    return None if (start, end) == (saved.start, saved.end) else NewTime(saved.key, start, end)


def _is_old(time: TimeReading, saved: Saved) -> bool:
    """Say whether a time is only the one at which it was to be."""
    same = saved.start is not None and time.start.time() == saved.start.time()
    return same and time.end in (time.start, saved.end)


def _way_of(asked: Asked, aim: str) -> tuple[Spot | None, Spot | None]:
    """Find where from and where to: "z sali 2 do sali 12", "zamiast w sali 2 w sali 12"."""
    origin = next((spot for spot in asked.spots if spot.way is Way.FROM and spot.places), None)
    others = [spot for spot in asked.spots if spot is not origin]
    negated = asked.said.places_of("negation")
    if wrong := [spot for spot in others if spot.start - 1 in negated]:
        # "Nie w sali 2, tylko w sali 12": so it was said, and is not.
        origin, others = wrong[0], [spot for spot in others if spot not in wrong]
    if not others:
        return origin, None
    target = others[-1]
    if aim == "delay" and len(others) == 1:
        # "Gala na scenie opóźniona": where it is, and not where it goes.
        return target, None
    if len(others) > 1 and origin is None:
        words = asked.said.words
        is_old = bool({"zamiast", "замість", "instead"} & {*words[: target.start + 1][-2:]})
        return (target, others[0]) if is_old else (others[0], target)
    return origin, target


def _running_in(place: str, asked: Asked) -> Saved | None:
    """Find what is on in a room now, or comes next there today."""
    found = (saved_under(key, asked.knowledge) for key in asked.knowledge.sessions)
    there = [
        one
        for one in found
        if one
        and one.is_on
        and one.place
        and one.place.id == place
        and one.end
        and one.start
        and one.end > asked.now
        and one.start.date() == asked.now.date()
    ]
    return min(there, key=lambda one: (one.start, one.key), default=None)


def _names_something(unclear: Unclear, subject: str) -> bool:
    return unclear.missing is Missing.DATE or (bool(subject) and not unclear.said)
