"""Who is let in, who is not, and that nobody else can see that anything is there."""

import pytest

from bot.announcements.staff import Role
from bot.dialogue.organizer import taps
from bot.dialogue.organizer.commands import COMMANDS, MENU
from bot.messaging.message import ChatId, Command, Tap
from tests.dialogue.organizer.house import ANNA, DESK, OLEH

VISITOR = ChatId("telegram", "77")
OTHER = ChatId("telegram", "78")
EVERY_BUTTON = (
    "home new l n team log stats gaps fa mc ev ac p csv an name no d v e1 e2 inv rm rm2 o all s t "
    "a ar aw al w x del pa re st u f c rc"
).split()


async def invited(house, role, chat, name):
    code = await house.staff.invite(role)
    await house.hear(Command("start", f"join_{code}"), chat)
    await house.hear(name, chat)


@pytest.mark.parametrize("command", COMMANDS)
async def test_a_visitor_gets_what_any_unknown_command_gets(house, command):
    for argument in ("", "5"):
        unknown = await house.hear(Command("zzz_unknown", argument), VISITOR)

        assert await house.hear(Command(command, argument), VISITOR) == unknown


async def test_a_visitor_who_forges_buttons_gets_what_any_unknown_button_gets(house):
    await house.hear("ogłoszenie: Obiad od 13:00")
    unknown = await house.hear(Tap("y0:zzz"), VISITOR)
    for what in EVERY_BUTTON:
        for value in ("", "pl", "all", "desk"):
            assert await house.hear(Tap(taps.write(what, 1, value)), VISITOR) == unknown

    assert "Szkic nr 1" in await house.hear(Tap("y:d:1"))
    assert house.post.brought == []
    assert [entry.what for entry in await house.staff.log()] == ["draft"]


@pytest.mark.parametrize("words", ["ogłoszenie: wszyscy won", "ewakuacja", "dziennik", "szkice"])
async def test_words_of_a_visitor_order_nothing(house, words):
    await house.hear(words, VISITOR)

    assert await house.staff.log() == ()
    assert "nr 1" not in await house.hear("/szkice")


@pytest.mark.parametrize("code", ["join_", "join_wrong", "join_" + "x" * 60])
async def test_a_wrong_invitation_is_answered_as_any_unknown_link(house, code):
    unknown = await house.hear(Command("start", "zzz_1"), VISITOR)

    assert await house.hear(Command("start", code), VISITOR) == unknown
    assert house.staff.member(VISITOR) is None


async def test_a_link_lets_one_person_in_once_who_says_their_name(house):
    await house.hear("/zespol")
    said = await house.tap("Zaproś do punktu")
    link = next(line for line in said.splitlines() if line.startswith("https://"))
    code = link.partition("start=")[2]

    said = await house.hear(Command("start", code), OLEH)
    assert "Witamy w zespole. Rola: punkt informacyjny" in said
    assert "Oleh, recepcja · punkt informacyjny" in await house.hear("Oleh, recepcja", OLEH)

    member = house.staff.member(OLEH)
    assert member is not None
    assert (member.name, member.role) == ("Oleh, recepcja", Role.DESK)
    await house.hear(Command("start", code), VISITOR)
    assert house.staff.member(VISITOR) is None
    assert house.menus == [(ANNA, True), (OLEH, True)]


async def test_the_code_can_be_typed_where_there_are_no_links(house):
    code = await house.staff.invite(Role.ORGANIZER)

    page = ChatId("web", "abc")
    assert "Witamy w zespole" in await house.hear(f"join_{code}", page)
    await house.hear("Ola", page)
    assert "Szkice" in await house.type("/szkice", page)
    assert "Szkic nr 1" in await house.type("/ogloszenie Obiad od 13:00", page)


async def test_a_group_is_not_let_in(house):
    code = await house.staff.invite(Role.ORGANIZER)
    group = ChatId("telegram", "-100")

    await house.hear(Command("start", f"join_{code}"), group)

    assert house.staff.member(group) is None


async def test_the_desk_reads_and_raises_alarms_but_does_not_announce(house):
    await house.hear("ogłoszenie: Obiad od 13:00")
    await invited(house, Role.DESK, DESK, "Recepcja")

    assert "tylko organizator" in await house.hear("/ogloszenie Parking pełny", DESK)
    assert "tylko organizator" in await house.hear(Tap("y:s:1"), DESK)
    assert "tylko organizator" in await house.hear(Tap("y:inv::organizer"), DESK)
    assert "tylko organizator" in await house.hear(Tap("y:del:1"), DESK)
    assert "Szkic nr 1" in await house.hear(Tap("y:d:1"), DESK)
    assert "pierwsza pomoc" in await house.hear("/pierwsza_pomoc stoisko 4", DESK)
    assert "EWAKUACJA" in await house.hear("ewakuacja", DESK)


async def test_somebody_taken_out_is_a_visitor_again(house):
    await invited(house, Role.DESK, DESK, "Recepcja")
    unknown = await house.hear("/zzz", OTHER)
    await house.hear("/zespol")
    await house.tap("Usuń z zespołu")
    assert "Nie ma już w zespole: Recepcja" in await house.tap("Usuń z zespołu")

    assert await house.hear("/szkice", DESK) == unknown
    assert house.menus[-1] == (DESK, False)


async def test_somebody_let_in_again_sees_the_commands_again(house):
    await invited(house, Role.DESK, DESK, "Recepcja")
    await house.hear("/zespol")
    await house.tap("Usuń z zespołu")
    await house.tap("Usuń z zespołu")

    await invited(house, Role.DESK, DESK, "Recepcja")

    assert house.menus[-1] == (DESK, True)


async def test_whom_the_settings_name_is_told_so_and_stays(house):
    await invited(house, Role.ORGANIZER, OLEH, "Oleh")
    await house.hear("/zespol", OLEH)
    await house.tap("Usuń z zespołu", OLEH)

    assert "TARGOBOT_ORGANIZERS" in await house.tap("Usuń z zespołu", OLEH)
    assert house.staff.member(ANNA) is not None


async def test_everything_done_stands_in_the_log(house):
    await house.hear("/obsluga")
    await house.tap("Zespół")
    await house.tap("Moja nazwa")
    await house.hear("Anna")
    await house.hear("ogłoszenie: Obiad od 13:00")
    await house.tap("Usuń szkic")

    said = await house.hear("/dziennik")

    assert "30.11 10:00 – Anna: szkic usunięty: 1" in said
    assert "30.11 10:00 – Anna: szkic: 1" in said


def test_the_menu_names_commands_that_exist():
    assert {one.name for one in MENU} <= COMMANDS.keys()
    assert all(len(text) <= 40 for one in MENU for text in one.descriptions.values())
