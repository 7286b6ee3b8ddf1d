"""The webhook end to end: a real HTTP server before it, the fake Bot API behind it."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import aiohttp
import httpx
import pytest
from starlette.applications import Starlette

from bot.channels.telegram.options import WEBHOOK_PATH
from bot.channels.telegram.webhook import BODY_LIMIT_BYTES
from bot.messaging.languages import Language
from bot.messaging.message import Incoming
from bot.messaging.reply import Reply
from tests.channels.telegram.serving import (
    QUICK,
    SECRET,
    Echo,
    channel,
    serving_webhook,
    webhook,
    why_it_ends,
)
from tests.fakes.telegram_server import FakeTelegram, Fault, too_many_requests
from tests.fakes.telegram_server_types import RefusedError
from tests.fakes.telegram_server_updates import message


async def test_delivered_message_is_answered_before_the_200(telegram: FakeTelegram) -> None:
    async with serving_webhook(telegram, Echo()) as to:
        status = await telegram.deliver(telegram.number(message("a")), to)
        sent = telegram.of("sendMessage")

    assert status == 200
    assert [call["text"] for call in sent] == ["echo: a"]


async def test_webhook_is_set_with_secret_and_kinds(telegram: FakeTelegram) -> None:
    async with serving_webhook(telegram, Echo()):
        pass

    assert telegram.of("setWebhook") == [
        {
            "url": "https://fair.example/telegram/webhook",
            "secret_token": SECRET,
            "allowed_updates": ["message", "callback_query", "inline_query", "my_chat_member"],
        }
    ]


@pytest.mark.parametrize("shown", ["", "wrong", SECRET + "x", "zażółć"])
async def test_wrong_secret_is_forbidden(telegram: FakeTelegram, shown: str) -> None:
    echo = Echo()

    async with serving_webhook(telegram, echo) as to:
        status = await telegram.deliver(telegram.number(message("a")), to, secret=shown)

    assert (status, echo.heard) == (403, [])


async def test_missing_secret_is_forbidden(telegram: FakeTelegram) -> None:
    async with (
        serving_webhook(telegram, Echo()) as to,
        aiohttp.ClientSession() as session,
        session.post(to + WEBHOOK_PATH, json={"update_id": 1}) as answer,
    ):
        assert answer.status == 403


async def test_only_post_is_taken(telegram: FakeTelegram) -> None:
    async with (
        serving_webhook(telegram, Echo()) as to,
        aiohttp.ClientSession() as session,
        session.get(to + WEBHOOK_PATH) as answer,
    ):
        assert answer.status == 405


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"[]", 400),
        (b"[" * 100_000, 400),
        (b'{"update_id": "1"}', 400),
        (b"\xff\xfe", 400),
        (b'{"update_id": 1, "message": {"chat": 5}}', 200),
        (b"x" * (BODY_LIMIT_BYTES + 1), 413),
    ],
)
async def test_body_that_is_no_update_disturbs_nothing(
    telegram: FakeTelegram, body: bytes, status: int
) -> None:
    async with serving_webhook(telegram, Echo()) as to:
        async with (
            aiohttp.ClientSession(headers={"X-Telegram-Bot-Api-Secret-Token": SECRET}) as session,
            session.post(to + WEBHOOK_PATH, data=body) as answer,
        ):
            assert answer.status == status
        assert await telegram.deliver(telegram.number(message("a")), to) == 200

    assert len(telegram.of("sendMessage")) == 1


async def test_update_delivered_twice_is_answered_once(telegram: FakeTelegram) -> None:
    update = telegram.number(message("a"))

    async with serving_webhook(telegram, Echo()) as to:
        statuses = [await telegram.deliver(update, to) for _ in range(2)]

    assert statuses == [200, 200]
    assert len(telegram.of("sendMessage")) == 1


async def test_update_delivered_twice_at_once_is_answered_once(telegram: FakeTelegram) -> None:
    update = telegram.number(message("a"))

    async with serving_webhook(telegram, Echo()) as to:
        statuses = await asyncio.gather(*(telegram.deliver(update, to) for _ in range(5)))

    assert statuses == [200] * 5
    assert len(telegram.of("sendMessage")) == 1


async def test_answer_that_did_not_go_makes_telegram_deliver_again(
    telegram: FakeTelegram,
) -> None:
    telegram.fail("sendMessage", too_many_requests(60))
    update = telegram.number(message("a"))

    async with serving_webhook(telegram, Echo()) as to:
        statuses = [await telegram.deliver(update, to) for _ in range(3)]

    assert statuses == [500, 200, 200]
    assert len(telegram.of("sendMessage")) == 1


async def test_answer_that_takes_too_long_is_finished_and_told_by_the_next_delivery(
    telegram: FakeTelegram,
) -> None:
    may_answer = asyncio.Event()

    async def slow(incoming: Incoming) -> tuple[Reply, ...]:
        await may_answer.wait()
        return (Reply(Language.PL, "gotowe"),)

    update = telegram.number(message("a"))
    hasty = webhook(telegram, waits=replace(QUICK, work=timedelta(milliseconds=20)))
    async with serving_webhook(telegram, slow, options=hasty) as to:
        first = await telegram.deliver(update, to)
        may_answer.set()
        await telegram.calls_of("sendMessage", 1)
        second = await telegram.deliver(update, to)

    assert (first, second) == (500, 200)
    assert len(telegram.of("sendMessage")) == 1


async def test_mistake_in_one_answer_disturbs_no_other(telegram: FakeTelegram) -> None:
    echo = Echo()

    async def respond(incoming: Incoming) -> tuple[Reply, ...]:
        if incoming.chat.chat == "1":
            raise KeyError("oops")
        return await echo(incoming)

    async with serving_webhook(telegram, respond) as to:
        statuses = await asyncio.gather(
            *(
                telegram.deliver(telegram.number(message("a", chat=chat)), to)
                for chat in range(1, 6)
            )
        )

    assert statuses == [200] * 5
    assert {call["chat_id"]: call["text"] for call in telegram.of("sendMessage")} == {
        1: "Przepraszamy, tym razem się nie udało. Za chwilę można spróbować jeszcze raz.",
        **dict.fromkeys(range(2, 6), "echo: a"),
    }


async def test_delivery_while_the_channel_does_not_run_is_left_for_later(
    telegram: FakeTelegram,
) -> None:
    app = Starlette(routes=channel(telegram, Echo(), options=webhook(telegram)).routes())

    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url="http://bot.example"
    ) as client:
        answer = await client.post(
            WEBHOOK_PATH,
            json=telegram.number(message("a")),
            headers={"X-Telegram-Bot-Api-Secret-Token": SECRET},
        )

    assert answer.status_code == 503


async def test_webhook_address_that_telegram_refuses_is_told_in_one_line(
    telegram: FakeTelegram,
) -> None:
    telegram.fail("setWebhook", Fault(RefusedError("Bad Request: bad webhook: no such host")))
    served = channel(telegram, Echo(), options=webhook(telegram))

    why = await why_it_ends(served)

    assert str(why) == "Telegram refuses to start: Bad webhook: no such host"


def test_polling_has_no_route(telegram: FakeTelegram) -> None:
    assert channel(telegram, Echo()).routes() == []


def test_webhook_without_a_secret_is_no_option(telegram: FakeTelegram) -> None:
    with pytest.raises(ValueError, match="a secret"):
        replace(webhook(telegram), webhook_secret="")
