"""What has to be done about lists at its time, whoever notices first: all of it can be repeated.

Offers lapse, places that were added are offered, the day before is told, reminders of a
sign-up follow a change of its dates, and what is over, or was never finished, is deleted.
"""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import delete, func, or_, select, update

from bot.delivery.queries import WAKEUP
from bot.knowledge.model import Knowledge
from bot.signups.bookable import Bookable
from bot.signups.lists import KEPT_AFTER
from bot.signups.moments import moment_of
from bot.signups.queries.filling import fill
from bot.signups.queries.lists import SqlSignups
from bot.signups.queries.rows import CHANGED, REMINDER_RANK, lock_list, read_signup, tell
from bot.signups.seating import State
from bot.signups.subjects import PREFIX, About, Subject, mark_of, read_subject
from bot.store.schema import deliveries, signup_lists, signups
from bot.store.wakeups import count_up
from bot.visitors.queries.flows import forget_unfinished

DAY = dt.timedelta(days=1)
LATEST_DAY_BEFORE = dt.timedelta(hours=12)
"""A bot that was away tells "tomorrow" this much later, and then no more."""


@dataclass(frozen=True, slots=True)
class _List:
    key: str
    lapses: dt.datetime | None
    ends: dt.datetime
    waiting: int


async def tend(lists: SqlSignups) -> int:
    """Do what is due now; say how many lists were deleted."""
    now = lists.clock()
    deleted = 0
    for one in await _lists(lists):
        what = lists.bookable(one.key)
        if max(one.ends, what.end if what else one.ends) + KEPT_AFTER <= now:
            await _delete(lists, one.key)
            deleted += 1
            continue
        if (one.lapses and one.lapses <= now) or one.waiting:
            await _lapse_and_fill(lists, one.key, what, now)
        if what is not None:
            await _tell_the_day_before(lists, what, now)
    await forget_unfinished(lists.store, now)
    return deleted


async def _lists(lists: SqlSignups) -> list[_List]:
    query = select(
        signups.c.key,
        func.min(signups.c.offered_until).label("lapses"),
        func.max(signups.c.ends_at).label("ends"),
        func.count().filter(signups.c.state == State.WAITING.value).label("waiting"),
    ).group_by(signups.c.key)
    async with lists.store.reading() as connection:
        return [_List(*row) for row in await connection.execute(query)]


async def _lapse_and_fill(
    lists: SqlSignups, key: str, what: Bookable | None, now: dt.datetime
) -> None:
    store = lists.store
    async with store.writing() as connection:
        before = await lock_list(store, connection, key)
        over = select(signups).where(
            signups.c.key == key,
            signups.c.state == State.OFFERED.value,
            signups.c.offered_until <= now,
        )
        people = [read_signup(row) for row in await connection.execute(over)]
        if people:
            numbers = [one.number for one in people]
            await connection.execute(delete(signups).where(signups.c.id.in_(numbers)))
            await tell(
                store,
                connection,
                ((one.chat, Subject(About.LAPSED, key, str(one.number))) for one in people),
                not_before=now,
                expires_at=now + DAY,
                rank=REMINDER_RANK,
            )
        await fill(store, connection, what, now)
        if before != await lock_list(store, connection, key):
            await count_up(store, connection, CHANGED)
    await lists.load()


async def _tell_the_day_before(lists: SqlSignups, what: Bookable, now: dt.datetime) -> None:
    at = what.start - DAY
    if not (what.saved.is_on and at <= now < at + LATEST_DAY_BEFORE):
        return
    store = lists.store
    subject = Subject(About.DAY_BEFORE, what.key, mark_of(what.start))
    told = select(deliveries.c.id).where(
        deliveries.c.subject == str(subject),
        deliveries.c.channel == signups.c.channel,
        deliveries.c.chat == signups.c.chat,
    )
    query = select(signups).where(
        signups.c.key == what.key,
        signups.c.state == State.SEATED.value,
        signups.c.channel.in_(lists.reachable),
        # Whoever signed up within the last day knows.
        signups.c.consent_at < at,
        ~told.exists(),
    )
    async with store.writing() as connection:
        people = [read_signup(row).chat for row in await connection.execute(query)]
        await tell(
            store,
            connection,
            ((chat, subject) for chat in people),
            not_before=now,
            expires_at=what.start,
            rank=REMINDER_RANK,
        )


async def follow_sign_ups(lists: SqlSignups, knowledge: Knowledge) -> None:
    """Move reminders of a sign-up to where its moment is now.

    It looks through all that is pending: worth it when the knowledge is another one, not every
    few seconds.
    """
    wanted = [f"{PREFIX}{about.value}:" for about in (About.OPENS, About.CLOSES)]
    query = select(deliveries.c.id, deliveries.c.subject, deliveries.c.not_before).where(
        deliveries.c.state == "pending",
        or_(*(deliveries.c.subject.startswith(one, autoescape=True) for one in wanted)),
    )
    async with lists.store.reading() as connection:
        waiting = (await connection.execute(query)).all()
    for row in waiting:
        subject = read_subject(row.subject)
        moment = moment_of(subject, knowledge) if subject else None
        if moment is None or moment.at == row.not_before:
            continue
        moved = update(deliveries).where(deliveries.c.id == row.id, deliveries.c.state == "pending")
        async with lists.store.writing() as connection:
            await connection.execute(moved.values(not_before=moment.at, expires_at=moment.until))
            await count_up(lists.store, connection, WAKEUP)


async def _delete(lists: SqlSignups, key: str) -> None:
    async with lists.store.writing() as connection:
        await lock_list(lists.store, connection, key)
        await connection.execute(delete(signups).where(signups.c.key == key))
        await connection.execute(delete(signup_lists).where(signup_lists.c.key == key))
        await count_up(lists.store, connection, CHANGED)
    await lists.load()
