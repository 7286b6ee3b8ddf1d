"""The fake Graph API server refuses what Meta refuses, by Meta's codes."""

import asyncio
import datetime as dt
import hashlib
import hmac
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import aiohttp
import pytest

from tests.fakes import graph_server_errors as errors
from tests.fakes.graph_server import FakeGraph, Fault
from tests.fakes.graph_server_events import PAGE, body_of, envelope, signature_of, text

Answer = tuple[int, Any]
Call = Callable[..., Awaitable[Answer]]

ANNA = "7001000000000001"
BUTTON = {"type": "postback", "title": "a", "payload": "a"}
QUICK = {"content_type": "text", "title": "a", "payload": "a"}
CARD = {"title": "a", "subtitle": "b"}
ENTRY = {"type": "postback", "title": "a", "payload": "a"}


class Hours:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = dt.datetime(2017, 11, 30, 9, tzinfo=dt.UTC)

    def __call__(self) -> dt.datetime:
        return self.now


@pytest.fixture
def hours() -> Hours:
    return Hours()


@pytest.fixture
async def graph(hours: Hours) -> AsyncIterator[FakeGraph]:
    async with FakeGraph(hours) as server:
        server.meet(ANNA)
        yield server


@pytest.fixture
async def call(graph: FakeGraph) -> AsyncIterator[Call]:
    async with aiohttp.ClientSession() as session:

        async def call(
            edge: str,
            body: dict[str, Any] | None = None,
            *,
            method: str = "POST",
            node: str = "me",
            token: str = graph.token,
            proof: str | None = None,
        ) -> Answer:
            digest = hmac.new(graph.app_secret.encode(), token.encode(), hashlib.sha256)
            given = {**(body or {}), "appsecret_proof": proof or digest.hexdigest()}
            if proof == "none":
                del given["appsecret_proof"]
            async with session.request(
                method,
                f"{graph.url}/v25.0/{node}/{edge}".rstrip("/"),
                headers={"Authorization": f"Bearer {token}"},
                json=None if method == "GET" else given,
                params=given if method == "GET" else None,
            ) as answer:
                return answer.status, await answer.json()

        yield call


def message(message: dict[str, Any], kind: str = "RESPONSE", **more: Any) -> dict[str, Any]:
    return {"recipient": {"id": ANNA}, "messaging_type": kind, "message": message} | more


def template(payload: dict[str, Any]) -> dict[str, Any]:
    return message({"attachment": {"type": "template", "payload": payload}})


def buttons(*given: dict[str, Any], text: str = "a") -> dict[str, Any]:
    return template({"template_type": "button", "text": text, "buttons": list(given)})


def cards(*given: dict[str, Any]) -> dict[str, Any]:
    return template({"template_type": "generic", "elements": list(given)})


def code_of(answer: Answer) -> tuple[int, int]:
    _, body = answer
    return body["error"]["code"], body["error"].get("error_subcode", 0)


async def test_message_that_is_right_is_taken_and_echoed(call: Call, graph: FakeGraph) -> None:
    given = {"text": "Dzień dobry", "metadata": "d:1", "quick_replies": [QUICK] * 13}

    status, body = await call("messages", message(given, "UPDATE"))

    assert (status, body["recipient_id"]) == (200, ANNA)
    assert [(one.message, one.messaging_type) for one in graph.sent] == [(given, "UPDATE")]
    assert graph.echoes[0]["message"]["metadata"] == "d:1"
    assert graph.echoes[0]["message"]["mid"] == body["message_id"]


