import datetime as dt

import pytest
from sqlalchemy import select

from bot.announcements.queries.reminders import Reminders
from bot.announcements.reminders import reminded_of, reminder, reminders_of
from bot.clock import stopped_clock
from bot.messaging.languages import Language
from bot.messaging.message import ChatId
from bot.store.schema import deliveries
from bot.visitors.memory import Choices
from bot.visitors.queries import SqlVisitors
from tests.knowledge.test_dated import fair, session

ANNA = ChatId("telegram", "1")
NOW = dt.datetime(2017, 11, 30, 8, tzinfo=dt.UTC)
# Local times are one hour later than UTC.
TALK = session("talk", "10:00", "11:00")
LATER = session("later", "15:00", "16:00")


class Desk:
    """Reminders over a fair that can change."""

    def __init__(self, store, now=NOW):
        clock = stopped_clock(now)
        self.knowledge = fair(TALK, LATER)
        self.visitors = SqlVisitors(store, clock)
        self.reminders = Reminders(store, lambda: self.knowledge, clock)
        self._store = store

    async def save(self, key):
        await self.visitors.save(ANNA, key)
        await self.reminders.follow(ANNA)

    async def rows(self):
        async with self._store.reading() as connection:
            rows = (await connection.execute(select(deliveries))).all()
        return sorted((row.chat, row.subject, row.not_before, row.state) for row in rows)

    async def waiting(self):
        async with self._store.reading() as connection:
            rows = (await connection.execute(select(deliveries).order_by("not_before"))).all()
        return [(row.subject, f"{row.not_before:%H:%M}", f"{row.expires_at:%H:%M}") for row in rows]


async def test_a_saved_session_is_reminded_of_and_never_after_its_start(store):
    desk = Desk(store)

    await desk.save("talk")
    await desk.save("firm")

    assert await desk.waiting() == [("r:talk:20171130T0900", "08:45", "09:00")]


async def test_a_reminder_moves_with_its_session(store):
    desk = Desk(store)
    await desk.save("talk")

    desk.knowledge = fair(session("talk", "12:00", "13:00"), LATER)
    assert await desk.reminders.follow_all({"talk"}) == 1

    assert await desk.waiting() == [("r:talk:20171130T1100", "10:45", "11:00")]


async def test_a_cancelled_session_is_not_reminded_of(store):
    desk = Desk(store)
    await desk.save("talk")
    await desk.save("course@2018-03-20")

    desk.knowledge = fair(session("talk", "10:00", "11:00", status="cancelled"))
    await desk.reminders.follow_all({"talk", "course"})

    assert [subject for subject, *_ in await desk.waiting()] == [
        "r:course@2018-03-20:20180320T1500"
    ]


async def test_another_lead_time_moves_all_and_none_drops_all(store):
    desk = Desk(store)
    await desk.save("talk")
    await desk.save("later")

    await desk.visitors.choose(ANNA, Choices(remind_minutes=30))
    await desk.reminders.follow(ANNA)
    assert [at for _, at, _ in await desk.waiting()] == ["08:30", "13:30"]

    await desk.visitors.choose(ANNA, Choices(remind_minutes=0))
    await desk.reminders.follow(ANNA)
    assert await desk.waiting() == []


async def test_nothing_is_reminded_of_twice(store):
    desk = Desk(store)
    await desk.save("talk")
    async with store.writing() as connection:
        await connection.execute(deliveries.update().values(state="sent"))

    await desk.visitors.choose(ANNA, Choices(remind_minutes=5))
    await desk.reminders.follow(ANNA)

    assert len(await desk.waiting()) == 1


async def test_a_reminder_that_is_due_survives_another_save(store):
    desk = Desk(store)
    await desk.save("talk")

    late = Desk(store, NOW + dt.timedelta(minutes=50))
    await late.save("later")

    assert [subject for subject, *_ in await late.waiting()] == [
        *("r:talk:20171130T0900", "r:later:20171130T1400")
    ]


async def test_what_begins_within_the_lead_time_is_not_reminded_of(store):
    desk = Desk(store, NOW + dt.timedelta(minutes=50))

    await desk.save("talk")

    assert await desk.waiting() == []


async def test_all_at_once_comes_to_the_same_as_one_by_one(store):
    desk = Desk(store)
    chats = [ChatId("telegram", str(number)) for number in range(10, 16)]
    for chat, minutes in zip(chats, (15, 30, 0, 5, 15, 60), strict=True):
        await desk.visitors.save(chat, "talk")
        await desk.visitors.save(chat, "later")
        await desk.visitors.choose(chat, Choices(remind_minutes=minutes))
        await desk.reminders.follow(chat)
    # One was told already, one chose another lead time that nobody has followed yet.
    async with store.writing() as connection:
        told = deliveries.update().where(deliveries.c.chat == "10")
        await connection.execute(told.values(state="sent"))
    await desk.visitors.choose(chats[1], Choices(remind_minutes=5))

    for moved in (
        fair(session("talk", "12:00", "13:00"), LATER),
        fair(session("talk", "12:00", "13:00", status="cancelled"), LATER),
        fair(session("talk", "09:10", "10:00"), LATER),
        fair(TALK, LATER),
    ):
        desk.knowledge = moved
        assert await desk.reminders.follow_all({"talk", "later"}) == len(chats)
        at_once = await desk.rows()
        for chat in chats:
            await desk.reminders.follow(chat)

        assert at_once == await desk.rows()
        assert at_once


def test_a_subject_names_a_session_only_at_its_present_time():
    (one,) = reminders_of(["talk"], 15, fair(TALK), NOW)

    assert reminded_of(one.subject, fair(TALK)) is not None
    assert reminded_of(one.subject, fair(session("talk", "12:00", "13:00"))) is None
    assert reminded_of(one.subject, fair()) is None


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (Language.PL, "Początek za 15 minut (10:00–11:00).\nHala"),
        (Language.EN, "It begins in 15 minutes (10:00–11:00).\nHala"),
        (Language.UK, "Початок через 15 хвилин (10:00–11:00).\nHala"),
    ],
)
def test_a_reminder_says_when_and_where(language, said):
    (one,) = reminders_of(["talk"], 15, fair(TALK), NOW)
    saved = reminded_of(one.subject, fair(TALK))

    assert saved is not None
    assert reminder(saved, language, one.at, fair(TALK)).text == said


def test_nothing_is_reminded_of_that_has_begun():
    began = NOW + dt.timedelta(hours=1)

    assert reminders_of(["talk"], 15, fair(TALK), began) == ()
