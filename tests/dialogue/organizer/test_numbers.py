"""What visitors ask about, in numbers, for the staff."""

from bot.dialogue.asked import subject_of_need
from bot.knowledge.model import Need
from bot.messaging.message import ChatId
from tests.dialogue.organizer.house import ANNA, DAY, House

VISITOR, OTHER = ChatId("telegram", "10"), ChatId("telegram", "11")


async def test_what_is_asked_most_is_listed_and_taken_along_as_a_table(house: House):
    assert "Nikt jeszcze o nic nie pytał" in await house.hear("o co najczęściej pytają?")
    for chat in (VISITOR, OTHER):
        await house.hear("kiedy jest gala?", chat)
    await house.hear("gdzie jest szatnia?", VISITOR)
    await house.asked.write()

    said = await house.hear("o co najczęściej pytają?")

    assert "• Gala i wręczenie certyfikatów: 2\n• Szatnia: 1" in said
    await house.tap("Tabela CSV")
    (reply,) = house.shown[ANNA]
    assert reply.file is not None
    table = reply.file.content.decode().splitlines()
    assert table[1:] == [
        "2017-11-30;gala;Gala i wręczenie certyfikatów;2",
        "2017-11-30;szatnia;Szatnia;1",
    ]


async def test_how_often_a_subject_was_asked_about_counts_what_was_answered(house: House):
    await house.hear("kiedy jest gala?", VISITOR)
    await house.hear("o której jest gala i gdzie?", VISITOR)
    house.asked.count(subject_of_need(Need.GRANT), DAY)
    await house.asked.write()

    about_gala = await house.hear("ile osób pytało o galę?")
    about_grants = await house.hear("ile osób pytało o dotacje?")

    assert "Pytania z odpowiedzią: 2" in about_gala
    assert "Pytania z odpowiedzią: 1\n• Wsparcie: pieniądze, dotacja: 1" in about_grants


async def test_a_visitor_who_asks_it_gets_no_numbers(house: House):
    await house.hear("kiedy jest gala?", OTHER)
    await house.asked.write()

    assert "Pytania, na które bot odpowiedział" not in await house.hear(
        "o co najczęściej pytają?", VISITOR
    )