@pytest.mark.parametrize(
    "body",
    [
        buttons(BUTTON, BUTTON, BUTTON),
        buttons({"type": "web_url", "title": "a", "url": "https://fair.example"}),
        buttons({"type": "phone_number", "title": "a", "payload": "+48123456789"}),
        cards(*[CARD] * 10),
        message({"attachment": {"type": "image", "payload": {"url": "https://a.example/a.png"}}}),
        message({"text": "a" * 2000}),
        {"recipient": {"id": ANNA}, "sender_action": "typing_on"},
    ],
)
async def test_what_is_just_within_the_limits_is_taken(call: Call, body: dict[str, Any]) -> None:
    status, answer = await call("messages", body)

    assert status == 200, answer


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (message({"text": "a" * 2001}), (100, 0)),
        (message({"text": " "}), (100, 2018034)),
        (message({"text": "a", "quickReplies": []}), (100, 0)),
        (message({"text": "a", "metadata": "a" * 1001}), (100, 0)),
        (message({"text": "a", "quick_replies": []}), (194, 0)),
        (message({"text": "a", "quick_replies": [QUICK] * 14}), (105, 0)),
        (message({"text": "a", "quick_replies": [QUICK | {"title": "a" * 21}]}), (100, 0)),
        (message({"text": "a", "quick_replies": [QUICK | {"payload": "a" * 1001}]}), (100, 0)),
        (message({"text": "a", "quick_replies": [{"content_type": "location"}]}), (100, 0)),
        (message({"text": "a", "quick_replies": [{"content_type": "text"}]}), (100, 2018098)),
        (buttons(), (100, 0)),
        (buttons(*[BUTTON] * 4), (105, 0)),
        (buttons(BUTTON, text="a" * 641), (100, 0)),
        (buttons(BUTTON | {"title": ""}), (100, 2018053)),
        (buttons(BUTTON | {"title": "a" * 21}), (100, 0)),
        (buttons(BUTTON | {"payload": ""}), (100, 2018040)),
        (buttons({"type": "web_url", "title": "a"}), (100, 2018041)),
        (buttons({"type": "web_url", "title": "a", "url": "tel:112"}), (100, 0)),
        (buttons({"type": "phone_number", "title": "a", "payload": "112"}), (100, 0)),
        (cards(), (194, 0)),
        (cards(*[CARD] * 11), (105, 0)),
        (cards({"title": "a"}), (100, 2018035)),
        (cards(CARD | {"title": "a" * 81}), (100, 0)),
        (cards(CARD | {"subtitle": "a" * 81}), (100, 0)),
        (cards(CARD | {"buttons": [BUTTON] * 4}), (105, 0)),
        (template({"template_type": "list", "elements": [CARD]}), (100, 0)),
        (message({"text": "a"}, "MESSAGE_TAG", tag="CONFIRMED_EVENT_UPDATE"), (100, 0)),
        (message({"text": "a"}, "MESSAGE_TAG", tag="HUMAN_AGENT"), (100, 0)),
        (message({"text": "a"}, "UTILITY"), (100, 0)),
        (message({"text": "a"}, sender_action="typing_on"), (100, 2018014)),
        ({"recipient": {"id": ANNA}}, (100, 2018015)),
        ({"messaging_type": "RESPONSE", "message": {"text": "a"}}, (100, 0)),
        (message({"text": "a"}, silent=True), (100, 0)),
    ],
)
async def test_what_the_platform_refuses_is_refused(
    call: Call, graph: FakeGraph, body: dict[str, Any], code: tuple[int, int]
) -> None:
    answer = await call("messages", body)

    assert code_of(answer) == code
    assert graph.sent == []


async def test_window_closes_after_24_hours(call: Call, graph: FakeGraph, hours: Hours) -> None:
    hours.now += dt.timedelta(hours=23, minutes=59)
    just_within = await call("messages", message({"text": "a"}, "UPDATE"))
    hours.now += dt.timedelta(minutes=1)

    too_late = await call("messages", message({"text": "b"}, "UPDATE"))

    assert just_within[0] == 200
    assert code_of(too_late) == errors.WINDOW
    assert graph.texts(ANNA) == ["a"]


