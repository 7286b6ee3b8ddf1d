"""Numbers for the organizers: sums only, never whose."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select

from bot.store.engine import Store
from bot.store.schema import announcements, questions, saved, unmet_needs, visitors

TOP = 5
FEWEST = 3
"""Saved by fewer, a record is not listed: few people are easily guessed."""


@dataclass(frozen=True, slots=True)
class Statistics:
    """How many visitors there are and what they keep.

    Attributes:
        visitors: that we may write to, by channel.
        languages: by the language that they are answered in.
        active: that wrote within the last day.
        out_of_reach: that blocked the bot.
        saved: records that were saved most often: id or key, and how often.
        announced: how many announcements were confirmed.
        unanswered: how often a question found no sure answer.
        needs: needs that no offer met most often, and how often.
    """

    visitors: tuple[tuple[str, int], ...] = ()
    languages: tuple[tuple[str, int], ...] = ()
    active: int = 0
    out_of_reach: int = 0
    saved: tuple[tuple[str, int], ...] = ()
    announced: int = 0
    unanswered: int = 0
    needs: tuple[tuple[str, int], ...] = ()


async def statistics(store: Store, now: dt.datetime) -> Statistics:
    """Count."""
    number = func.count().label("number")
    language = func.coalesce(visitors.c.language, visitors.c.spoken, "pl").label("spoken_in")
    by_channel = select(visitors.c.channel, number).group_by(visitors.c.channel)
    by_language = select(language, number).group_by("spoken_in")
    active = (
        select(number)
        .select_from(visitors)
        .where(visitors.c.last_inbound_at > now - dt.timedelta(days=1))
    )
    gone = select(number).select_from(visitors).where(visitors.c.unreachable_since.is_not(None))
    most_saved = select(saved.c.record, number).group_by(saved.c.record)
    announced = (
        select(number).select_from(announcements).where(announcements.c.confirmed_at.is_not(None))
    )
    times = func.sum(unmet_needs.c.times).label("number")
    needs = select(unmet_needs.c.need, times).group_by(unmet_needs.c.need)
    async with store.reading() as connection:

        async def pairs(query: Select[Any, int]) -> tuple[tuple[str, int], ...]:
            rows = await connection.execute(query)
            return tuple((str(name), int(count)) for name, count in rows)

        async def count(query: Select[int]) -> int:
            return int((await connection.execute(query)).scalar() or 0)

        return Statistics(
            await pairs(by_channel.order_by(number.desc(), visitors.c.channel)),
            await pairs(by_language.order_by(number.desc(), "spoken_in")),
            await count(active),
            await count(gone),
            await pairs(
                most_saved.having(number >= FEWEST)
                .order_by(number.desc(), saved.c.record)
                .limit(TOP)
            ),
            await count(announced),
            await count(select(func.sum(questions.c.times))),
            await pairs(needs.order_by(times.desc(), unmet_needs.c.need).limit(TOP)),
        )


async def saved_of(store: Store, records: Sequence[str]) -> tuple[tuple[str, int], ...]:
    """Count how often some records were saved, the most often first; few are left out."""
    number = func.count().label("number")
    query = (
        select(saved.c.record, number)
        .where(saved.c.record.in_(list(records)))
        .group_by(saved.c.record)
        .having(number >= FEWEST)
        .order_by(number.desc(), saved.c.record)
    )
    async with store.reading() as connection:
        return tuple((str(key), int(count)) for key, count in await connection.execute(query))
