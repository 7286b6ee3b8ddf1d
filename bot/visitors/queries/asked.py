"""How often each thing was asked about, by day: no words, and nobody who asked.

Counted in memory and written down every few seconds, so that no answer waits for it. What a
process that dies had not written is lost: these are numbers to learn from, and nobody's.
"""

import datetime as dt
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field

from sqlalchemy import delete, func, select

from bot.store.engine import Store
from bot.store.schema import asked

MOST_SUBJECTS = 20_000
"""Counted between two writings; more are no fair, but somebody who makes them up."""


@dataclass(frozen=True, slots=True)
class SqlAsked:
    """Counts what was asked about and answered."""

    store: Store
    _unwritten: Counter[tuple[str, dt.date]] = field(default_factory=Counter)

    def count(self, subject: str, day: dt.date) -> None:
        """Count one question about a record, or about a list such as "~programme"; "" is none."""
        if subject and len(self._unwritten) < MOST_SUBJECTS:
            self._unwritten[subject, day] += 1

    async def write(self) -> None:
        """Add what was counted since the last time; where it fails, it is added the next time."""
        counted = dict(self._unwritten)
        if not counted:
            return
        # In one order, so that two processes never wait for each other.
        rows = [
            {"subject": subject, "day": day, "times": times}
            for (subject, day), times in sorted(counted.items())
        ]
        row = self.store.insert(asked)
        row = row.on_conflict_do_update(
            index_elements=["subject", "day"],
            set_={"times": asked.c.times + row.excluded.times},
        )
        async with self.store.writing() as connection:
            await connection.execute(row, rows)
        self._unwritten.subtract(counted)
        for key in [key for key, times in self._unwritten.items() if times <= 0]:
            del self._unwritten[key]

    async def most(
        self, last: int | None = None, *, only: Collection[str] | None = None
    ) -> tuple[tuple[str, int], ...]:
        """List what was asked about most, and how often.

        Args:
            last: how many at most; `None` for all.
            only: only these subjects; `None` for all.
        """
        times = func.sum(asked.c.times).label("times_in_all")
        query = select(asked.c.subject, times).group_by(asked.c.subject)
        query = query.order_by(times.desc(), asked.c.subject).limit(last)
        if only is not None:
            query = query.where(asked.c.subject.in_(list(only)))
        async with self.store.reading() as connection:
            found = (await connection.execute(query)).all()
        return tuple((str(subject), int(count)) for subject, count in found)

    async def by_day(self) -> tuple[tuple[dt.date, str, int], ...]:
        """List every count, the oldest day first, what was asked most before the rest."""
        query = select(asked.c.day, asked.c.subject, asked.c.times)
        query = query.order_by(asked.c.day, asked.c.times.desc(), asked.c.subject)
        async with self.store.reading() as connection:
            rows = (await connection.execute(query)).all()
        return tuple((day, str(subject), int(times)) for day, subject, times in rows)

    async def forget(self, before: dt.date) -> None:
        """Delete what was counted before a day."""
        async with self.store.writing() as connection:
            await connection.execute(delete(asked).where(asked.c.day < before))
