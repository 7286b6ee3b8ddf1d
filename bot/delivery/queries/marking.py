"""What became of a delivery, and what follows from it.

A mark counts only from whoever claimed the row, under the same lease.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, or_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.delivery.due import Due
from bot.delivery.queries.moving import move
from bot.delivery.queries.rows import RUNNING, told_apart
from bot.delivery.verdict import OPEN, State, Verdict
from bot.messaging.message import ChatId
from bot.store.engine import Store
from bot.store.lease import Lease
from bot.store.schema import announcements, deliveries, pauses, visitors
from bot.visitors.queries.rows import is_of


@dataclass(frozen=True, slots=True)
class Mark:
    """A verdict on a delivery that was claimed under `lease`."""

    due: Due
    lease: Lease
    verdict: Verdict


async def mark(store: Store, marks: Sequence[Mark], now: datetime) -> tuple[int, ...]:
    """Write verdicts, and what follows from them, in one transaction.

    A verdict on a row that was swept as uncertain meanwhile still counts; one on a row
    that somebody else has claimed since does not.

    Returns:
        The announcements that are paused by this.
    """
    async with told_apart(), store.writing() as connection:
        await connection.execute(_MARK, [_values(mark, now) for mark in marks])
        for one in marks:
            await _follow(store, connection, one, now)
        return await _pause_announcements(connection, marks)


_MARK = (
    update(deliveries)
    .where(
        deliveries.c.id == bindparam("at"),
        deliveries.c.owner == bindparam("by"),
        deliveries.c.epoch == bindparam("under"),
        # Not `in_`, which many statements at once cannot have.
        or_(deliveries.c.state == State.SENDING, deliveries.c.state == State.UNCERTAIN),
    )
    .values(
        state=bindparam("new_state"),
        tries=bindparam("new_tries"),
        reason=bindparam("new_reason"),
        message_id=func.coalesce(
            bindparam("new_message_id", type_=deliveries.c.message_id.type), deliveries.c.message_id
        ),
        not_before=func.coalesce(
            bindparam("new_not_before", type_=deliveries.c.not_before.type), deliveries.c.not_before
        ),
        owner=bindparam("new_owner"),
        epoch=bindparam("new_epoch"),
        settled_at=bindparam("new_settled_at"),
        lease_until=None,
    )
)


def _values(mark: Mark, now: datetime) -> dict[str, Any]:
    verdict = mark.verdict
    is_again = verdict.state is State.PENDING
    return {
        "at": mark.due.id,
        "by": mark.lease.owner,
        "under": mark.lease.epoch,
        "new_state": verdict.state.value,
        "new_tries": verdict.tries,
        "new_reason": verdict.reason,
        "new_message_id": verdict.message_id,
        "new_not_before": verdict.not_before,
        "new_owner": None if is_again else mark.lease.owner,
        "new_epoch": None if is_again else mark.lease.epoch,
        "new_settled_at": None if verdict.state in OPEN else now,
    }


async def _follow(store: Store, connection: AsyncConnection, mark: Mark, now: datetime) -> None:
    verdict, chat = mark.verdict, ChatId(mark.due.channel, mark.due.chat)
    if verdict.is_gone:
        unreachable = update(visitors).values(unreachable_since=now)
        await connection.execute(
            unreachable.where(is_of(visitors, chat), visitors.c.unreachable_since.is_(None))
        )
    if verdict.moved_to:
        await move(connection, chat, verdict.moved_to)
    if verdict.pauses is not None:
        until = now + verdict.pauses
        await _pause(store, connection, chat.channel, until, verdict.reason or "")


async def _pause_announcements(
    connection: AsyncConnection, marks: Iterable[Mark]
) -> tuple[int, ...]:
    reasons = {m.due.announcement: m.verdict.halts for m in marks if m.verdict.halts}
    paused = []
    for announcement, reason in reasons.items():
        row = update(announcements).where(
            announcements.c.id == announcement, announcements.c.state == RUNNING
        )
        row = row.values(state="paused", halted_because=reason).returning(announcements.c.id)
        paused += (await connection.execute(row)).scalars().all()
    return tuple(paused)


async def _pause(
    store: Store, connection: AsyncConnection, channel: str, until: datetime, reason: str
) -> None:
    row = store.insert(pauses).values(channel=channel, until=until, reason=reason)
    row = row.on_conflict_do_update(
        index_elements=["channel"],
        set_={"until": until, "reason": reason},
        where=pauses.c.until < until,
    )
    await connection.execute(row)


async def echoed(store: Store, delivery: int, chat: ChatId, message_id: str, now: datetime) -> bool:
    """Note that a platform has shown a delivery to us as sent, whatever became of its answer.

    It counts before the verdict of the sender and after it, and keeps what is due again
    from being sent twice. What was settled otherwise is left alone.

    Args:
        store: where.
        delivery: its id, as the platform gave it back.
        chat: who got it; somebody else's is not this one.
        message_id: the platform's.
        now: when.

    Returns:
        Whether it was open until now.
    """
    shown = update(deliveries).where(
        deliveries.c.id == delivery,
        is_of(deliveries, chat),
        deliveries.c.state.in_([State.SENDING, State.UNCERTAIN, State.PENDING]),
    )
    sent = shown.values(
        state=State.SENT, message_id=message_id, reason=None, settled_at=now, lease_until=None
    )
    async with told_apart(), store.writing() as connection:
        done = await connection.execute(sent)
    return bool(done.rowcount)
