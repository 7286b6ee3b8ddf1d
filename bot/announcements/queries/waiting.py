"""Deliveries that wait until their visitor writes, because the platform lets us answer only."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Update, and_, or_, select, update

from bot.announcements.model import State as AnnouncementState
from bot.delivery.due import Due
from bot.delivery.verdict import REASON_LIMIT, State
from bot.messaging.message import ChatId
from bot.store.engine import Store
from bot.store.schema import announcements, deliveries
from bot.visitors.queries.rows import is_of

HOLD = timedelta(seconds=30)
"""How long those that are being told are ours; then a sender calls them uncertain."""

OWNER = "answers"


async def take_waiting(store: Store, chat: ChatId, now: datetime) -> tuple[Due, ...]:
    """Take what waits for a chat, oldest first, so that nobody else tells it too.

    What is too late by now expires; what belongs to a paused announcement goes on waiting.
    """
    d, a = deliveries.c, announcements.c
    waits = and_(is_of(deliveries, chat), d.state == State.WAITING)
    async with store.reading() as connection:
        if (await connection.execute(select(d.id).where(waits).limit(1))).first() is None:
            return ()
    columns = (d.id, d.subject, d.announcement, d.channel, d.chat, d.tries, d.message_id)
    query = (
        select(*columns, d.not_before, d.expires_at, a.urgency, a.resend_unsure)
        .select_from(deliveries.outerjoin(announcements, a.id == d.announcement))
        .where(waits, or_(d.announcement.is_(None), a.state == AnnouncementState.RUNNING.value))
        .order_by(d.not_before, d.id)
        .with_for_update(of=deliveries)
    )
    async with store.writing() as connection:
        late = update(deliveries).where(waits, d.expires_at <= now)
        await connection.execute(late.values(state=State.EXPIRED, settled_at=now))
        rows = (await connection.execute(query)).all()
        ours = update(deliveries).where(d.id.in_([row.id for row in rows]))
        await connection.execute(
            ours.values(state=State.SENDING, owner=OWNER, epoch=0, lease_until=now + HOLD)
        )
    return tuple(
        Due(
            id=row.id,
            subject=row.subject,
            announcement=row.announcement,
            channel=row.channel,
            chat=row.chat,
            tries=row.tries,
            message_id=row.message_id,
            not_before=row.not_before,
            expires_at=row.expires_at,
            urgency=row.urgency or 0,
            resends=bool(row.resend_unsure),
        )
        for row in rows
    )


async def settle_taken(
    store: Store, told: Collection[int], dropped: Mapping[int, str], now: datetime
) -> None:
    """Write down what became of those that were taken: told with an answer, or dropped and why."""
    async with store.writing() as connection:
        await connection.execute(
            _ours(told).values(state=State.SENT, settled_at=now, lease_until=None, reason=None)
        )
        for number, reason in dropped.items():
            skipped = _ours((number,)).values(reason=reason[:REASON_LIMIT], lease_until=None)
            await connection.execute(skipped.values(state=State.SKIPPED, settled_at=now))


async def leave_waiting(store: Store, due: Sequence[Due]) -> None:
    """Let them wait on, where they could not be told after all."""
    async with store.writing() as connection:
        again = _ours([one.id for one in due])
        await connection.execute(
            again.values(state=State.WAITING, owner=None, epoch=None, lease_until=None)
        )


def _ours(ids: Collection[int]) -> Update:
    return update(deliveries).where(
        deliveries.c.id.in_(list(ids)),
        deliveries.c.owner == OWNER,
        deliveries.c.state == State.SENDING,
    )
