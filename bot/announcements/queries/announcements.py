"""Announcements in the store: drafted, confirmed with their deliveries, paused, stopped.

Confirming writes everybody's delivery in the transaction that confirms: from then on a
crash loses nobody, and whoever joins the fair later is in no list.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import (
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.announcements.model import (
    Announcement,
    Audience,
    Content,
    Draft,
    Kind,
    Scope,
    State,
    Urgency,
)
from bot.announcements.queries.audience import expand
from bot.store.engine import Store
from bot.store.schema import announcements, changes, deliveries
from bot.store.wakeups import count_up

DELIVERIES = "deliveries"
CHANGES = "changes"


async def keep_draft(store: Store, draft: Draft, by: str, now: dt.datetime) -> int:
    """Keep a new draft; give its number."""
    row = insert(announcements).values(
        **_values(draft), created_at=now, created_by=by, state=State.DRAFT.value
    )
    async with store.writing() as connection:
        return int((await connection.execute(row.returning(announcements.c.id))).scalar_one())


async def change_draft(store: Store, number: int, draft: Draft) -> bool:
    """Keep a draft as it is now; say whether it still was one."""
    row = (
        update(announcements)
        .where(announcements.c.id == number, announcements.c.state == State.DRAFT.value)
        .values(**_values(draft))
    )
    async with store.writing() as connection:
        return (await connection.execute(row)).rowcount == 1


async def announcement(store: Store, number: int) -> Announcement | None:
    """Read one."""
    query = select(announcements).where(announcements.c.id == number)
    async with store.reading() as connection:
        row = (await connection.execute(query)).first()
    return _announcement(row) if row else None


async def newest(store: Store, last: int = 10) -> tuple[Announcement, ...]:
    """List the announcements that were confirmed, the newest first."""
    query = (
        select(announcements)
        .where(announcements.c.confirmed_at.is_not(None))
        .order_by(announcements.c.id.desc())
        .limit(last)
    )
    async with store.reading() as connection:
        return tuple(_announcement(row) for row in await connection.execute(query))


async def last_confirmed_by(store: Store, by: str) -> dt.datetime | None:
    """Say when somebody last put an announcement in force."""
    query = select(func.max(announcements.c.confirmed_at)).where(announcements.c.confirmed_by == by)
    async with store.reading() as connection:
        found: dt.datetime | None = (await connection.execute(query)).scalar()
    return found


async def holding(store: Store, now: dt.datetime) -> tuple[Announcement, ...]:
    """List what was announced to everyone and still holds, the oldest first."""
    query = (
        select(announcements)
        .where(
            announcements.c.confirmed_at.is_not(None),
            announcements.c.state.in_((State.RUNNING.value, State.DONE.value)),
            announcements.c.urgency >= Urgency.IMPORTANT.value,
            or_(announcements.c.expires_at.is_(None), announcements.c.expires_at > now),
            or_(announcements.c.not_before.is_(None), announcements.c.not_before <= now),
        )
        .order_by(announcements.c.id)
    )
    async with store.reading() as connection:
        found = [_announcement(row) for row in await connection.execute(query)]
    corrected = {one.draft.corrects for one in found}
    public = (Scope.EVERYONE, Scope.SAVED, Scope.DAY)
    return tuple(
        one for one in found if one.id not in corrected and one.draft.audience.scope in public
    )


async def confirm(
    store: Store, number: int, by: str, now: dt.datetime, zone: ZoneInfo
) -> Announcement | None:
    """Put a draft in force and give everybody concerned their delivery, all at once.

    Returns:
        It as it is now; `None` if it was no draft any more: somebody was faster.
    """
    first = (
        update(announcements)
        .where(announcements.c.id == number, announcements.c.state == State.DRAFT.value)
        .values(state=State.RUNNING.value, confirmed_at=now, confirmed_by=by)
        .returning(announcements)
    )
    async with store.writing() as connection:
        row = (await connection.execute(first)).first()
        if row is None:
            return None
        confirmed = _announcement(row)
        await expand(store, connection, confirmed, now, zone)
        if confirmed.draft.corrects is not None:
            await _amend(connection, confirmed.draft.corrects, number)
        for change in confirmed.draft.content.changes:
            values = {"record": change["record"], "at": now, "by": by, "announcement": number}
            await connection.execute(
                insert(changes).values(**values, change=dict(change), written_back=False)
            )
        if confirmed.draft.content.changes:
            await count_up(store, connection, CHANGES)
        await count_up(store, connection, DELIVERIES)
    return confirmed


async def repeat(
    store: Store, number: int, repetition: int, now: dt.datetime, zone: ZoneInfo
) -> bool:
    """Give everybody one more delivery of an announcement; say whether it still runs.

    Whoever does it twice, or on two machines, does it once: the repetition has a number.
    """
    query = select(announcements).where(announcements.c.id == number)
    async with store.writing() as connection:
        row = (await connection.execute(query)).first()
        if row is None or row.state not in (State.RUNNING.value, State.DONE.value):
            return False
        again = update(announcements).where(announcements.c.id == number)
        await connection.execute(again.values(state=State.RUNNING.value))
        await expand(store, connection, _announcement(row), now, zone, repetition)
        await count_up(store, connection, DELIVERIES)
    return True


async def set_state(store: Store, number: int, state: State, only_from: Sequence[State]) -> bool:
    """Pause, resume or stop; say whether it stood where that can be done."""
    row = (
        update(announcements)
        .where(
            announcements.c.id == number,
            announcements.c.state.in_([one.value for one in only_from]),
        )
        .values(state=state.value, halted_because=None)
    )
    async with store.writing() as connection:
        done = (await connection.execute(row)).rowcount == 1
        if done and state is State.STOPPED:
            dropped = update(deliveries).where(
                deliveries.c.announcement == number,
                deliveries.c.state.in_(("pending", "waiting")),
            )
            values = {"state": "skipped", "reason": "stopped by an organizer"}
            await connection.execute(dropped.values(**values))
        await count_up(store, connection, DELIVERIES)
    return done


async def _amend(connection: AsyncConnection, old: int, new: int) -> None:
    """Give the deliveries of a correction the ids of the messages that they correct.

    By them a platform that can edit its messages changes the old one.
    """
    older = deliveries.alias("older")
    message = (
        select(older.c.message_id)
        .where(
            older.c.announcement == old,
            older.c.state == "sent",
            older.c.channel == deliveries.c.channel,
            older.c.chat == deliveries.c.chat,
        )
        .order_by(older.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    row = update(deliveries).where(deliveries.c.announcement == new).values(message_id=message)
    await connection.execute(row)


def _values(draft: Draft) -> dict[str, Any]:
    return {
        "kind": draft.kind.value,
        "urgency": draft.urgency.value,
        "content": draft.content.as_json(),
        "audience": draft.audience.as_json(),
        "not_before": draft.not_before,
        "expires_at": draft.expires_at,
        "corrects": draft.corrects,
        "resend_unsure": draft.resends,
    }


def _announcement(row: Any) -> Announcement:
    draft = Draft(
        Kind(row.kind),
        Urgency(row.urgency),
        Content.from_json(row.content),
        Audience.from_json(row.audience),
        row.not_before,
        row.expires_at,
        row.corrects,
    )
    return Announcement(
        row.id,
        draft,
        State(row.state),
        row.created_at,
        row.created_by,
        row.confirmed_at,
        row.confirmed_by or "",
        row.halted_because or "",
    )
