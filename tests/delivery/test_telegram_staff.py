"""What the courier does for those who run the fair: their menu, and the link of an invitation."""

from collections.abc import AsyncIterator

import pytest

from bot.channels.telegram.courier import TelegramCourier
from bot.channels.telegram.options import TelegramOptions
from bot.dialogue.organizer.commands import MENU
from bot.messaging.languages import Language
from tests.fakes.telegram_server import FakeTelegram, Fault
from tests.fakes.telegram_server_types import RefusedError


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as server:
        yield server


@pytest.fixture
async def courier(telegram: FakeTelegram) -> AsyncIterator[TelegramCourier]:
    async with TelegramCourier(telegram.token, TelegramOptions(api_url=telegram.url)) as courier:
        yield courier


async def test_a_menu_is_shown_to_one_chat_and_taken_back(telegram, courier):
    commands = [(one.name, one.descriptions) for one in MENU]
    telegram.know(7)

    await courier.show_menu("7", commands)

    assert {chat for chat, _ in telegram.menus} == {7}
    assert {language for _, language in telegram.menus} == {one.value for one in Language}
    assert telegram.menus[7, "pl"][1] == {
        "command": "ogloszenie",
        "description": "Nowe ogłoszenie",
    }
    assert telegram.texts == {}

    await courier.show_menu("7", [])
    assert telegram.menus == {}


async def test_a_menu_for_somebody_who_has_not_started_the_bot_waits(telegram, courier, caplog):
    caplog.set_level("INFO")

    await courier.show_menu("7", [("szkice", dict.fromkeys(Language, "Szkice"))])

    assert telegram.menus == {}
    assert "A menu was not changed: BadRequest" in caplog.text


async def test_an_invitation_is_a_link_to_the_bot(telegram, courier):
    assert await courier.link("join_abc") == "https://t.me/TargobotTestBot?start=join_abc"
    await courier.link("join_def")

    assert len(telegram.of("getMe")) == 1


async def test_without_the_platform_there_is_no_link(telegram, courier):
    telegram.fail("getMe", Fault(RefusedError("Bad Gateway", 502)))

    assert await courier.link("join_abc") == ""
