"""The webhook end to end: a real HTTP server before it, the fake Graph API behind it."""

import asyncio
import hashlib
import hmac
import io
import json

import aiohttp
import pytest

from bot.channels.messenger.options import WEBHOOK_PATH
from bot.channels.messenger.webhook import BODY_LIMIT_BYTES
from bot.messaging.languages import Language
from bot.messaging.message import Incoming, Text
from bot.messaging.reply import Reply
from bot.store.engine import Store
from bot.web.server import WebServer, make_app
from tests.channels.messenger.serving import (
    ANNA,
    BERT,
    Echo,
    channel,
    delivery,
    open_events,
    says,
    serving,
    worked_off,
)
from tests.fakes.graph_server import APP_SECRET, VERIFY_TOKEN, FakeGraph
from tests.fakes.graph_server_events import body_of, envelope, signature_of


@pytest.mark.parametrize(
    ("mode", "token", "status", "said"),
    [
        ("subscribe", VERIFY_TOKEN, 200, "1158201444"),
        ("subscribe", "wrong", 403, ""),
        ("subscribe", "", 403, ""),
        ("subscribe", "zażółć", 403, ""),
        ("unsubscribe", VERIFY_TOKEN, 403, ""),
    ],
)
async def test_handshake_echoes_the_challenge_only_for_the_right_token(
    meta: FakeGraph, store: Store, mode: str, token: str, status: int, said: str
) -> None:
    asked = {"hub.mode": mode, "hub.verify_token": token, "hub.challenge": "1158201444"}

    async with (
        serving(meta, store, Echo()) as to,
        aiohttp.ClientSession() as session,
        session.get(to, params=asked) as answer,
    ):
        assert (answer.status, await answer.text()) == (status, said)
        assert status != 200 or answer.content_type == "text/plain"


async def test_message_is_answered_with_our_reference(meta: FakeGraph, store: Store) -> None:
    async with serving(meta, store, Echo()) as to:
        status = await meta.deliver(delivery(says("zażółć")), to)
        await worked_off(store)

    assert status == 200
    assert meta.texts(ANNA) == ["echo: zażółć"]
    assert meta.sent[0].messaging_type == "RESPONSE"
    assert meta.sent[0].message["metadata"].startswith("targobot:a:")


BODY = body_of(delivery(says("ą <b> / 🎪")))
RIGHT = signature_of(BODY, APP_SECRET)
FORGED = {
    "none": None,
    "empty": "",
    "another secret": signature_of(BODY, "another"),
    "the verify token as secret": signature_of(BODY, VERIFY_TOKEN),
    "another body": signature_of(BODY + b" ", APP_SECRET),
    "no algorithm": RIGHT.removeprefix("sha256="),
    "an algorithm of the caller's choice": "sha1="
    + hmac.new(APP_SECRET.encode(), BODY, hashlib.sha1).hexdigest(),
    "SHA-1 under the name of SHA-256": "sha256="
    + hmac.new(APP_SECRET.encode(), BODY, hashlib.sha1).hexdigest(),
    "a plain hash": "sha256=" + hashlib.sha256(BODY).hexdigest(),
    "cut short": RIGHT[:-1],
    "with something behind": RIGHT + "0",
}


@pytest.mark.parametrize("way", FORGED)
async def test_forged_delivery_is_forbidden_and_not_kept(
    meta: FakeGraph, store: Store, way: str
) -> None:
    shown = FORGED[way]
    headers = {} if shown is None else {"X-Hub-Signature-256": shown}
    headers["X-Hub-Signature"] = (
        "sha1=" + hmac.new(APP_SECRET.encode(), BODY, hashlib.sha1).hexdigest()
    )

    async with serving(meta, store, Echo()) as to, aiohttp.ClientSession() as session:
        async with session.post(to, data=BODY, headers=headers) as answer:
            forged = answer.status, await open_events(store)
        headers["X-Hub-Signature-256"] = RIGHT
        async with session.post(to, data=BODY, headers=headers) as answer:
            genuine = answer.status
        await worked_off(store)

    assert forged == (403, 0)
    assert genuine == 200
    assert len(meta.sent) == 1


