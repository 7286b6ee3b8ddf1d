"""The token is in no log, whatever the level and whatever goes wrong."""

import logging

import pytest

from bot.channels.telegram.redaction import REDACTED, kept_out_of_logs, redacted
from tests.channels.telegram.serving import (
    SECRET,
    Echo,
    channel,
    serving,
    serving_webhook,
    why_it_ends,
)
from tests.fakes.telegram_server import TOKEN, FakeTelegram, Fault, too_many_requests
from tests.fakes.telegram_server_types import RefusedError
from tests.fakes.telegram_server_updates import message, tap

log = logging.getLogger("anybody.at.all")


def all_that_was_logged(caplog: pytest.LogCaptureFixture) -> str:
    raw = [f"{record.msg} {record.args} {record.exc_text}" for record in caplog.records]
    return caplog.text + "\n".join(raw)


async def test_serving_at_debug_with_every_kind_of_trouble_tells_no_token(
    telegram: FakeTelegram, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    telegram.fail("getMe", Fault(drop="before"), Fault(page=502))
    telegram.fail("getUpdates", Fault(drop="after"), Fault(page=500), too_many_requests(0))
    telegram.fail("sendMessage", Fault(drop="before"), Fault(page=404), Fault(page=200))

    async with serving(telegram, Echo()):
        await telegram.push(message("a"), tap("b"), message("c"), message("d"))
        await telegram.all_confirmed()

    told = all_that_was_logged(caplog)
    assert "Telegram: cannot be reached" in told
    assert TOKEN not in told
    assert TOKEN.split(":")[1] not in told


async def test_webhook_at_debug_tells_neither_token_nor_secret(
    telegram: FakeTelegram, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)

    async with serving_webhook(telegram, Echo()) as to:
        await telegram.deliver(telegram.number(message("a")), to)

    told = all_that_was_logged(caplog)
    assert "serving @TargobotTestBot by webhook" in told
    assert TOKEN not in told
    assert SECRET not in told


async def test_address_that_is_none_tells_no_token(
    telegram: FakeTelegram, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    telegram.fail("getMe", Fault(RefusedError("Not Found", 404)))

    why = await why_it_ends(channel(telegram, Echo()))

    assert "does not know this bot token" in str(why)
    assert TOKEN not in all_that_was_logged(caplog) + repr(why)


def test_token_is_taken_out_of_messages_arguments_and_tracebacks(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)

    with kept_out_of_logs(TOKEN, "hook-secret"):
        log.info(f"https://api.telegram.org/bot{TOKEN}/getMe")  # noqa: G004 - as others do
        log.info("%s and %s", TOKEN, "hook-secret")
        try:
            raise ConnectionError(f"/bot{TOKEN}/getMe")
        except ConnectionError:
            log.exception("failed")

    told = all_that_was_logged(caplog)
    assert told.count(REDACTED) >= 4
    assert "ConnectionError" in told
    assert TOKEN not in told
    assert "hook-secret" not in told


def test_logs_are_as_before_when_the_channel_has_ended() -> None:
    make_record = logging.getLogRecordFactory()
    level = logging.getLogger("httpx").level

    with kept_out_of_logs(TOKEN):
        assert logging.getLogRecordFactory() is not make_record
        assert logging.getLogger("httpx").level == logging.WARNING

    assert logging.getLogRecordFactory() is make_record
    assert logging.getLogger("httpx").level == level


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        (f"x{TOKEN}", f"x{REDACTED}"),
        ("/bot12:short/getMe", f"/bot{REDACTED}/getMe"),
        ("at 10:30 in room 12:E", "at 10:30 in room 12:E"),
        ("bez niczego", "bez niczego"),
    ],
)
def test_what_looks_like_a_token_is_taken_out(text: str, clean: str) -> None:
    assert redacted(text) == clean
