import pytest

from bot.channels.messenger.handover import asks_for_a_person
from bot.messaging.message import Command, Tap, Text


@pytest.mark.parametrize(
    "words",
    [
        "człowiek",
        "czlowiek!",
        "Chcę porozmawiać z człowiekiem",
        "czy mogę porozmawiać z żywym człowiekiem?",
        "połącz mnie z konsultantem, proszę",
        "human",
        "I want to talk to a real person please",
        "can I speak to someone",
        "людина",
        "хочу поговорити з людиною",
        "З'єднайте мене з оператором, будь ласка",
    ],
)
def test_who_asks_for_a_person_is_understood(words: str) -> None:
    assert asks_for_a_person(Text(words))


@pytest.mark.parametrize(
    "words",
    [
        "",
        "cześć",
        "gdzie znajdę człowieka od mikrograntów?",
        "Człowiek i społeczeństwo",
        "ile osób pracuje w CIS",
        "proszę o kontakt",
        "human resources",
        "czy jest ktoś na stoisku 12",
        "człowiek " * 30,
    ],
)
def test_a_question_about_people_is_a_question(words: str) -> None:
    assert not asks_for_a_person(Text(words))


def test_the_point_of_the_menu_asks_for_a_person() -> None:
    assert asks_for_a_person(Command("czlowiek"))
    assert not asks_for_a_person(Command("program"))
    assert not asks_for_a_person(Tap("czlowiek"))
