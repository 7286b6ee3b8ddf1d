"""Free places are offered to those who wait, in their order."""

import datetime as dt

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.signups.bookable import Bookable
from bot.signups.queries.rows import lock_list, read_signup, tell
from bot.signups.seating import State, lapses_at, places_to_offer, told_at
from bot.signups.subjects import About, Subject
from bot.store.engine import Store
from bot.store.schema import signups


async def fill(
    store: Store, connection: AsyncConnection, what: Bookable | None, now: dt.datetime
) -> None:
    """Offer what is free on a list to the first who wait, and write to them.

    Args:
        store: the open database.
        connection: in a transaction.
        what: of the list; nothing is offered where it can be no longer signed up for.
        now: the present moment.
    """
    if what is None or now >= what.start or not what.saved.is_on:
        return
    free = places_to_offer(await lock_list(store, connection, what.key), what.seats)
    if not free:
        return
    first = (
        select(signups)
        .where(signups.c.key == what.key, signups.c.state == State.WAITING.value)
        .order_by(signups.c.id)
        .limit(free)
    )
    people = [read_signup(row) for row in await connection.execute(first)]
    until = lapses_at(now, what.hold, what.start, what.zone)
    offered = update(signups).where(signups.c.id.in_([one.number for one in people]))
    await connection.execute(offered.values(state=State.OFFERED.value, offered_until=until))
    await tell(
        store,
        connection,
        ((one.chat, Subject(About.OFFER, what.key, str(one.number))) for one in people),
        not_before=told_at(now, what.zone),
        expires_at=until,
    )
