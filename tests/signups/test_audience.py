"""Organizers write to those who signed up, through announcements."""

from sqlalchemy import select

from bot.announcements.model import Audience, Content, Draft, Kind, Scope, Urgency
from bot.announcements.queries import announcements
from bot.announcements.queries.audience import Reach, reach
from bot.messaging.languages import Language
from bot.store.schema import deliveries
from bot.visitors.memory import Choices, Wants
from bot.visitors.queries import SqlVisitors
from tests.signups.conftest import NOW, WARSAW, Desk, advice, visitor, workshop

SLOT = "advice@2017-11-30T1000"


async def everybody(store) -> Desk:
    """Three who signed up for the workshop, one for advice, one for nothing."""
    desk = Desk(store, workshop(2), advice())
    visitors = SqlVisitors(store, lambda: NOW, reachable={"telegram"})
    for number in range(1, 6):
        visitors.meet(visitor(number), Language.PL)
    await visitors.write_meetings()
    for number in (1, 2, 3):
        await desk.join(number)
        await visitors.save(visitor(number), "talk")
    await desk.join(4, SLOT)
    await visitors.choose(visitor(3), Choices(wants=Wants.NOTHING))
    await visitors.choose(visitor(2), Choices(wants=Wants.SAVED))
    return desk


async def test_those_who_signed_up_are_counted_but_those_who_want_no_messages(store):
    await everybody(store)

    def those(*records: str) -> Audience:
        return Audience(Scope.SIGNED_UP, records)

    async def count(audience: Audience) -> Reach:
        return await reach(store, audience, Urgency.IMPORTANT, NOW, WARSAW)

    assert await count(those("talk")) == Reach(now=2)
    assert await count(those("advice")) == await count(those(SLOT)) == Reach(now=1)
    assert await count(those("advice", "talk")) == Reach(now=3)
    assert await count(those()) == Reach()
    assert await count(those("tal")) == Reach()


async def test_exactly_they_get_the_announcement(store):
    await everybody(store)
    text = Content({Language.PL: "Proszę wziąć notatnik."})
    draft = Draft(Kind.FREE, Urgency.IMPORTANT, text, Audience(Scope.SIGNED_UP, ("talk",)))

    number = await announcements.keep_draft(store, draft, "Ola", NOW)
    await announcements.confirm(store, number, "Ola", NOW, WARSAW)

    async with store.reading() as connection:
        rows = await connection.execute(select(deliveries.c.chat).order_by(deliveries.c.chat))
        assert rows.scalars().all() == ["1", "2"]
