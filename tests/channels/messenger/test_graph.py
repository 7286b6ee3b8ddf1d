"""The client of the Graph API: what it sends, and how it tells apart what came of it."""

import asyncio
import datetime as dt
import logging
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.channels.messenger.errors import GraphError, Kind, NoAnswerError, NotSentError
from bot.channels.messenger.graph import PAGE_INBOX, Graph, proof_of
from bot.channels.messenger.options import MessengerOptions, Timeouts
from bot.channels.messenger.redaction import kept_out_of_logs
from tests.fakes import graph_server_errors as errors
from tests.fakes.graph_server import APP_SECRET, TOKEN, FakeGraph, Fault
from tests.fakes.graph_server_events import PAGE

ANNA = "7001000000000001"
NOW = dt.datetime(2017, 11, 30, 9, tzinfo=dt.UTC)
HELLO = {"recipient": {"id": ANNA}, "messaging_type": "RESPONSE", "message": {"text": "a"}}


def options(url: str, **more: Any) -> MessengerOptions:
    return MessengerOptions(PAGE, TOKEN, APP_SECRET, "verify", graph_url=url, **more)


@pytest.fixture
async def server() -> AsyncIterator[FakeGraph]:
    async with FakeGraph(lambda: NOW) as fake:
        fake.meet(ANNA)
        yield fake


@pytest.fixture
async def graph(server: FakeGraph) -> AsyncIterator[Graph]:
    async with Graph(options(server.url)) as one:
        yield one


async def test_message_is_sent_and_its_id_given(graph: Graph, server: FakeGraph) -> None:
    mid = await graph.send(HELLO)

    assert mid == server.sent[0].mid
    assert server.texts(ANNA) == ["a"]


async def test_no_address_holds_the_token(graph: Graph, server: FakeGraph) -> None:
    await graph.send(HELLO)
    await graph.profile(["get_started"])
    await graph.pass_thread(ANNA)

    assert len(server.calls) == 3
    assert not [call for call in server.calls if TOKEN in call.query or APP_SECRET in call.query]


async def test_each_call_proves_that_it_knows_the_secret(graph: Graph, server: FakeGraph) -> None:
    await graph.send(HELLO)
    await graph.set_profile({"get_started": {"payload": "x:start"}})
    read = await graph.profile(["get_started", "greeting"])
    await graph.pass_thread(ANNA)

    assert [call.given["appsecret_proof"] for call in server.calls] == (
        [proof_of(TOKEN, APP_SECRET)] * 4
    )
    assert read == {"get_started": {"payload": "x:start"}}


async def test_conversation_is_handed_to_the_people_at_the_inbox(
    graph: Graph, server: FakeGraph
) -> None:
    await graph.pass_thread(ANNA, metadata="asked for a person")

    assert server.owners == {ANNA: str(PAGE_INBOX)}


async def test_refusal_is_sorted_by_its_code(graph: Graph, server: FakeGraph) -> None:
    server.unreachable.add(ANNA)
    server.language = "fr"

    with pytest.raises(GraphError) as refused:
        await graph.send(HELLO)

    assert (refused.value.code, refused.value.kind) == (551, Kind.UNREACHABLE)


async def test_error_under_a_200_is_an_error(graph: Graph, server: FakeGraph) -> None:
    server.fail("messages", Fault(errors.refused(errors.RATE), status=200))

    with pytest.raises(GraphError) as refused:
        await graph.send(HELLO)

    assert refused.value.kind is Kind.RATE


@pytest.mark.parametrize(
    "fault",
    [
        Fault(page=True, status=502),
        Fault(page=True, status=200),
        Fault(raw="bad json", status=200),
        Fault(raw='{"is_error": true}', status=429),
        Fault(raw="[]", status=200),
        Fault(drop="before"),
        Fault(drop="after"),
    ],
)
async def test_answer_that_is_none_leaves_it_open(
    graph: Graph, server: FakeGraph, fault: Fault
) -> None:
    server.fail("messages", fault)

    with pytest.raises(NoAnswerError):
        await graph.send(HELLO)


async def test_answer_that_does_not_come_in_time_leaves_it_open(server: FakeGraph) -> None:
    never = asyncio.Event()
    server.fail("messages", Fault(after=never))

    async with Graph(options(server.url, timeouts=Timeouts(read=0.5))) as graph:
        with pytest.raises(NoAnswerError, match="ReadTimeout"):
            await graph.send(HELLO)

    assert server.texts(ANNA) == ["a"]
    never.set()


async def test_request_that_could_not_leave_may_be_made_again() -> None:
    async with Graph(options("http://127.0.0.1:9")) as graph:
        with pytest.raises(NotSentError):
            await graph.send(HELLO)


async def test_usage_is_read_from_each_answer(graph: Graph, server: FakeGraph) -> None:
    server.usage = {"call_count": 96, "estimated_time_to_regain_access": 7}

    await graph.send(HELLO)

    assert (graph.usage.percent, graph.usage.regain) == (96.0, dt.timedelta(minutes=7))
    assert graph.usage.per_second == 1.0


async def test_nothing_secret_is_logged_at_any_level(
    graph: Graph, server: FakeGraph, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with kept_out_of_logs(TOKEN, APP_SECRET):
        for name in ("httpx", "httpcore"):
            logging.getLogger(name).setLevel(logging.DEBUG)
        await graph.profile(["greeting"])
        await graph.send(HELLO)
        with pytest.raises(GraphError):
            await graph.send(HELLO | {"tag": "HUMAN_AGENT"})

    assert "messenger_profile" in caplog.text
    for secret in (TOKEN, APP_SECRET, proof_of(TOKEN, APP_SECRET)):
        assert secret not in caplog.text


async def test_mistake_of_ours_is_logged_with_the_words_of_the_platform(
    graph: Graph, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(GraphError):
        await graph.send(HELLO | {"message": {"text": "a" * 2001}})

    assert "Length of param message[text] must be less than or equal to 2000" in caplog.text