async def test_utility_template_goes_out_at_any_time_where_it_is_approved(
    call: Call, graph: FakeGraph, hours: Hours
) -> None:
    hours.now += dt.timedelta(days=3)
    part = {"type": "body", "parameters": [{"type": "text", "text": "a"}]}
    body = message(
        {"template": {"name": "zmiana", "language": {"code": "pl"}, "components": [part]}},
        "UTILITY",
    )

    nowhere = await call("messages", body)
    graph.utility = {"inna"}
    unknown = await call("messages", body)
    graph.utility = {"zmiana"}
    approved = await call("messages", body)

    assert code_of(nowhere) == errors.NO_PERMISSION
    assert code_of(unknown) == (100, 0)
    assert approved[0] == 200


async def test_more_messages_than_a_page_may_send_in_a_second_are_refused(
    call: Call, graph: FakeGraph
) -> None:
    taken = await call("messages", message({"text": "a"}))
    # However long a call takes here, there is room for none.
    graph.per_second = 0
    refused = await call("messages", message({"text": "b"}))

    assert (taken[0], code_of(refused)) == (200, errors.RATE)
    assert graph.texts(ANNA) == ["a"]


async def test_proof_is_checked(call: Call) -> None:
    wrong = await call("messages", message({"text": "a"}), proof="0" * 64)
    missing = await call("messages", message({"text": "a"}), proof="none")

    assert [code_of(wrong), code_of(missing)] == [(100, 0), (100, 0)]
    assert wrong[1]["error"]["type"] == missing[1]["error"]["type"] == "GraphMethodException"


async def test_wrong_token_is_refused(call: Call) -> None:
    assert code_of(await call("messages", message({"text": "a"}), token="EAAx")) == errors.TOKEN


async def test_strangers_and_people_out_of_reach_get_nothing(call: Call, graph: FakeGraph) -> None:
    stranger = await call("messages", message({"text": "a"}) | {"recipient": {"id": "1"}})
    graph.unreachable.add(ANNA)

    assert code_of(stranger) == errors.NO_SUCH_PERSON
    assert code_of(await call("messages", message({"text": "a"}))) == errors.UNREACHABLE


async def test_app_without_review_reaches_testers_only(call: Call, graph: FakeGraph) -> None:
    graph.reviewed = False
    before = await call("messages", message({"text": "a"}))
    graph.testers.add(ANNA)

    assert code_of(before) == errors.NOT_REVIEWED
    assert (await call("messages", message({"text": "a"})))[0] == 200


async def test_errors_speak_the_language_of_the_owner(call: Call, graph: FakeGraph) -> None:
    graph.unreachable.add(ANNA)
    graph.language = "zh"

    _, body = await call("messages", message({"text": "a"}))

    assert body["error"]["message"] == "(#551) 用户暂时收不到消息。"


async def test_profile_keeps_what_is_set_and_allows_ten_calls_in_ten_minutes(
    call: Call, graph: FakeGraph, hours: Hours
) -> None:
    parts = {"get_started": {"payload": "x:start"}}
    for _ in range(9):
        await call("messenger_profile", parts)
    read = await call("messenger_profile", {"fields": "get_started,greeting"}, method="GET")
    spent = await call("messenger_profile", parts)
    hours.now += dt.timedelta(minutes=10)

    assert read == (200, {"data": [parts]})
    assert code_of(spent) == errors.RATE
    assert (await call("messenger_profile", parts))[0] == 200
    assert graph.profile.calls == 11


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"persistent_menu": [{"locale": "default", "call_to_actions": [ENTRY]}]}, (100, 2018145)),
        ({"persistent_menu": [{"locale": "pl_PL", "call_to_actions": [ENTRY]}]}, (100, 0)),
        ({"persistent_menu": [{"locale": "default", "call_to_actions": [ENTRY] * 21}]}, (105, 0)),
        ({"greeting": [{"locale": "default", "text": "a" * 161}]}, (100, 0)),
        ({"greeting": [{"locale": "pl_PL", "text": "a"}]}, (100, 0)),
        (
            {
                "ice_breakers": [
                    {
                        "locale": "default",
                        "call_to_actions": [{"question": "a", "payload": "a"}] * 5,
                    }
                ]
            },
            (105, 0),
        ),
        ({"get_started": {"title": "a", "payload": "a"}}, (100, 0)),
        ({"getStarted": {"payload": "a"}}, (100, 0)),
    ],
)
async def test_profile_that_the_platform_refuses(
    call: Call, graph: FakeGraph, parts: dict[str, Any], code: tuple[int, int]
) -> None:
    assert code_of(await call("messenger_profile", parts)) == code
    assert graph.profile.parts == {}


