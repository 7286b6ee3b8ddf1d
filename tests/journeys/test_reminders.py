"""A visitor saves a session and is reminded of it, through the whole bot and over HTTP."""

import asyncio
import contextlib

from tests.fakes.telegram_server import FakeTelegram
from tests.fakes.telegram_server_updates import message, tap
from tests.journeys.running import bot


def said(telegram: FakeTelegram) -> list[str]:
    return [sent["text"] for sent in telegram.of("sendMessage")]


async def test_a_saved_session_is_reminded_of_in_time(tmp_path):
    async with FakeTelegram() as telegram:
        telegram.know(7)
        async with bot(telegram, tmp_path, TARGOBOT_NOW="2017-11-30T12:00"):
            await telegram.push(message("zapisz seminarium ekonomia społeczna w gminie"))
            await telegram.calls_of("sendMessage", 1)
        # The seminar begins at 13:15. A machine that starts slowly has until then.
        async with bot(telegram, tmp_path, TARGOBOT_NOW="2017-11-30T12:59:58"):
            async with asyncio.timeout(120):
                while len(said(telegram)) < 2:
                    with contextlib.suppress(TimeoutError):
                        await telegram.calls_of("sendMessage", 2)

    confirmed, reminded = said(telegram)
    assert "Zapisane: Seminarium" in confirmed
    assert "Przypomnienie przyjdzie 15 minut przed początkiem" in confirmed
    assert "Zaraz: Seminarium" in reminded
    assert "minut (13:15–14:45)" in reminded


async def test_what_was_saved_and_chosen_survives_a_restart(tmp_path):
    async with FakeTelegram() as telegram:
        telegram.know(7)
        async with bot(telegram, tmp_path):
            await telegram.push(message("zapisz galę"))
            await telegram.calls_of("sendMessage", 1)
            await telegram.push(tap("z:r:30"))
            await telegram.calls_of("answerCallbackQuery", 1)
            await telegram.until(
                lambda: len(telegram.of("editMessageText")) + len(said(telegram)) > 1
            )
        async with bot(telegram, tmp_path):
            await telegram.push(message("mój program"))
            await telegram.until(lambda: any("Mój program" in text for text in said(telegram)))
            await telegram.push(message("przypomnienia"))
            await telegram.until(lambda: any("30 minut przed" in text for text in said(telegram)))

    assert any("12:00–13:30 Gala" in text for text in said(telegram))
