"""Evacuation by two people, repeated until called off; what only the staff is told; letters."""

import pytest
from sqlalchemy import func, select

from bot.announcements.model import Audience, Content, Draft, Kind, Urgency
from bot.announcements.queries.alarms import alarm_in_force
from bot.announcements.staff import Role
from bot.messaging.languages import Language
from bot.messaging.message import ChatId, Tap
from bot.messaging.reply import Reply
from bot.store.schema import letters as kept_letters
from bot.visitors.memory import Choices, Outcome, Wants
from tests.dialogue.organizer.house import ANNA, DESK, OLEH, House

VISITORS = [ChatId("telegram", str(number)) for number in range(10, 13)]


@pytest.fixture
async def fair(house: House) -> House:
    for chat, role, name in ((OLEH, Role.ORGANIZER, "Oleh"), (DESK, Role.DESK, "Recepcja")):
        await house.hear(f"join_{await house.staff.invite(role)}", chat)
        await house.hear(name, chat)
    await house.meet(*VISITORS)
    return house


def told(house: House, chat: ChatId, words: str) -> int:
    return sum(words in text for text in house.post.to(chat))


async def evacuate(house: House) -> None:
    await house.hear("EWAKUACJA!")
    await house.tap("Ogłoś ewakuację")
    await house.deliver()
    house.look_at(DESK, "drugiego potwierdzenia")
    await house.tap("Potwierdzam", DESK)


async def test_an_evacuation_takes_two_people_and_then_reaches_everybody_at_once(fair):
    await fair.visitors.choose(VISITORS[0], Choices(Wants.NOTHING))
    said = await fair.hear("ewakuacja")
    assert "EWAKUACJA" in said
    assert "Miejsce zbiórki: plac przed budynkiem" in said
    said = await fair.tap("Ogłoś ewakuację")
    assert "musi potwierdzić druga osoba; zapytane: 2 osoby" in said
    await fair.deliver()
    assert [told(fair, chat, "EWAKUACJA") for chat in VISITORS] == [0, 0, 0]
    assert told(fair, OLEH, "ogłasza ewakuację i potrzebuje drugiego potwierdzenia") == 1

    fair.look_at(DESK, "drugiego potwierdzenia")
    assert "Ewakuacja jest ogłoszona" in await fair.tap("Potwierdzam", DESK)
    await fair.deliver()

    assert [told(fair, chat, "najbliższym wyjściem") for chat in VISITORS] == [1, 1, 1]
    log = [(entry.who, entry.what) for entry in await fair.staff.log()]
    assert log[:2] == [("Recepcja", "send"), ("telegram …1", "first_confirmed")]


@pytest.mark.parametrize("said", ["/ewakuacja rząd B", "/ewakuacja rzad b"])
async def test_a_part_of_the_building_is_named_in_the_language_of_the_reader(fair, said):
    shown = await fair.hear(said)

    assert "Dotyczy: Hol główny, rząd B" in shown
    assert "This concerns: Main hall, row B" in shown
    assert "Стосується: Головний хол, ряд B" in shown


async def test_words_of_which_only_some_are_a_place_stay_as_they_were_written(fair):
    shown = await fair.hear("/ewakuacja piwnica i rząd B")

    assert "Dotyczy: piwnica i rząd B." in shown
    assert "This concerns: piwnica i rząd B." in shown


async def test_nobody_confirms_an_evacuation_twice_alone(fair):
    await fair.hear("ewakuacja")
    await fair.tap("Ogłoś ewakuację")
    for data in ("y:e2:1", "y:o:1:abc", "y:all:1:abc", "y:s:1"):
        await fair.hear(Tap(data))
    button = next(one.data for one in fair.asks() if one.data.startswith("y:e1"))
    await fair.hear(Tap(button))
    await fair.hear(Tap("y:e2:1"))

    await fair.deliver()
    assert [told(fair, chat, "wyjściem") for chat in VISITORS] == [0, 0, 0]
    assert await alarm_in_force(fair.store) is None


async def test_a_second_confirmation_without_a_first_does_nothing(fair):
    await fair.hear("ewakuacja")

    assert "Tego nie można potwierdzić" in await fair.hear(Tap("y:e2:1"), OLEH)
    assert await alarm_in_force(fair.store) is None


async def test_a_first_confirmation_holds_a_quarter_of_an_hour(fair):
    await fair.hear("ewakuacja")
    await fair.tap("Ogłoś ewakuację")
    fair.clock.move(minutes=16)

    assert "Tego nie można potwierdzić" in await fair.hear(Tap("y:e2:1"), OLEH)


async def test_whoever_calls_the_same_evacuation_is_asked_to_be_the_second(fair):
    await fair.hear("ewakuacja")
    await fair.tap("Ogłoś ewakuację")

    await fair.hear("/ewakuacja", OLEH)
    assert "Ewakuacja jest ogłoszona" in await fair.tap("Potwierdzam", OLEH)


