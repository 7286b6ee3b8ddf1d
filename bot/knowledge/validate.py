"""Rules between records: ids, references, times, rooms, stands, translations."""

import datetime as dt
import itertools
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.knowledge import explain
from bot.knowledge.model import (
    Announcement,
    AnyRecord,
    Event,
    Exhibitor,
    Faq,
    LocalText,
    Mark,
    Offer,
    Organizer,
    Person,
    PlaceKind,
    Record,
    Route,
    Series,
    Session,
    Status,
    Term,
)
from bot.knowledge.model import Place as PlaceRecord
from bot.knowledge.problem import Place, Problem, Severity

if TYPE_CHECKING:
    from bot.knowledge.read import Written

Steps = tuple[int | str, ...]


def validate(
    written: "Sequence[Written]", folder: Path, broken: frozenset[str]
) -> Iterator[Problem]:
    """Compare the records with each other and report what does not fit.

    Args:
        written: the records that could be made.
        folder: what was read, for what is missing altogether.
        broken: ids of records that are there but could not be made.
    """
    yield from _event_is_one(written, folder, has_broken=bool(broken))
    yield from _ids_are_unique(written)
    yield from _references_exist(written, broken)
    yield from _sessions_are_possible(written)
    yield from _places_form_a_tree(written)
    yield from _stands_have_a_place(written)
    yield from _unknown_is_unknown(written)
    yield from _examples_fill_unknowns(written)
    yield from _times_are_possible(written)
    yield from _everything_is_translated(written)


def _error(place: Place, one: "Written", what: str, remedy: str) -> Problem:
    return Problem(place, f"{one.kind} {one.record.id}: {what}", remedy)


def _warning(place: Place, one: "Written", what: str, remedy: str) -> Problem:
    return Problem(place, f"{one.kind} {one.record.id}: {what}", remedy, Severity.WARNING)


def _event_is_one(
    written: "Sequence[Written]", folder: Path, *, has_broken: bool
) -> Iterator[Problem]:
    events = [one for one in written if isinstance(one.record, Event)]
    if not events and written and not has_broken:
        yield Problem(Place(folder, 0), "there is no `event`.", "Describe the fair as `event:`.")
    for one in events[1:]:
        first = events[0].place()
        yield _error(
            one.place(),
            one,
            f"the fair is described twice, first in {first.file.name}:{first.line}.",
            "One folder is one fair: keep one `event`.",
        )
    for one in events:
        event = one.record
        assert isinstance(event, Event)  # noqa: S101 - chosen above
        if event.end_date < event.start_date:
            yield _error(
                one.place("end_date"), one, "it ends before it starts.", "Swap the two dates."
            )
        if (event.end_date - event.start_date).days > 60:
            yield _error(one.place("end_date"), one, "it lasts over 60 days.", "Check the years.")
        try:
            ZoneInfo(event.timezone)
        except (ZoneInfoNotFoundError, ValueError):
            yield _error(
                one.place("timezone"),
                one,
                f"the time zone “{event.timezone}” does not exist.",
                "Write one such as Europe/Warsaw.",
            )


def _ids_are_unique(written: "Sequence[Written]") -> Iterator[Problem]:
    first: dict[str, Written] = {}
    for one in written:
        earlier = first.setdefault(one.record.id, one)
        if earlier is not one:
            place = earlier.place("id")
            yield _error(
                one.place("id"),
                one,
                f"the id is taken by {earlier.kind} in {place.file.name}:{place.line}.",
                "Give one of them another id; ids are unique over all kinds.",
            )


