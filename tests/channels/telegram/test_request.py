"""Our transport under the library's own Bot, against the fake server."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from telegram import Bot
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import RequestData

from bot.channels.telegram.api import proxy_for
from bot.channels.telegram.request import (
    AiohttpRequest,
    NotSentError,
    ServerFailedError,
    Timeouts,
    TooSoonError,
)
from tests.fakes.telegram_server import FakeTelegram, Fault, too_many_requests

TIGHT = Timeouts(connect=0.1, read=0.1, write=0.1, upload=0.1, pool=0.1)


@pytest.fixture
async def bot(telegram: FakeTelegram) -> AsyncIterator[Bot]:
    request = AiohttpRequest(1, TIGHT)
    bot = Bot(telegram.token, base_url=f"{telegram.url}/bot", request=request)
    telegram.know(7)
    async with bot:
        yield bot


async def test_library_speaks_through_it(bot: Bot, telegram: FakeTelegram) -> None:
    sent = await bot.send_message(7, "Zażółć gęślą jaźń 🎪 & <b>")

    assert sent.text == "Zażółć gęślą jaźń 🎪 & <b>"
    assert telegram.of("sendMessage")[0]["text"] == sent.text


async def test_files_are_uploaded(bot: Bot, telegram: FakeTelegram) -> None:
    calendar = "BEGIN:VCALENDAR\r\nżółć".encode()

    await bot.send_document(7, calendar, filename="targi.ics", caption="Kalendarz")

    (given,) = telegram.of("sendDocument")
    assert (given["document"], given["caption"]) == (calendar, "Kalendarz")


async def test_too_many_requests_tells_how_long_to_wait(bot: Bot, telegram: FakeTelegram) -> None:
    telegram.fail("sendMessage", too_many_requests(17), Fault(page=429))

    with pytest.raises(TooSoonError) as told:
        await bot.send_message(7, "a")
    with pytest.raises(TooSoonError) as untold:
        await bot.send_message(7, "a")

    assert (told.value.wait, untold.value.wait) == (timedelta(seconds=17), timedelta(seconds=1))


@pytest.mark.parametrize("status", [500, 502, 503, 504])
async def test_server_that_fails_is_told_apart(
    bot: Bot, telegram: FakeTelegram, status: int
) -> None:
    telegram.fail("sendMessage", Fault(page=status))

    with pytest.raises(ServerFailedError):
        await bot.send_message(7, "a")


async def test_server_that_is_not_there_got_nothing(telegram: FakeTelegram) -> None:
    bot = Bot(telegram.token, base_url="http://127.0.0.1:9/bot", request=AiohttpRequest(1, TIGHT))

    with pytest.raises(NotSentError):
        await bot.initialize()

    await bot.shutdown()


async def test_request_that_found_no_free_connection_was_not_sent(
    bot: Bot, telegram: FakeTelegram
) -> None:
    never = asyncio.Event()
    telegram.fail("sendMessage", Fault(until=never))
    first = asyncio.create_task(bot.send_message(7, "a", read_timeout=5))
    await telegram.until(lambda: not telegram.faults_left("sendMessage"))

    with pytest.raises(NotSentError):
        await bot.send_message(7, "b")

    never.set()
    await first


@pytest.mark.parametrize("drop", ["before", "after"])
async def test_dropped_connection_leaves_the_outcome_open(
    bot: Bot, telegram: FakeTelegram, drop: str
) -> None:
    telegram.fail("sendMessage", Fault(drop=drop))

    with pytest.raises(NetworkError) as raised:
        await bot.send_message(7, "a")

    assert type(raised.value) is NetworkError


async def test_answer_that_takes_too_long_leaves_the_outcome_open(
    bot: Bot, telegram: FakeTelegram
) -> None:
    never = asyncio.Event()
    telegram.fail("sendMessage", Fault(until=never))

    with pytest.raises(TimedOut):
        await bot.send_message(7, "a")

    never.set()


async def test_none_as_a_timeout_waits_for_ever(bot: Bot, telegram: FakeTelegram) -> None:
    soon = asyncio.Event()
    telegram.fail("sendMessage", Fault(until=soon))
    asyncio.get_running_loop().call_later(0.3, soon.set)

    sent = await bot.send_message(7, "a", read_timeout=None)

    assert sent.text == "a"


async def test_no_error_tells_the_token(bot: Bot, telegram: FakeTelegram) -> None:
    telegram.fail("sendMessage", Fault(drop="before"), Fault(page=502), Fault(page=404))

    told = []
    for _ in range(3):
        with pytest.raises(TelegramError) as raised:
            await bot.send_message(7, "a")
        told.append(str(raised.value))

    assert len(told) == 3
    assert telegram.token not in " ".join(told)


async def test_proxy_is_used(telegram: FakeTelegram) -> None:
    request = AiohttpRequest(proxy=telegram.url)

    async with Bot(telegram.token, base_url="http://api.example/bot", request=request) as bot:
        assert bot.username == "TargobotTestBot"


async def test_request_that_a_proxy_turned_away_was_not_sent(telegram: FakeTelegram) -> None:
    # The fake server does not open tunnels.
    request = AiohttpRequest(proxy=telegram.url)
    bot = Bot(telegram.token, base_url="https://api.example/bot", request=request)

    with pytest.raises(NotSentError):
        await bot.initialize()

    await bot.shutdown()


def test_proxy_is_what_the_environment_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "http://proxy.example:3128")
    monkeypatch.setenv("no_proxy", "127.0.0.1,bot-api.local")

    assert proxy_for("https://api.telegram.org") == "http://proxy.example:3128"
    assert proxy_for("https://bot-api.local") is None
    assert proxy_for("http://127.0.0.1:8081") is None


async def test_it_opens_and_closes_as_often_as_asked() -> None:
    request = AiohttpRequest()

    for _ in range(2):
        await request.initialize()
        await request.initialize()
        await request.shutdown()
        await request.shutdown()

    with pytest.raises(RuntimeError, match="initialize"):
        await request.do_request("http://127.0.0.1:9", "POST", RequestData())