async def test_signature_is_checked_before_anything_is_parsed(
    meta: FakeGraph, store: Store
) -> None:
    async with serving(meta, store, Echo()) as to, aiohttp.ClientSession() as session:
        for body in (b"{", b"", b"[" * 100_000):
            async with session.post(to, data=body) as answer:
                assert answer.status == 403


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"a"', b"\xff\xfe", b"[" * 100_000, b"1e999"])
async def test_signed_body_that_is_no_delivery_disturbs_nothing(
    meta: FakeGraph, store: Store, body: bytes
) -> None:
    headers = {"X-Hub-Signature-256": signature_of(body, APP_SECRET)}

    async with serving(meta, store, Echo()) as to:
        async with (
            aiohttp.ClientSession() as session,
            session.post(to, data=body, headers=headers) as answer,
        ):
            assert answer.status == 400
        assert await meta.deliver(delivery(says("a")), to) == 200
        await worked_off(store)

    assert meta.texts(ANNA) == ["echo: a"]


async def test_large_batch_passes_and_one_that_is_too_large_is_refused(
    meta: FakeGraph, store: Store
) -> None:
    people = [f"70010000000{number:05}" for number in range(1000)]
    meta.meet(*people)
    batch = delivery(*(says("x" * 1900, 1, person) for person in people[:50]))
    huge = b" " * (BODY_LIMIT_BYTES + 1)
    headers = {"X-Hub-Signature-256": signature_of(huge, APP_SECRET)}

    async with serving(meta, store, Echo()) as to:
        assert len(body_of(batch)) > 90_000
        assert await meta.deliver(batch, to) == 200
        async with (
            aiohttp.ClientSession() as session,
            session.post(to, data=io.BytesIO(huge), headers=headers) as answer,
        ):
            assert answer.status == 413
        await worked_off(store)

    assert len(meta.sent) == 50


async def test_every_entry_and_every_event_of_a_batch_is_answered(
    meta: FakeGraph, store: Store
) -> None:
    batch = delivery(says("a", 1), says("b", 2))
    batch["entry"] += delivery(says("c", 3), says("d", 4, BERT))["entry"]

    async with serving(meta, store, Echo()) as to:
        await meta.deliver(batch, to)
        await worked_off(store)

    assert meta.texts(ANNA) == ["echo: a", "echo: b", "echo: c"]
    assert meta.texts(BERT) == ["echo: d"]


SHUFFLED = (7, 2, 19, 0, 13, 5, 11, 17, 3, 8, 16, 1, 14, 10, 4, 18, 6, 12, 15, 9)


async def test_shuffled_messages_of_one_person_are_answered_in_their_order(
    meta: FakeGraph, store: Store
) -> None:
    events = [says(str(number), number) for number in SHUFFLED]
    echo, may_answer = Echo(), asyncio.Event()

    async def respond(incoming: Incoming) -> tuple[Reply, ...]:
        await may_answer.wait()
        return await echo(incoming)

    async with serving(meta, store, respond) as to:
        await meta.deliver(delivery(*events[:10]), to)
        await asyncio.gather(*(meta.deliver(delivery(event), to) for event in events[10:]))
        # While the first is answered, all others have come.
        may_answer.set()
        await worked_off(store)

    assert meta.texts(ANNA) == [f"echo: {number}" for number in range(20)]


async def test_shuffled_batch_is_answered_in_the_order_of_its_timestamps(
    meta: FakeGraph, store: Store
) -> None:
    events = [says(str(number), number) for number in SHUFFLED]
    # Some deliveries tell seconds instead of milliseconds.
    for event in events:
        if event["message"]["text"] == "0":
            event["timestamp"] //= 1000

    async with serving(meta, store, Echo()) as to:
        await meta.deliver(delivery(*events), to)
        await worked_off(store)

    assert meta.texts(ANNA) == [f"echo: {number}" for number in range(20)]


