"""Several bots on one PostgreSQL: each update answered once, in order, whoever is killed."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import AsyncExitStack

import pytest

from tests.fakes.telegram_server import FakeTelegram
from tests.fakes.telegram_server_updates import message
from tests.journeys.running import Bot, bot, killable_bot
from tests.postgres import postgres_database

WEBHOOK = {
    "TARGOBOT_TELEGRAM_MODE": "webhook",
    "TARGOBOT_TELEGRAM_WEBHOOK_URL": "https://fair.example",
    "TARGOBOT_TELEGRAM_WEBHOOK_SECRET": "a-secret-of-the-webhook",
}


@pytest.fixture
def database() -> Iterator[str]:
    with postgres_database() as url:
        yield url


async def test_an_update_that_is_delivered_to_all_is_answered_once(tmp_path, database):
    async with FakeTelegram() as telegram, AsyncExitStack() as stack:
        there = [
            await stack.enter_async_context(
                bot(telegram, tmp_path, TARGOBOT_DATABASE=database, **WEBHOOK)
            )
            for _ in range(2)
        ]
        await telegram.calls_of("setWebhook", 2)
        chats = range(100, 120)
        updates = [telegram.number(message("gdzie jest szatnia", chat=chat)) for chat in chats]

        statuses = await asyncio.gather(
            *(telegram.deliver(update, to) for update in updates for to in (*there, *there))
        )

        answered = Counter(sent["chat_id"] for sent in telegram.of("sendMessage"))
    assert set(statuses) == {200}
    assert answered == dict.fromkeys(chats, 1)


async def test_a_follow_up_is_understood_by_another_process(tmp_path, database):
    async with FakeTelegram() as telegram, AsyncExitStack() as stack:
        one, other = [
            await stack.enter_async_context(
                bot(telegram, tmp_path, TARGOBOT_DATABASE=database, **WEBHOOK)
            )
            for _ in range(2)
        ]
        await telegram.calls_of("setWebhook", 2)

        await telegram.deliver(telegram.number(message("o której jest gala?")), one)
        await telegram.deliver(telegram.number(message("a gdzie?")), other)

        first, second = [sent["text"] for sent in telegram.of("sendMessage")]
    assert "Gala" in first
    assert "Gala" in second
    assert "Miejsce: Scena" in second


async def test_of_several_bots_one_fetches_and_is_replaced_when_it_is_killed(tmp_path, database):
    async with FakeTelegram() as telegram, AsyncExitStack() as stack:
        bots: list[Bot] = [
            await stack.enter_async_context(
                killable_bot(telegram, tmp_path, TARGOBOT_DATABASE=database)
            )
            for _ in range(2)
        ]
        await telegram.push(message("gdzie jest szatnia", chat=100))
        await telegram.calls_of("sendMessage", 1)

        # The first one has fetched: it has been there longer.
        await bots[0].kill()
        await telegram.push(message("gdzie jest szatnia", chat=101))
        await telegram.calls_of("sendMessage", 2)

        answered = Counter(sent["chat_id"] for sent in telegram.of("sendMessage"))
    assert answered == {100: 1, 101: 1}