async def test_alone_in_the_team_nobody_can_evacuate(house):
    await house.hear("ewakuacja")

    assert "w zespole nie ma drugiej" in await house.tap("Ogłoś ewakuację")


async def test_the_second_may_say_no(fair):
    await fair.hear("ewakuacja")
    await fair.tap("Ogłoś ewakuację")
    await fair.deliver()
    fair.look_at(DESK, "drugiego potwierdzenia")
    await fair.tap("Nie potwierdzam", DESK)

    assert "Szkicu nr 1 już nie ma" in await fair.hear(Tap("y:e2:1"), OLEH)


async def test_whoever_recalls_an_evacuation_calls_it_off(fair):
    await evacuate(fair)
    await fair.hear(Tap("y:p:1"))
    assert {"Popraw", "Wycofaj"}.isdisjoint(fair.labels())
    assert "Koniec alarmu" in fair.labels()

    assert "Alarm jest odwołany" in await fair.hear(Tap("y:rc:1"))
    await fair.tap("Koniec alarmu")
    assert await alarm_in_force(fair.store) is None


class StillHolds:
    """Notices as a newcomer gets them."""

    async def due(self, turn):
        return (Reply(turn.scene.language, "Co teraz obowiązuje"),)


async def test_the_second_person_reads_first_what_the_confirmation_did(fair):
    fair.notices.also.append(StillHolds())
    await fair.hear("ewakuacja")
    await fair.tap("Ogłoś ewakuację")
    await fair.deliver()
    fair.look_at(DESK, "drugiego potwierdzenia")

    said = await fair.tap("Potwierdzam", DESK)

    assert said.startswith("Ewakuacja jest ogłoszona")
    assert "Co teraz obowiązuje" not in said
    assert (await fair.hear("gdzie jest szatnia", DESK)).startswith("Co teraz obowiązuje")


async def test_it_is_repeated_until_it_is_called_off(fair):
    await evacuate(fair)
    await fair.deliver()
    rounds = []
    for _ in range(3):
        fair.clock.move(minutes=3, seconds=1)
        await fair.alarms.look()
        await fair.alarms.work()
        await fair.alarms.work()
        await fair.deliver()
        rounds.append(told(fair, VISITORS[0], "wyjściem"))
    assert rounds == [2, 3, 4]

    await fair.hear("koniec alarmu")
    await fair.tap("Koniec alarmu")
    await fair.deliver()
    fair.clock.move(minutes=10)
    await fair.alarms.look()
    await fair.alarms.work()
    await fair.deliver()

    assert told(fair, VISITORS[0], "wyjściem") == 4
    assert told(fair, VISITORS[0], "Alarm jest odwołany") == 1


async def test_while_it_holds_it_goes_before_every_answer(fair):
    await evacuate(fair)
    await fair.alarms.look()

    page = ChatId("web", "x")
    said = await fair.hear("gdzie jest toaleta?", page)
    assert said.startswith("EWAKUACJA")
    assert "Toalety" in " ".join(fair.labels(page))
    assert "EWAKUACJA" not in await fair.hear("/obsluga", OLEH)

    await fair.hear("koniec alarmu")
    await fair.tap("Koniec alarmu")
    await fair.alarms.look()
    assert "EWAKUACJA" not in await fair.hear("gdzie jest toaleta?", page)


async def test_an_evacuation_is_never_taken_for_the_answer_to_a_question(fair):
    await fair.hear("/ogloszenie")

    await fair.hear("ewakuacja")

    assert "Ogłoś ewakuację" in fair.labels()


async def test_without_an_alarm_there_is_nothing_to_call_off(fair):
    assert "Żaden alarm nie jest teraz ogłoszony" in await fair.hear("koniec alarmu")


@pytest.mark.parametrize(
    ("command", "title"),
    [("/pierwsza_pomoc", "pierwsza pomoc"), ("/zaginelo_dziecko", "zaginione dziecko")],
)
async def test_what_is_for_the_staff_reaches_the_staff_alone(fair, command, title):
    await fair.hear(command, DESK)
    said = await fair.hear("stoisko 4, czerwona kurtka", DESK)
    assert "Do kogo: tylko obsługa" in said
    assert "Odbiorcy" not in fair.labels(DESK)
    for data in ("y:a:1:all", "y:s:1", "y:al:1:pl"):
        await fair.hear(Tap(data))
    await fair.tap("Wyślij do obsługi", DESK)
    await fair.deliver()

    assert [told(fair, chat, "czerwona kurtka") for chat in (ANNA, OLEH, DESK)] == [1, 1, 1]
    assert [told(fair, chat, "czerwona kurtka") for chat in VISITORS] == [0, 0, 0]


@pytest.mark.parametrize("kind", [Kind.MISSING_CHILD, Kind.FIRST_AID])
def test_a_draft_for_the_staff_cannot_be_for_visitors(kind):
    with pytest.raises(ValueError, match="for the staff alone"):
        Draft(kind, Urgency.SAFETY, Content({Language.PL: "x"}), Audience())