async def test_message_delivered_many_times_is_answered_once(meta: FakeGraph, store: Store) -> None:
    once = delivery(says("a"))

    async with serving(meta, store, Echo()) as to:
        statuses = await asyncio.gather(*(meta.deliver(once, to) for _ in range(5)))
        await worked_off(store)
        statuses.append(await meta.deliver(once, to))
        statuses.append(await meta.deliver(delivery(says("a"), says("a"), says("b", 2)), to))
        await worked_off(store)

    assert statuses == [200] * 7
    assert meta.texts(ANNA) == ["echo: a", "echo: b"]


async def test_slow_answer_keeps_neither_the_platform_nor_others_waiting(
    meta: FakeGraph, store: Store
) -> None:
    may_answer = asyncio.Event()
    echo = Echo()

    async def respond(incoming: Incoming) -> tuple[Reply, ...]:
        if incoming.content == Text("slow"):
            await may_answer.wait()
        return await echo(incoming)

    async with serving(meta, store, respond) as to:
        async with asyncio.timeout(4.5):
            assert await meta.deliver(delivery(says("slow"), says("next", 2)), to) == 200
            assert await meta.deliver(delivery(says("fast", 1, BERT)), to) == 200
            await meta.until(lambda: meta.texts(BERT))
        before = meta.texts(ANNA)
        may_answer.set()
        await worked_off(store)

    assert meta.texts(BERT) == ["echo: fast"]
    assert before == []
    assert meta.texts(ANNA) == ["echo: slow", "echo: next"]


