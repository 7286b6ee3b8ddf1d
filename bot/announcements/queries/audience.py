"""Whom an announcement concerns, in SQL: counted for a preview, written as deliveries."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    case,
    exists,
    false,
    func,
    literal,
    or_,
    select,
    true,
    tuple_,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.announcements.model import Announcement, Audience, Scope, Urgency, subject_of
from bot.announcements.quiet import after_quiet
from bot.messaging.languages import Language
from bot.store.engine import Store
from bot.store.schema import deliveries, saved, signups, staff, visitors
from bot.visitors.memory import Wants

_RANKS = {Urgency.SAFETY: 0, Urgency.IMPORTANT: 20, Urgency.MINOR: 30, Urgency.REMINDER: 50}
_CONCERNED_FIRST = 10
"""Those who saved what it is about come this much before the others of the same urgency."""


@dataclass(frozen=True, slots=True)
class Reach:
    """How many an announcement would reach, as of now.

    Attributes:
        now: get it at once.
        later: get it when their quiet hours end.
        out_of_reach: blocked the bot or closed the chat.
        closed: get it when they write again: their platform lets us answer only.
    """

    now: int = 0
    later: int = 0
    out_of_reach: int = 0
    closed: int = 0

    @property
    def all(self) -> int:
        """How many are meant."""
        return self.now + self.later + self.out_of_reach + self.closed


async def reach(
    store: Store,
    audience: Audience,
    urgency: Urgency,
    now: dt.datetime,
    zone: ZoneInfo,
    *,
    windows: Mapping[str, dt.timedelta] = MappingProxyType({}),
) -> Reach:
    """Count whom an announcement would reach now.

    Args:
        store: where they are.
        audience: whom it concerns.
        urgency: an alarm knows no quiet hours.
        now: the moment that it would be sent.
        zone: of the fair.
        windows: of channels that let us answer only: how long after a chat's last message.
    """
    if audience.scope in (Scope.STAFF, Scope.MYSELF):
        async with store.reading() as connection:
            query = select(func.count()).select_from(staff).where(_can_be_told)
            return Reach(int((await connection.execute(query)).scalar_one()))
    concerned = _concerned(audience, urgency)
    closed = or_(
        false(),
        *(
            and_(visitors.c.channel == channel, visitors.c.last_inbound_at < now - window)
            for channel, window in windows.items()
        ),
    )
    groups = (
        select(
            visitors.c.quiet_from,
            visitors.c.quiet_until,
            visitors.c.unreachable_since.is_(None).label("can_be_reached"),
            case((closed, 1), else_=0).label("is_closed"),
            func.count().label("people"),
        )
        .where(concerned)
        .group_by(visitors.c.quiet_from, visitors.c.quiet_until, "can_be_reached", "is_closed")
    )
    counted = {"now": 0, "later": 0, "out_of_reach": 0, "closed": 0}
    async with store.reading() as connection:
        for row in await connection.execute(groups):
            if not row.can_be_reached:
                counted["out_of_reach"] += row.people
                continue
            if row.is_closed:
                counted["closed"] += row.people
                continue
            waits = urgency is not Urgency.SAFETY and (
                after_quiet(now, row.quiet_from, row.quiet_until, zone) > now
            )
            counted["later" if waits else "now"] += row.people
    return Reach(**counted)


async def expand(  # noqa: PLR0913 - what can be left out is named
    store: Store,
    connection: AsyncConnection,
    confirmed: Announcement,
    now: dt.datetime,
    zone: ZoneInfo,
    repetition: int = 0,
    *,
    most: int | None = None,
) -> bool:
    """Write a delivery for everybody whom an announcement concerns, in this transaction.

    Who has one already gets no second one.

    Args:
        store: the open database.
        connection: in a transaction.
        confirmed: the announcement.
        now: the moment.
        zone: of the fair.
        repetition: how often it was sent before; each has deliveries of its own.
        most: write no more than so many for each choice of quiet hours, those first whom
            it concerns most.

    Returns:
        Whether everybody has one; `False` where `most` may have left some out.
    """
    draft = confirmed.draft
    begins = max(now, draft.not_before or now)
    if draft.audience.scope in (Scope.STAFF, Scope.MYSELF):
        await connection.execute(_to_staff(store, confirmed, begins, repetition))
        return True
    concerned = and_(
        _concerned(draft.audience, draft.urgency), visitors.c.unreachable_since.is_(None)
    )
    hours = await connection.execute(
        select(visitors.c.quiet_from, visitors.c.quiet_until).where(concerned).distinct()
    )
    is_whole = True
    # One statement for each choice of quiet hours: the people are never loaded.
    for quiet_from, quiet_until in hours.all():
        may_begin = begins
        if draft.urgency is not Urgency.SAFETY:
            may_begin = after_quiet(begins, quiet_from, quiet_until, zone)
        same_hours = and_(
            _is(visitors.c.quiet_from, quiet_from), _is(visitors.c.quiet_until, quiet_until)
        )
        people = _rows(confirmed, may_begin, repetition, concerned=and_(concerned, same_hours))
        names = [column.name for column in people.selected_columns]
        if most is not None:
            people = people.order_by("rank").limit(most)
        row = store.insert(deliveries).from_select(names, people)
        row = row.on_conflict_do_nothing().execution_options(preserve_rowcount=True)
        written = await connection.execute(row)
        is_whole = is_whole and (most is None or written.rowcount < most)
    return is_whole


async def expand_to_those_told(
    store: Store,
    connection: AsyncConnection,
    confirmed: Announcement,
    now: dt.datetime,
) -> None:
    """Write a delivery of a correction for everybody who has, or may have, what it corrects."""
    draft = confirmed.draft
    older = deliveries.alias("older")
    begins = max(now, draft.not_before or now)
    people = (
        select(
            *_same_for_all(confirmed, 0),
            older.c.channel,
            older.c.chat,
            literal(_RANKS[draft.urgency] - _CONCERNED_FIRST * bool(_RANKS[draft.urgency])).label(
                "rank"
            ),
            literal(begins, deliveries.c.not_before.type).label("not_before"),
        )
        .where(
            older.c.announcement == draft.corrects,
            older.c.state.in_(("sent", "sending", "uncertain")),
        )
        .distinct()
    )
    await connection.execute(_into_deliveries(store, people))


def _same_for_all(confirmed: Announcement, repetition: int) -> list[Any]:
    expires = literal(confirmed.draft.expires_at, deliveries.c.expires_at.type)
    return [
        literal(confirmed.id).label("announcement"),
        literal(subject_of(confirmed.id, repetition)).label("subject"),
        expires.label("expires_at"),
        literal("pending").label("state"),
        literal(0).label("tries"),
    ]


def _into_deliveries(store: Store, people: Select[Any]) -> Any:
    names = [column.name for column in people.selected_columns]
    return store.insert(deliveries).from_select(names, people).on_conflict_do_nothing()


def _rows(
    confirmed: Announcement,
    not_before: dt.datetime,
    repetition: int,
    *,
    concerned: ColumnElement[bool],
) -> Select[Any]:
    draft = confirmed.draft
    rank = _RANKS[draft.urgency]
    order: ColumnElement[int] = literal(rank)
    if draft.audience.records:
        order = case((_saved_one_of(draft.audience.records), rank - _CONCERNED_FIRST), else_=rank)
        if draft.urgency is Urgency.SAFETY:
            order = literal(rank)
    return select(
        *_same_for_all(confirmed, repetition),
        visitors.c.channel,
        visitors.c.chat,
        order.label("rank"),
        literal(not_before, deliveries.c.not_before.type).label("not_before"),
    ).where(concerned, true())


def _to_staff(
    store: Store, confirmed: Announcement, not_before: dt.datetime, repetition: int
) -> Any:
    people = select(
        *_same_for_all(confirmed, repetition),
        staff.c.channel,
        staff.c.chat,
        literal(_RANKS[confirmed.draft.urgency]).label("rank"),
        literal(not_before, deliveries.c.not_before.type).label("not_before"),
    ).where(_can_be_told)
    return _into_deliveries(store, people)


ANSWERS_ONLY = ("web", "terminal")
"""Channels on which nobody can be written to unasked."""

_can_be_told = staff.c.channel.not_in(ANSWERS_ONLY)


def _concerned(audience: Audience, urgency: Urgency) -> ColumnElement[bool]:
    """Say in SQL who is to get it: whom it concerns, and who wants such news."""
    conditions = [_in_scope(audience), _wants(audience, urgency)]
    if audience.languages:
        spoken = func.coalesce(visitors.c.language, visitors.c.spoken, Language.PL.value)
        conditions.append(spoken.in_([one.value for one in audience.languages]))
    if audience.without:
        conditions.append(~_saved_one_of(audience.without))
    return and_(*conditions)


def _in_scope(audience: Audience) -> ColumnElement[bool]:
    match audience.scope:
        case Scope.EVERYONE:
            return true()
        case Scope.SAVED | Scope.DAY:
            return _saved_one_of(audience.records) if audience.records else false()
        case Scope.SIGNED_UP:
            return _signed_up_for(audience.records) if audience.records else false()
        case Scope.STAFF | Scope.MYSELF:
            return false()


def _wants(audience: Audience, urgency: Urgency) -> ColumnElement[bool]:
    if urgency is Urgency.SAFETY:
        # An alarm comes always; the screen of choices says so.
        return true()
    important = visitors.c.wants == Wants.IMPORTANT.value
    concerned = and_(
        visitors.c.wants == Wants.SAVED.value,
        _saved_one_of(audience.records) if audience.records else false(),
    )
    return or_(important, concerned)


def _saved_one_of(records: Sequence[str]) -> ColumnElement[bool]:
    dates = [saved.c.record.startswith(f"{record}@", autoescape=True) for record in records]
    return exists().where(
        tuple_(saved.c.channel, saved.c.chat) == tuple_(visitors.c.channel, visitors.c.chat),
        or_(saved.c.record.in_(records), *dates),
    )


def _signed_up_for(records: Sequence[str]) -> ColumnElement[bool]:
    dates = [signups.c.key.startswith(f"{record}@", autoescape=True) for record in records]
    return exists().where(
        tuple_(signups.c.channel, signups.c.chat) == tuple_(visitors.c.channel, visitors.c.chat),
        or_(signups.c.key.in_(records), *dates),
    )


def _is(column: ColumnElement[Any], value: Any) -> ColumnElement[bool]:
    return column.is_(None) if value is None else column == value
