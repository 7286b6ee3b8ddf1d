"""A person takes over a conversation, is asked for, or gives it back; so do other apps."""

from bot.language.trouble import Trouble
from bot.store.engine import Store
from tests.channels.messenger.serving import ANNA, BERT, Echo, delivery, says, serving, worked_off
from tests.fakes import graph_server_errors as errors
from tests.fakes.graph_server import FakeGraph, Fault
from tests.fakes.graph_server_errors import refused
from tests.fakes.graph_server_events import echo, envelope, text


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