async def test_mistake_in_one_answer_is_told_and_disturbs_no_other(
    meta: FakeGraph, store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    echo = Echo()

    async def respond(incoming: Incoming) -> tuple[Reply, ...]:
        if incoming.chat.chat == ANNA:
            raise KeyError("what she wrote")
        return await echo(incoming)

    async with serving(meta, store, respond) as to:
        await meta.deliver(delivery(says("gdzie to?"), says("b", 1, BERT)), to)
        await worked_off(store)

    assert meta.texts(ANNA) == [
        "Przepraszamy, tym razem się nie udało. Za chwilę można spróbować jeszcze raz."
    ]
    assert meta.texts(BERT) == ["echo: b"]
    assert "KeyError" in caplog.text
    assert "what she wrote" not in caplog.text


async def test_delivery_that_cannot_be_kept_comes_again(meta: FakeGraph, store: Store) -> None:
    async with serving(meta, store, Echo()) as to:
        turn = store.writing()
        connection = await turn.__aenter__()
        await connection.exec_driver_sql("ALTER TABLE inbox RENAME TO elsewhere")
        await turn.__aexit__(None, None, None)
        broken = await meta.deliver(delivery(says("a")), to)
        async with store.writing() as connection:
            await connection.exec_driver_sql("ALTER TABLE elsewhere RENAME TO inbox")
        mended = await meta.deliver(delivery(says("a")), to)
        await worked_off(store)

    assert (broken, mended) == (503, 200)
    assert meta.texts(ANNA) == ["echo: a"]


async def test_delivery_while_the_channel_does_not_run_comes_again(
    meta: FakeGraph, store: Store
) -> None:
    server = WebServer(make_app(channel(meta, store, Echo()).routes()), "127.0.0.1", 0)
    await server.start()
    try:
        status = await meta.deliver(delivery(says("a")), server.address + WEBHOOK_PATH)
    finally:
        await server.stop()

    assert status == 503


async def test_what_is_worked_off_is_not_kept(meta: FakeGraph, store: Store) -> None:
    async with serving(meta, store, Echo()) as to:
        await meta.deliver(delivery(says("my secret")), to)
        await worked_off(store)
        async with store.reading() as connection:
            rows = (await connection.exec_driver_sql("SELECT body FROM inbox")).all()

    assert [bytes(row.body) for row in rows] == [b""]


async def test_typing_is_shown_only_when_an_answer_is_slow(meta: FakeGraph, store: Store) -> None:
    may_answer = asyncio.Event()

    async def respond(_: Incoming) -> tuple[Reply, ...]:
        await may_answer.wait()
        return (Reply(Language.PL, "gotowe"),)

    async with serving(meta, store, Echo()) as to:
        await meta.deliver(delivery(says("fast", 1, BERT)), to)
        await worked_off(store)
    async with serving(meta, store, respond) as to:
        await meta.deliver(delivery(says("slow")), to)
        await meta.until(lambda: len(meta.actions) >= 2)
        may_answer.set()
        await worked_off(store)

    assert meta.actions == [(ANNA, "mark_seen"), (ANNA, "typing_on")]
    assert meta.texts(ANNA) == ["gotowe"]


SHAPES = json.loads(
    """[
    {"object": "page", "entry": [{"messaging": [{"message": "TEST_MESSAGE"}]}]},
    {"object": "page", "entry": [{"id": 1, "time": 2, "messaging": [{}]}]},
    {"object": "page", "entry": [{"id": "1", "standby": [{"message": {"mid": "a", "text": "b"},
        "sender": {"id": "9"}, "recipient": {"id": "1"}, "timestamp": 1537432159906}]}]},
    {"object": "page"}, {"object": "page", "entry": null}, {"object": "page", "entry": "x"},
    {"object": "page", "entry": [null, 5, "x", [], {}]},
    {"object": "page", "entry": [{"messaging": null}, {"messaging": [null, 1, []]}]},
    {"object": "instagram", "entry": [{"messaging": [{"sender": {"id": "9"},
        "message": {"mid": "i", "text": "b"}}]}]},
    {}, {"entry": []}
]"""
)
ODD_EVENTS = json.loads(
    """[
    {"delivery": {"mids": ["m.1"], "watermark": 1458668856253}},
    {"read": {"watermark": 1458668856253}},
    {"reaction": {"action": "react", "emoji": "\\ud83d\\udc4d", "reaction": "like", "mid": "m"}},
    {"message_edit": {"mid": "m", "text": "new", "num_edit": 1}},
    {"account_linking": {"status": "linked", "authorization_code": "X"}},
    {"payment": {"payload": "X", "amount": {"currency": "USD", "amount": "29.62"}}},
    {"message_request": "accept"}, {"optin": {"user_ref": "U", "ref": ""}},
    {"optin": {"type": "notification_messages", "payload": "P"}},
    {"referral": {"source": "SHORTLINK", "type": "OPEN_THREAD"}},
    {"postback": {}}, {"postback": {"payload": 5}}, {"postback": "x"}, {"message": null},
    {"message": {"mid": "gone", "is_deleted": true}}, {"something_new": {"mid": "m"}},
    {"policy_enforcement": {}}
]"""
)


async def test_no_shape_is_an_exception_and_none_of_these_is_answered(
    meta: FakeGraph, store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    about = {"sender": {"id": ANNA}, "recipient": {"id": "1"}, "timestamp": 1457764197627}
    odd = [envelope(about | event) for event in ODD_EVENTS]

    async with serving(meta, store, Echo()) as to:
        statuses = [await meta.deliver(shape, to) for shape in (*SHAPES, *odd)]
        await worked_off(store)

    assert statuses == [200] * len(statuses)
    assert meta.sent == []
    assert caplog.messages == []


ODD: dict[str, tuple[object, ...]] = {
    "timestamp": (None, "x", True, -5, 0, 1e300, 10**400, float("nan"), []),
    "mid": (None, 5, "", "x" * 500, "a\x00b", "\ud83d"),
}


async def test_events_with_odd_times_and_names_are_answered_all_the_same(
    meta: FakeGraph, store: Store
) -> None:
    odd = [says(f"t{at}") | {"timestamp": time} for at, time in enumerate(ODD["timestamp"])]
    for number, event in enumerate(odd):
        event["message"]["mid"] = f"m{number}"
    for number, mid in enumerate(ODD["mid"]):
        odd.append(says(f"m{number}", number))
        odd[-1]["message"]["mid"] = mid
    body = json.dumps({"object": "page", "entry": [{"messaging": odd}]}).encode()
    headers = {"X-Hub-Signature-256": signature_of(body, APP_SECRET)}

    async with serving(meta, store, Echo()) as to:
        async with (
            aiohttp.ClientSession() as session,
            session.post(to, data=body, headers=headers) as answer,
        ):
            assert answer.status == 200
        await worked_off(store)

    assert sorted(meta.texts(ANNA)) == sorted(f"echo: {one['message']['text']}" for one in odd)
