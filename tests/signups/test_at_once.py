"""However many press at once, nobody sits on a seat that is not there."""

import asyncio

from bot.signups.lists import Joined, Refusal
from bot.signups.seating import State
from bot.store.engine import open_store
from tests.signups.conftest import Desk, advice, visitor, workshop


async def test_of_500_who_press_at_once_20_sit_and_the_rest_wait_in_order(store_url):
    # Two processes of the bot on one database.
    stores = [await open_store(store_url) for _ in range(2)]
    desks = [Desk(store, workshop(20)) for store in stores]

    joined = await asyncio.gather(*(desks[n % 2].join(n) for n in range(500)))

    listed = await desks[0].lists.on_list(("talk",))
    assert len(listed) == 500
    assert [one.state for one in listed] == [State.SEATED] * 20 + [State.WAITING] * 480
    # Whoever sits came before all who wait, and each was told the place that they really have.
    numbers = [one.number for one in listed]
    assert numbers == sorted(numbers)
    ahead = {one.signup.chat: one.ahead for one in joined if isinstance(one, Joined)}
    assert [ahead[one.chat] for one in listed[20:]] == list(range(480))
    for store in stores:
        await store.close()


async def test_when_all_who_sit_leave_at_once_the_first_who_wait_get_the_places(store):
    desk = Desk(store, workshop(20))
    for number in range(50):
        await desk.join(number)

    await asyncio.gather(*(desk.lists.leave("talk", visitor(n)) for n in range(20)))

    assert await desk.on_list() == [
        *((str(number), "offered") for number in range(20, 40)),
        *((str(number), "waiting") for number in range(40, 50)),
    ]


async def test_a_slot_is_booked_by_one_however_many_press_at_once(store):
    desk = Desk(store, advice())

    tried = await asyncio.gather(*(desk.join(n, "advice@2017-11-30T1000") for n in range(30)))

    assert sum(isinstance(one, Joined) for one in tried) == 1
    assert [one for one in tried if not isinstance(one, Joined)] == [Refusal.FULL] * 29


async def test_a_visitor_who_presses_two_slots_of_one_hour_at_once_gets_one(store):
    desk = Desk(store, advice("one"), advice("two"), advice("three"))

    tried = await asyncio.gather(
        *(desk.join(1, f"{name}@2017-11-30T1000") for name in ("one", "two", "three"))
    )

    assert sum(isinstance(one, Joined) for one in tried) == 1
    assert tried.count(Refusal.CLASH) == 2
