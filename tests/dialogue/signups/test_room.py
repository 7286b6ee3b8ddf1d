"""The room on both stores: staff, groups, channels that cannot write first, places that lapse."""

import datetime as dt
import io
import logging
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from bot.announcements.queries.staff import Staff
from bot.announcements.staff import Role
from bot.dialogue.conversation import Conversation
from bot.dialogue.organizer.office import Office
from bot.dialogue.organizer.room import OrganizerRoom
from bot.dialogue.scene import Lists
from bot.dialogue.signups.filling import FormDesk
from bot.dialogue.signups.room import SignupRoom
from bot.dialogue.signups.staff import StaffDesk
from bot.knowledge.changes import Cancelled, Change, Span, TimeChanged
from bot.knowledge.laying import laid_over
from bot.language.catalog import say
from bot.matching.snapshot import Snapshot
from bot.messaging.languages import Language
from bot.messaging.message import ChatId, Command, Content, Incoming, Tap, Text
from bot.messaging.reply import Ask, Reply
from bot.signups.bookable import bookable
from bot.signups.lists import KEPT_AFTER
from bot.signups.queries import SqlSignups
from bot.store.engine import Store, open_store
from bot.visitors.queries import SqlFlows, SqlVisitors
from tests.dialogues.talking import buttons_of, visible

WORKSHOP = "warsztat-spoldzielnia"
BOSS, DESK = ChatId("telegram", "900"), ChatId("telegram", "901")


class Hall:
    """Visitors and staff around one list, on a real store."""

    def __init__(self, snapshot: Snapshot, store: Store):
        self.snapshot = snapshot
        zone = snapshot.knowledge.event.zone
        self.now = dt.datetime(2017, 11, 29, 9, tzinfo=zone)
        clock = lambda: self.now  # noqa: E731 - it can be put forward
        self.lists = SqlSignups(
            store, lambda key: bookable(key, self.snapshot.knowledge), clock, {"telegram"}
        )
        self.visitors = SqlVisitors(store, clock, reachable={"telegram"})
        self.staff = Staff(store, clock, [BOSS])
        self.written: list[tuple[str, str, str]] = []
        flows = SqlFlows(store)
        desk = StaffDesk(
            self.lists, flows, self.staff.member, self.staff.note, self._reach, self._announce
        )
        forms = FormDesk(self.lists, flows, self.visitors, {"telegram"}, self._follow)
        self.conversation = Conversation(
            lambda: self.snapshot,
            self.visitors,
            clock,
            first=OrganizerRoom(Office(store, self.staff, flows)),
            rooms=(SignupRoom(forms, desk),),
            lists=Lists(self.lists.taken, lambda chat: self.staff.member(chat) is not None),
        )
        self.shown: tuple[Reply, ...] = ()

    async def open(self):
        await self.staff.load()
        code = await self.staff.invite(Role.DESK)
        await self.staff.join(code, DESK, "Info")
        return self

    async def hear(self, chat: ChatId, content: Content) -> str:
        self.shown = await self.conversation.respond(Incoming(chat, content, self.now, "pl"))
        return visible(self.shown)

    async def sign_up(self, chat: ChatId, name: str) -> str:
        await self.hear(chat, Tap(f"u:s:{WORKSHOP}"))
        await self.hear(chat, Text(name))
        await self.hear(chat, Text("600 100 200"))
        return await self.hear(chat, Tap("u:k"))

    def change(self, change: Change) -> None:
        """Let a change be in force, as one that was confirmed in chat is."""
        knowledge = laid_over(self.snapshot.knowledge, [change])
        self.snapshot = replace(self.snapshot, knowledge=knowledge)

    def labels(self) -> list[str]:
        return [one.label for one in buttons_of(self.shown)]

    def data(self) -> list[str]:
        return [one.data for one in buttons_of(self.shown) if isinstance(one, Ask)]

    async def _reach(self, about: str) -> int:
        return 7

    async def _announce(self, about: str, text: str, who: str) -> int:
        self.written.append((about, text, who))
        return 7

    async def _follow(self, chat: ChatId) -> None:
        pass


@pytest.fixture
async def hall(snapshot: Snapshot, store_url: str) -> AsyncIterator[Hall]:
    store = await open_store(store_url)
    yield await Hall(snapshot, store).open()
    await store.close()


def visitor(number: int) -> ChatId:
    return ChatId("telegram", str(number))


async def test_the_last_seat_and_then_the_waiting_list(hall):
    for number in range(19):
        await hall.sign_up(visitor(number), "Ola")

    assert "zostało 1 z 20 miejsc" in await hall.hear(visitor(50), Text("warsztat spółdzielnia"))
    assert "Jest miejsce" in await hall.sign_up(visitor(20), "Jan")
    said = await hall.sign_up(visitor(21), "Ewa")

    assert "Lista oczekujących" in said
    assert "Osób wcześniej na liście: 0" in said
    assert "1 godzina" in said
    card = await hall.hear(visitor(50), Text("warsztat spółdzielnia"))
    assert "brak wolnych miejsc, na liście oczekujących: 1 osoba" in card


