"""From an update to the calls that answer it, over HTTP."""

import asyncio
import logging
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.messaging.languages import Language
from bot.messaging.message import ChatId, Incoming, Tap
from bot.messaging.reply import Ask, File, MapPoint, Reply
from tests.channels.telegram.serving import NOW, QUICK, Echo, polling, saying, serving
from tests.fakes.telegram_server import FakeTelegram, Fault, too_many_requests
from tests.fakes.telegram_server_types import RefusedError
from tests.fakes.telegram_server_updates import (
    BOT,
    SENT_AT,
    message,
    private_chat,
    tap,
    visitor,
)

PAGE_1 = Reply(Language.PL, "Strona 1", buttons=(Ask("Dalej", "p:2"),))
PAGE_2 = Reply(Language.PL, "Strona 2", buttons=(Ask("Wstecz", "p:1"),), replaces=True)


async def test_tap_is_answered_first_and_edits_its_message(telegram: FakeTelegram) -> None:
    async def respond(incoming: Incoming) -> tuple[Reply, ...]:
        return (PAGE_2,) if isinstance(incoming.content, Tap) else (PAGE_1,)

    async with serving(telegram, respond):
        await telegram.push(message("program"))
        await telegram.calls_of("sendMessage", 1)
        shown = next(iter(telegram.messages.values()))
        await telegram.push(tap("p:2", shown=shown))
        await telegram.calls_of("editMessageText", 1)

    acts = [call.method for call in telegram.calls if not call.method.startswith("get")]
    assert acts == ["sendMessage", "answerCallbackQuery", "editMessageText"]
    changed = telegram.messages[7, shown["message_id"]]
    assert changed["text"] == "Strona 2"
    assert changed["reply_markup"] == {
        "inline_keyboard": [[{"text": "Wstecz", "callback_data": "p:1"}]]
    }


async def test_a_file_arrives_whole_after_its_text(telegram: FakeTelegram) -> None:
    file = File("targi.ics", "text/calendar", b"BEGIN:VCALENDAR\r\n\x00\xff")

    async with serving(telegram, saying(Reply(Language.PL, "Kalendarz", file=file))):
        await telegram.push(message("kalendarz"))
        (sent,) = await telegram.calls_of("sendDocument", 1)

    acts = [call.method for call in telegram.calls if call.method.startswith("send")]
    assert acts == ["sendMessage", "sendDocument"]
    assert sent["document"] == file.content


async def test_tap_comes_in_as_a_tap_of_its_chat(telegram: FakeTelegram) -> None:
    echo = Echo()

    async with serving(telegram, echo):
        await telegram.push(tap("e:pomocna-dlon", language="uk"))
        await telegram.calls_of("sendMessage", 1)

    assert echo.heard == [
        Incoming(ChatId("telegram", "7"), Tap("e:pomocna-dlon"), NOW, language_hint="uk")
    ]


async def test_double_tap_that_changes_nothing_is_a_success(
    telegram: FakeTelegram, caplog: pytest.LogCaptureFixture
) -> None:
    async with serving(telegram, saying(PAGE_2)):
        await telegram.push(message("program"))
        await telegram.calls_of("sendMessage", 1)
        shown = next(iter(telegram.messages.values()))
        await telegram.push(tap("p:2", shown=shown), tap("p:2", query="query-2", shown=shown))
        await telegram.all_confirmed()

    assert len(telegram.of("answerCallbackQuery")) == 2
    assert telegram.of("editMessageText") == []
    assert len(telegram.of("sendMessage")) == 1
    assert caplog.messages == []


@pytest.mark.parametrize(
    "shown",
    [
        {"message_id": 50, "date": SENT_AT, "chat": private_chat(), "from": BOT, "text": "gone"},
        {"message_id": 50, "date": 0, "chat": private_chat()},
    ],
    ids=["deleted", "too old to be handed out"],
)
async def test_page_of_a_message_that_is_gone_is_sent_anew(
    telegram: FakeTelegram, shown: dict[str, object]
) -> None:
    async with serving(telegram, saying(PAGE_2)):
        await telegram.push(tap("p:2", shown=shown))
        sent = await telegram.calls_of("sendMessage", 1)

    assert [call["text"] for call in sent] == ["Strona 2"]


async def test_page_of_a_map_is_sent_anew(telegram: FakeTelegram) -> None:
    point = MapPoint(50.88, 20.59, "Targi Kielce", "ul. Zakładowa 1, Kielce")
    replies = iter([(Reply(Language.PL, point=point, buttons=PAGE_1.buttons),), (PAGE_2,)])

    async def respond(_: Incoming) -> tuple[Reply, ...]:
        return next(replies)

    async with serving(telegram, respond):
        await telegram.push(message("mapa"))
        await telegram.calls_of("sendVenue", 1)
        shown = next(iter(telegram.messages.values()))
        await telegram.push(tap("p:2", shown=shown))
        await telegram.calls_of("sendMessage", 1)

    assert telegram.of("sendVenue") == [
        {
            "chat_id": 7,
            "latitude": 50.88,
            "longitude": 20.59,
            "title": "Targi Kielce",
            "address": "ul. Zakładowa 1, Kielce",
            "reply_markup": {"inline_keyboard": [[{"text": "Dalej", "callback_data": "p:2"}]]},
        }
    ]


