"""Plain words of the staff: drafted, asked back with buttons, and no trap for other words."""

import pytest
from sqlalchemy import select

from bot.announcements.model import Kind, Scope
from bot.announcements.queries import announcements
from bot.announcements.staff import Role
from bot.messaging.languages import Language
from bot.messaging.message import ChatId, Tap
from bot.store.schema import changes
from tests.dialogue.organizer.house import DESK, House

VISITORS = [ChatId("telegram", str(number)) for number in range(10, 13)]


async def drafted(house: House, number: int = 1):
    one = await announcements.announcement(house.store, number)
    return one.draft if one else None


async def test_a_delay_asks_whether_what_follows_moves_too(house):
    said = await house.hear("Seminarium opóźnione o 20 min")
    assert "Czy to, co jest potem w tej samej sali, też się przesuwa?" in said

    said = await house.tap("Nie, bez zmian")

    assert "początek o 13:35, 20 minut później (wcześniej: 13:15)" in said
    draft = await drafted(house)
    assert (draft.kind, draft.audience.scope) == (Kind.CHANGE, Scope.SAVED)
    assert [one["record"] for one in draft.content.changes] == list(draft.audience.records)
    assert len(draft.content.changes) == 1


async def test_a_room_that_is_not_there_is_asked_for_and_may_be_typed(house):
    said = await house.hear("warsztat o spółdzielniach przenosimy do sali 12")
    assert "Takiego miejsca nie ma" in said

    assert "Sala konferencyjna" in await house.hear("sala konferencyjna")


async def test_another_order_is_never_taken_for_the_answer(house):
    await house.hear("warsztat o spółdzielniach przenosimy do sali 12")

    await house.hear("znaleziono klucze, odbiór w punkcie informacyjnym")

    assert (await drafted(house)).kind is Kind.LOST


async def test_a_question_while_something_is_asked_back_is_answered(house):
    await house.hear("warsztat o spółdzielniach przenosimy do sali 12")

    assert "Teraz (10:00)" in await house.hear("co jest teraz?")
    assert await drafted(house) is None


async def test_a_button_of_a_question_that_is_over_says_so(house):
    assert "nie jest już otwarte" in await house.hear(Tap("y:or:1"))


async def test_what_a_visitor_would_ask_is_answered_as_for_a_visitor(house):
    assert "Gala" in await house.hear("kiedy jest gala?")
    assert await drafted(house) is None


async def test_a_change_that_nobody_saved_can_be_put_in_force(house):
    await house.hear("odwołujemy quiz")
    said = await house.tap("Dalej: wyślij")
    assert "Nikt nie dostanie wiadomości" in said

    await house.tap("Wprowadź zmianę")

    async with house.store.reading() as connection:
        (row,) = (await connection.execute(select(changes))).all()
    assert row.record == "quiz-omnibus"


async def test_whom_a_change_concerns_is_told_old_and_new(house):
    await house.meet(*VISITORS)
    await house.visitors.save(VISITORS[0], "quiz-omnibus")
    await house.hear("odwołujemy quiz")
    await house.tap("Dalej: wyślij")
    await house.tap("Wyślij: 1")
    await house.deliver()

    assert ["Odwołane: „Quiz" in " ".join(house.post.to(chat)) for chat in VISITORS] == [
        True,
        False,
        False,
    ]


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("parking pełny, wolne miejsca przy stadionie", Kind.PARKING),
        ("znaleziono klucze, odbiór w recepcji", Kind.LOST),
        ("obiad od 13:00 w holu", Kind.MEAL),
        ("potrzebny lekarz, stoisko 4", Kind.FIRST_AID),
        ("zaginęło dziecko", Kind.MISSING_CHILD),
        ("EWAKUACJA", Kind.EVACUATION),
    ],
)
async def test_what_happens_at_a_fair_is_drafted_from_few_words(house, words, kind):
    await house.hear(words)

    assert (await drafted(house)).kind is kind


async def test_a_correction_corrects_what_was_told_last(house):
    await house.meet(*VISITORS)
    await house.hear("ogłoszenie: Obiad w sali 1.")
    await house.tap("Dalej: wyślij")
    await house.tap(house.labels()[0])
    await house.tap("Tak, do wszystkich")

    said = await house.hear("poprzednia wiadomość: błędna sala")

    assert "Poprawia wysłane ogłoszenie nr 1" in said
    assert (await drafted(house, 2)).corrects == 1


async def test_a_correction_of_nothing_says_that_nothing_was_sent(house):
    assert "Nic jeszcze nie zostało wysłane" in await house.hear(
        "poprzednia wiadomość: błędna sala"
    )
    assert await drafted(house) is None


async def test_what_is_right_is_drafted_as_a_change_where_nothing_was_sent(house):
    await house.hear("korekta: seminarium jest w sali 101")

    draft = await drafted(house)
    assert (draft.kind, draft.corrects) == (Kind.CHANGE, None)
    assert "błąd" not in draft.content.text(Language.PL)


async def test_a_time_that_does_not_exist_is_asked_for_once(house):
    said = await house.hear("seminarium przenosimy na 25:00")
    assert "Takiej godziny nie ma: 25:00. Na którą godzinę?" in said

    assert "15:00–16:30 (wcześniej: 13:15–14:45)" in await house.hear("15:00")


async def test_which_room_is_asked_after_which_workshop(house):
    await house.hear("zmieniamy salę warsztatu")
    assert "Do której sali?" in await house.hear("ten o spółdzielniach")

    await house.hear("sala 101")

    assert (await drafted(house)).content.changes[0]["new"] == "sala-101"


async def test_what_takes_the_place_of_the_cancelled_is_told_with_it(house):
    said = await house.hear("nie będzie teatru, zamiast tego koncert")

    assert "Zamiast tego: „Koncert” (14:00–14:40)" in said
    assert [one["what"] for one in (await drafted(house)).content.changes] == ["added", "cancelled"]


async def test_what_is_said_to_begin_in_a_moment_is_not_announced_a_day_early(house):
    said = await house.hear("za 10 minut zaczyna się gala")

    assert "zaczyna się kiedy indziej: piątek, 1 grudnia, 12:00" in said
    assert house.labels() == ["Przenieś: 10:10", "Zapowiedz mimo to", "Anuluj"]


async def test_the_desk_orders_help_but_no_change(house):
    await house.hear(f"join_{await house.staff.invite(Role.DESK)}", DESK)
    await house.hear("Recepcja", DESK)

    assert "tylko organizator" in await house.hear("odwołujemy quiz", DESK)
    assert "tylko organizator" in await house.hear(
        "warsztat o spółdzielniach przenosimy do sali 12", DESK
    )
    assert await drafted(house) is None
    assert "tylko obsługa" in await house.hear("potrzebny lekarz, stoisko 4", DESK)


async def test_the_same_words_of_a_visitor_change_nothing(house):
    for words in ("odwołujemy quiz", "Seminarium opóźnione o 20 min", "EWAKUACJA"):
        await house.hear(words, VISITORS[0])

    assert await drafted(house) is None


async def test_the_part_of_the_building_is_named_in_every_language(house):
    await house.hear("ewakuacja sali konferencyjnej")

    texts = (await drafted(house)).content.texts
    assert "Sala konferencyjna" in texts[Language.PL]
    assert "Conference room" in texts[Language.EN]
