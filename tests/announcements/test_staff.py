import asyncio
import datetime as dt

import pytest
from sqlalchemy import select

from bot.announcements.queries.staff import Staff
from bot.announcements.staff import INVITATION_HOLDS, Right, Role, read_address
from bot.messaging.message import ChatId
from bot.store.schema import invitations
from bot.store.wakeups import Wakeups

NOW = dt.datetime(2017, 11, 30, 8, tzinfo=dt.UTC)
ANNA = ChatId("telegram", "1")
OLEH = ChatId("telegram", "2")


class Clock:
    now = NOW

    def __call__(self):
        return self.now


async def staff_of(store, named=()):
    staff = Staff(store, Clock(), named)
    await staff.load()
    return staff


async def test_whom_the_settings_name_is_an_organizer(store):
    staff = await staff_of(store, named=[ANNA])

    member = staff.member(ANNA)

    assert member is not None
    assert member.role is Role.ORGANIZER
    assert member.may(Right.ANNOUNCE)
    assert staff.member(OLEH) is None


async def test_an_invitation_lets_one_person_in_once(store):
    staff = await staff_of(store)
    code = await staff.invite(Role.DESK)

    joined = await staff.join(code, OLEH, "  Oleh z recepcji ")

    assert joined is not None
    assert (joined.role, joined.name) == (Role.DESK, "Oleh z recepcji")
    assert staff.member(OLEH) == joined
    assert not joined.may(Right.ANNOUNCE)
    assert joined.may(Right.ALARM)
    assert await staff.join(code, ANNA, "Anna") is None


async def test_of_many_who_use_one_code_at_once_one_gets_in(store):
    staff = await staff_of(store)
    code = await staff.invite(Role.ORGANIZER)
    chats = [ChatId("telegram", str(number)) for number in range(8)]

    joined = await asyncio.gather(*(staff.join(code, chat, "x") for chat in chats))

    assert sum(one is not None for one in joined) == 1


async def test_an_invitation_ends(store):
    staff = await staff_of(store)
    code = await staff.invite(Role.ORGANIZER)
    Clock.now = NOW + INVITATION_HOLDS
    try:
        assert await staff.join(code, ANNA, "Anna") is None
    finally:
        Clock.now = NOW


async def test_the_code_itself_is_not_kept(store):
    staff = await staff_of(store)
    code = await staff.invite(Role.ORGANIZER)

    async with store.reading() as connection:
        (row,) = (await connection.execute(select(invitations))).all()
    assert code not in str(row)


async def test_somebody_removed_is_a_visitor_again_and_the_named_stay(store):
    staff = await staff_of(store, named=[ANNA])
    await staff.join(await staff.invite(Role.DESK), OLEH, "Oleh")

    assert await staff.remove(OLEH)
    assert not await staff.remove(ANNA)

    assert staff.member(OLEH) is None
    assert staff.member(ANNA) is not None


async def test_another_process_learns_who_came_in(store):
    class Watched(Staff):
        loaded = asyncio.Event()

        async def load(self):
            await super().load()
            if self.members():
                self.loaded.set()

    here, there = await staff_of(store), Watched(store, Clock())
    wakeups = Wakeups(store)
    async with asyncio.TaskGroup() as tasks:
        running = [tasks.create_task(wakeups.run()), tasks.create_task(there.follow(wakeups))]
        await here.join(await here.invite(Role.DESK), OLEH, "Oleh")
        async with asyncio.timeout(5):
            await there.loaded.wait()
        assert there.member(OLEH) is not None
        for task in running:
            task.cancel()


async def test_what_was_done_is_listed_newest_first(store):
    staff = await staff_of(store)
    await staff.note("Anna", "announce", "first")
    await staff.note("Oleh", "stop", "second")

    assert [(entry.who, entry.details) for entry in await staff.log()] == [
        ("Oleh", "second"),
        ("Anna", "first"),
    ]

    await staff.forget_log(NOW + dt.timedelta(seconds=1))
    assert await staff.log() == ()


@pytest.mark.parametrize("address", ["", "123", "telegram", "telegram:anna", ":1", "tele gram:1"])
def test_what_is_no_chat_is_refused(address):
    with pytest.raises(ValueError, match="telegram:123456789"):
        read_address(address)


def test_a_chat_is_read_from_settings():
    assert read_address(" Telegram:12 ") == ChatId("telegram", "12")
