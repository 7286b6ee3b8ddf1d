"""An order about the programme becomes changes of it, as all other parts know them."""

import datetime as dt
from typing import assert_never

from bot.announcements.orders.model import (
    AllClear,
    Announced,
    AskSurvey,
    AtStand,
    Cancel,
    Correction,
    Delay,
    Evacuation,
    FirstAid,
    Found,
    Lost,
    Meal,
    MissingChild,
    MoveTo,
    NewPoint,
    NewSpeaker,
    NewTime,
    ParkingFull,
    Quiet,
    Restore,
    Seats,
    Soon,
    Thanks,
    Together,
    Wifi,
)
from bot.knowledge.changes import (
    Added,
    Cancelled,
    Change,
    PlaceChanged,
    Renamed,
    Restored,
    SeatsChanged,
    Span,
    SpeakersChanged,
    StandsChanged,
    TimeChanged,
)
from bot.knowledge.dated import Saved, saved_under
from bot.knowledge.model import ID_LIMIT, Knowledge, LocalText, Session
from bot.language.fold import fold


def changes_of(order: Announced, knowledge: Knowledge) -> tuple[Change, ...]:
    """List what an order changes in the programme; nothing for what is only told.

    Args:
        order: as it was read.
        knowledge: the fair as it is before the change.
    """
    match order:
        case Together(orders):
            return tuple(change for one in orders for change in changes_of(one, knowledge))
        case Correction(order=right):
            return changes_of(right, knowledge) if right else ()
        case Delay(record, minutes, following):
            return _delays(record, minutes, following, knowledge)
        case NewSpeaker(record, speakers):
            return _speakers(record, speakers, knowledge)
        case AtStand():
            return _at_stand(order, knowledge)
        case MoveTo() | NewTime() | Cancel() | Restore() | NewPoint() | Seats():
            return _one(order, knowledge)
        case (
            Found()
            | Lost()
            | FirstAid()
            | MissingChild()
            | ParkingFull()
            | Meal()
            | Quiet()
            | Wifi()
            | Soon()
            | AskSurvey()
            | Thanks()
            | Evacuation()
            | AllClear()
        ):
            return ()
        case _:
            assert_never(order)


def _one(
    order: MoveTo | NewTime | Cancel | Restore | NewPoint | Seats, knowledge: Knowledge
) -> tuple[Change, ...]:
    match order:
        case MoveTo(record, place):
            saved = saved_under(record, knowledge)
            return (PlaceChanged(record, saved.place.id if saved and saved.place else "", place),)
        case NewTime(record, start, end):
            saved = saved_under(record, knowledge)
            new = Span(_local(start), _local(end))
            return (TimeChanged(record, _span(saved), new),) if saved else ()
        case Cancel(record, reason, replacement):
            why = LocalText(pl=reason) if reason else None
            saved = saved_under(record, knowledge)
            was = _span(saved) if saved and saved.start else None
            return (Cancelled(record, why, replacement or None, was),)
        case Restore(record):
            return (Restored(record),)
        case NewPoint():
            return (Added(_session(order, knowledge)),)
        case Seats(record, is_full):
            return (SeatsChanged(record, is_full),)
        case _:
            assert_never(order)


def _delays(
    record: str, minutes: int, following: tuple[str, ...], knowledge: Knowledge
) -> tuple[Change, ...]:
    """Delay one to `minutes` after its first plan, and what follows by as much as is new."""
    saved = saved_under(record, knowledge)
    if saved is None:
        return ()
    more = minutes - (saved.record.delay_min if isinstance(saved.record, Session) else 0)
    others = (saved_under(key, knowledge) for key in following)
    return tuple(_later(one, more) for one in (saved, *others) if one)


def _later(saved: Saved, minutes: int) -> TimeChanged:
    late = dt.timedelta(minutes=minutes)
    old = _span(saved)
    return TimeChanged(saved.key, old, Span(old.start + late, old.end + late), max(0, minutes))


def _speakers(record: str, speakers: tuple[str, ...], knowledge: Knowledge) -> tuple[Change, ...]:
    saved = saved_under(record, knowledge)
    if saved is None or not isinstance(saved.record, Session):
        return ()
    ids = tuple(one if one in knowledge.people else new_id(one, knowledge) for one in speakers)
    names = tuple((one, name) for one, name in zip(ids, speakers, strict=True) if one != name)
    return (SpeakersChanged(record, saved.record.speakers, ids, names),)


def _at_stand(order: AtStand, knowledge: Knowledge) -> tuple[Change, ...]:
    """Let whoever stood there leave, and let the other stand there instead."""
    exhibitor = knowledge.exhibitors.get(order.exhibitor)
    if exhibitor and order.renamed:
        new = LocalText(pl=order.renamed, en=order.renamed, uk=order.renamed)
        return (Renamed(exhibitor.id, exhibitor.name, new),)
    left = tuple(
        StandsChanged(one.id, one.stands, tuple(n for n in one.stands if n != order.stand))
        for one in knowledge.exhibitors.values()
        if order.stand in one.stands and one is not exhibitor
    )
    came: tuple[Change, ...] = ()
    if exhibitor and exhibitor.stands != (order.stand,):
        came = (StandsChanged(exhibitor.id, exhibitor.stands, (order.stand,)),)
    return (*left, *came)


def _session(order: NewPoint, knowledge: Knowledge) -> Session:
    stand = order.stand
    where = {"pl": f"Stoisko {stand}.", "en": f"Stand {stand}.", "uk": f"Стенд {stand}."}
    day, last = order.start.date(), order.end.date()
    return Session.model_validate(
        {
            "id": new_id(order.title, knowledge),
            "title": order.title,
            "type": order.type,
            "date": day,
            "start": order.start.time().replace(tzinfo=None),
            "end": order.end.time().replace(tzinfo=None),
            "end_date": last if last != day else None,
            "place": order.place,
            "description": where if stand else None,
        }
    )


def new_id(name: str, knowledge: Knowledge) -> str:
    """Make an id of a name that no record has yet."""
    letters = "".join(sign if sign.isascii() and sign.isalnum() else " " for sign in fold(name))
    base = "-".join(letters.split())[: ID_LIMIT - 4].strip("-") or "nowy"
    number, found = 1, base
    while knowledge.get(found) is not None:
        number += 1
        found = f"{base}-{number}"
    return found


def _span(saved: Saved) -> Span:
    assert saved.start is not None  # noqa: S101 - only what has a time is moved
    assert saved.end is not None  # noqa: S101
    return Span(_local(saved.start), _local(saved.end))


def _local(moment: dt.datetime) -> dt.datetime:
    return moment.replace(tzinfo=None)