async def test_tap_that_is_too_old_is_answered_all_the_same(
    telegram: FakeTelegram, caplog: pytest.LogCaptureFixture
) -> None:
    update = telegram.number(tap("p:1"))
    telegram.expire("query-1")

    async with serving(telegram, Echo()):
        telegram.updates.append(update)
        await telegram.push()
        await telegram.calls_of("sendMessage", 1)

    assert telegram.of("answerCallbackQuery") == []
    assert caplog.messages == []


async def test_typing_is_shown_when_an_answer_is_slow(telegram: FakeTelegram) -> None:
    async def slow(_: Incoming) -> tuple[Reply, ...]:
        await telegram.calls_of("sendChatAction", 1)
        return (Reply(Language.PL, "gotowe"),)

    impatient = polling(telegram, waits=replace(QUICK, typing=timedelta(milliseconds=5)))
    async with serving(telegram, slow, options=impatient):
        await telegram.push(message("a"))
        await telegram.calls_of("sendMessage", 1)

    assert telegram.of("sendChatAction") == [{"chat_id": 7, "action": "typing"}]


async def test_typing_is_not_shown_when_an_answer_is_quick(telegram: FakeTelegram) -> None:
    async with serving(telegram, Echo()):
        await telegram.push(message("a"))
        await telegram.calls_of("sendMessage", 1)

    assert telegram.of("sendChatAction") == []


