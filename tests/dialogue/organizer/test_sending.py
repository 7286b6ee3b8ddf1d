"""From a draft to everybody's message: the test, the questions, pause, stop, again, correction."""

import asyncio

import pytest
from sqlalchemy import select, update

from bot.announcements.queries import announcements
from bot.announcements.queries.notes import refresh_progress
from bot.announcements.staff import Role
from bot.messaging.message import ChatId, Tap
from bot.store.schema import deliveries
from tests.dialogue.organizer.house import ANNA, OLEH, House

VISITORS = [ChatId("telegram", str(number)) for number in range(10, 15)]
TEXT = "Obiad od 13:00 w holu."


@pytest.fixture
async def fair(house: House) -> House:
    await house.meet(*VISITORS)
    return house


async def begin(house: House, text: str = TEXT) -> None:
    await house.hear(f"ogłoszenie: {text}")
    await house.tap("Dalej: wyślij")
    await house.tap("Wyślij: 5")
    await house.tap("Tak, do wszystkich")


async def got(house: House, words: str = TEXT) -> list[int]:
    """Say how many messages with some words each visitor got."""
    return [sum(words in text for text in house.post.to(chat)) for chat in VISITORS]


async def states(house: House, number: int = 1) -> dict[str, str]:
    query = select(deliveries.c.chat, deliveries.c.state).where(deliveries.c.announcement == number)
    async with house.store.reading() as connection:
        return {row.chat: row.state for row in await connection.execute(query)}


async def test_everybody_gets_it_once_after_a_test_and_two_questions(fair):
    await fair.hear(f"ogłoszenie: {TEXT}")
    said = await fair.tap("Dalej: wyślij")
    assert "Wysłać szkic nr 1?" in said
    assert [TEXT in text and "PRÓBA" in text for text in fair.post.to(ANNA)] == [True]
    assert await fair.deliver() == 0

    assert "to zobaczą WSZYSCY (5 osób)" in await fair.tap("Wyślij: 5")
    assert await fair.deliver() == 0
    assert "Wysyłanie ruszyło" in await fair.tap("Tak, do wszystkich")

    assert await fair.deliver() == 6
    assert await got(fair) == [1, 1, 1, 1, 1]
    assert "Doręczone: 0 z 5 osób" in fair.look_at(ANNA, "Nr 1")
    assert await fair.deliver() == 0


async def test_those_who_saved_it_are_asked_about_once(fair):
    await fair.visitors.save(VISITORS[2], "gala")
    await fair.hear(f"ogłoszenie: {TEXT}")
    await fair.tap("Odbiorcy")
    await fair.tap("Kto zapisał…")
    await fair.hear("gala")
    await fair.tap("Gala i wręczenie…")
    await fair.tap("Wróć do szkicu")
    await fair.tap("Dalej: wyślij")

    assert "Wysyłanie ruszyło" in await fair.tap("Wyślij: 1")
    await fair.deliver()
    assert await got(fair) == [0, 0, 1, 0, 0]


async def test_a_test_that_the_platform_refuses_stops_it(fair):
    await fair.hear(f"ogłoszenie: {TEXT}")
    fair.post.refuses = "BUTTON_URL_INVALID"

    said = await fair.tap("Dalej: wyślij")

    assert "Platforma nie przyjęła próby" in said
    assert "BUTTON_URL_INVALID" in said
    assert fair.labels() == ["Wróć do szkicu", "Jeszcze raz"]
    assert await states(fair) == {}


async def test_a_draft_that_changed_since_it_was_shown_is_not_sent(fair):
    await fair.hear(f"ogłoszenie: {TEXT}")
    await fair.tap("Dalej: wyślij")
    button = next(one.data for one in fair.asks() if one.label == "Wyślij: 5")
    await fair.hear(Tap("y:t:1:pl"))
    await fair.hear("Obiad od 14:00.")

    said = await fair.hear(Tap(button.replace("y:o:", "y:all:")))

    assert "zmienił się od podglądu" in said
    assert "Obiad od 14:00." in said
    assert await states(fair) == {}