# Which fields hold ids, and of which kinds; no kind means any.
_REFERENCES: dict[type[Record], dict[str, tuple[type[Record], ...]]] = {
    Event: {"organizer": (Organizer, Exhibitor), "venue": (PlaceRecord,)},
    Organizer: {
        "info_desk_place": (PlaceRecord,),
        "emergency.assembly_place": (PlaceRecord,),
        "emergency.first_aid_place": (PlaceRecord,),
    },
    PlaceRecord: {"parent": (PlaceRecord,)},
    Exhibitor: {"people": (Person,), "presents": (), "certifications.mark": (Mark,)},
    Session: {"place": (PlaceRecord,), "speakers": (Person,), "replaces": (Session,)},
    Series: {"host": (), "place": (PlaceRecord,)},
    Offer: {"provider": ()},
    Person: {"org": ()},
    Faq: {"about": (), "links": (), "fills": (Faq,)},
    Term: {"see": ()},
    Announcement: {"session": (Session,), "place": (PlaceRecord,), "corrects": (Announcement,)},
    Route: {"answer": (), "handoff": (PlaceRecord,)},
}


def _ids_in(value: object, names: Sequence[str], steps: Steps) -> Iterator[tuple[Steps, str]]:
    """Find the ids below `value`, following the field names, with the steps to each."""
    if isinstance(value, tuple):
        for number, part in enumerate(value):
            yield from _ids_in(part, names, (*steps, number))
    elif names:
        yield from _ids_in(getattr(value, names[0]), names[1:], (*steps, names[0]))
    elif isinstance(value, str):
        yield steps, value


def _references_exist(written: "Sequence[Written]", broken: frozenset[str]) -> Iterator[Problem]:
    known = {one.record.id: one.record for one in written}
    for one in written:
        for field, kinds in _REFERENCES.get(type(one.record), {}).items():
            for steps, record_id in _ids_in(one.record, field.split("."), ()):
                if record_id not in broken:
                    yield from _reference_exists(one, steps, record_id, kinds, known)


def _reference_exists(
    one: "Written",
    steps: Steps,
    record_id: str,
    kinds: tuple[type[Record], ...],
    known: "dict[str, AnyRecord]",
) -> Iterator[Problem]:
    target = known.get(record_id)
    if target is None:
        fitting = [i for i, record in known.items() if not kinds or isinstance(record, kinds)]
        near = explain.nearest(record_id, fitting)
        remedy = f"Did you mean `{near}`?" if near else "Add that record, or mend the id."
        what = f"`{steps[0]}` names {record_id}, which does not exist."
        yield _error(one.place(*steps), one, what, remedy)
    elif kinds and not isinstance(target, kinds):
        wanted = " or ".join(kind.__name__.lower() for kind in kinds)
        what = f"`{steps[0]}` names {record_id}, which is no {wanted}."
        yield _error(one.place(*steps), one, what, f"Name the id of a {wanted}.")


def _sessions_are_possible(written: "Sequence[Written]") -> Iterator[Problem]:
    days = [day for one in written if isinstance(one.record, Event) for day in _days(one.record)]
    by_room: dict[str, list[tuple[dt.datetime, dt.datetime, Written]]] = defaultdict(list)
    for one in written:
        if not isinstance(one.record, Session):
            continue
        session = one.record
        start = dt.datetime.combine(session.date, session.start)
        end = dt.datetime.combine(session.end_date or session.date, session.end)
        if end <= start:
            yield _error(
                one.place("end"),
                one,
                f"it ends ({session.end:%H:%M}) before it starts ({session.start:%H:%M}).",
                "Swap `start` and `end`, or add `end_date` if it ends on a later day.",
            )
        elif session.status is not Status.CANCELLED:
            by_room[session.place].append((start, end, one))
        if days and session.date not in days:
            what = f"{session.date} is no day of the fair ({days[0]} to {days[-1]})."
            yield _error(one.place("date"), one, what, "Mend the date, or the dates of the event.")
    for room in by_room.values():
        yield from _overlaps(sorted(room, key=lambda entry: entry[:2]))


def _days(event: Event) -> tuple[dt.date, ...]:
    return event.days if 0 <= (event.end_date - event.start_date).days <= 60 else ()


def _overlaps(room: "list[tuple[dt.datetime, dt.datetime, Written]]") -> Iterator[Problem]:
    for (start, end, earlier), (begin, _, later) in itertools.pairwise(room):
        if begin < end:
            place = earlier.place("start")
            yield _error(
                later.place("start"),
                later,
                f"it starts at {begin:%H:%M} in {later.record.place}, where "  # type: ignore[union-attr]
                f"{earlier.record.id} runs {start:%H:%M}–{end:%H:%M} "
                f"({place.file.name}:{place.line}).",
                "Move one of them to another room or time.",
            )