async def test_blocked_bot_is_noted_quietly(
    telegram: FakeTelegram, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    telegram.blocked.add(7)

    async with serving(telegram, Echo()):
        await telegram.push(message("a"))
        await telegram.all_confirmed()

    notes = [(r.levelname, r.getMessage()) for r in caplog.records if "reach:" in r.getMessage()]
    assert notes == [
        (
            "INFO",
            "update 1001: the chat is out of reach: Forbidden: bot was blocked by the user",
        )
    ]


async def test_wait_that_telegram_tells_is_waited(telegram: FakeTelegram) -> None:
    telegram.fail("sendMessage", too_many_requests(1))
    patient = polling(telegram, waits=replace(QUICK, patience=timedelta(seconds=5)))
    clock = asyncio.get_running_loop().time

    async with serving(telegram, Echo(), options=patient):
        began = clock()
        await telegram.push(message("a"))
        await telegram.calls_of("sendMessage", 1)

    assert clock() - began >= 1
    assert len(telegram.of("sendMessage")) == 1


@pytest.mark.parametrize("fault", [Fault(drop="after"), Fault(drop="before")])
async def test_message_whose_outcome_is_unknown_is_never_repeated(
    telegram: FakeTelegram, fault: Fault, caplog: pytest.LogCaptureFixture
) -> None:
    telegram.fail("sendMessage", fault)

    async with serving(telegram, Echo()):
        await telegram.push(message("a"))
        await telegram.all_confirmed()
        await telegram.push(message("b"))
        await telegram.until(lambda: any("b" in m["text"] for m in telegram.messages.values()))
        await telegram.all_confirmed()

    carried_out = 1 if fault.drop == "after" else 0
    assert [c["text"] for c in telegram.of("sendMessage")].count("echo: a") == carried_out
    assert caplog.messages == [
        "update 1001: nobody knows whether sendMessage was done"
        " (no answer: ServerDisconnectedError); it is not repeated"
    ]


async def test_message_that_times_out_is_never_repeated(
    telegram: FakeTelegram, caplog: pytest.LogCaptureFixture
) -> None:
    never = asyncio.Event()
    telegram.fail("sendMessage", Fault(until=never))
    quick = replace(polling(telegram).timeouts, read=0.05)

    async with serving(telegram, Echo(), options=polling(telegram, timeouts=quick)):
        await telegram.push(message("a"))
        await telegram.all_confirmed()

    never.set()
    assert telegram.of("sendMessage") == []
    assert [text for text in caplog.messages if "update" in text] == [
        "update 1001: nobody knows whether sendMessage was done"
        " (no answer in time: SocketTimeoutError); it is not repeated"
    ]


async def test_server_error_is_tried_again(telegram: FakeTelegram) -> None:
    telegram.fail("sendMessage", Fault(page=502), Fault(page=500))

    async with serving(telegram, Echo()):
        await telegram.push(message("a"))
        sent = await telegram.calls_of("sendMessage", 1)
        await telegram.all_confirmed()

    assert [call["text"] for call in sent] == ["echo: a"]


async def test_markup_that_is_refused_goes_as_plain_text_once(
    telegram: FakeTelegram, caplog: pytest.LogCaptureFixture
) -> None:
    refusal = RefusedError("Bad Request: can't parse entities: Unsupported start tag")
    telegram.fail("sendMessage", Fault(refusal))
    reply = Reply(
        Language.PL, "Jan & Syn <sp. z o.o.>", title="Firma", buttons=(Ask("Menu", "menu"),)
    )

    async with serving(telegram, saying(reply)):
        await telegram.push(message("a"))
        sent = await telegram.calls_of("sendMessage", 1)

    assert sent == [
        {
            "chat_id": 7,
            "text": "Firma\n\nJan & Syn <sp. z o.o.>",
            "reply_markup": {"inline_keyboard": [[{"text": "Menu", "callback_data": "menu"}]]},
        }
    ]
    assert caplog.messages == [
        "update 1001: sendMessage was refused: Can't parse entities: unsupported start tag"
    ]


async def test_group_that_moved_is_answered_where_it_is_now(telegram: FakeTelegram) -> None:
    telegram.moved[-5] = -100500
    telegram.know(-100500)

    async with serving(telegram, Echo()):
        await telegram.push(message("/help", chat=-5))
        sent = await telegram.calls_of("sendMessage", 1)

    assert [call["chat_id"] for call in sent] == [-100500]


async def test_mistake_is_apologised_for_in_the_visitors_language_and_logged_without_words(
    telegram: FakeTelegram, caplog: pytest.LogCaptureFixture
) -> None:
    async def broken(incoming: Incoming) -> tuple[Reply, ...]:
        raise ValueError("mój numer to 600 100 200")

    async with serving(telegram, broken):
        await telegram.push(message("mój numer to 600 100 200", language="uk-UA"))
        sent = await telegram.calls_of("sendMessage", 1)

    assert [call["text"] for call in sent] == [
        "Вибачте, цього разу не вийшло. За хвилину можна спробувати ще раз."
    ]
    (told,) = caplog.messages
    assert told.startswith("update 1001: no answer: ValueError at ")
    assert "600" not in caplog.text


async def test_answer_in_a_topic_stays_in_the_topic(telegram: FakeTelegram) -> None:
    echo = Echo()
    async with serving(telegram, echo):
        await telegram.push(
            message("/help", chat=-100500, message_thread_id=42, is_topic_message=True)
        )
        sent = await telegram.calls_of("sendMessage", 1)

    assert echo.heard[0].chat == ChatId("telegram", "-100500/42")
    assert [(call["chat_id"], call["message_thread_id"]) for call in sent] == [(-100500, 42)]


async def test_blocking_the_bot_is_taken_note_of(
    telegram: FakeTelegram, caplog: pytest.LogCaptureFixture
) -> None:
    member = {"status": "member", "user": BOT}
    kicked = {"status": "kicked", "user": BOT, "until_date": 0}
    blocks = {
        "chat": private_chat(),
        "from": visitor(),
        "date": SENT_AT,
        "old_chat_member": member,
        "new_chat_member": kicked,
    }
    returns = blocks | {"old_chat_member": kicked, "new_chat_member": member}
    learnt: list[tuple[ChatId, bool]] = []

    async def reach(chat: ChatId, is_reachable: bool) -> None:
        learnt.append((chat, is_reachable))

    async with serving(telegram, Echo(), reach=reach):
        await telegram.push({"my_chat_member": blocks})
        await telegram.push({"my_chat_member": returns})
        await telegram.push(message("a"))
        await telegram.calls_of("sendMessage", 1)
        await telegram.all_confirmed()

    assert learnt == [(ChatId("telegram", "7"), False), (ChatId("telegram", "7"), True)]
    assert len(telegram.of("sendMessage")) == 1
    assert caplog.messages == []


async def test_answers_are_counted_so_that_a_broadcast_takes_what_they_leave(
    telegram: FakeTelegram,
) -> None:
    async with serving(telegram, Echo()) as served:
        assert served.pace.taken(timedelta(seconds=5)) == 0
        await telegram.push(message("a"), message("b"), tap("c"))
        await telegram.calls_of("sendMessage", 3)
        counted = served.pace.taken(timedelta(seconds=5))

    assert counted == 3, "a message each; that a tap was seen is none"
    assert served.pace.taken(timedelta(0)) == 0


async def test_talk_of_a_group_is_none_of_our_business(telegram: FakeTelegram) -> None:
    echo = Echo()

    async with serving(telegram, echo):
        await telegram.push(message("Kto idzie na obiad?", chat=-100500))
        await telegram.push(message("@TargobotTestBot gdzie obiad?", chat=-100500))
        await telegram.calls_of("sendMessage", 1)
        await telegram.all_confirmed()

    assert [call["text"] for call in telegram.of("sendMessage")] == ["echo: gdzie obiad?"]


async def test_time_of_a_message_is_telegrams(telegram: FakeTelegram) -> None:
    echo = Echo()

    async with serving(telegram, echo):
        await telegram.push(message("a"))
        await telegram.calls_of("sendMessage", 1)

    assert echo.heard[0].sent_at == datetime.fromtimestamp(SENT_AT, UTC)
