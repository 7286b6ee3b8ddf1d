"""Whoever signs up or books can do it as it is written: a list, a link, a phone, an adviser."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from bot.knowledge.model import (
    Consultation,
    Registration,
    Series,
    Session,
    SignUpMode,
)
from bot.knowledge.problem import Problem
from bot.knowledge.written import Written

_ONLY_IN_CHAT = ("contact", "waiting_list", "hold_minutes")

Hours = tuple[dt.date, dt.time, dt.time, Written, int]


def sign_up_is_possible(written: Sequence[Written]) -> Iterator[Problem]:
    """Report sign-ups that lack what they need, or contradict themselves."""
    for one in written:
        match one.record:
            case Session(registration=registration):
                yield from _mode_has_what_it_needs(one, registration, None, None)
                if registration.closes_hours_before is not None:
                    what = "`closes_hours_before` is for series, whose dates are many."
                    remedy = "Write the moment as `deadline`."
                    yield one.error(what, remedy, "registration", "closes_hours_before")
            case Series(registration=registration, seats=seats, contact=contact, rule=rule):
                yield from _mode_has_what_it_needs(one, registration, seats, contact.phone)
                if registration.mode is SignUpMode.CHAT and rule is None:
                    remedy = "Add the `rule`, or another `mode` until the dates are known."
                    what = "one signs up in chat, and there is no date to sign up for."
                    yield one.error(what, remedy, "registration", "mode")
            case _:
                pass


def _mode_has_what_it_needs(
    one: Written, registration: Registration, seats: int | None, phone: str | None
) -> Iterator[Problem]:
    mode = registration.mode
    at = ("registration", "mode")
    if mode is SignUpMode.CHAT and not (registration.seats or seats):
        yield one.error("one signs up in chat for no seats.", "Write how many: `seats: 20`.", *at)
    if mode is SignUpMode.LINK and registration.url is None:
        yield one.error("one signs up by a link, and there is none.", "Add the `url`.", *at)
    if mode is SignUpMode.PHONE and not (registration.phone or phone):
        yield one.error("one signs up by phone, and there is no number.", "Add the `phone`.", *at)
    if mode is SignUpMode.NONE and registration.required:
        what = "one has to sign up, and cannot."
        yield one.error(what, "Write another `mode`, or `required: false`.", *at)
    opens, deadline = registration.opens, registration.deadline
    if opens and deadline and deadline <= opens:
        what = f"one can sign up until {deadline:%Y-%m-%d %H:%M}, before it opens."
        yield one.error(what, "Swap the two.", "registration", "opens")
    if mode is not SignUpMode.CHAT:
        for name in sorted(registration.model_fields_set & {*_ONLY_IN_CHAT}):
            what = f"`{name}` matters only where one signs up in chat."
            yield one.warning(what, "Write `mode: chat`, or take it out.", "registration", name)


def consultations_are_possible(written: Sequence[Written]) -> Iterator[Problem]:
    """Report hours that hold no slot, and an adviser who would be at two places at once."""
    advising: dict[str, list[Hours]] = defaultdict(list)
    for one in written:
        if not isinstance(one.record, Consultation):
            continue
        consultation = one.record
        if not consultation.days:
            yield one.error("it has no hours.", "Add a day with `start` and `end`.", "days")
        for number, day in enumerate(consultation.days):
            who = consultation.person or consultation.id
            advising[who].append((day.date, day.start, day.end, one, number))
            start = dt.datetime.combine(day.date, day.start)
            end = dt.datetime.combine(day.date, day.end)
            if end - start < dt.timedelta(minutes=consultation.minutes):
                what = f"no appointment of {consultation.minutes} minutes fits into these hours."
                yield one.error(what, "Mend the times, or the `minutes`.", "days", number)
    for hours in advising.values():
        yield from _nobody_is_twice(hours)


def _nobody_is_twice(hours: Sequence[Hours]) -> Iterator[Problem]:
    ordered = sorted(hours, key=lambda one: one[:3])
    for before, after in pairwise(ordered):
        if before[0] == after[0] and after[1] < before[2]:
            where = before[3].said_place("days", before[4])
            what = f"the adviser is elsewhere until {before[2]:%H:%M} ({where})."
            yield after[3].error(what, "Mend the times.", "days", after[4])
