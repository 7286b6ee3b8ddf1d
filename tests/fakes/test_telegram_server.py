"""The fake Bot API server refuses what Telegram refuses, in Telegram's words."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import aiohttp
import pytest

from tests.fakes.telegram_server import FakeTelegram, Fault, too_many_requests
from tests.fakes.telegram_server_flood import Flood
from tests.fakes.telegram_server_updates import inline_query, message, tap

Answer = tuple[int, dict[str, Any]]
Call = Callable[..., Awaitable[Answer]]

KEY = {"text": "a", "callback_data": "a"}
ARTICLE = {
    "type": "article",
    "id": "1",
    "title": "a",
    "input_message_content": {"message_text": "a"},
}


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as server:
        server.know(7)
        yield server


@pytest.fixture
async def call(telegram: FakeTelegram) -> AsyncIterator[Call]:
    async with aiohttp.ClientSession() as session:

        async def call(method: str, token: str = telegram.token, **parameters: Any) -> Answer:
            url = f"{telegram.url}/bot{token}/{method}"
            async with session.post(url, json=parameters) as answer:
                return answer.status, await answer.json()

        yield call


def refusal(answer: Answer) -> tuple[int, str]:
    status, body = answer
    assert body["ok"] is False
    assert body["error_code"] == status
    return status, body["description"].removeprefix("Bad Request: ")


def keyboard(*rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"inline_keyboard": list(rows)}


async def test_message_that_is_right_is_taken(call: Call, telegram: FakeTelegram) -> None:
    given = {"chat_id": 7, "text": "<b>a</b> &lt;", "parse_mode": "HTML"}

    status, body = await call("sendMessage", **given, reply_markup=keyboard([KEY]))

    assert (status, body["ok"], body["result"]["text"]) == (200, True, "a <")
    assert telegram.of("sendMessage") == [given | {"reply_markup": keyboard([KEY])}]


async def test_wrong_token_is_unauthorized(call: Call) -> None:
    assert refusal(await call("getMe", token="1:x")) == (401, "Unauthorized")


@pytest.mark.parametrize(
    ("method", "parameters", "code", "words"),
    [
        ("sendMesage", {}, 404, "Not Found"),
        ("sendMessage", {"text": "a"}, 400, "sendMessage: parameter chat_id is required"),
        ("sendMessage", {"chat_id": 7}, 400, "sendMessage: parameter text is required"),
        (
            "sendMessage",
            {"chat_id": 7, "text": "a", "markup": 1},
            400,
            "sendMessage has no parameter markup",
        ),
        ("sendMessage", {"chat_id": 8, "text": "a"}, 400, "chat not found"),
        ("sendMessage", {"chat_id": 7, "text": 5}, 400, "text must be String"),
        (
            "sendMessage",
            {"chat_id": 7, "text": "a", "disable_notification": "yes"},
            400,
            "disable_notification must be Boolean",
        ),
        (
            "sendMessage",
            {"chat_id": 7, "text": "a", "link_preview_options": {"off": True}},
            400,
            "LinkPreviewOptions has no field off",
        ),
        (
            "setMyCommands",
            {"commands": [{"command": "a"}]},
            400,
            "commands[0]: field description of BotCommand is required",
        ),
        ("setMyCommands", {"commands": {}}, 400, "commands must be an array"),
        ("sendDocument", {"chat_id": 7, "document": 5}, 400, "document must be InputFile"),
        (
            "setMyCommands",
            {"commands": [{"command": "Start", "description": "a"}]},
            400,
            "BOT_COMMAND_INVALID",
        ),
        (
            "setMyCommands",
            {"commands": [{"command": "a", "description": " "}]},
            400,
            "BOT_COMMAND_DESCRIPTION_INVALID",
        ),
        ("setMyDescription", {"description": "a" * 513}, 400, "description is too long"),
        (
            "sendChatAction",
            {"chat_id": 7, "action": "dance"},
            400,
            "wrong parameter action in request",
        ),
        (
            "sendVenue",
            {"chat_id": 7, "latitude": 91, "longitude": 0, "title": "a", "address": "a"},
            400,
            "wrong latitude or longitude",
        ),
        (
            "sendVenue",
            {"chat_id": 7, "latitude": 9, "longitude": 0, "title": "a", "address": ""},
            400,
            "sendVenue: parameter address is required",
        ),
        ("getUpdates", {"limit": 101}, 400, "limit or timeout is out of range"),
        ("getUpdates", {"allowed_updates": ["msg"]}, 400, "unknown update types ['msg']"),
        (
            "setWebhook",
            {"url": "http://a.pl"},
            400,
            "bad webhook: An HTTPS URL must be provided for webhook",
        ),
        (
            "setWebhook",
            {"url": "https://a.pl", "secret_token": "ż"},
            400,
            "secret token contains unallowed characters",
        ),
    ],
)
async def test_call_that_is_wrong_is_refused(
    call: Call, method: str, parameters: dict[str, Any], code: int, words: str
) -> None:
    assert refusal(await call(method, **parameters)) == (code, words)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (" \n", "message text is empty"),
        ("<b> </b>", "message text is empty"),
        ("a" * 4097, "message is too long"),
        ("🎪" * 2049, "message is too long"),
        ("<div>a</div>", 'can\'t parse entities: Unsupported start tag "div"'),
        ("<b>a", "can't parse entities: Can't find end tag corresponding to start tag \"b\""),
        ("<b><i>a</b></i>", 'can\'t parse entities: Unmatched end tag "b"'),
        ("a</b>", 'can\'t parse entities: Unmatched end tag "b"'),
        ("a < b", 'can\'t parse entities: Unsupported start tag ""'),
        ("<!-- a -->", 'can\'t parse entities: Unsupported start tag "!--"'),
        ("<span>a</span>", 'can\'t parse entities: Unsupported start tag "span"'),
    ],
)
async def test_text_that_is_wrong_is_refused(call: Call, text: str, words: str) -> None:
    answer = await call("sendMessage", chat_id=7, text=text, parse_mode="HTML")

    assert refusal(answer) == (400, words)


async def test_other_markup_is_refused(call: Call) -> None:
    answer = await call("sendMessage", chat_id=7, text="a", parse_mode="Markdown")

    assert refusal(answer) == (400, "unsupported parse_mode")


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        (keyboard([KEY] * 9), "reply markup is too long"),
        (keyboard(*[[KEY]] * 101), "reply markup is too long"),
        (keyboard([]), "an inline keyboard row is empty"),
        (
            keyboard([{"text": " ", "callback_data": "a"}]),
            "text buttons are unallowed in the inline keyboard",
        ),
        (
            keyboard([{"text": "a"}]),
            "can't parse inline keyboard button: one kind is needed",
        ),
        (
            keyboard([KEY | {"url": "https://a.pl"}]),
            "can't parse inline keyboard button: one kind is needed",
        ),
        (keyboard([{"text": "a", "callback_data": "ż" * 33}]), "BUTTON_DATA_INVALID"),
        (keyboard([{"text": "a", "callback_data": ""}]), "BUTTON_DATA_INVALID"),
        (
            keyboard([{"text": "a", "copy_text": {"text": "a" * 257}}]),
            "BUTTON_COPY_TEXT_INVALID",
        ),
        (keyboard([{"text": "a", "url": "tel:112"}]), "inline keyboard button URL is invalid"),
        (
            keyboard([{"text": "a", "url": "https://a b.pl"}]),
            "inline keyboard button URL is invalid",
        ),
        (keyboard([{"text": "a", "url": "https://host"}]), "inline keyboard button URL is invalid"),
        (keyboard([{"text": "a", "colour": "red"}]), "InlineKeyboardButton has no field colour"),
    ],
)
async def test_keyboard_that_is_wrong_is_refused(
    call: Call, markup: dict[str, Any], words: str
) -> None:
    answer = await call("sendMessage", chat_id=7, text="a", reply_markup=markup)

    assert refusal(answer) == (400, words)


async def test_edit_to_the_same_is_refused(call: Call) -> None:
    _, sent = await call("sendMessage", chat_id=7, text="a")
    place = {"chat_id": 7, "message_id": sent["result"]["message_id"]}

    assert (await call("editMessageText", **place, text="b"))[0] == 200
    _, words = refusal(await call("editMessageText", **place, text="b"))
    _, gone = refusal(await call("editMessageText", chat_id=7, message_id=1, text="b"))

    assert words.startswith("message is not modified")
    assert gone == "message to edit not found"


async def test_map_has_no_text_to_edit(call: Call) -> None:
    place = {"latitude": 50, "longitude": 20, "title": "a", "address": "b"}
    _, sent = await call("sendVenue", chat_id=7, **place)

    answer = await call(
        "editMessageText", chat_id=7, message_id=sent["result"]["message_id"], text="b"
    )

    assert refusal(answer) == (400, "there is no text in the message to edit")


async def test_taps_and_inline_queries_are_answered_only_while_they_live(
    call: Call, telegram: FakeTelegram
) -> None:
    await telegram.push(tap("a", query="tap"), inline_query("a", query="words"))
    tapped = {"callback_query_id": "tap"}
    asked = {"inline_query_id": "words", "results": [ARTICLE]}

    assert (await call("answerCallbackQuery", **tapped))[0] == 200
    assert (await call("answerInlineQuery", **asked))[0] == 200
    telegram.expire("tap")
    telegram.expire("words")
    for answer in (
        await call("answerCallbackQuery", **tapped),
        await call("answerInlineQuery", **asked),
    ):
        assert refusal(answer)[1].startswith("query is too old")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"results": [ARTICLE, ARTICLE]}, "RESULT_ID_DUPLICATE"),
        ({"results": [ARTICLE | {"id": "ż" * 33}]}, "RESULT_ID_INVALID"),
        ({"results": [ARTICLE | {"title": " "}]}, "article title is empty"),
        ({"results": [ARTICLE | {"id": str(n)} for n in range(51)]}, "RESULTS_TOO_MUCH"),
        ({"results": [], "button": {"text": "a"}}, "BUTTON_INVALID"),
        (
            {"results": [], "button": {"text": "a", "start_parameter": "a b"}},
            "START_PARAM_INVALID",
        ),
    ],
)
async def test_inline_answer_that_is_wrong_is_refused(
    call: Call, telegram: FakeTelegram, given: dict[str, Any], words: str
) -> None:
    await telegram.push(inline_query("a"))

    answer = await call("answerInlineQuery", inline_query_id="inline-1", **given)

    assert refusal(answer) == (400, words)


async def test_blocked_and_moved_chats_say_so(call: Call, telegram: FakeTelegram) -> None:
    telegram.blocked.add(7)
    telegram.moved[-5] = -100500

    blocked = refusal(await call("sendMessage", chat_id=7, text="a"))
    _, moved = await call("sendMessage", chat_id=-5, text="a")

    assert blocked == (403, "Forbidden: bot was blocked by the user")
    assert moved["parameters"] == {"migrate_to_chat_id": -100500}


async def test_updates_stay_until_they_are_confirmed(call: Call, telegram: FakeTelegram) -> None:
    await telegram.push(message("a"), message("b"))

    _, both = await call("getUpdates")
    ids = [update["update_id"] for update in both["result"]]
    _, again = await call("getUpdates", offset=ids[0])
    _, rest = await call("getUpdates", offset=ids[1])
    _, none = await call("getUpdates", offset=ids[1] + 1)

    assert both == again
    assert [update["update_id"] for update in rest["result"]] == ids[1:]
    assert none["result"] == []


async def test_poll_waits_for_an_update(call: Call, telegram: FakeTelegram) -> None:
    poll = asyncio.ensure_future(call("getUpdates", timeout=30))
    await telegram.until(lambda: telegram.is_polled)

    await telegram.push(message("a"))

    _, answer = await poll
    assert len(answer["result"]) == 1


async def test_second_poller_ends_the_first(call: Call, telegram: FakeTelegram) -> None:
    first = asyncio.ensure_future(call("getUpdates", timeout=30))
    await telegram.until(lambda: telegram.is_polled)

    await call("getUpdates", timeout=0)

    code, words = refusal(await first)
    assert (code, words.split(":")[0]) == (409, "Conflict")


async def test_nobody_polls_while_a_webhook_is_set(call: Call) -> None:
    await call("setWebhook", url="https://fair.example/hook", secret_token="s")

    code, words = refusal(await call("getUpdates"))
    await call("deleteWebhook")

    assert (code, words[:44]) == (409, "Conflict: can't use getUpdates method while ")
    assert (await call("getUpdates"))[0] == 200


async def test_faults_come_once_each_and_in_order(call: Call, telegram: FakeTelegram) -> None:
    telegram.fail("getMe", too_many_requests(3), Fault(drop="before"), Fault(drop="after"))

    limited = await call("getMe")
    for _ in range(2):
        with pytest.raises(aiohttp.ServerDisconnectedError):
            await call("getMe")
    fine = await call("getMe")

    assert limited == (
        429,
        {
            "ok": False,
            "error_code": 429,
            "description": "Too Many Requests: retry after 3",
            "parameters": {"retry_after": 3},
        },
    )
    assert fine[0] == 200
    # What was dropped before was not done, what was dropped after was.
    assert len(telegram.of("getMe")) == 2


async def test_page_of_a_proxy_is_no_json(call: Call, telegram: FakeTelegram) -> None:
    telegram.fail("getMe", Fault(page=502))

    with pytest.raises(aiohttp.ContentTypeError):
        await call("getMe")


async def test_parameters_may_come_as_a_form_or_in_the_address(telegram: FakeTelegram) -> None:
    markup = json.dumps(keyboard([KEY]))
    form = {"chat_id": "7", "text": "5", "disable_notification": "true", "reply_markup": markup}

    async with aiohttp.ClientSession() as session:
        for place in ("data", "params"):
            url = f"{telegram.url}/bot{telegram.token}/sendMessage"
            async with session.request("POST", url, **{place: form}) as answer:  # type: ignore[arg-type] # the name of the argument varies
                assert answer.status == 200

    typed = {
        "chat_id": 7,
        "text": "5",
        "disable_notification": True,
        "reply_markup": keyboard([KEY]),
    }
    assert telegram.of("sendMessage") == [typed, typed]


async def test_whoever_floods_is_shut_out(call: Call, telegram: FakeTelegram) -> None:
    telegram.flood = Flood(per_second=3, shut_s=60)

    codes = [(await call("sendMessage", chat_id=7, text="a"))[0] for _ in range(5)]

    assert codes == [200, 200, 200, 429, 429]
    assert (telegram.flood.refused, len(telegram.flood.came_at)) == (2, 3)
    assert len(telegram.of("sendMessage")) == 3


async def test_a_chat_has_a_limit_of_its_own(call: Call, telegram: FakeTelegram) -> None:
    telegram.know(8)
    telegram.flood = Flood(per_second=30, per_chat=1)

    codes = [(await call("sendMessage", chat_id=chat, text="a"))[0] for chat in (7, 8, 8)]

    assert codes == [200, 200, 429]
