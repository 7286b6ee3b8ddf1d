"""Answers on their way to the platform: what goes wrong, and what comes twice."""

import asyncio
import logging

import pytest

from bot.language.trouble import Trouble
from bot.messaging.languages import Language
from bot.messaging.message import ChatId, Incoming
from bot.messaging.reply import Ask, Card, Reply
from bot.store.engine import Store
from tests.channels.messenger.serving import (
    ANNA,
    BERT,
    PATIENCE_S,
    Echo,
    delivery,
    open_events,
    says,
    serving,
    worked_off,
)
from tests.fakes import graph_server_errors as errors
from tests.fakes.graph_server import FakeGraph, Fault
from tests.fakes.graph_server_errors import GraphRefusedError, refused

HTML = Fault(page=True, status=502)
FAILED = Fault(refused(errors.TRANSIENT), status=500)


def lost() -> Fault:
    """The message goes, its answer does not come back."""
    return Fault(drop="after")


def silence() -> Fault:
    """Nothing happens, and nobody says so."""
    return Fault(drop="before")


@pytest.mark.parametrize(
    "faults",
    [
        [HTML],
        [HTML, HTML],
        [FAILED],
        [FAILED, FAILED],
        [Fault(refused(errors.RATE)), Fault(refused(errors.RATE))],
        [lost()],
        [silence()],
        [silence(), lost()],
        [FAILED, lost()],
    ],
    ids=lambda faults: "+".join(
        "html" if one.page else one.drop or str(one.status) for one in faults
    ),
)
async def test_answer_arrives_once_whatever_becomes_of_its_calls(
    meta: FakeGraph, store: Store, faults: list[Fault]
) -> None:
    async with serving(meta, store, Echo()) as to:
        meta.echoes_to = to
        await meta.deliver(delivery(says("warm up", 1, BERT)), to)
        await worked_off(store)
        meta.fail("messages", *faults)
        await meta.deliver(delivery(says("a")), to)
        await worked_off(store)

    assert meta.texts(ANNA) == ["echo: a"]


async def test_echo_that_comes_before_the_answer_to_the_call_changes_nothing(
    meta: FakeGraph, store: Store
) -> None:
    async with serving(meta, store, Echo()) as to:
        meta.echoes_to = to
        for number in range(5):
            await meta.deliver(delivery(says(f"{number}", number)), to)
        await worked_off(store)

    assert meta.texts(ANNA) == [f"echo: {number}" for number in range(5)]


async def test_without_echoes_a_lost_answer_is_never_repeated(
    meta: FakeGraph, store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    meta.fail("messages", lost())

    async with serving(meta, store, Echo()) as to:
        await meta.deliver(delivery(says("a")), to)
        await worked_off(store)

    assert meta.texts(ANNA) == ["echo: a"]
    assert "nobody knows whether an answer went" in caplog.text


async def test_answer_that_takes_longer_than_patience_goes_later(
    meta: FakeGraph, store: Store
) -> None:
    meta.fail("messages", *(Fault(refused(errors.RATE)) for _ in range(30)))

    async with serving(meta, store, Echo()) as to:
        await meta.deliver(delivery(says("a"), says("b", 2)), to)
        await worked_off(store)

    assert meta.texts(ANNA) == ["echo: a", "echo: b"]


async def test_dead_token_keeps_every_message_and_tells_the_staff_once(
    meta: FakeGraph, store: Store
) -> None:
    told: list[Trouble] = []

    async def alert(trouble: Trouble) -> None:
        told.append(trouble)

    right, meta.token = meta.token, "EAAanother0000000000000000000"
    async with serving(meta, store, Echo(), alert=alert) as to:
        await meta.deliver(delivery(says("a"), says("b", 1, BERT)), to)
        async with asyncio.timeout(PATIENCE_S):
            while not told:  # noqa: ASYNC110 - a list tells nobody
                await asyncio.sleep(0.01)
        kept, heard = await open_events(store), list(meta.sent)
        meta.token = right
        await worked_off(store)

    assert (kept, heard) == (2, [])
    assert meta.texts(ANNA) + meta.texts(BERT) == ["echo: a", "echo: b"]
    assert len(told) == 1
    assert "token, permission or app is not in order" in str(told[0])


@pytest.mark.parametrize("error", [errors.UNREACHABLE, errors.NO_SUCH_PERSON])
async def test_who_cannot_be_reached_is_noted(
    meta: FakeGraph, store: Store, error: tuple[int, int]
) -> None:
    reached: list[tuple[ChatId, bool]] = []

    async def reach(chat: ChatId, is_reachable: bool) -> None:
        reached.append((chat, is_reachable))

    meta.fail("messages", Fault(refused(error)))
    async with serving(meta, store, Echo(), reach=reach) as to:
        await meta.deliver(delivery(says("a")), to)
        await worked_off(store)

    assert reached == [(ChatId("messenger", ANNA), False)]
    assert meta.sent == []


async def test_window_that_has_closed_meanwhile_is_no_error(
    meta: FakeGraph, store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    meta.fail("messages", Fault(refused(errors.WINDOW)))

    async with serving(meta, store, Echo()) as to:
        await meta.deliver(delivery(says("a")), to)
        await worked_off(store)

    assert meta.sent == []
    assert [one.levelno for one in caplog.records if one.levelno >= logging.ERROR] == []


async def test_what_the_platform_does_not_take_is_shown_as_plain_text(
    meta: FakeGraph, store: Store
) -> None:
    hits = tuple(Card(f"T{n}", "s", buttons=(Ask("Opis", f"e:{n}"),)) for n in (1, 2))

    async def respond(_: Incoming) -> tuple[Reply, ...]:
        return (Reply(Language.PL, cards=hits),)

    meta.fail("messages", Fault(GraphRefusedError(100, 0, "Invalid parameter")))
    async with serving(meta, store, respond) as to:
        await meta.deliver(delivery(says("a")), to)
        await worked_off(store)

    assert meta.texts(ANNA) == ["T1\ns\n[ Opis ]\nT2\ns\n[ Opis ]"]


async def test_rest_of_a_long_answer_is_sent_without_its_beginning(
    meta: FakeGraph, store: Store
) -> None:
    async def respond(_: Incoming) -> tuple[Reply, ...]:
        return tuple(Reply(Language.PL, part) for part in ("one", "two", "three"))

    async with serving(meta, store, respond) as to:
        meta.echoes_to = to
        meta.fail("messages", Fault(), *(Fault(refused(errors.RATE)) for _ in range(30)))
        await meta.deliver(delivery(says("a")), to)
        await worked_off(store)

    assert meta.texts(ANNA) == ["one", "two", "three"]
