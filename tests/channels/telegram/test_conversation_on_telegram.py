"""The real conversation on Telegram: every button that is shown can be tapped.

The server refuses what Telegram refuses, and a refusal would stand in the log.
"""

import pytest

from bot.clock import stopped_clock
from bot.dialogue.conversation import Conversation
from bot.matching.snapshot import Snapshot
from bot.messaging.languages import Language
from bot.visitors.memory import InMemoryVisitors
from tests.channels.telegram.serving import NOW, serving_webhook
from tests.fakes.telegram_server import FakeTelegram
from tests.fakes.telegram_server_updates import inline_query, message, tap

TAPS = 1000

SAID = (
    "/start",
    "/help",
    "/program",
    "/teraz",
    "/szukaj catering",
    "/wsparcie",
    "/szkolenia",
    "/jezyk",
    "/prywatnosc",
    "Gdzie stoisko 12?",
    "jak dojechać",
    "ktoś zemdlał",
    "<b>&amp; 1 < 2",
    "🎪" * 2000,
)


@pytest.fixture(scope="module")
def conversation(snapshot: Snapshot) -> Conversation:
    return Conversation(lambda: snapshot, InMemoryVisitors(), stopped_clock(NOW), Language.PL)


async def test_every_button_that_is_shown_can_be_tapped(
    telegram: FakeTelegram, conversation: Conversation, caplog: pytest.LogCaptureFixture
) -> None:
    tapped: set[str] = set()

    async with serving_webhook(telegram, conversation.respond, search=conversation.search) as to:
        for said in SAID:
            assert await telegram.deliver(telegram.number(message(said)), to) == 200
        while (data := next(iter(sorted(shown(telegram) - tapped)), None)) and len(tapped) < TAPS:
            tapped.add(data)
            assert await telegram.deliver(telegram.number(tap(data)), to) == 200

    assert len(telegram.of("answerCallbackQuery")) == len(tapped)
    assert len(telegram.messages) >= len(SAID) + len(tapped)
    assert caplog.messages == []


async def test_cards_are_found_in_inline_mode(
    telegram: FakeTelegram, conversation: Conversation, caplog: pytest.LogCaptureFixture
) -> None:
    async with serving_webhook(telegram, conversation.respond, search=conversation.search) as to:
        for words in ("szkolenia", "catering", "", "xqzxqz"):
            assert await telegram.deliver(telegram.number(inline_query(words)), to) == 200

    counts = [len(answer["results"]) for answer in telegram.of("answerInlineQuery")]
    assert counts[0] > 0
    assert counts[2:] == [0, 0]
    assert caplog.messages == []


def shown(telegram: FakeTelegram) -> set[str]:
    """Give the data of all buttons on the screen."""
    return {
        key["callback_data"]
        for shown in telegram.messages.values()
        for row in shown.get("reply_markup", {}).get("inline_keyboard", ())
        for key in row
        if "callback_data" in key
    }
