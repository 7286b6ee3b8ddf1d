"""Announcements in the store: drafted, confirmed with their deliveries, paused, stopped.

Confirming writes the deliveries in the transaction that confirms; of many thousands, those
of the first and a mark that the others are to follow at once. So a crash loses nobody.
"""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from zoneinfo import ZoneInfo

from sqlalchemy import (
    delete,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.announcements.model import (
    Announcement,
    Draft,
    Kind,
    Scope,
    State,
    Urgency,
)
from bot.announcements.queries.alarms import call_off, was_asked
from bot.announcements.queries.audience import expand, expand_to_those_told
from bot.announcements.queries.corrections import amend, end_early
from bot.announcements.queries.rows import announcement_of, drop_open, values_of
from bot.delivery.queries import WAKEUP
from bot.messaging.message import ChatId
from bot.store.engine import Store
from bot.store.schema import announcements, changes
from bot.store.wakeups import count_up

FIRST_PEOPLE = 3_000
"""Whose deliveries are written on PostgreSQL before the first message leaves; a sender at 1,000
a second is busy with them while the others are written. 100,000 at once took 1.5 s there and 0.3 s
on SQLite, where a second transaction would only keep the sender waiting."""

CHANGES = "changes"

BOT = "bot"
"""Who confirms what the bot tells the staff by itself; its parts follow behind a colon."""


async def keep_draft(store: Store, draft: Draft, by: str, now: dt.datetime) -> int:
    """Keep a new draft; give its number."""
    row = insert(announcements).values(
        **values_of(draft), created_at=now, created_by=by, state=State.DRAFT.value
    )
    async with store.writing() as connection:
        return int((await connection.execute(row.returning(announcements.c.id))).scalar_one())


async def change_draft(store: Store, number: int, draft: Draft) -> bool:
    """Keep a draft as it is now; say whether it still was one."""
    row = (
        update(announcements)
        .where(announcements.c.id == number, announcements.c.state == State.DRAFT.value)
        .values(**values_of(draft))
    )
    async with store.writing() as connection:
        return (await connection.execute(row)).rowcount == 1


async def announcement(store: Store, number: int) -> Announcement | None:
    """Read one."""
    query = select(announcements).where(announcements.c.id == number)
    async with store.reading() as connection:
        row = (await connection.execute(query)).first()
    return announcement_of(row) if row else None


async def several(store: Store, numbers: Collection[int]) -> Mapping[int, Announcement]:
    """Read some at once, by their numbers; those that are gone are left out."""
    if not numbers:
        return {}
    query = select(announcements).where(announcements.c.id.in_(set(numbers)))
    async with store.reading() as connection:
        return {row.id: announcement_of(row) for row in await connection.execute(query)}


async def newest(store: Store, last: int = 10) -> tuple[Announcement, ...]:
    """List the announcements that somebody confirmed, the newest first; none of the bot's own."""
    by_itself = or_(
        announcements.c.confirmed_by == BOT, announcements.c.confirmed_by.startswith(f"{BOT}:")
    )
    query = (
        select(announcements)
        .where(announcements.c.confirmed_at.is_not(None), ~by_itself)
        .order_by(announcements.c.id.desc())
        .limit(last)
    )
    async with store.reading() as connection:
        return tuple(announcement_of(row) for row in await connection.execute(query))


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
        found = [announcement_of(row) for row in await connection.execute(query)]
    corrected = {one.draft.corrects for one in found}
    public = (Scope.EVERYONE, Scope.SAVED, Scope.DAY)
    return tuple(
        one for one in found if one.id not in corrected and one.draft.audience.scope in public
    )


async def drafts(store: Store, last: int = 10, before: int = 0) -> tuple[Announcement, ...]:
    """List the drafts, the newest first.

    Args:
        store: where they are.
        last: how many at most.
        before: only what was drafted before this number; 0 for all.
    """
    query = (
        select(announcements)
        .where(announcements.c.state == State.DRAFT.value)
        .order_by(announcements.c.id.desc())
        .limit(last)
    )
    if before:
        query = query.where(announcements.c.id < before)
    async with store.reading() as connection:
        return tuple(announcement_of(row) for row in await connection.execute(query))


async def drop_draft(store: Store, number: int) -> bool:
    """Throw a draft away; say whether it still was one."""
    gone = delete(announcements).where(
        announcements.c.id == number, announcements.c.state == State.DRAFT.value
    )
    async with store.writing() as connection:
        return (await connection.execute(gone)).rowcount == 1


async def confirm(  # noqa: PLR0913 - what can be left out is named
    store: Store,
    number: int,
    by: str,
    now: dt.datetime,
    zone: ZoneInfo,
    *,
    seen: str | None = None,
    second: ChatId | None = None,
) -> Announcement | None:
    """Put a draft in force and give everybody concerned their delivery.

    A correction goes to everybody who has, or may have, what it corrects, and whoever was
    still to get that gets the correction alone. An all-clear ends every evacuation.

    Args:
        store: where it is.
        number: of the draft.
        by: who confirms it, by name.
        now: the moment.
        zone: of the fair.
        seen: the fingerprint of the draft that they looked at; `None` where nobody looks.
        second: where two people have to confirm, the second: somebody who was asked
            (`bot.announcements.queries.notes`).

    Returns:
        It as it is now; `None` if it was no draft any more, for somebody was faster, if it
        is not what was `seen` any more, or if a second person is needed and this is none
        who was asked.
    """
    first = FIRST_PEOPLE if store.is_postgres else None
    confirmed = await put_in_force(
        store, number, by, now, zone, first=first, seen=seen, second=second
    )
    if confirmed is not None:
        await expand_rest(store, number, now, zone)
    return confirmed


async def put_in_force(  # noqa: PLR0913 - what can be left out is named
    store: Store,
    number: int,
    by: str,
    now: dt.datetime,
    zone: ZoneInfo,
    *,
    first: int | None = None,
    seen: str | None = None,
    second: ChatId | None = None,
) -> Announcement | None:
    """Put a draft in force, and give people their delivery in the same transaction.

    Args:
        store: the open database.
        number: of the draft.
        by: who confirms it, by the name that the staff knows.
        now: the moment.
        zone: of the fair.
        first: how many people; `None` for all. The others are for `expand_rest`.
        seen: as for `confirm`.
        second: as for `confirm`.

    Returns:
        As `confirm`.
    """
    in_force = (
        update(announcements)
        .where(announcements.c.id == number, announcements.c.state == State.DRAFT.value)
        .values(state=State.RUNNING.value, confirmed_at=now, confirmed_by=by)
        .returning(announcements)
    )
    async with store.writing() as connection:
        row = (await connection.execute(in_force)).first()
        if row is None:
            return None
        confirmed = announcement_of(row)
        # The row is ours from here: what a colleague changed before is seen, and nothing after.
        if not await _may_go(connection, confirmed, seen, second, now):
            await connection.rollback()
            return None
        if confirmed.draft.kind is Kind.ALL_CLEAR:
            await call_off(connection)
        # A correction looks at whose message it corrects, so it needs all of them at once.
        most = None if confirmed.draft.corrects is not None else first
        is_whole = await expand(store, connection, confirmed, now, zone, most=most)
        if not is_whole:
            rest = update(announcements).where(announcements.c.id == number)
            await connection.execute(rest.values(is_expanded=False))
        if confirmed.draft.corrects is not None:
            await end_early(connection, confirmed.draft.corrects, "corrected before it went")
            await expand_to_those_told(store, connection, confirmed, now)
            await amend(connection, confirmed.draft.corrects, number)
        await _make_changes(store, connection, confirmed, by, now)
        await count_up(store, connection, WAKEUP)
    return confirmed


async def _may_go(
    connection: AsyncConnection,
    confirmed: Announcement,
    seen: str | None,
    second: ChatId | None,
    now: dt.datetime,
) -> bool:
    """Say whether it is what was seen, and whether a second person agrees where one is needed."""
    draft = confirmed.draft
    if seen is not None and draft.fingerprint != seen:
        return False
    return not draft.needs_two or await was_asked(connection, confirmed.id, second, now)


async def _make_changes(
    store: Store, connection: AsyncConnection, confirmed: Announcement, by: str, now: dt.datetime
) -> None:
    """Put what an announcement changes of the programme in force."""
    for change in confirmed.draft.content.changes:
        values = {"record": change["record"], "at": now, "by": by, "announcement": confirmed.id}
        await connection.execute(
            insert(changes).values(**values, change=dict(change), written_back=False)
        )
    if confirmed.draft.content.changes:
        await count_up(store, connection, CHANGES)


async def expand_rest(store: Store, number: int, now: dt.datetime, zone: ZoneInfo) -> bool:
    """Give everybody a delivery of an announcement who has none yet; say whether it was to do.

    The first have theirs since it was confirmed, and are being sent to meanwhile. If the
    process dies in between, another does it (`unexpanded`).
    """
    first = (
        update(announcements)
        .where(
            announcements.c.id == number,
            announcements.c.is_expanded.is_(False),
            announcements.c.state.in_((State.RUNNING.value, State.PAUSED.value)),
        )
        .values(is_expanded=True)
        .returning(announcements)
    )
    async with store.writing() as connection:
        row = (await connection.execute(first)).first()
        if row is None:
            return False
        await expand(store, connection, announcement_of(row), now, zone)
        await count_up(store, connection, WAKEUP)
    return True


async def unexpanded(store: Store) -> tuple[int, ...]:
    """List the announcements whose deliveries are not all written yet."""
    query = select(announcements.c.id).where(
        announcements.c.is_expanded.is_(False),
        announcements.c.state.in_((State.RUNNING.value, State.PAUSED.value)),
    )
    async with store.reading() as connection:
        return tuple((await connection.execute(query)).scalars())


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
        await expand(store, connection, announcement_of(row), now, zone, repetition)
        await count_up(store, connection, WAKEUP)
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
            await drop_open(connection, number, "stopped by an organizer")
        await count_up(store, connection, WAKEUP)
    return done
