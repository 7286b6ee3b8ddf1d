"""An organisation saves an offer and is told before it closes, through the whole bot and over HTTP.

The bot is started again for each moment, as its clock cannot be turned while it runs: what is
to be told survives that.
"""

import asyncio
import contextlib
import shutil

from tests.fakes.telegram_server import FakeTelegram
from tests.fakes.telegram_server_updates import tap
from tests.journeys.running import ROOT, bot


def said(telegram: FakeTelegram) -> list[str]:
    return [sent["text"] for sent in telegram.of("sendMessage")]


async def heard(telegram: FakeTelegram, words: str) -> None:
    """Wait until it is said; reading the edited fair anew takes its time on a busy machine."""
    async with asyncio.timeout(90):
        while not any(words in text for text in said(telegram)):
            with contextlib.suppress(TimeoutError):
                await telegram.until(lambda: any(words in text for text in said(telegram)))


async def test_a_saved_offer_is_told_of_before_its_deadline_and_when_it_changes(tmp_path):
    knowledge = tmp_path / "knowledge"
    shutil.copytree(ROOT / "knowledge", knowledge)
    offers = knowledge / "example" / "offers.yaml"
    settings = {"TARGOBOT_KNOWLEDGE": str(knowledge)}
    async with FakeTelegram() as telegram:
        telegram.know(7)
        async with bot(telegram, tmp_path, **settings):
            await telegram.push(tap("z:+:mikrogrant-sasiedzki"))
            await heard(telegram, "Zapisane")
        async with bot(telegram, tmp_path, TARGOBOT_NOW="2017-12-01T08:59:55", **settings):
            await heard(telegram, "za 14 dni")
            text = offers.read_text(encoding="utf-8")
            assert 'deadline: "2017-12-15"' in text
            offers.write_text(
                text.replace('deadline: "2017-12-15"', 'deadline: "2017-12-18"'), encoding="utf-8"
            )
            await heard(telegram, "Zmiana:")
        async with bot(telegram, tmp_path, TARGOBOT_NOW="2017-12-17T08:59:55", **settings):
            await heard(telegram, "jutro")

    saved, fourteen, changed, last = said(telegram)
    assert "Przypomnienia: piątek, 1 grudnia; wtorek, 12 grudnia; czwartek, 14 grudnia" in saved
    assert "Koniec naboru: za 14 dni (piątek, 15 grudnia 2017)" in fourteen
    assert "Zmieniło się: terminy i nabór" in changed
    assert "poniedziałek, 18 grudnia 2017" in changed
    assert "Koniec naboru: jutro (poniedziałek, 18 grudnia)" in last