async def test_an_alarm_in_a_colleagues_words_is_answered_and_can_be_passed_on(fair):
    said = await fair.hear("pali się!")

    assert "112" in said
    assert "Powiadomić obsługę?" in said
    assert "EWAKUACJA" in await fair.tap("Ewakuacja")


# Letters.


async def written(house: House, words: str = "czy będzie wersja wege?") -> str:
    """Announce something, and have a visitor reply to it."""
    await house.hear("ogłoszenie: Obiad od 13:00.")
    await house.tap("Dalej: wyślij")
    await house.tap(house.labels()[0])
    await house.tap("Tak, do wszystkich")
    await house.deliver()
    return await house.hear(words, VISITORS[0], replies_to=await last_id(house, VISITORS[0]))


async def last_id(house: House, chat: ChatId) -> str:
    ids = [1001 + n for n, (to, _) in enumerate(house.post.brought) if to == chat.chat]
    return str(ids[-1])


async def test_what_a_visitor_replies_reaches_the_staff_and_the_answer_comes_back(fair):
    assert "Czytają ją ludzie" in await written(fair)
    await fair.deliver()
    assert [told(fair, chat, "wersja wege?") for chat in (ANNA, OLEH, DESK)] == [1, 1, 1]

    said = await fair.hear("Tak, przy stoisku 3.", DESK, replies_to=await last_id(fair, DESK))
    assert "Odpowiedź jest w drodze" in said
    await fair.deliver()

    assert told(fair, VISITORS[0], "Tak, przy stoisku 3.") == 1
    assert told(fair, VISITORS[1], "Tak, przy stoisku 3.") == 0


async def test_it_can_be_answered_by_a_button_once(fair):
    await written(fair)
    await fair.deliver()
    fair.look_at(OLEH, "wersja wege?")
    await fair.tap("Odpowiedz", OLEH)
    await fair.hear("Tak.", OLEH)

    assert "już ktoś odpowiedział" in await fair.hear(Tap("y:an:1"))


async def test_an_alarm_a_thank_you_and_other_replies_are_no_letters(fair):
    assert "112" in await written(fair, "pali się!")
    answered = await last_id(fair, VISITORS[0])
    await fair.hear("dziękuję", VISITORS[0], replies_to=answered)
    await fair.hear("gdzie toaleta?", VISITORS[0], replies_to="999")
    await fair.hear("gdzie toaleta?", VISITORS[1], replies_to=answered)

    count = select(func.count()).select_from(kept_letters)
    async with fair.store.reading() as connection:
        assert (await connection.execute(count)).scalar_one() == 0


async def test_a_visitor_cannot_flood_the_staff_and_takes_letters_along_or_away(fair):
    await written(fair)
    answered = await last_id(fair, VISITORS[0])
    for _ in range(2):
        await fair.hear("a wersja bez glutenu?", VISITORS[0], replies_to=answered)
    said = await fair.hear("a bez laktozy?", VISITORS[0], replies_to=answered)
    assert "czekają jeszcze na odpowiedź" in said

    exported = await fair.visitors.export(VISITORS[0])
    assert len(exported["letters"]) == 3
    assert exported["letters"][0]["text"] == "czy będzie wersja wege?"
    await fair.visitors.forget(VISITORS[0])
    exported = await fair.visitors.export(VISITORS[0])
    assert exported["letters"] == []


# Numbers.


async def test_numbers_are_sums_and_few_people_are_not_shown(fair):
    for chat in VISITORS:
        await fair.visitors.save(chat, "gala")
    await fair.visitors.save(VISITORS[0], "quiz-omnibus")

    said = await fair.hear("/statystyki", DESK)

    assert "Bot może napisać do 5 osób." in said
    assert "Gala i wręczenie certyfikatów: 3" in said
    assert "Quiz" not in said


async def test_numbers_about_a_subject_hold_no_words_of_visitors(fair):
    for chat in VISITORS:
        await fair.visitors.save(chat, "gala")
    words = "czy na gali bedzie teleport kwantowy"
    await fair.visitors.remember_question(words, Language.PL, Outcome.UNKNOWN, fair.clock().date())

    said = await fair.hear("ile osób pytało o galę?", DESK)

    assert "Gala i wręczenie certyfikatów: 3" in said
    assert "bez pewnej odpowiedzi na ten temat: 1" in said
    assert "teleport" not in said


async def test_unanswered_questions_are_shown_alike_ones_together(fair):
    for words in ("ile kosztuje balon", "ile kosztuje balon", "balon ile kosztuje?"):
        await fair.visitors.remember_question(
            words, Language.PL, Outcome.UNKNOWN, fair.clock().date()
        )

    said = await fair.hear("pytania bez odpowiedzi", DESK)

    assert "ile kosztuje balon (3)" in said
