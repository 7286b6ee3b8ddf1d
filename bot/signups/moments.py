"""When to remind of a sign-up: as it opens, or the day before it closes."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from bot.knowledge.dated import saved_under
from bot.knowledge.model import Knowledge, Series, Session, SignUpMode, Status
from bot.signups.bookable import closing, keys_of, registration_of
from bot.signups.subjects import About, Subject

DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class SignUpMoment:
    """A moment to remind of a sign-up.

    Attributes:
        at: when, aware.
        until: from then on the reminder is worth nothing.
    """

    subject: Subject
    at: dt.datetime
    until: dt.datetime


def next_moment(
    record: Session | Series, knowledge: Knowledge, now: dt.datetime
) -> SignUpMoment | None:
    """Say when to remind of the sign-up to a record; `None` where no moment is to come."""
    return next((one for one in _moments(record, knowledge) if one.at > now), None)


def moment_of(subject: Subject, knowledge: Knowledge) -> SignUpMoment | None:
    """Say when a reminder is due by the knowledge as it is now; `None` if it is not any more."""
    record = knowledge.get(subject.key.partition("@")[0])
    if not isinstance(record, Session | Series):
        return None
    return next((one for one in _moments(record, knowledge) if one.subject == subject), None)


def _moments(record: Session | Series, knowledge: Knowledge) -> Iterator[SignUpMoment]:
    registration = registration_of(record)
    if registration.mode is SignUpMode.NONE:
        return
    if isinstance(record, Session) and record.status is Status.CANCELLED:
        return
    dates = [
        (key, closing(registration, saved.start, knowledge))
        for key in keys_of(record, knowledge)
        if (saved := saved_under(key, knowledge)) and saved.start
    ]
    if registration.opens and dates:
        opens = registration.opens.replace(tzinfo=knowledge.event.zone)
        last = max(closes for _, closes in dates)
        yield SignUpMoment(Subject(About.OPENS, record.id), opens, last)
    for key, closes in dates:
        yield SignUpMoment(Subject(About.CLOSES, key), closes - DAY, closes)