async def test_an_offered_place_is_taken_with_one_tap_or_too_late(hall):
    for number in range(22):
        await hall.sign_up(visitor(number), "Ola")
    await hall.hear(visitor(0), Tap(f"u:x:{WORKSHOP}"))
    await hall.hear(visitor(1), Tap(f"u:x:{WORKSHOP}"))

    assert "wolne miejsce czeka do" in await hall.hear(visitor(20), Text("moje zapisy"))
    assert "Jest miejsce" in await hall.hear(visitor(20), Tap(f"u:a:{WORKSHOP}"))
    hall.now += dt.timedelta(hours=2)
    late = await hall.hear(visitor(21), Tap(f"u:a:{WORKSHOP}"))

    assert "nie jest już zarezerwowane" in late


async def test_nobody_signs_up_in_a_group(hall):
    said = await hall.hear(ChatId("telegram", "-100"), Tap(f"u:s:{WORKSHOP}"))

    assert "W grupie nie można się zapisać" in said
    assert await hall.lists.keys() == ()


async def test_where_the_bot_cannot_write_first_one_can_sign_up_and_not_wait(hall):
    assert "nie może pisać pierwsza" in await hall.sign_up(ChatId("web", "1"), "Ola")
    for number in range(19):
        await hall.sign_up(visitor(number), "Ola")

    said = await hall.hear(ChatId("web", "2"), Tap(f"u:s:{WORKSHOP}"))

    assert "nie ma tu listy oczekujących" in said


async def test_whoever_is_none_of_the_staff_sees_no_list(hall):
    await hall.sign_up(visitor(1), "Łucja")

    for data in ("l", f"l:{WORKSHOP}", f"f:{WORKSHOP}", f"g:{WORKSHOP}", f"V:{WORKSHOP}", "T"):
        assert "Łucja" not in await hall.hear(visitor(2), Tap(f"u:{data}"))
        assert not any(one.file for one in hall.shown)
    assert not hall.lists.taken(WORKSHOP).is_cancelled
    await hall.hear(visitor(2), Text("warsztat spółdzielnia"))
    assert say(Language.PL, "button_the_list") not in hall.labels()


async def test_the_staff_comes_from_the_card_to_the_list_and_takes_it_as_a_file(hall):
    await hall.sign_up(visitor(1), "Łucja")

    await hall.hear(BOSS, Text("warsztat spółdzielnia"))
    assert say(Language.PL, "button_the_list") in hall.labels()
    said = await hall.hear(BOSS, Tap(f"u:l:{WORKSHOP}"))
    assert "1. Łucja, 600 100 200 (miejsce)" in said
    assert "miejsca zajęte 1 z 20" in said
    await hall.hear(BOSS, Tap(f"u:g:{WORKSHOP}"))

    (file,) = [one.file for one in hall.shown if one.file]
    sheet = load_workbook(io.BytesIO(file.content)).active
    assert sheet is not None
    assert sheet["E2"].value == "Łucja"
    newest = (await hall.staff.log())[0]
    assert (newest.what, newest.details) == ("signups_file", WORKSHOP)


async def test_the_command_shows_the_staff_all_lists_and_a_visitor_their_own(hall):
    await hall.sign_up(visitor(1), "Łucja")

    assert "Listy zapisanych" in await hall.hear(BOSS, Command("zapisy"))
    assert f"u:l:{WORKSHOP}" in hall.data()
    assert "Moje zapisy" in await hall.hear(visitor(1), Command("zapisy"))


async def test_what_moved_is_said_to_whoever_looks_at_their_sign_ups(hall):
    await hall.sign_up(visitor(1), "Łucja")
    planned, later = (
        Span(
            dt.datetime.fromisoformat(f"2017-11-30T{start}"),
            dt.datetime.fromisoformat(f"2017-11-30T{end}"),
        )
        for start, end in (("14:30", "16:00"), ("15:00", "16:30"))
    )

    hall.change(TimeChanged(WORKSHOP, planned, later))
    said = await hall.hear(visitor(1), Command("moje_zapisy"))

    assert "15:00–16:30" in said
    assert "wcześniej: 14:30–16:00" in said
    assert "miejsce jest" in said


async def test_a_seat_in_what_is_cancelled_is_said_to_be_none(hall):
    await hall.sign_up(visitor(1), "Łucja")

    hall.change(Cancelled(WORKSHOP))
    said = await hall.hear(visitor(1), Command("moje_zapisy"))

    assert "ODWOŁANE: Warsztat: jak założyć spółdzielnię socjalną" in said
    assert "miejsce jest" not in said
    assert f"u:x:{WORKSHOP}" in hall.data()


