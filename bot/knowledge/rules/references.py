"""Every id that a record names exists and is of the right kind."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from bot.knowledge import explain
from bot.knowledge.model import (
    Announcement,
    AnyRecord,
    Area,
    Consultation,
    Event,
    Exhibitor,
    Faq,
    Mark,
    Offer,
    Organizer,
    Person,
    Place,
    Record,
    Route,
    Series,
    Session,
    Term,
)
from bot.knowledge.problem import Problem
from bot.knowledge.written import Written

Steps = tuple[int | str, ...]
Kinds = tuple[type[Record], ...]

# Which fields hold ids, and of which kinds; no kind means any.
_REFERENCES: Mapping[type[Record], Mapping[str, Kinds]] = MappingProxyType(
    {
        Event: {"organizer": (Organizer, Exhibitor), "venue": (Place,)},
        Organizer: {
            "info_desk_place": (Place,),
            "emergency.assembly_place": (Place,),
            "emergency.first_aid_place": (Place,),
        },
        Place: {"parent": (Place,)},
        Exhibitor: {"people": (Person,), "presents": (), "certifications.mark": (Mark,)},
        Session: {"place": (Place,), "speakers": (Person,), "replaces": (Session,)},
        Series: {"host": (), "place": (Place,)},
        Offer: {"provider": (), "area": (Area,), "series": (Series,), "place": (Place,)},
        Area: {"parent": (Area,)},
        Consultation: {"person": (Person,), "offer": (Offer,), "place": (Place,)},
        Person: {"org": ()},
        Faq: {"about": (), "links": (), "fills": (Faq,)},
        Term: {"see": ()},
        Announcement: {"session": (Session,), "place": (Place,), "corrects": (Announcement,)},
        Route: {"answer": (), "handoff": (Place,)},
    }
)


def references_exist(
    written: Sequence[Written], lost_ids: frozenset[str], *, is_whole: bool
) -> Iterator[Problem]:
    """Report ids that no record has, or one of another kind.

    Args:
        written: all records.
        lost_ids: those of records that could not be made; naming them is no second mistake.
        is_whole: whether all files could be read; otherwise any id may stand in those that not.
    """
    known = {one.record.id: one.record for one in written}
    for one in written:
        for field, kinds in _REFERENCES.get(type(one.record), {}).items():
            for steps, record_id in _ids_in(one.record, field.split("."), ()):
                if record_id in known:
                    yield from _is_of_kind(one, steps, known[record_id], kinds)
                elif is_whole and record_id not in lost_ids:
                    yield _does_not_exist(one, steps, record_id, kinds, known)


def ids_named_by(record: AnyRecord) -> Iterator[str]:
    """List the ids that a record refers to."""
    for field in _REFERENCES.get(type(record), {}):
        for _, record_id in _ids_in(record, field.split("."), ()):
            yield record_id


def _ids_in(value: object, names: Sequence[str], steps: Steps) -> Iterator[tuple[Steps, str]]:
    """Find the ids below `value`, following the field names, with the steps to each."""
    if isinstance(value, tuple):
        for number, part in enumerate(value):
            yield from _ids_in(part, names, (*steps, number))
    elif names:
        yield from _ids_in(getattr(value, names[0]), names[1:], (*steps, names[0]))
    elif isinstance(value, str):
        yield steps, value


def _does_not_exist(
    one: Written, steps: Steps, record_id: str, kinds: Kinds, known: Mapping[str, AnyRecord]
) -> Problem:
    fitting = [i for i, record in known.items() if not kinds or isinstance(record, kinds)]
    near = explain.nearest(record_id, fitting)
    remedy = f"Did you mean `{near}`?" if near else "Add that record, or mend the id."
    return one.error(f"`{steps[0]}` names {record_id}, which does not exist.", remedy, *steps)


def _is_of_kind(one: Written, steps: Steps, target: AnyRecord, kinds: Kinds) -> Iterator[Problem]:
    if kinds and not isinstance(target, kinds):
        wanted = " or ".join(kind.__name__.lower() for kind in kinds)
        what = f"`{steps[0]}` names {target.id}, which is no {wanted}."
        article = "an" if wanted[0] in "aeiou" else "a"
        yield one.error(what, f"Name the id of {article} {wanted}.", *steps)


def groups_exist(written: Sequence[Written]) -> Iterator[Problem]:
    """Report exhibitors of a group that the event does not list."""
    events = [one.record for one in written if isinstance(one.record, Event)]
    groups = {group.id for event in events for group in event.exhibitor_groups}
    for one in written:
        if events and isinstance(one.record, Exhibitor) and one.record.group not in {None, *groups}:
            near = explain.nearest(str(one.record.group), groups)
            remedy = f"Did you mean `{near}`?" if near else "Add it to `exhibitor_groups`."
            what = f"the group {one.record.group} is none of the event's `exhibitor_groups`."
            yield one.error(what, remedy, "group")


def places_form_a_tree(written: Sequence[Written]) -> Iterator[Problem]:
    """Report places and areas that lie within themselves."""
    parents = {
        one.record.id: one.record.parent for one in written if isinstance(one.record, Place | Area)
    }
    for one in written:
        seen: set[str] = set()
        here = parents.get(one.record.id)
        while here is not None and here not in seen:
            seen.add(here)
            here = parents.get(here)
        if one.record.id in seen:
            yield one.error("it lies within itself.", "Mend `parent`.", "parent")


def people_agreed(written: Sequence[Written]) -> Iterator[Problem]:
    """Warn of people who are named and cannot be shown."""
    silent = {
        one.record.id
        for one in written
        if isinstance(one.record, Person) and not one.record.consent
    }
    for one in written:
        match one.record:
            case Session(speakers=people):
                field = "speakers"
            case Exhibitor(people=people):
                field = "people"
            case Consultation(person=str() as person) if person in silent:
                yield one.warning(
                    f"{person} is not shown, because there is no `consent: true`.",
                    "Ask the person, then write it down with them.",
                    "person",
                )
                continue
            case _:
                continue
        for number, person in enumerate(people):
            if person in silent:
                yield one.warning(
                    f"{person} is not shown, because there is no `consent: true`.",
                    "Ask the person, then write it down with them.",
                    field,
                    number,
                )
