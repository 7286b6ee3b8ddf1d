from typing import Any

import pytest

from bot.messaging.reply import Ask, Card, Copy, Link
from tests.channels.telegram.serving import Echo, serving
from tests.fakes.telegram_server import FakeTelegram
from tests.fakes.telegram_server_updates import inline_query

CATERING = Card(
    "Smaczny Kąt & Syn",
    "Catering\nstoisko 12",
    "przykład",
    (
        Ask("Więcej", "e:smaczny-kat"),
        Copy("Telefon", "+48 600 000 000"),
        Link("E-mail", "mailto:a@b.pl"),
    ),
)


class Shelf:
    """Finds always the same cards, and remembers what was asked for."""

    def __init__(self, *cards: Card) -> None:
        self.cards = cards
        self.asked: list[tuple[str, str | None]] = []

    async def __call__(self, words: str, hint: str | None) -> tuple[Card, ...]:
        self.asked.append((words, hint))
        return self.cards


async def answers(telegram: FakeTelegram, search: Any, words: str) -> list[dict[str, Any]]:
    async with serving(telegram, Echo(), search=search):
        await telegram.push(inline_query(words, language="en"))
        await telegram.all_confirmed()
    return telegram.of("answerInlineQuery")


async def test_cards_are_offered_for_sharing(telegram: FakeTelegram) -> None:
    shelf = Shelf(CATERING)

    (answer,) = await answers(telegram, shelf, " catering ")

    assert shelf.asked == [("catering", "en")]
    assert answer == {
        "inline_query_id": "inline-1",
        "results": [
            {
                "type": "article",
                "id": "1",
                "title": "Smaczny Kąt & Syn",
                "description": "Catering stoisko 12",
                "input_message_content": {
                    "message_text": (
                        "<b>Smaczny Kąt &amp; Syn</b>\nCatering\nstoisko 12\n<i>przykład</i>"
                    ),
                    "parse_mode": "HTML",
                    "link_preview_options": {"is_disabled": True},
                },
                "reply_markup": {
                    "inline_keyboard": [
                        [
                            {
                                "text": "Więcej",
                                "url": "https://t.me/TargobotTestBot?start=e_smaczny-kat",
                            },
                            {"text": "Telefon", "copy_text": {"text": "+48 600 000 000"}},
                        ]
                    ]
                },
            }
        ],
        "cache_time": 60,
        "is_personal": True,
    }


async def test_empty_query_offers_to_open_the_bot(telegram: FakeTelegram) -> None:
    shelf = Shelf(CATERING)

    (answer,) = await answers(telegram, shelf, "  ")

    assert shelf.asked == []
    assert (answer["results"], answer["button"]) == (
        [],
        {"text": "Open the chat with the bot", "start_parameter": "inline"},
    )


async def test_no_more_cards_are_offered_than_telegram_takes(telegram: FakeTelegram) -> None:
    (answer,) = await answers(telegram, Shelf(*[Card(f"Stoisko {n}") for n in range(80)]), "s")

    assert len(answer["results"]) == 50


async def test_card_with_much_text_and_strange_buttons_can_be_shared(
    telegram: FakeTelegram,
) -> None:
    strange = Card("", "długi tekst " * 2000, buttons=(Ask("Co to?", "x:ąę"), Ask("", "y")))

    (answer,) = await answers(telegram, Shelf(strange), "s")

    assert len(answer["results"]) == 1


async def test_query_that_is_too_old_is_left_alone(
    telegram: FakeTelegram, caplog: pytest.LogCaptureFixture
) -> None:
    update = telegram.number(inline_query("s"))
    telegram.expire("inline-1")

    async with serving(telegram, Echo(), search=Shelf(CATERING)):
        telegram.updates.append(update)
        await telegram.push()
        await telegram.all_confirmed()

    assert telegram.of("answerInlineQuery") == []
    assert caplog.messages == []


async def test_search_that_fails_is_logged_without_the_words(
    telegram: FakeTelegram, caplog: pytest.LogCaptureFixture
) -> None:
    async def broken(words: str, hint: str | None) -> tuple[Card, ...]:
        raise LookupError(words)

    assert await answers(telegram, broken, "tajemnica") == []

    (told,) = caplog.messages
    assert told.startswith("update 1001: no answer: LookupError at ")
    assert "tajemnica" not in caplog.text
