"""Answers on their way to the platform: what goes wrong, what comes twice, what a crash leaves."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.channels.messenger.options import WEBHOOK_PATH
from bot.language.trouble import Trouble
from bot.messaging.languages import Language
from bot.messaging.message import ChatId, Incoming
from bot.messaging.reply import Ask, Card, Reply
from bot.store.engine import Store, open_store
from bot.web.server import WebServer, make_app
from tests.channels.messenger.serving import (
    ANNA,
    BERT,
    PATIENCE_S,
    QUICK,
    Echo,
    channel,
    delivery,
    open_events,
    says,
    serving,
    worked_off,
)
from tests.fakes import graph_server_errors as errors
from tests.fakes.graph_server import FakeGraph, Fault
from tests.fakes.graph_server_errors import GraphRefusedError, refused
from tests.fakes.graph_server_events import echo, envelope, postback, quick_reply, text

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


class Deaf:
    """Never answers, and says that it was asked."""

    def __init__(self) -> None:
        self.asked = asyncio.Event()

    async def __call__(self, _: Incoming) -> tuple[Reply, ...]:
        self.asked.set()
        await asyncio.Event().wait()
        raise AssertionError("nobody ever answers here")


async def killed_after(
    meta: FakeGraph, store: Store, respond: object, is_time: Callable[[], object], *words: str
) -> None:
    """Serve, take a delivery, and die without any farewell when it is time."""
    dying = channel(
        meta, store, respond, owner="dying", waits=replace(QUICK, hold=timedelta(seconds=0.4))
    )
    server = WebServer(make_app(dying.routes()), "127.0.0.1", 0)
    running = asyncio.create_task(dying.run())
    await server.start()
    events = (says(one, number) for number, one in enumerate(words))
    assert await meta.deliver(delivery(*events), server.address + WEBHOOK_PATH) == 200
    async with asyncio.timeout(PATIENCE_S):
        while not is_time():  # noqa: ASYNC110 - whatever it looks at
            await asyncio.sleep(0.01)
    await server.stop()
    # As kill -9 does it: no task gets a last word.
    ours = [task for task in asyncio.all_tasks() if "messenger" in repr(task.get_coro())]
    for task in (*ours, running):
        task.cancel()
        # Whatever it still tries is cancelled again.
        task.cancel()
    await asyncio.wait({running, *ours})


async def test_killed_before_the_answer_another_process_answers_exactly_once(
    meta: FakeGraph, store: Store
) -> None:
    deaf = Deaf()
    await killed_after(meta, store, deaf, deaf.asked.is_set, "a", "b")
    assert meta.sent == []

    async with serving(meta, store, Echo(), owner="next"):
        await worked_off(store)

    assert meta.texts(ANNA) == ["echo: a", "echo: b"]


async def test_killed_in_the_middle_of_an_answer_only_the_rest_is_sent(
    meta: FakeGraph, store: Store
) -> None:
    async def respond(_: Incoming) -> tuple[Reply, ...]:
        return tuple(Reply(Language.PL, part) for part in ("one", "two", "three"))

    hangs = asyncio.Event()
    meta.fail("messages", Fault(), Fault(), Fault(until=hangs))
    async with serving(meta, store, respond, owner="other") as to:
        meta.echoes_to = to
        # The other process sees the echoes; the one that dies has the events.
        await killed_after(meta, store, respond, lambda: len(meta.sent) == 2, "a")
        await worked_off(store)

    assert meta.texts(ANNA)[:2] == ["one", "two"]
    assert sorted(meta.texts(ANNA)) == ["one", "three", "two"]


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Store]:
    store = await open_store(url)
    try:
        yield store
    finally:
        await store.close()


async def test_two_processes_answer_each_message_once_and_in_order(
    meta: FakeGraph, store_url: str
) -> None:
    async with (
        opened(store_url) as one,
        opened(store_url) as two,
        serving(meta, one, Echo(), owner="one") as first,
        serving(meta, two, Echo(), owner="two") as second,
    ):
        for number in range(20):
            event = delivery(says(str(number), number), says(f"b{number}", number, BERT))
            # Each process gets each delivery: Meta is never quite sure.
            assert await meta.deliver(event, first) == 200
            assert await meta.deliver(event, second) == 200
        await worked_off(one)

    assert meta.texts(ANNA) == [f"echo: {number}" for number in range(20)]
    assert meta.texts(BERT) == [f"echo: b{number}" for number in range(20)]


async def test_stop_finishes_what_is_in_hand_and_leaves_the_rest(
    meta: FakeGraph, store: Store
) -> None:
    deaf = Deaf()
    hasty = replace(QUICK, drain=timedelta(milliseconds=50))
    async with serving(meta, store, deaf, waits=hasty) as to:
        await meta.deliver(delivery(says("a")), to)
        await deaf.asked.wait()
    left = await open_events(store)
    async with serving(meta, store, Echo()):
        await worked_off(store)

    assert left == 1
    assert meta.texts(ANNA) == ["echo: a"]


# --- taps, titles and numbers -------------------------------------------------------------


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


# --- people -------------------------------------------------------------------------------


async def test_after_a_person_answers_the_bot_is_silent(meta: FakeGraph, store: Store) -> None:
    by_a_person = echo(ANNA, {"text": "Dzień dobry"}, mid="e1", at_ms=meta.now_ms(), app="")

    async with serving(meta, store, Echo()) as to:
        await meta.deliver(delivery(by_a_person), to)
        await meta.deliver(delivery(says("a"), says("b", 1, BERT)), to)
        await worked_off(store)

    assert meta.texts(ANNA) == []
    assert meta.texts(BERT) == ["echo: b"]


async def test_our_own_echoes_silence_nobody_and_are_never_answered(
    meta: FakeGraph, store: Store
) -> None:
    heard = Echo()
    async with serving(meta, store, heard) as to:
        meta.echoes_to = to
        await meta.deliver(delivery(says("a"), says("b", 2)), to)
        await worked_off(store)

    assert len(heard.heard) == 2
    assert meta.texts(ANNA) == ["echo: a", "echo: b"]


async def test_bot_answers_again_when_the_conversation_is_given_back(
    meta: FakeGraph, store: Store
) -> None:
    at_ms = meta.now_ms()
    by_a_person = echo(ANNA, {"text": "Dzień dobry"}, mid="e1", at_ms=at_ms, app="")
    given_back = {
        "sender": {"id": ANNA},
        "recipient": {"id": "1"},
        "timestamp": at_ms + 1,
        "pass_thread_control": {"new_owner_app_id": "774213556203511"},
    }

    async with serving(meta, store, Echo()) as to:
        await meta.deliver(delivery(by_a_person), to)
        await meta.deliver(delivery(says("a", 1)), to)
        await worked_off(store)
        await meta.deliver(delivery(given_back), to)
        await meta.deliver(delivery(says("b", 2)), to)
        await worked_off(store)

    assert meta.texts(ANNA) == ["echo: b"]


async def test_bot_answers_again_a_day_after_the_last_word_of_a_person(
    meta: FakeGraph, store: Store
) -> None:
    day_ms = 24 * 3600 * 1000
    long_ago = echo(ANNA, {"text": "a"}, mid="e1", at_ms=meta.now_ms() - day_ms - 1000, app="")
    lately = echo(BERT, {"text": "a"}, mid="e2", at_ms=meta.now_ms() - day_ms + 60_000, app="")

    async with serving(meta, store, Echo()) as to:
        await meta.deliver(delivery(long_ago, lately), to)
        await meta.deliver(delivery(says("a"), says("b", 1, BERT)), to)
        await worked_off(store)

    assert meta.texts(ANNA) == ["echo: a"]
    assert meta.texts(BERT) == []


async def test_standby_is_listened_to_and_never_answered(meta: FakeGraph, store: Store) -> None:
    aside = envelope(text(ANNA, "hello", mid="m0", at_ms=meta.now_ms()), key="standby")

    async with serving(meta, store, Echo()) as to:
        assert await meta.deliver(aside, to) == 200
        await meta.deliver(delivery(says("a")), to)
        await worked_off(store)

    assert meta.sent == []


async def test_conversation_that_another_app_leads_is_left_alone(
    meta: FakeGraph, store: Store
) -> None:
    meta.owners[ANNA] = "263902037430900"

    async with serving(meta, store, Echo()) as to:
        await meta.deliver(delivery(says("a", 1)), to)
        await worked_off(store)
        meta.owners.clear()
        await meta.deliver(delivery(says("b", 2)), to)
        await worked_off(store)

    assert meta.sent == []
    assert len(meta.calls_of("messages")) == 1


async def test_who_asks_for_a_person_is_told_once_and_passed_on(
    meta: FakeGraph, store: Store
) -> None:
    async with serving(meta, store, Echo(), people=True) as to:
        await meta.deliver(
            delivery(says("chcę porozmawiać z człowiekiem", 1), says("halo?", 2)), to
        )
        await worked_off(store)

    assert meta.owners == {ANNA: "263902037430900"}
    assert len(meta.texts(ANNA)) == 1
    assert "Rozmowa trafia teraz do osoby" in meta.texts(ANNA)[0]


async def test_without_people_the_dialogue_answers_who_asks_for_one(
    meta: FakeGraph, store: Store
) -> None:
    async with serving(meta, store, Echo()) as to:
        await meta.deliver(delivery(says("człowiek")), to)
        await worked_off(store)

    assert meta.texts(ANNA) == ["echo: człowiek"]
    assert meta.owners == {}


async def test_who_cannot_be_passed_on_is_told_and_answered_further(
    meta: FakeGraph, store: Store
) -> None:
    meta.fail("pass_thread_control", Fault(refused(errors.NO_PERMISSION)))

    async with serving(meta, store, Echo(), people=True) as to:
        await meta.deliver(delivery(says("człowiek", 1), says("hej", 2)), to)
        await worked_off(store)

    assert "Nie udało się przekazać rozmowy" in meta.texts(ANNA)[1]
    assert meta.texts(ANNA)[2] == "echo: hej"


async def test_block_of_the_page_is_told_to_the_staff(meta: FakeGraph, store: Store) -> None:
    told: list[Trouble] = []

    async def alert(trouble: Trouble) -> None:
        told.append(trouble)

    act = {"recipient": {"id": "1"}, "timestamp": 1, "policy_enforcement": {"action": "block"}}
    async with serving(meta, store, Echo(), alert=alert) as to:
        await meta.deliver(envelope(act), to)
        await meta.deliver(envelope(act), to)
        await worked_off(store)

    assert len(told) == 1
    assert "blocked" in str(told[0])
