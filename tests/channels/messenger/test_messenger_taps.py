"""Taps, titles and numbers: whatever button they come from, they are answered alike."""

from dataclasses import replace

import pytest

from bot.messaging.languages import Language
from bot.messaging.message import Incoming
from bot.messaging.reply import Ask, Reply
from bot.store.engine import Store
from tests.channels.messenger.serving import ANNA, BERT, Echo, delivery, says, serving, worked_off
from tests.fakes.graph_server import FakeGraph
from tests.fakes.graph_server_events import postback, quick_reply


async def test_taps_are_answered_whatever_button_they_come_from(
    meta: FakeGraph, store: Store
) -> None:
    async with serving(meta, store, Echo()) as to:
        first = quick_reply(ANNA, "Menu", "x:menu", mid="m1", at_ms=meta.now_ms())
        second = postback(ANNA, "Menu", "x:help", mid="m2", at_ms=meta.now_ms() + 1)
        await meta.deliver(delivery(first, second, second), to)
        await worked_off(store)

    assert meta.texts(ANNA) == ["echo: x:menu", "echo: x:help"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("menu", "x:menu"),
        ("MENU!", "x:menu"),
        ("2", "e:pomocna-dlon"),
        ("2. Stowarzyszenie P…", "e:pomocna-dlon"),
        ("1", "1"),
        ("coś innego", "coś innego"),
    ],
)
async def test_typed_titles_and_numbers_are_taps(
    meta: FakeGraph, store: Store, typed: str, meant: str
) -> None:
    echo = Echo()

    async def respond(incoming: Incoming) -> tuple[Reply, ...]:
        (reply,) = await echo(incoming)
        buttons = (Ask("Menu", "x:menu"), Ask("Stowarzyszenie Pomocna Dłoń", "e:pomocna-dlon"))
        return (replace(reply, buttons=buttons),)

    async with serving(meta, store, respond) as to:
        await meta.deliver(delivery(says("hej", 1), says(typed, 2)), to)
        await worked_off(store)

    assert meta.texts(ANNA)[1].startswith(f"echo: {meant}")


@pytest.mark.parametrize("way", ["tapped", "typed"])
async def test_more_shows_the_choices_beyond_the_thirteenth(
    meta: FakeGraph, store: Store, way: str
) -> None:
    async def respond(_: Incoming) -> tuple[Reply, ...]:
        return (Reply(Language.PL, "?", buttons=tuple(Ask(f"W{n}", f"f:{n}") for n in range(15))),)

    async with serving(meta, store, respond) as to:
        await meta.deliver(delivery(says("hej", 1)), to)
        await worked_off(store)
        more = meta.sent[0].message["quick_replies"][-1]
        event = says("Więcej", 2)
        if way == "tapped":
            event = quick_reply(ANNA, "Więcej", more["payload"], mid="q", at_ms=meta.now_ms())
        await meta.deliver(delivery(event), to)
        await worked_off(store)

    assert more["title"] == "Więcej"
    assert meta.sent[1].message["text"] == "Dalsze możliwości:"
    assert [one["payload"] for one in meta.sent[1].message["quick_replies"]] == [
        "f:12",
        "f:13",
        "f:14",
    ]


async def test_conversation_begins_with_the_word_that_a_bot_answers(
    meta: FakeGraph, store: Store
) -> None:
    start = postback(BERT, "Zaczynamy", "x:start", mid="s", at_ms=meta.now_ms())

    async with serving(meta, store, Echo(), introduces=True) as to:
        await meta.deliver(delivery(says("a", 1), says("b", 2), start), to)
        await worked_off(store)

    assert meta.texts(ANNA) == [
        "Tu odpowiada bot targów: automat, nie człowiek.",
        "echo: a",
        "echo: b",
    ]
    # What the button begins says so by itself.
    assert meta.texts(BERT) == ["echo: x:start"]