def _places_form_a_tree(written: "Sequence[Written]") -> Iterator[Problem]:
    parents = {
        one.record.id: one.record.parent for one in written if isinstance(one.record, PlaceRecord)
    }
    for one in written:
        seen: set[str] = set()
        here = parents.get(one.record.id)
        while here is not None and here not in seen:
            seen.add(here)
            here = parents.get(here)
        if one.record.id in seen:
            yield _error(one.place("parent"), one, "it lies within itself.", "Mend `parent`.")


def _stands_have_a_place(written: "Sequence[Written]") -> Iterator[Problem]:
    at: dict[str, Written] = {}
    for one in written:
        if not isinstance(one.record, PlaceRecord):
            continue
        for number, stand in enumerate(one.record.stands):
            earlier = at.setdefault(stand, one)
            if earlier is not one:
                what = f"stand {stand} is also in {earlier.record.id}."
                yield _error(one.place("stands", number), one, what, "Keep it in one place.")
    for one in written:
        if isinstance(one.record, Exhibitor):
            for number, stand in enumerate(one.record.stands):
                if stand not in at:
                    yield _warning(
                        one.place("stands", number),
                        one,
                        f"stand {stand} is in no place.",
                        f"Add it to the `stands` of a place of kind {PlaceKind.STAND_AREA}.",
                    )


def _unknown_is_unknown(written: "Sequence[Written]") -> Iterator[Problem]:
    for one in written:
        for number, field in enumerate(one.record.unknown):
            if field in one.record.model_fields_set and getattr(one.record, field):
                what = f"`{field}` is said to be unknown, and given."
                yield _error(one.place("unknown", number), one, what, "Take it out of `unknown`.")


def _examples_fill_unknowns(written: "Sequence[Written]") -> Iterator[Problem]:
    not_known = {one.record.id for one in written if getattr(one.record, "not_known", False)}
    for one in written:
        if isinstance(one.record, Faq) and one.record.fills is not None:
            if not one.record.example:
                what = "only an example can fill what is not known."
                remedy = "Answer the question itself, and take `fills` out."
                yield _error(one.place("fills"), one, what, remedy)
            elif one.record.fills not in not_known:
                what = f"{one.record.fills} is not marked `not_known: true`."
                yield _error(one.place("fills"), one, what, "Name a question that is.")


def _times_are_possible(written: "Sequence[Written]") -> Iterator[Problem]:
    for one in written:
        match one.record:
            case Event(hours=hours):
                for number, hour in enumerate(hours):
                    if hour.close <= hour.open:
                        place = one.place("hours", number, "close")
                        yield _error(place, one, "it closes before it opens.", "Swap the two.")
            case Series(rule=rule) if rule and rule.end <= rule.start:
                place = one.place("rule", "end")
                yield _error(place, one, "it ends before it starts.", "Swap the two times.")
            case Series(rule=rule) if rule and rule.until < rule.from_:
                place = one.place("rule", "until")
                yield _error(place, one, "`until` is before `from`.", "Swap the two dates.")
            case Announcement(issued_at=issued, expires_at=expires) if issued and expires:
                if expires <= issued:
                    place = one.place("expires_at")
                    yield _error(place, one, "it expires before it is issued.", "Swap the two.")


def _everything_is_translated(written: "Sequence[Written]") -> Iterator[Problem]:
    for one in written:
        missing: dict[str, list[str]] = defaultdict(list)
        for field in type(one.record).model_fields:
            value = getattr(one.record, field)
            if isinstance(value, LocalText):
                for language, text in (("en", value.en), ("uk", value.uk)):
                    if text is None:
                        missing[language].append(field)
        if missing:
            said = "; ".join(f"{lang}: {', '.join(names)}" for lang, names in missing.items())
            yield _warning(
                one.place(), one, f"not translated ({said}).", "Polish will be shown instead."
            )
