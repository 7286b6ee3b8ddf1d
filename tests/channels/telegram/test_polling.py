"""Long polling end to end, against the fake Bot API over HTTP."""

import asyncio
import logging
from dataclasses import replace
from datetime import timedelta

import pytest
from pydantic import SecretStr

from bot.channels.telegram import TelegramChannel
from bot.errors import ChannelError
from bot.messaging.languages import Language
from bot.messaging.message import Incoming
from bot.messaging.reply import Reply
from tests.channels.telegram.serving import QUICK, Echo, channel, polling, serving, why_it_ends
from tests.fakes.telegram_server import PATIENCE_S, FakeTelegram, Fault, too_many_requests
from tests.fakes.telegram_server_types import RefusedError
from tests.fakes.telegram_server_updates import message


async def test_message_is_answered_in_its_chat(telegram: FakeTelegram) -> None:
    async with serving(telegram, Echo()):
        await telegram.push(message("Gdzie są toalety?", chat=7))
        sent = await telegram.calls_of("sendMessage", 1)

    assert sent == [
        {
            "chat_id": 7,
            "text": "echo: Gdzie są toalety?",
            "parse_mode": "HTML",
            "link_preview_options": {"is_disabled": True},
        }
    ]


async def test_only_the_kinds_of_updates_that_are_read_are_asked_for(
    telegram: FakeTelegram,
) -> None:
    async with serving(telegram, Echo()):
        await telegram.push(message("a"))
        await telegram.all_confirmed()

    assert telegram.of("getUpdates")[0]["allowed_updates"] == [
        "message",
        "callback_query",
        "inline_query",
        "my_chat_member",
    ]


async def test_update_is_confirmed_only_when_it_is_worked_off(
    telegram: FakeTelegram, caplog: pytest.LogCaptureFixture
) -> None:
    asked, may_answer = asyncio.Event(), asyncio.Event()

    async def slow(incoming: Incoming) -> tuple[Reply, ...]:
        asked.set()
        await may_answer.wait()
        return (Reply(Language.PL, "gotowe"),)

    async with serving(telegram, slow):
        await telegram.push(message("a"))
        await asked.wait()
        polls = len(telegram.of("getUpdates"))
        await telegram.calls_of("getUpdates", polls + 2)
        assert len(telegram.updates) == 1
        may_answer.set()
        await telegram.all_confirmed()

    assert len(telegram.of("sendMessage")) == 1
    assert caplog.messages == []


async def test_slow_answer_holds_up_no_other_chat(telegram: FakeTelegram) -> None:
    may_answer = asyncio.Event()
    echo = Echo()

    async def respond(incoming: Incoming) -> tuple[Reply, ...]:
        if incoming.chat.chat == "1":
            await may_answer.wait()
        return await echo(incoming)

    async with serving(telegram, respond):
        await telegram.push(message("a", chat=1))
        await telegram.push(message("b", chat=2))
        first = await telegram.calls_of("sendMessage", 1)
        assert [call["chat_id"] for call in first] == [2]
        may_answer.set()
        both = await telegram.calls_of("sendMessage", 2)

    assert [call["chat_id"] for call in both] == [2, 1]


async def test_one_chat_is_answered_in_order(telegram: FakeTelegram) -> None:
    may_answer = asyncio.Event()
    echo = Echo()

    async def respond(incoming: Incoming) -> tuple[Reply, ...]:
        if not echo.heard:
            may_answer.set()
            await asyncio.sleep(0)
        return await echo(incoming)

    async with serving(telegram, respond):
        await telegram.push(*(message(str(number)) for number in range(30)))
        sent = await telegram.calls_of("sendMessage", 30)

    assert [call["text"] for call in sent] == [f"echo: {number}" for number in range(30)]


async def test_stop_finishes_what_is_in_hand_and_confirms_it(telegram: FakeTelegram) -> None:
    asked, may_answer = asyncio.Event(), asyncio.Event()

    async def slow(incoming: Incoming) -> tuple[Reply, ...]:
        asked.set()
        await may_answer.wait()
        return (Reply(Language.PL, "gotowe"),)

    served = channel(telegram, slow)
    running = asyncio.create_task(served.run())
    await telegram.push(message("a"))
    await asked.wait()

    stopping = asyncio.create_task(served.stop())
    await asyncio.sleep(0)
    may_answer.set()
    await asyncio.gather(stopping, running)

    assert len(telegram.of("sendMessage")) == 1
    assert telegram.updates == []


async def test_update_that_a_stop_cannot_wait_for_comes_again(telegram: FakeTelegram) -> None:
    asked = asyncio.Event()

    async def stuck(incoming: Incoming) -> tuple[Reply, ...]:
        asked.set()
        await asyncio.Event().wait()
        return ()

    hasty = polling(telegram, waits=replace(QUICK, drain=timedelta(0)))
    async with serving(telegram, stuck, options=hasty):
        await telegram.push(message("a"))
        await asked.wait()
    assert len(telegram.updates) == 1

    async with serving(telegram, Echo()):
        sent = await telegram.calls_of("sendMessage", 1)
    assert [call["text"] for call in sent] == ["echo: a"]


async def test_answer_that_surely_did_not_go_is_tried_with_a_second_fetch(
    telegram: FakeTelegram,
) -> None:
    telegram.fail("sendMessage", too_many_requests(60))

    async with serving(telegram, Echo()):
        await telegram.push(message("a"))
        sent = await telegram.calls_of("sendMessage", 1)
        await telegram.all_confirmed()

    assert [call["text"] for call in sent] == ["echo: a"]


