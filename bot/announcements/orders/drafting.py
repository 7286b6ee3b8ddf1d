"""An order becomes a draft: its texts, whom it goes to, how loudly, and until when it holds."""

import datetime as dt
from collections.abc import Sequence

from bot.announcements.fairwide import is_fairwide
from bot.announcements.model import Audience, Content, Draft, Kind, Scope, Urgency
from bot.announcements.orders.changing import changes_of
from bot.announcements.orders.model import (
    AllClear,
    Announced,
    AskSurvey,
    AtStand,
    Correction,
    Evacuation,
    FirstAid,
    Found,
    Lost,
    Meal,
    MissingChild,
    ParkingFull,
    Quiet,
    Soon,
    Thanks,
    Wifi,
)
from bot.announcements.orders.saying import told_of
from bot.announcements.survey import survey_of
from bot.announcements.wording import Wording
from bot.knowledge.changes import (
    Added,
    Cancelled,
    Change,
    DateAdded,
    Gone,
    HoursChanged,
    PlaceChanged,
    Restored,
    TimeChanged,
    as_json,
)
from bot.knowledge.dated import saved_under
from bot.knowledge.model import Knowledge
from bot.knowledge.occurrences import session_end
from bot.messaging.languages import Language

_LOUD_BEFORE = dt.timedelta(days=1)
"""What begins later than this is changed without a sound."""
_HOUR = dt.timedelta(hours=1)


def draft_of(order: Announced, knowledge: Knowledge, now: dt.datetime) -> Draft:
    """Draft the announcement of an order.

    Args:
        order: as it was read.
        knowledge: the fair as it is, without the change.
        now: the present moment, aware.
    """
    changes = changes_of(order, knowledge)
    texts, titles = {}, {}
    for language in Language:
        told = told_of(order, knowledge, language, now)
        texts[language], titles[language] = told.text, told.title
    kind = _kind(order)
    urgency = _urgency(kind, changes, knowledge, now)
    link = order.link if isinstance(order, Thanks) else _survey_link(order, knowledge)
    # An exhibitor that no record can hold is told by the text alone.
    is_stranger = isinstance(order, AtStand) and order.exhibitor not in knowledge.exhibitors
    edited = tuple(Language) if is_stranger else ()
    content = Content(texts, titles, tuple(as_json(one) for one in changes), edited, link)
    expires = _expiry(order, changes, knowledge, now)
    return Draft(kind, urgency, content, _audience(order, kind, changes), expires_at=expires)


def draft_of_changes(changes: Sequence[Change], knowledge: Knowledge, now: dt.datetime) -> Draft:
    """Draft the announcement of changes that were found in an edit of the YAML.

    Args:
        changes: all that belong into one message.
        knowledge: the fair with the changes.
        now: the present moment, aware.
    """
    told = tuple(change for change in changes)
    today = now.astimezone(knowledge.event.zone).date()
    texts, titles = {}, {}
    for language in Language:
        wording = Wording(language, knowledge, today)
        texts[language] = "\n".join(wording.lines(told))
        titles[language] = wording.headline(told)
    content = Content(texts, titles, tuple(as_json(change) for change in told))
    urgency = _urgency(Kind.CHANGE, told, knowledge, now)
    expires = _last_end(told, knowledge) or _end_of_fair(knowledge)
    return Draft(Kind.CHANGE, urgency, content, _of_changes(told), expires_at=expires)


def _kind(order: Announced) -> Kind:  # noqa: C901 - one line for each kind
    match order:
        case Found() | Lost():
            return Kind.LOST
        case FirstAid():
            return Kind.FIRST_AID
        case MissingChild():
            return Kind.MISSING_CHILD
        case ParkingFull():
            return Kind.PARKING
        case Meal():
            return Kind.MEAL
        case Quiet():
            return Kind.QUIET
        case Wifi():
            return Kind.WIFI
        case Soon():
            return Kind.SOON
        case AskSurvey():
            return Kind.SURVEY
        case Thanks():
            return Kind.THANKS
        case Correction():
            return Kind.CORRECTION
        case Evacuation():
            return Kind.EVACUATION
        case AllClear():
            return Kind.ALL_CLEAR
        case _:
            return Kind.CHANGE


_ALARMS = frozenset({Kind.EVACUATION, Kind.ALL_CLEAR, Kind.FIRST_AID, Kind.MISSING_CHILD})
_LOUD = frozenset({Kind.CORRECTION})