async def test_of_two_taps_at_once_one_sends(fair):
    await fair.hear(f"ogłoszenie: {TEXT}")
    await fair.tap("Dalej: wyślij")
    await fair.tap("Wyślij: 5")
    button = next(one.data for one in fair.asks() if one.label == "Tak, do wszystkich")

    await asyncio.gather(*(fair.hear(Tap(button)) for _ in range(3)))
    await fair.deliver()

    assert await got(fair) == [1, 1, 1, 1, 1]


async def colleague(fair: House) -> None:
    await fair.hear(f"join_{await fair.staff.invite(Role.ORGANIZER)}", OLEH)
    await fair.hear("Oleh", OLEH)


@pytest.mark.parametrize("is_late", range(4))
async def test_what_a_colleague_rewrites_while_it_is_confirmed_is_never_sent_unseen(fair, is_late):
    await colleague(fair)
    await fair.hear(f"ogłoszenie: {TEXT}")
    await fair.tap("Dalej: wyślij")
    await fair.tap("Wyślij: 5")
    button = next(one.data for one in fair.asks() if one.label == "Tak, do wszystkich")
    await fair.hear(Tap("y:t:1:pl"), OLEH)

    async def rewrite():
        for _ in range(is_late):
            await asyncio.sleep(0)
        return await fair.hear("Obiad od 14:00.", OLEH)

    sent, _ = await asyncio.gather(fair.hear(Tap(button)), rewrite())
    await fair.deliver()

    is_sent = "Wysyłanie ruszyło" in sent
    assert await got(fair) == [int(is_sent)] * len(VISITORS)
    assert await got(fair, "Obiad od 14:00.") == [0] * len(VISITORS)
    if not is_sent:
        assert "zmienił się od podglądu" in sent
        assert "Obiad od 14:00." in sent


async def test_a_draft_that_reaches_nobody_has_no_button_to_send_it(house):
    await house.hear(f"ogłoszenie: {TEXT}")

    assert "Nie ma nikogo" in await house.tap("Dalej: wyślij")
    assert house.labels() == ["Wróć do szkicu"]


async def test_pause_and_resume_in_the_middle(fair):
    await begin(fair)
    await fair.deliver(3)
    fair.look_at(ANNA, "Nr 1")
    said = await fair.tap("Wstrzymaj")
    assert "wstrzymane\nDoręczone: 2 z 5 osób\nW kolejce: 3" in said
    assert await fair.deliver() == 0

    await fair.tap("Wznów")
    await fair.deliver()
    assert "zakończone\nDoręczone: 5 z 5 osób" in await fair.tap("Odśwież")
    assert await got(fair) == [1, 1, 1, 1, 1]


async def test_a_stop_in_the_middle_is_final(fair):
    await begin(fair)
    await fair.deliver(3)
    fair.look_at(ANNA, "Nr 1")

    said = await fair.tap("Zatrzymaj")

    assert "zatrzymane\nDoręczone: 2 z 5 osób\nPominięte: 3" in said
    assert await fair.deliver() == 0
    await fair.hear(Tap("y:re:1"))
    assert await fair.deliver() == 0
    assert sum(await got(fair)) == 2


async def test_progress_is_written_anew_while_it_goes_and_once_at_the_end(fair):
    await begin(fair)
    await fair.deliver(3)
    fair.clock.move(seconds=5)
    assert await refresh_progress(fair.store, ["telegram"], fair.clock()) == 1
    await fair.deliver(1)
    assert "Doręczone: 2 z 5" in fair.look_at(ANNA, "Nr 1")
    await fair.deliver()
    fair.clock.move(seconds=5)
    await refresh_progress(fair.store, ["telegram"], fair.clock())
    fair.clock.move(seconds=1)
    await fair.deliver()
    assert "zakończone\nDoręczone: 5 z 5" in fair.look_at(ANNA, "Nr 1")

    fair.clock.move(minutes=1)
    assert await refresh_progress(fair.store, ["telegram"], fair.clock()) == 0
    assert await refresh_progress(fair.store, [], fair.clock()) == 0


async def test_the_uncertain_and_they_alone_get_it_again_by_one_tap(fair):
    await begin(fair)
    await fair.deliver()
    unsure = update(deliveries).where(deliveries.c.chat == VISITORS[1].chat)
    async with fair.store.writing() as connection:
        await connection.execute(unsure.values(state="uncertain", message_id=None))
    said = await fair.hear(Tap("y:p:1"))
    assert "Niepewne (mogło dojść lub nie): 1" in said

    await fair.tap("Ponów niepewne")
    await fair.deliver()

    assert await got(fair) == [1, 2, 1, 1, 1]


