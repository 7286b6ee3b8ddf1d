"""Messages to a few chats that are no announcement: rows of the outbox with subjects of their own.

`p:<announcement>` shows how a broadcast goes, and is changed while it does;
`v:<announcement>` asks somebody of the staff to confirm with another;
`w:<letter>` brings the staff what a visitor wrote, `k:<letter>` brings back the answer.
"""

import datetime as dt
from collections.abc import Collection, Iterable

from sqlalchemy import func, or_, select, update

from bot.announcements.model import State
from bot.announcements.queries.alarms import ASKED_TO_CONFIRM, was_asked
from bot.delivery.queries import WAKEUP
from bot.messaging.message import ChatId
from bot.store.engine import Store
from bot.store.schema import announcements, deliveries
from bot.store.wakeups import count_up
from bot.visitors.queries import is_of

PROGRESS = "p:"
LETTER = "w:"
ANSWER = "k:"

_RANKS = {ASKED_TO_CONFIRM: 0, PROGRESS: 5, LETTER: 10, ANSWER: 10}

REFRESH_EVERY = dt.timedelta(seconds=3)
FOLLOWED_FOR = dt.timedelta(days=1)
HALTED_EVERY = dt.timedelta(seconds=30)


async def post(
    store: Store,
    subject: str,
    chats: Iterable[ChatId],
    now: dt.datetime,
    expires_at: dt.datetime | None = None,
) -> None:
    """Write one message to each chat; who had one about this subject gets no other."""
    rows = [
        {
            "subject": subject,
            "channel": chat.channel,
            "chat": chat.chat,
            "rank": _RANKS[subject[:2]],
            "not_before": now,
            "expires_at": expires_at,
            "state": "pending",
            "tries": 0,
        }
        for chat in chats
    ]
    if not rows:
        return
    async with store.writing() as connection:
        await connection.execute(store.insert(deliveries).on_conflict_do_nothing(), rows)
        await count_up(store, connection, WAKEUP)


async def may_be_second(store: Store, number: int, chat: ChatId, now: dt.datetime) -> bool:
    """Say whether a chat was asked to confirm a draft as the second person."""
    async with store.reading() as connection:
        return await was_asked(connection, number, chat, now)


async def subject_of_message(store: Store, chat: ChatId, message_id: str) -> str:
    """Say what a message of ours was about; "" for one that was no delivery."""
    query = (
        select(deliveries.c.subject)
        .where(is_of(deliveries, chat), deliveries.c.message_id == message_id)
        .order_by(deliveries.c.id.desc())
        .limit(1)
    )
    async with store.reading() as connection:
        return str((await connection.execute(query)).scalar() or "")


async def refresh_progress(store: Store, channels: Collection[str], now: dt.datetime) -> int:
    """Have messages about broadcasts written anew that are under way, or ended just now.

    Args:
        store: where they are.
        channels: those that can change a message; elsewhere one would get a new one each time.
        now: the moment.

    Returns:
        How many there are.
    """
    if not channels:
        return 0
    a = announcements.c
    followed = select(a.id, a.state).where(
        a.confirmed_at.is_not(None),
        or_(a.state == State.RUNNING.value, a.confirmed_at > now - FOLLOWED_FOR),
    )
    async with store.reading() as connection:
        states = {f"{PROGRESS}{row.id}": row.state for row in await connection.execute(followed)}
        shown = select(deliveries).where(
            deliveries.c.subject.in_(list(states)),
            deliveries.c.channel.in_(list(channels)),
            deliveries.c.state == "sent",
            deliveries.c.message_id.is_not(None),
            deliveries.c.settled_at <= now - REFRESH_EVERY,
        )
        wanted = []
        for row in (await connection.execute(shown)).all():
            number = int(row.subject.removeprefix(PROGRESS))
            last = select(func.max(deliveries.c.settled_at)).where(
                deliveries.c.announcement == number
            )
            changed_at = (await connection.execute(last)).scalar()
            if changed_at is not None and changed_at >= row.settled_at:
                wanted.append(row.id)
            elif states[row.subject] == State.PAUSED.value:
                # The sender halts by itself, which settles nothing.
                wanted += [row.id] if row.settled_at <= now - HALTED_EVERY else []
    if not wanted:
        return 0
    again = update(deliveries).where(deliveries.c.id.in_(wanted))
    async with store.writing() as connection:
        await connection.execute(again.values(state="pending", tries=0, settled_at=None))
        await count_up(store, connection, WAKEUP)
    return len(wanted)