def _urgency(
    kind: Kind, changes: Sequence[Change], knowledge: Knowledge, now: dt.datetime
) -> Urgency:
    """Say how loudly: an alarm always, a change of place or time if it is near, the rest softly."""
    if kind in _ALARMS:
        return Urgency.SAFETY
    if kind in _LOUD:
        return Urgency.IMPORTANT
    if any(isinstance(one, HoursChanged) for one in changes):
        return Urgency.IMPORTANT
    weighty = (Cancelled, Gone, PlaceChanged, Restored, TimeChanged)
    starts = [_start(one, knowledge) for one in changes if isinstance(one, weighty)]
    is_near = any(start and now - _HOUR <= start <= now + _LOUD_BEFORE for start in starts)
    return Urgency.IMPORTANT if is_near else Urgency.MINOR


def _audience(order: Announced, kind: Kind, changes: Sequence[Change]) -> Audience:
    if kind in (Kind.FIRST_AID, Kind.MISSING_CHILD):
        return Audience(Scope.STAFF)
    if isinstance(order, Soon):
        return Audience(Scope.EVERYONE, (order.record,))
    if isinstance(order, AtStand) and not changes:
        return Audience(Scope.EVERYONE)
    return _of_changes(changes) if changes else Audience(Scope.EVERYONE)


def _of_changes(changes: Sequence[Change]) -> Audience:
    """Tell those who saved it; what is new in the programme, nobody can have saved."""
    records = tuple(
        dict.fromkeys(
            one.record.partition("@")[0] if isinstance(one, DateAdded) else one.record
            for one in changes
        )
    )
    if all(is_fairwide(one) for one in changes):
        # Whoever saved one of them comes first, and everybody may have wanted to see the others.
        return Audience(Scope.EVERYONE, records)
    is_new = all(isinstance(one, Added) for one in changes)
    return Audience(Scope.EVERYONE if is_new else Scope.SAVED, () if is_new else records)


def _expiry(
    order: Announced, changes: Sequence[Change], knowledge: Knowledge, now: dt.datetime
) -> dt.datetime:
    """Say from when on nobody needs to hear it any more."""
    end = _last_end(changes, knowledge)
    if changes and end:
        return max(end, now + _HOUR / 4)
    match order:
        case Quiet(_, until):
            return until or now + _HOUR
        case Meal(start, last):
            return last or start + _HOUR
        case Soon(record):
            saved = saved_under(record, knowledge)
            return max(saved.start if saved and saved.start else now, now + _HOUR / 4)
        case FirstAid():
            return now + _HOUR / 2
        case MissingChild() | ParkingFull() | Evacuation() | AllClear():
            return now + 3 * _HOUR
        case AskSurvey() | Thanks():
            return now + dt.timedelta(days=7)
        case Found() | Lost() | Wifi() | AtStand():
            return max(_end_of_fair(knowledge), now + _HOUR)
        case _:
            return now + 3 * _HOUR


def _last_end(changes: Sequence[Change], knowledge: Knowledge) -> dt.datetime | None:
    return max((end for one in changes if (end := _end(one, knowledge))), default=None)


def _start(change: Change, knowledge: Knowledge) -> dt.datetime | None:
    """Say when it begins; of what was moved, the earlier of both."""
    zone = knowledge.event.zone
    match change:
        case TimeChanged(_, old, new):
            return min(old.start, new.start).replace(tzinfo=zone)
        case Gone(_, _, span):
            return span.start.replace(tzinfo=zone) if span else None
        case _:
            saved = saved_under(change.record, knowledge)
            return saved.start if saved else None


def _end(change: Change, knowledge: Knowledge) -> dt.datetime | None:
    zone = knowledge.event.zone
    match change:
        case TimeChanged(_, old, new):
            return max(old.end, new.end).replace(tzinfo=zone)
        case Gone(_, _, span):
            return span.end.replace(tzinfo=zone) if span else None
        case HoursChanged(_, old, new):
            return max(span.end for span in (old, new) if span).replace(tzinfo=zone)
        case Added(session):
            return session_end(session, zone)
        case _:
            saved = saved_under(change.record, knowledge)
            return saved.end if saved else None


def _end_of_fair(knowledge: Knowledge) -> dt.datetime:
    event = knowledge.event
    return dt.datetime.combine(event.end_date, dt.time(23, 59), event.zone)


def _survey_link(order: Announced, knowledge: Knowledge) -> str:
    survey = survey_of(knowledge) if isinstance(order, AskSurvey) else None
    return str(survey.url or "") if survey else ""