async def test_it_is_told_why_some_did_not_get_it_and_how_many_as_a_table(fair):
    await begin(fair)
    await fair.deliver()
    failed = update(deliveries).where(deliveries.c.chat == VISITORS[1].chat)
    async with fair.store.writing() as connection:
        await connection.execute(failed.values(state="failed", reason="bot was blocked"))

    assert "Nie doszło: 1\n  – bot was blocked: 1" in await fair.hear(Tap("y:p:1"))
    await fair.tap("Tabela CSV")

    (reply,) = fair.shown[ANNA]
    assert reply.file is not None
    assert "1;sent;;4" in reply.file.content.decode()
    assert "1;failed;bot was blocked;1" in reply.file.content.decode()


async def test_a_correction_changes_what_was_delivered_and_reaches_the_rest_alone(fair):
    await begin(fair)
    await fair.deliver(3)
    had = [chat.chat for chat in VISITORS if TEXT in " ".join(fair.post.to(chat))]
    await fair.hear(Tap("y:c:1"))
    await fair.tap("Zmień tekst")
    await fair.hear("Obiad od 14:00.")
    assert "Poprawia wysłane ogłoszenie nr 1" in await fair.hear(Tap("y:d:2"))
    await fair.tap("Dalej: wyślij")
    await fair.tap("Wyślij: 5")
    await fair.tap("Tak, do wszystkich")

    await fair.deliver()

    amended = [to for to, _, _ in fair.post.amended if to != ANNA.chat]
    assert amended == had
    assert await got(fair, "Obiad od 14:00.") == [int(one.chat not in had) for one in VISITORS]
    assert sum(await got(fair)) == 2


async def test_who_wants_no_news_any_more_still_gets_the_correction_of_what_they_got(fair):
    await begin(fair)
    await fair.deliver()
    await fair.hear("stop", VISITORS[0])
    await fair.hear(Tap("y:rc:1"))
    said = await fair.tap("Dalej: wyślij")
    assert "Teraz dostanie: 4 osoby, miało poprzednią wiadomość: 5" in said
    await fair.tap("Wyślij: 5")
    await fair.tap("Tak, do wszystkich")
    await fair.deliver()

    assert sorted({to for to, _, reply in fair.post.amended if "nieaktualna" in reply.text}) == [
        chat.chat for chat in VISITORS
    ]


async def test_a_scheduled_one_waits_and_one_past_its_end_is_sent_to_nobody(fair):
    await fair.hear(f"ogłoszenie: {TEXT}")
    await fair.tap("Kiedy")
    await fair.hear("o 12:00")
    await fair.tap("Ważność")
    await fair.tap("Przez godzinę")
    await fair.tap("Dalej: wyślij")
    await fair.tap("Wyślij: 5")
    assert "Zaplanowane: dziś (czwartek, 30 listopada), 12:00" in await fair.tap(
        "Tak, do wszystkich"
    )
    await fair.deliver()
    assert sum(await got(fair)) == 0
    assert "zaplanowane: czwartek, 30 listopada, 12:00" in fair.look_at(ANNA, "Nr 1")

    fair.clock.move(hours=2)
    await fair.deliver(2)
    fair.clock.move(hours=1)
    await fair.deliver()

    assert sum(await got(fair)) == 2


async def test_sent_ones_are_listed_with_who_sent_them(fair):
    assert "Jeszcze nic nie wysłano" in await fair.hear("/ogloszenia")
    await begin(fair)

    assert f"1. {TEXT} – w toku" in await fair.hear("/ogloszenia")
    await fair.tap(fair.labels()[0])
    assert "Wstrzymaj" in fair.labels()
    assert (await announcements.newest(fair.store))[0].confirmed_by == "telegram …1"


async def test_where_no_message_can_change_by_itself_progress_is_asked_for(fair):
    fair.post.can_amend = False
    await begin(fair)

    assert "Odśwież" in fair.labels()
    await fair.deliver()
    assert "Doręczone: 5 z 5" in await fair.tap("Odśwież")