async def test_the_desk_reads_and_changes_nothing(hall):
    await hall.sign_up(visitor(1), "Łucja")

    assert "Łucja" in await hall.hear(DESK, Tap(f"u:l:{WORKSHOP}"))
    assert not {f"u:c:{WORKSHOP}", f"u:v:{WORKSHOP}", f"u:t:{WORKSHOP}"} & set(hall.data())
    assert "To może tylko organizator" in await hall.hear(DESK, Tap(f"u:c:{WORKSHOP}"))
    assert not hall.lists.taken(WORKSHOP).is_closed


async def test_an_organizer_closes_and_opens_again(hall):
    await hall.hear(BOSS, Tap(f"u:c:{WORKSHOP}"))
    assert "Organizator zamknął zapisy" in await hall.hear(visitor(1), Tap(f"u:s:{WORKSHOP}"))

    await hall.hear(BOSS, Tap(f"u:o:{WORKSHOP}"))

    assert "Jest miejsce" in await hall.sign_up(visitor(1), "Ola")


async def test_an_organizer_calls_off_after_being_asked(hall):
    await hall.sign_up(visitor(1), "Ola")

    assert "(1 osoba)" in await hall.hear(BOSS, Tap(f"u:v:{WORKSHOP}"))
    assert not hall.lists.taken(WORKSHOP).is_cancelled
    assert "Wiadomość dostanie: 1 osoba" in await hall.hear(BOSS, Tap(f"u:V:{WORKSHOP}"))

    assert "odwołane" in await hall.hear(visitor(2), Tap(f"u:s:{WORKSHOP}"))


async def test_an_organizer_writes_to_those_who_signed_up_once(hall):
    await hall.hear(BOSS, Tap(f"u:t:{WORKSHOP}"))
    said = await hall.hear(BOSS, Text("Proszę wziąć notatnik."))
    assert "(7 osób)" in said
    assert "Proszę wziąć notatnik." in said
    assert hall.written == []

    await hall.hear(BOSS, Tap("u:T"))
    await hall.hear(BOSS, Tap("u:T"))

    assert len(hall.written) == 1
    assert hall.written[0][:2] == (WORKSHOP, "Proszę wziąć notatnik.")


async def test_a_message_can_be_dropped(hall):
    await hall.hear(BOSS, Tap(f"u:t:{WORKSHOP}"))
    await hall.hear(BOSS, Text("Proszę wziąć notatnik."))

    await hall.hear(BOSS, Tap("u:q"))
    await hall.hear(BOSS, Tap("u:T"))

    assert hall.written == []


async def test_a_form_is_forgotten_after_half_an_hour(hall):
    await hall.hear(visitor(1), Tap(f"u:s:{WORKSHOP}"))
    await hall.hear(visitor(1), Text("Łucja"))

    hall.now += dt.timedelta(minutes=31)

    assert "nie jest już otwarty" in await hall.hear(visitor(1), Tap("u:k"))
    assert await hall.lists.keys() == ()


async def test_no_name_and_no_contact_reach_the_log(hall, caplog):
    caplog.set_level(logging.DEBUG)

    await hall.sign_up(visitor(1), "Łucja")
    await hall.hear(visitor(1), Text("moje zapisy"))

    own = [one.getMessage() for one in caplog.records if one.name.startswith("bot")]
    assert not any("Łucja" in one or "600 100 200" in one for one in own)


@pytest.mark.parametrize("language", Language)
def test_how_long_it_is_kept_is_told(language):
    assert f"{KEPT_AFTER.days} " in say(language, "privacy")


async def test_what_the_staff_does_with_lists_stands_in_the_log_in_words(hall):
    await hall.sign_up(visitor(1), "Ola")
    for what in ("f", "c", "o", "V"):
        await hall.hear(BOSS, Tap(f"u:{what}:{WORKSHOP}"))
    await hall.hear(BOSS, Tap(f"u:t:{WORKSHOP}"))
    await hall.hear(BOSS, Text("Zapraszamy jutro!"))
    await hall.hear(BOSS, Tap("u:T"))

    said = await hall.hear(BOSS, Command("dziennik"))

    for key in ("file", "close", "open", "call_off", "write"):
        assert f"{say(Language.PL, f'log_signups_{key}')}: {WORKSHOP}" in said


@pytest.mark.parametrize(
    "words", ["Warsztat zaczyna się o 10:15, nie o 10:00", "ogłoszenie: proszę wziąć laptopy"]
)
async def test_a_message_to_those_on_a_list_is_no_order(hall, words):
    await hall.sign_up(visitor(1), "Ola")
    await hall.hear(BOSS, Tap(f"u:t:{WORKSHOP}"))

    said = await hall.hear(BOSS, Text(words))
    await hall.hear(BOSS, Tap("u:T"))

    assert words in said
    assert [text for _, text, _ in hall.written] == [words]
