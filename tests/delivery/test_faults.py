"""What a night at the fair may bring: nothing lost, nobody twice, the organizer told."""

import asyncio
import contextlib
import datetime as dt
import sqlite3
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from typing import Any

import psycopg
import pytest
from sqlalchemy import event

from bot.channels.telegram.courier import TelegramCourier
from bot.channels.telegram.options import TelegramOptions
from bot.clock import real_clock
from bot.delivery import report
from bot.delivery.claims import Sending
from bot.delivery.report import Tally
from bot.store.engine import Store, open_store
from tests.delivery.postman import Alerts, Postman, running, sender_of, until_settled
from tests.delivery.rows import NOON, announce, states
from tests.fakes.telegram_server import FakeTelegram, Fault
from tests.fakes.telegram_server_flood import Flood
from tests.postgres import postgres_database

QUICK_TO_TELL = Sending(reserve=0, trouble=dt.timedelta(seconds=0.5))


def is_over(found: dict[str, str]) -> bool:
    return not {"pending", "sending"} & set(found.values())


@contextlib.asynccontextmanager
async def telegram_for(chats: list[str], **rules: Any) -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as telegram:
        telegram.latency_s = 0.02
        telegram.flood = Flood(**rules) if rules else None
        for chat in chats:
            telegram.know(int(chat))
        yield telegram


def received(telegram: FakeTelegram) -> Counter[str]:
    return Counter(str(sent["chat_id"]) for sent in telegram.of("sendMessage"))


async def test_a_storm_of_refusals_is_waited_out(store: Store) -> None:
    chats = [str(chat) for chat in range(1, 121)]
    number = await announce(store, chats)
    # The platform bears a tenth of what it says.
    async with telegram_for(chats, per_second=60, shut_s=0.3) as telegram:
        options = TelegramOptions(api_url=telegram.url)
        async with (
            TelegramCourier(telegram.token, options, pays=True) as courier,
            running(sender_of(store, courier, clock=real_clock)),
        ):
            await until_settled(store, is_over)

        assert telegram.flood is not None
        assert telegram.flood.refused > 0
        assert received(telegram) == Counter(chats)
    assert await report.tally(store, number) == Tally(sent=120)


async def test_lost_answers_are_listed_and_nobody_gets_it_twice(store: Store) -> None:
    chats = [str(chat) for chat in range(1, 101)]
    number = await announce(store, chats)
    async with telegram_for(chats) as telegram:
        lost = [Fault(drop="after"), Fault(), Fault(drop="before"), Fault()] * 10
        telegram.fail("sendMessage", *lost)
        options = TelegramOptions(api_url=telegram.url)
        async with (
            TelegramCourier(telegram.token, options, pays=True) as courier,
            running(sender_of(store, courier)),
        ):
            await until_settled(store, is_over)

        uncertain = {chat.chat for chat in await report.uncertain_chats(store, number)}
        assert len(uncertain) == 20
        got = received(telegram)
        assert set(got.values()) == {1}
        assert len(set(chats) - set(got)) == 10
        assert set(chats) - set(got) <= uncertain


async def test_an_outage_of_the_platform_makes_nobody_uncertain(store: Store) -> None:
    chats = [str(chat) for chat in range(1, 101)]
    number = await announce(store, chats)
    async with telegram_for(chats) as telegram:
        telegram.fail("sendMessage", *[Fault(page=502)] * 4)
        options = TelegramOptions(api_url=telegram.url)
        async with (
            TelegramCourier(telegram.token, options, pays=True) as courier,
            running(sender_of(store, courier, clock=real_clock)),
        ):
            await until_settled(store, is_over)

        assert received(telegram) == Counter(chats)
    assert await report.tally(store, number) == Tally(sent=100)


@contextlib.contextmanager
def gone(url: str) -> Iterator[None]:
    """Let the database be out of reach while the block runs."""
    if url.startswith("sqlite"):
        with contextlib.closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as blocker:
            blocker.isolation_level = None
            blocker.execute("BEGIN IMMEDIATE")
            yield
        return
    name = url.split("@/")[1].split("?")[0]
    with psycopg.connect(url.replace(f"@/{name}?", "@/postgres?"), autocommit=True) as admin:
        admin.execute(f"ALTER DATABASE {name} WITH ALLOW_CONNECTIONS false")
        admin.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (name,)
        )
        try:
            yield
        finally:
            # Other tests share it.
            admin.execute(f"ALTER DATABASE {name} WITH ALLOW_CONNECTIONS true")


