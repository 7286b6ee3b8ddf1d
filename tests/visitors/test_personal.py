import datetime as dt

import pytest

from bot.clock import stopped_clock
from bot.messaging.languages import Language
from bot.messaging.message import ChatId
from bot.store.engine import open_store
from bot.store.schema import deliveries
from bot.visitors.flows import Flow
from bot.visitors.memory import Choices, InMemoryVisitors, Wants
from bot.visitors.queries import SqlFlows, SqlVisitors

ANNA = ChatId("telegram", "1")
OLEH = ChatId("telegram", "2")
NOW = dt.datetime(2017, 11, 30, 9, 0, 30, tzinfo=dt.UTC)


class MovableClock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> dt.datetime:
        return self.now


@pytest.fixture
async def store(store_url):
    store = await open_store(store_url)
    yield store
    await store.close()


@pytest.fixture
def clock():
    return MovableClock()


@pytest.fixture
def visitors(store, clock):
    return SqlVisitors(store, clock, reachable={"telegram"})


@pytest.fixture(params=["memory", "store"])
def personal(request, visitors):
    return InMemoryVisitors() if request.param == "memory" else visitors


async def test_what_is_saved_is_listed_in_order_and_once(personal):
    assert await personal.save(ANNA, "gala")
    assert not await personal.save(ANNA, "gala")
    assert await personal.save(OLEH, "panel")

    assert await personal.saved_by(ANNA) == ("gala",)
    assert await personal.unsave(ANNA, "gala")
    assert not await personal.unsave(ANNA, "gala")
    assert await personal.saved_by(ANNA) == ()


async def test_choices_are_kept_and_have_defaults(personal):
    assert await personal.choices_of(ANNA) == Choices()
    chosen = Choices(Wants.SAVED, 30, dt.time(22), dt.time(7))

    await personal.choose(ANNA, chosen)

    assert await personal.choices_of(ANNA) == chosen
    assert await personal.choices_of(OLEH) == Choices()


async def test_a_calendar_has_one_secret_until_it_is_renewed(personal):
    key = await personal.calendar_key(ANNA)

    assert len(key) >= 20
    assert await personal.calendar_key(ANNA) == key
    assert await personal.calendar_key(OLEH) != key
    assert await personal.calendar_key(ANNA, renew=True) != key


async def test_a_renewed_secret_ends_the_old_address(visitors):
    old = await visitors.calendar_key(ANNA)
    new = await visitors.calendar_key(ANNA, renew=True)

    assert await visitors.owner_of_calendar(old) is None
    assert await visitors.owner_of_calendar(new) == (ANNA, None)


async def test_the_calendar_speaks_the_language_of_its_owner(visitors):
    visitors.meet(ANNA, Language.UK)
    await visitors.write_meetings()
    key = await visitors.calendar_key(ANNA)

    assert await visitors.owner_of_calendar(key) == (ANNA, Language.UK)


async def test_whoever_writes_is_known_to_the_minute(visitors, clock):
    visitors.meet(ANNA, Language.PL)
    await visitors.write_meetings()
    clock.now += dt.timedelta(minutes=7)
    visitors.meet(ANNA, Language.EN)
    await visitors.write_meetings()

    (kept,) = (await visitors.export(ANNA))["visitors"]
    assert kept["joined_at"] == "2017-11-30T09:00:00+00:00"
    assert kept["last_inbound_at"] == "2017-11-30T09:07:00+00:00"
    assert kept["spoken"] == "en"


@pytest.mark.parametrize("chat", [ChatId("web", "some-session"), ChatId("telegram", "-100123")])
async def test_nothing_is_kept_of_whom_we_cannot_write_to_and_of_groups(visitors, chat):
    visitors.meet(chat, Language.PL)
    await visitors.write_meetings()

    assert (await visitors.export(chat))["visitors"] == []


async def test_a_group_that_saved_something_is_told_of_that_alone(visitors):
    group = ChatId("telegram", "-100123")
    await visitors.save(group, "gala")

    assert (await visitors.choices_of(group)).wants is Wants.SAVED


async def test_forgetting_leaves_nothing_and_tells_the_others(store, clock):
    told = []

    async def forget_too(chat):
        told.append(chat)

    visitors = SqlVisitors(store, clock, reachable={"telegram"}, also_forget=[forget_too])
    await visitors.choose_language(ANNA, Language.UK)
    await visitors.save(ANNA, "gala")
    await SqlFlows(store).keep(ANNA, Flow("draft", {}, NOW + dt.timedelta(hours=1)))
    visitors.meet(ANNA, Language.UK)

    await visitors.forget(ANNA)
    await visitors.write_meetings()

    assert told == [ANNA]
    assert not any((await visitors.export(ANNA)).values())
    assert await visitors.language_of(ANNA) is None


async def test_the_export_holds_what_other_features_keep(store, clock):
    async def signed_up(chat):
        return [f"a seat for {chat.chat}"]

    visitors = SqlVisitors(store, clock, also_export={"signups": signed_up})

    assert (await visitors.export(ANNA))["signups"] == ["a seat for 1"]


async def test_only_those_who_fell_silent_are_forgotten(visitors, clock):
    visitors.meet(ANNA, Language.PL)
    await visitors.write_meetings()
    await visitors.save(ANNA, "gala")
    clock.now += dt.timedelta(days=31)
    visitors.meet(OLEH, Language.UK)
    await visitors.write_meetings()

    assert await visitors.forget_silent(clock.now - dt.timedelta(days=30)) == 1

    assert await visitors.saved_by(ANNA) == ()
    assert len((await visitors.export(OLEH))["visitors"]) == 1


async def test_who_waits_for_a_reminder_is_forgotten_after_it(store, visitors, clock):
    visitors.meet(ANNA, Language.PL)
    await visitors.write_meetings()
    row = {"subject": "o:x:qualifies12:20180303", "channel": ANNA.channel, "chat": ANNA.chat}
    times = {"not_before": NOW + dt.timedelta(days=93), "expires_at": NOW + dt.timedelta(days=107)}
    async with store.writing() as connection:
        new = store.insert(deliveries).values(**row, **times, rank=50, state="pending")
        await connection.execute(new)

    clock.now += dt.timedelta(days=60)
    assert await visitors.forget_silent(clock.now - dt.timedelta(days=30)) == 0
    clock.now += dt.timedelta(days=50)
    assert await visitors.forget_silent(clock.now - dt.timedelta(days=30)) == 1


async def test_a_meeting_is_written_once_a_minute(store):
    visitors = SqlVisitors(store, stopped_clock(NOW), reachable={"telegram"})
    visitors.meet(ANNA, Language.PL)
    await visitors.write_meetings()
    async with store.writing() as connection:
        await connection.exec_driver_sql("DELETE FROM visitors")

    visitors.meet(ANNA, Language.PL)
    await visitors.write_meetings()

    assert (await visitors.export(ANNA))["visitors"] == []
