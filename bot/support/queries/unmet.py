"""Unmet needs in the database."""

import datetime as dt

from sqlalchemy import select

from bot.knowledge.model import Need
from bot.store.engine import Store
from bot.store.schema import unmet_needs
from bot.support.situation import Situation
from bot.support.unmet import UnmetNeed, rows_of


class SqlUnmetNeeds:
    """Counts what could not be met in the database."""

    def __init__(self, store: Store) -> None:
        """Count in `store`."""
        self._store = store

    async def count(self, situation: Situation, day: dt.date) -> None:
        """Count each need of a situation once."""
        rows = [
            {
                "need": one.need.value,
                "form": one.form,
                "area": one.area,
                "times": 1,
                "last_day": day,
            }
            for one in rows_of(situation, day)
        ]
        if not rows:
            return
        row = self._store.insert(unmet_needs).on_conflict_do_update(
            index_elements=["need", "form", "area"],
            set_={"times": unmet_needs.c.times + 1, "last_day": day},
        )
        async with self._store.writing() as connection:
            await connection.execute(row, rows)

    async def unmet_needs(self) -> tuple[UnmetNeed, ...]:
        """List them, the most frequent first; a need that is no longer known is left out."""
        query = select(unmet_needs).order_by(unmet_needs.c.times.desc(), unmet_needs.c.id)
        async with self._store.reading() as connection:
            rows = (await connection.execute(query)).all()
        known = {need.value for need in Need}
        return tuple(
            UnmetNeed(Need(row.need), row.form, row.area, row.times, row.last_day)
            for row in rows
            if row.need in known
        )