async def test_menu_title_may_have_thirty_signs(call: Call) -> None:
    def menu(title: str) -> dict[str, Any]:
        entry = ENTRY | {"title": title}
        return {
            "get_started": {"payload": "a"},
            "persistent_menu": [{"locale": "default", "call_to_actions": [entry]}],
        }

    assert (await call("messenger_profile", menu("a" * 30)))[0] == 200
    assert code_of(await call("messenger_profile", menu("a" * 31))) == (100, 0)


async def test_whoever_does_not_lead_a_conversation_may_not_write(
    call: Call, graph: FakeGraph
) -> None:
    handed = await call(
        "pass_thread_control", {"recipient": {"id": ANNA}, "target_app_id": 263902037430900}
    )
    silent = await call("messages", message({"text": "a"}))
    await call("take_thread_control", {"recipient": {"id": ANNA}})
    again = await call("messages", message({"text": "b"}))
    await call("release_thread_control", {"recipient": {"id": ANNA}})

    assert handed == (200, {"success": True})
    assert code_of(silent) == errors.OTHER_APP
    assert again[0] == 200
    assert graph.owners == {}
    assert "pass_thread_control" in graph.thread_events[0]


async def test_faults_come_one_each(call: Call, graph: FakeGraph) -> None:
    graph.fail(
        "messages",
        Fault(errors.refused(errors.RATE)),
        Fault(page=True, status=502),
        Fault(drop="before"),
        Fault(drop="after"),
    )

    rate = await call("messages", message({"text": "a"}))
    with pytest.raises(aiohttp.ContentTypeError):
        await call("messages", message({"text": "b"}))
    for text_ in ("c", "d"):
        with pytest.raises(aiohttp.ServerDisconnectedError):
            await call("messages", message({"text": text_}))

    assert code_of(rate) == errors.RATE
    assert graph.texts(ANNA) == ["d"]


async def test_fault_waits_for_the_call_that_it_is_meant_for(call: Call, graph: FakeGraph) -> None:
    graph.fail(
        "messages", Fault(errors.refused(errors.RATE), only=lambda given: "message" in given)
    )

    typing = await call("messages", {"recipient": {"id": ANNA}, "sender_action": "typing_on"})

    assert typing[0] == 200
    assert code_of(await call("messages", message({"text": "a"}))) == errors.RATE
    assert (await call("messages", message({"text": "b"})))[0] == 200


async def test_answer_can_be_held_back(call: Call, graph: FakeGraph) -> None:
    answered = asyncio.Event()
    graph.fail("messages", Fault(after=answered))

    sending = asyncio.ensure_future(call("messages", message({"text": "a"})))
    await graph.until(lambda: graph.sent)
    assert not sending.done()
    answered.set()

    assert (await sending)[0] == 200


async def test_person_in_europe_has_no_name(call: Call) -> None:
    assert await call("", method="GET", node=ANNA) == (200, {"id": ANNA})
    assert code_of(await call("", method="GET", node="1")) == (2018218, 0)


async def test_unknown_objects_are_unknown(call: Call) -> None:
    assert code_of(await call("messages", message({"text": "a"}), node="1")) == (100, 33)
    assert (await call("messages", message({"text": "a"}), node=PAGE))[0] == 200


def test_body_is_escaped_as_meta_does_and_signed_as_it_stands() -> None:
    body = body_of(envelope(text(ANNA, "Łódź?", mid="m_1", at_ms=1)))

    assert b"\\u0141\\u00f3d\\u017a" in body
    expected = hmac.new(b"secret", body, hashlib.sha256).hexdigest()
    assert signature_of(body, "secret") == f"sha256={expected}"
