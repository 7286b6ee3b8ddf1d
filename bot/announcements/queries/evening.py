"""Whom the question of the evening is for, in the store."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable

from sqlalchemy import and_, or_, select

from bot.announcements.evening import (
    ENDS,
    day_of,
    evening_before,
    question,
    saved_for,
    subject_of,
)
from bot.announcements.queries.recipients import Recipient
from bot.announcements.quiet import after_quiet
from bot.clock import Clock
from bot.delivery.due import Due, Skip
from bot.delivery.queries import WAKEUP
from bot.knowledge.model import Knowledge
from bot.messaging.languages import Language
from bot.messaging.reply import Reply
from bot.store.engine import Store
from bot.store.schema import deliveries, saved, visitors
from bot.store.wakeups import count_up
from bot.visitors.memory import Wants

_RANK = 60


class Evening:
    """Asks, once for each day, whoever would be out of reach tomorrow."""

    def __init__(
        self,
        store: Store,
        knowledge: Callable[[], Knowledge],
        clock: Clock,
        channel: str,
        window: dt.timedelta,
    ) -> None:
        """Ask on a channel that lets us write for a while after somebody's last message.

        Args:
            store: the open database.
            knowledge: the fair as it is at each moment.
            clock: says the present moment.
            channel: such a one.
            window: for how long.
        """
        self._store = store
        self._knowledge = knowledge
        self._clock = clock
        self._channel = channel
        self._window = window

    async def ask(self) -> int:
        """Write the deliveries of this evening, if it is time; say how many are new.

        Only to those who can be reached now, want to be told something, have no quiet hours,
        and saved something for tomorrow that begins when they could not be reached any more.
        """
        now, knowledge = self._clock(), self._knowledge()
        tomorrow = evening_before(knowledge, now)
        if tomorrow is None:
            return 0
        asked = 0
        rows = [
            {
                "subject": subject_of(tomorrow),
                "channel": self._channel,
                "chat": chat,
                "rank": _RANK,
                "not_before": now,
                "expires_at": _end_of(now, knowledge),
                "state": "pending",
            }
            for chat in await self._concerned(tomorrow, now, knowledge)
        ]
        if rows:
            async with self._store.writing() as connection:
                row = self._store.insert(deliveries).on_conflict_do_nothing()
                for one in rows:
                    added = row.values(one).returning(deliveries.c.id)
                    asked += (await connection.execute(added)).first() is not None
                if asked:
                    await count_up(self._store, connection, WAKEUP)
        return asked

    async def write(self, due: Due, reader: Recipient, language: Language) -> Reply | Skip:
        """Write the question, if it still is one: a `Write` of the composer."""
        points = saved_for(day_of(due.subject), reader.saved, self._knowledge())
        if not points:
            return Skip("nothing is saved for tomorrow any more")
        if reader.wants is Wants.NOTHING and not reader.remind_minutes:
            return Skip("the visitor wants no such messages any more")
        return question(len(points), language)

    async def _concerned(
        self, day: dt.date, now: dt.datetime, knowledge: Knowledge
    ) -> tuple[str, ...]:
        v = visitors.c
        asked = select(deliveries.c.chat).where(
            deliveries.c.channel == self._channel, deliveries.c.subject == subject_of(day)
        )
        query = (
            select(v.chat, v.last_inbound_at, v.quiet_from, v.quiet_until, saved.c.record)
            .join(saved, and_(saved.c.channel == v.channel, saved.c.chat == v.chat))
            .where(
                v.channel == self._channel,
                v.unreachable_since.is_(None),
                v.last_inbound_at > now - self._window,
                or_(v.wants != Wants.NOTHING.value, v.remind_minutes > 0),
                v.chat.not_in(asked),
            )
        )
        kept: dict[str, list[str]] = defaultdict(list)
        closes: dict[str, dt.datetime] = {}
        zone = knowledge.event.zone
        async with self._store.reading() as connection:
            for row in await connection.execute(query):
                if after_quiet(now, row.quiet_from, row.quiet_until, zone) == now:
                    kept[row.chat].append(row.record)
                    closes[row.chat] = row.last_inbound_at + self._window
        return tuple(
            chat
            for chat, keys in kept.items()
            if any(
                one.start and one.start > closes[chat] for one in saved_for(day, keys, knowledge)
            )
        )


def _end_of(now: dt.datetime, knowledge: Knowledge) -> dt.datetime:
    zone = knowledge.event.zone
    return dt.datetime.combine(now.astimezone(zone).date(), ENDS, zone)