async def test_a_database_that_is_gone_is_waited_for(store: Store, store_url: str) -> None:
    chats = [str(chat) for chat in range(150)]
    number = await announce(store, chats)
    postman, alerts = Postman(per_second=100), Alerts()
    postman.may_answer.clear()
    sender = sender_of(store, postman, alert=alerts.tell, sending=QUICK_TO_TELL, clock=real_clock)

    async with running(sender):
        await postman.until(lambda: len(postman.brought) >= 15)
        with gone(store_url):
            # The answers come while nobody can write them down.
            postman.may_answer.set()
            await asyncio.sleep(1.5)
            brought = len(postman.brought)
            await asyncio.sleep(0.5)
            assert len(postman.brought) == brought < 50, "nothing leaves that could not be claimed"
        await until_settled(store, is_over)

    assert sorted(postman.brought) == sorted(chats)
    assert await report.tally(store, number) == Tally(sent=150)
    if store.is_postgres:
        assert len(alerts) == 1
        assert "Messages wait until it does; none is lost." in alerts[0]


async def test_a_stop_while_the_database_is_gone_ends() -> None:
    with postgres_database() as url:
        store = await open_store(url)
        number = await announce(store, [str(chat) for chat in range(50)])
        postman = Postman(per_second=100)
        sending = Sending(reserve=0, drain=dt.timedelta(seconds=0.5), hold=dt.timedelta(seconds=1))
        sender = sender_of(store, postman, sending=sending, clock=real_clock)
        run = asyncio.create_task(sender.run())
        await postman.until(lambda: len(postman.brought) >= 15)

        with gone(url):
            await sender.drain()
            await run

        async with running(sender_of(store, postman, owner="bert", clock=real_clock)):
            await until_settled(store, is_over)
        tally = await report.tally(store, number)
        assert tally.sent + tally.uncertain == 50
        assert set(Counter(postman.brought).values()) == {1}
        await store.close()


async def test_a_full_disk_sends_nothing_that_was_not_claimed(tmp_path: Any) -> None:
    store = await open_store(f"sqlite:///{tmp_path}/full.sqlite3")
    chats = [str(chat) for chat in range(400)]
    number = await announce(store, chats)
    async with store.reading() as connection:
        pages = (await connection.exec_driver_sql("PRAGMA page_count")).scalar_one()
    limit = [pages]

    @event.listens_for(store.engine.sync_engine, "checkout")
    def limit_pages(connection: Any, *_: object) -> None:
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA max_page_count={limit[0]}")
        cursor.close()

    postman, alerts = Postman(per_second=400), Alerts()
    sender = sender_of(store, postman, alert=alerts.tell, sending=QUICK_TO_TELL, clock=real_clock)
    async with running(sender):
        await until_settled(store, lambda _: bool(alerts))
        claimed = {chat for chat, state in (await states(store)).items() if state != "pending"}
        assert set(postman.brought) <= claimed
        assert len(claimed) < 400
        limit[0] = 10**6
        await until_settled(store, is_over)
    await_tally = await report.tally(store, number)
    await store.close()

    assert "full" in alerts[0]
    assert sorted(postman.brought) == sorted(chats)
    assert await_tally == Tally(sent=400)


@pytest.mark.parametrize("jump", [dt.timedelta(hours=5), dt.timedelta(hours=-5)])
async def test_a_clock_that_jumps_changes_nothing_but_what_is_due(
    store: Store, jump: dt.timedelta
) -> None:
    chats = [str(chat) for chat in range(100)]
    await announce(store, chats, not_before=NOON - dt.timedelta(days=1))
    shown = [NOON]
    postman = Postman(per_second=100)
    sending = Sending(reserve=0, hold=dt.timedelta(seconds=1))
    sender = sender_of(store, postman, clock=lambda: shown[0], sending=sending)

    async with running(sender):
        await postman.until(lambda: len(postman.brought) >= 30)
        began = asyncio.get_running_loop().time()
        shown[0] += jump
        await until_settled(store, is_over)
        passed = asyncio.get_running_loop().time() - began

    assert sorted(postman.brought) == sorted(chats)
    assert set((await states(store)).values()) == {"sent"}
    assert passed > 0.5, "no burst"
