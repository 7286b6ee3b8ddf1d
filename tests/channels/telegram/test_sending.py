"""When a call does not go as it should: what is said again, and what is not."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.channels.telegram.order import InOrder
from bot.messaging.languages import Language
from bot.messaging.message import Incoming
from bot.messaging.reply import Ask, MapPoint, Reply
from tests.channels.telegram.serving import (
    QUICK,
    Echo,
    polling,
    saying,
    serving,
    serving_webhook,
    webhook,
)
from tests.fakes.telegram_server import FakeTelegram, Fault, too_many_requests
from tests.fakes.telegram_server_types import RefusedError
from tests.fakes.telegram_server_updates import inline_query, message, tap, visitor

PAGE = Reply(Language.PL, "Strona 2", buttons=(Ask("Wstecz", "p:1"),), replaces=True)
REFUSAL = Fault(RefusedError("Bad Request: BUTTON_TYPE_INVALID"))


async def test_edit_whose_outcome_is_unknown_is_not_sent_as_a_message(
    telegram: FakeTelegram, caplog: pytest.LogCaptureFixture
) -> None:
    telegram.fail("editMessageText", Fault(drop="before"))

    async with serving(telegram, saying(PAGE)):
        await telegram.push(tap("p:2"))
        await telegram.all_confirmed()

    assert telegram.of("sendMessage") == []
    assert caplog.messages == [
        "update 1001: nobody knows whether editMessageText was done"
        " (no answer: ServerDisconnectedError); it is not repeated"
    ]


@pytest.mark.parametrize("fault", [REFUSAL, too_many_requests(60)], ids=["refused", "too soon"])
async def test_edit_that_does_not_go_is_sent_as_a_message(
    telegram: FakeTelegram, fault: Fault
) -> None:
    telegram.fail("editMessageText", fault)

    async with serving(telegram, saying(PAGE)):
        await telegram.push(tap("p:2"))
        sent = await telegram.calls_of("sendMessage", 1)

    assert [call["text"] for call in sent] == ["Strona 2"]


async def test_only_the_first_message_of_an_answer_edits(telegram: FakeTelegram) -> None:
    async with serving(telegram, saying(Reply(Language.PL, "Strona 1"), PAGE)):
        await telegram.push(message("program"))
        await telegram.calls_of("sendMessage", 2)
        shown = next(iter(telegram.messages.values()))
        await telegram.push(tap("p:2", shown=shown))
        await telegram.calls_of("sendMessage", 4)

    assert telegram.of("editMessageText") == []


async def test_patience_counts_all_waits_for_one_answer(telegram: FakeTelegram) -> None:
    telegram.fail("sendMessage", *[Fault(page=502)] * 20)

    async with serving_webhook(telegram, Echo()) as to:
        status = await telegram.deliver(telegram.number(message("a")), to)

    # Of 200 ms: 5 + 10 + 9 × 20; another 20 would be too much.
    assert (status, 20 - telegram.faults_left("sendMessage")) == (500, 12)


async def test_answer_that_arrived_in_part_is_not_begun_again(
    telegram: FakeTelegram, caplog: pytest.LogCaptureFixture
) -> None:
    async def respond(_: Incoming) -> tuple[Reply, ...]:
        telegram.fail("sendVenue", too_many_requests(60))
        return (Reply(Language.PL, "Tutaj", point=MapPoint(50, 20, "a", "b")),)

    async with serving(telegram, respond):
        await telegram.push(message("mapa"))
        await telegram.all_confirmed()

    assert len(telegram.of("sendMessage")) == 1
    assert caplog.messages == [
        "update 1001: the rest of the answer is given up: too many requests: wait 60 s"
    ]


async def test_map_that_is_refused_is_logged_and_the_rest_is_sent(
    telegram: FakeTelegram, caplog: pytest.LogCaptureFixture
) -> None:
    telegram.fail("sendVenue", REFUSAL)
    place = Reply(Language.PL, "Tutaj", point=MapPoint(50, 20, "a", "b"))

    async with serving(telegram, saying(place, Reply(Language.PL, "Coś jeszcze?"))):
        await telegram.push(message("mapa"))
        sent = await telegram.calls_of("sendMessage", 2)

    assert [call["text"] for call in sent] == ["Tutaj", "Coś jeszcze?"]
    assert caplog.messages == ["update 1001: sendVenue was refused: Button_type_invalid"]


async def test_message_that_is_refused_even_as_plain_text_is_logged(
    telegram: FakeTelegram, caplog: pytest.LogCaptureFixture
) -> None:
    telegram.fail("sendMessage", REFUSAL, REFUSAL)

    async with serving(telegram, Echo()):
        await telegram.push(message("a"))
        await telegram.all_confirmed()

    assert caplog.messages == [
        "update 1001: sendMessage was refused: Button_type_invalid",
        "update 1001: the plain text did not go either",
    ]


async def test_group_that_moves_on_and_on_is_given_up(
    telegram: FakeTelegram, caplog: pytest.LogCaptureFixture
) -> None:
    telegram.moved |= {-5: -6, -6: -7}

    async with serving(telegram, Echo()):
        await telegram.push(message("/help", chat=-5))
        await telegram.all_confirmed()

    assert caplog.messages == ["update 1001: the group moved twice"]


async def test_tap_is_answered_although_its_spinner_cannot_be_stopped(
    telegram: FakeTelegram, caplog: pytest.LogCaptureFixture
) -> None:
    telegram.fail("answerCallbackQuery", Fault(page=502))

    async with serving(telegram, Echo()):
        await telegram.push(tap("p:2"))
        await telegram.calls_of("sendMessage", 1)

    (told,) = caplog.messages
    assert told.startswith("update 1001: the spinner was not stopped: ")


@pytest.mark.parametrize(
    "fields",
    [
        {"inline_message_id": "x", "data": "p:1"},
        {"message": tap("")["callback_query"]["message"], "game_short_name": "g"},
    ],
    ids=["in a chat of others", "of a game"],
)
async def test_tap_that_asks_nothing_of_us_is_only_stopped(
    telegram: FakeTelegram, fields: dict[str, object]
) -> None:
    query = {"id": "query-1", "from": visitor(), "chat_instance": "1", **fields}
    echo = Echo()

    async with serving(telegram, echo):
        await telegram.push({"callback_query": query})
        await telegram.calls_of("answerCallbackQuery", 1)
        await telegram.all_confirmed()

    assert echo.heard == []


async def test_inline_query_stays_unanswered_where_nobody_searches(
    telegram: FakeTelegram,
) -> None:
    async with serving(telegram, Echo()):
        await telegram.push(inline_query("catering"))
        await telegram.all_confirmed()

    assert telegram.of("answerInlineQuery") == []


@pytest.mark.parametrize(
    ("fault", "level"), [(too_many_requests(5), "WARNING"), (REFUSAL, "ERROR")]
)
async def test_inline_answer_that_does_not_go_is_logged(
    telegram: FakeTelegram, fault: Fault, level: str, caplog: pytest.LogCaptureFixture
) -> None:
    telegram.fail("answerInlineQuery", fault)

    async def nothing(words: str, hint: str | None) -> tuple[()]:
        return ()

    async with serving(telegram, Echo(), search=nothing):
        await telegram.push(inline_query("catering"))
        await telegram.all_confirmed()

    assert [record.levelname for record in caplog.records] == [level]


async def test_chat_that_floods_loses_what_is_too_much_and_no_other_chat_does(
    telegram: FakeTelegram, caplog: pytest.LogCaptureFixture
) -> None:
    may_answer = asyncio.Event()
    echo = Echo()

    async def respond(incoming: Incoming) -> tuple[Reply, ...]:
        if incoming.chat.chat == "1":
            await may_answer.wait()
        return await echo(incoming)

    async with serving(telegram, respond, options=polling(telegram, per_chat=2)):
        await telegram.push(*(message(text, chat=1) for text in "abcd"), message("e", chat=2))
        await telegram.calls_of("sendMessage", 1)
        may_answer.set()
        await telegram.all_confirmed()

    assert [call["text"] for call in telegram.of("sendMessage")] == [
        "echo: e",
        "echo: a",
        "echo: b",
    ]
    assert caplog.messages == [
        "update 1003 is dropped: its chat has too many waiting",
        "update 1004 is dropped: its chat has too many waiting",
    ]


async def test_stop_of_the_webhook_waits_no_longer_than_it_should(
    telegram: FakeTelegram,
) -> None:
    asked = asyncio.Event()

    async def stuck(_: Incoming) -> tuple[Reply, ...]:
        asked.set()
        await asyncio.Event().wait()
        return ()

    hasty = webhook(telegram, waits=replace(QUICK, drain=timedelta(milliseconds=10)))
    async with serving_webhook(telegram, stuck, options=hasty) as to:
        delivery = asyncio.create_task(telegram.deliver(telegram.number(message("a")), to))
        await asked.wait()

    assert await delivery == 503


async def test_order_is_kept_for_updates_only() -> None:
    async def work() -> None: ...

    undone = work()

    with pytest.raises(TypeError, match="an Update was expected"):
        await InOrder(1, 1).process_update("no update", undone)

    undone.close()