async def test_answer_that_never_goes_is_given_up(
    telegram: FakeTelegram, caplog: pytest.LogCaptureFixture
) -> None:
    telegram.fail("sendMessage", *[too_many_requests(60)] * 3)

    async with serving(telegram, Echo()):
        await telegram.push(message("a"))
        await telegram.all_confirmed()
        await telegram.push(message("b"))
        sent = await telegram.calls_of("sendMessage", 1)

    assert [call["text"] for call in sent] == ["echo: b"]
    assert [r.getMessage() for r in caplog.records if "given up" in r.getMessage()] == [
        "update 1001 is given up: too many requests: wait 60 s"
    ]


async def test_update_that_cannot_be_read_spoils_no_other(
    telegram: FakeTelegram, caplog: pytest.LogCaptureFixture
) -> None:
    async with serving(telegram, Echo()):
        await telegram.push({"message": {"message_id": "?"}}, message("a"))
        sent = await telegram.calls_of("sendMessage", 1)
        await telegram.all_confirmed()

    assert [call["text"] for call in sent] == ["echo: a"]
    assert "update 1001 cannot be read; it is passed over" in caplog.messages


async def test_update_that_takes_longer_than_any_should_hides_no_other(
    telegram: FakeTelegram,
) -> None:
    may_answer = asyncio.Event()
    echo = Echo()

    async def respond(incoming: Incoming) -> tuple[Reply, ...]:
        if int(incoming.chat.chat) <= 100:
            await may_answer.wait()
        return await echo(incoming)

    hasty = polling(telegram, waits=replace(QUICK, work=timedelta(milliseconds=50)))
    async with serving(telegram, respond, options=hasty):
        await telegram.push(*(message("a", chat=chat) for chat in range(1, 102)))
        first = await telegram.calls_of("sendMessage", 1)
        assert [call["chat_id"] for call in first] == [101]
        may_answer.set()
        await telegram.calls_of("sendMessage", 101)


async def test_wrong_token_says_so_in_one_line_and_keeps_it_secret(
    telegram: FakeTelegram,
) -> None:
    token = "123456789:AAwrong-wrong-wrong-wrong-wrong-01"
    wrong = TelegramChannel(SecretStr(token), Echo(), options=polling(telegram))

    why = await why_it_ends(wrong)

    assert str(why) == (
        "Telegram does not know this bot token."
        " Copy it again from @BotFather into TARGOBOT_TELEGRAM_TOKEN."
    )
    assert why.__cause__ is None


async def test_start_without_network_waits_and_says_so_once(
    telegram: FakeTelegram, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    telegram.fail("getMe", *[Fault(drop="before")] * 4)

    async with serving(telegram, Echo()):
        await telegram.push(message("a"))
        await telegram.calls_of("sendMessage", 1)

    troubles = [text for text in caplog.messages if text.startswith("Telegram: ")]
    assert troubles[:2] == [
        "Telegram: cannot be reached (no answer: ServerDisconnectedError); trying until it can",
        "Telegram: reached again",
    ]


async def test_server_that_is_not_there_is_waited_for_until_the_stop() -> None:
    async with FakeTelegram() as telegram:
        options = polling(telegram)
    nowhere = TelegramChannel(SecretStr(telegram.token), Echo(), options=options)

    running = asyncio.create_task(nowhere.run())
    await asyncio.sleep(0)
    await nowhere.stop()
    await running

    assert telegram.calls == []


async def test_network_loss_while_polling_is_waited_out(
    telegram: FakeTelegram, caplog: pytest.LogCaptureFixture
) -> None:
    sign_in_page = Fault(page=200)
    telegram.fail(
        "getUpdates", Fault(drop="before"), Fault(page=502), sign_in_page, too_many_requests(0)
    )

    async with serving(telegram, Echo()):
        await telegram.push(message("a"))
        sent = await telegram.calls_of("sendMessage", 1)

    assert [call["text"] for call in sent] == ["echo: a"]


async def test_second_poller_is_told_in_one_line(
    telegram: FakeTelegram, caplog: pytest.LogCaptureFixture
) -> None:
    conflict = Fault(RefusedError("Conflict: terminated by other getUpdates request", 409))
    telegram.fail("getUpdates", conflict, conflict, conflict)

    async with serving(telegram, Echo()):
        await telegram.push(message("a"))
        await telegram.calls_of("sendMessage", 1)

    told = [text for text in caplog.messages if "somebody else" in text]
    assert told == [
        "Telegram: somebody else fetches the updates of this bot, or a webhook was set."
        " Only one bot may run with a token: stop the other. Trying until it is gone"
    ]


async def test_webhook_that_is_still_set_is_removed_with_nothing_dropped(
    telegram: FakeTelegram,
) -> None:
    telegram.webhook.url = "https://old.example/hook"
    await telegram.push(message("a"))

    async with serving(telegram, Echo()):
        await telegram.calls_of("sendMessage", 1)

    assert telegram.of("deleteWebhook") == [{"drop_pending_updates": False}]


async def test_token_that_is_revoked_while_serving_ends_the_channel(
    telegram: FakeTelegram,
) -> None:
    served = channel(telegram, Echo())
    running = asyncio.create_task(served.run())
    await telegram.push(message("a"))
    await telegram.all_confirmed()

    telegram.token = "999:revoked"
    await telegram.push(message("b"))

    async with asyncio.timeout(PATIENCE_S):
        with pytest.raises(ChannelError, match="does not know this bot token"):
            await running
