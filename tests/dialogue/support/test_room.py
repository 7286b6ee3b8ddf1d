"""The room of support: profiles, papers, deadlines, and needs that nothing meets."""

import datetime as dt

import pytest
from icalendar import Calendar

from bot.clock import stopped_clock
from bot.dialogue.conversation import Conversation
from bot.dialogue.support.organisation import OrganisationDesk
from bot.dialogue.support.room import SupportRoom
from bot.knowledge.model import Need
from bot.matching.snapshot import Snapshot
from bot.messaging.message import ChatId, Command, Content, Incoming, Tap, Text
from bot.messaging.reply import Ask, Copy, Reply
from bot.support.profiles import InMemoryProfiles
from bot.support.unmet import InMemoryUnmetNeeds, UnmetNeed
from bot.visitors.flows import InMemoryFlows
from bot.visitors.memory import InMemoryVisitors
from tests.dialogues.talking import buttons_of, visible

ANNA, OLA = ChatId("test", "anna"), ChatId("test", "ola")
OURS = "fundacja z Ostrowca założona 20 grudnia 2015, szukamy dotacji, nie mamy statusu PS"


class Desk:
    """Two people of one organisation who write to the bot."""

    def __init__(self, snapshot: Snapshot):
        self.now = dt.datetime(2017, 11, 30, 13, 50, tzinfo=snapshot.knowledge.event.zone)
        self.followed: list[ChatId] = []
        self.saved: list[str] = []
        self.unmet = InMemoryUnmetNeeds()
        self.profiles = InMemoryProfiles()
        desk = OrganisationDesk(self.profiles, self._saved_by, self._follow)
        room = SupportRoom(InMemoryFlows(), self.unmet, desk)
        self._talk = Conversation(
            lambda: snapshot, InMemoryVisitors(), stopped_clock(self.now), rooms=(room,)
        )
        self.shown: tuple[Reply, ...] = ()

    async def _saved_by(self, _chat: ChatId) -> list[str]:
        return self.saved

    async def _follow(self, chat: ChatId) -> None:
        self.followed.append(chat)

    async def hear(self, content: Content, chat: ChatId = ANNA) -> str:
        self.shown = await self._talk.respond(Incoming(chat, content, self.now))
        return visible(self.shown)

    async def tap(self, label: str, chat: ChatId = ANNA) -> str:
        taps = {one.label: one.data for one in buttons_of(self.shown) if isinstance(one, Ask)}
        return await self.hear(Tap(taps[label]), chat)

    @property
    def labels(self) -> list[str]:
        return [one.label for one in buttons_of(self.shown)]


@pytest.fixture
def desk(snapshot: Snapshot) -> Desk:
    return Desk(snapshot)


async def test_nothing_is_kept_of_an_organisation_that_does_not_ask_for_it(desk):
    await desk.hear(Text(OURS))

    assert "Zapamiętaj profil" in desk.labels
    assert await desk.profiles.profile_of(ANNA) is None


async def test_a_profile_is_kept_once_and_used_by_the_next_search(desk):
    await desk.hear(Text(OURS))
    said = await desk.tap("Zapamiętaj profil")
    assert "Zapamiętane" in said
    assert "potrzeba" not in said

    await desk.hear(Command("znajdz"))
    said = await desk.hear(Text("szukamy księgowej"))

    assert "potrzeba: księgowość; fundacja; wiek organizacji: od 20 grudnia 2015" in said
    assert "Zapamiętaj profil" not in desk.labels


async def test_a_code_lets_a_team_share_the_profile(desk):
    await desk.hear(Text(OURS))
    await desk.tap("Zapamiętaj profil")
    await desk.tap("Kod dla zespołu")
    code = next(one.text for one in buttons_of(desk.shown) if hasattr(one, "text"))

    said = await desk.hear(Command("dolacz", code), OLA)

    assert "Ten profil jest teraz wspólny." in said
    assert "fundacja" in said
    assert "Z profilu korzysta: 2 osoby." in said
    assert desk.followed == [ANNA, OLA]


@pytest.mark.parametrize(
    ("code", "answer"),
    [("", "Proszę wpisać kod po poleceniu"), ("nic-takiego", "Ten kod nie działa")],
)
async def test_without_a_good_code_nobody_joins(desk, code, answer):
    assert answer in await desk.hear(Command("dolacz", code), OLA)


async def test_papers_are_ticked_off_for_each_offer(desk):
    await desk.hear(Text(OURS))
    await desk.tap("Zapamiętaj profil")
    said = await desk.hear(Tap("w:d:grant-rozwojowy"))
    assert "☐ wniosek\n☐ budżet\n☐ sprawozdanie\n\nGotowe: 0 z 3." in said.replace("  ", " ")

    said = await desk.tap("☐ budżet")

    assert "☑ budżet" in said
    assert "Gotowe: 1 z 3." in said
    assert desk.shown[0].replaces
    assert "Gotowe: 0 z 3." in await desk.tap("☑ budżet")


async def test_without_a_profile_papers_are_shown_and_none_is_ticked(desk):
    said = await desk.hear(Tap("w:t:grant-rozwojowy:0"))

    assert "☐ wniosek" in said
    assert "trzeba zapamiętać profil" in said


@pytest.mark.parametrize("data", ["w:d:nowhere", "w:d:", "w:t:nowhere:0"])
async def test_papers_of_nothing_are_not_known(desk, data):
    assert "Listy dokumentów nie ma" in await desk.hear(Tap(data))


async def test_all_deadlines_come_in_one_calendar(desk):
    await desk.hear(Text(OURS))
    await desk.tap("Zapamiętaj profil")
    desk.saved = ["grant-rozwojowy", "mikrogrant-jesien", "sala-na-spotkanie"]
    await desk.hear(Tap("w:t:dotacja-na-rozruch:0"))

    said = await desk.hear(Command("terminy"))

    assert [line for line in said.split("\n") if line.startswith("•")] == [
        "• 20 grudnia 2017: Dotacja na rozruch organizacji, koniec naboru. Gotowe: 1 z 2.",
        "• 20 grudnia 2017: Grant rozwojowy, od tego dnia warunek jest spełniony. Gotowe: 0 z 3.",
        "• 10 stycznia 2018: Grant rozwojowy, początek naboru. Gotowe: 0 z 3.",
        "• 15 lutego 2018: Grant rozwojowy, koniec naboru. Gotowe: 0 z 3.",
    ]
    file = desk.shown[0].file
    events = Calendar.from_ical(file.content).walk("VEVENT")
    assert next(str(event["summary"]) for event in events) == (
        "Dotacja na rozruch organizacji, koniec naboru"
    )
    assert len({str(event["uid"]) for event in events}) == 4


async def test_without_a_saved_offer_there_is_no_deadline(desk):
    said = await desk.hear(Command("terminy"))

    assert "Żadna zapisana oferta nie ma terminu." in said
    assert desk.shown[0].file is None


async def test_who_deletes_the_profile_keeps_none(desk):
    await desk.hear(Text(OURS))
    await desk.tap("Zapamiętaj profil")

    assert "Profil jest usunięty" in await desk.tap("Usuń profil")
    assert "Profilu organizacji nie ma" in await desk.hear(Command("organizacja"))
    assert "Profilu organizacji nie ma" in await desk.hear(Tap("w:code"))


async def test_an_empty_profile_is_not_kept(desk):
    assert "nic jeszcze nie wiadomo" in await desk.hear(Tap("w:keep"))


async def test_a_need_that_nothing_meets_is_counted_once_for_one_search(desk):
    await desk.hear(Text("grupa nieformalna z Buska szuka rzutnika"))
    await desk.hear(Tap("w:show"))
    await desk.hear(Tap("w:show"))

    assert await desk.unmet.unmet_needs() == (
        UnmetNeed(Need.EQUIPMENT, "informal", "powiat-buski", 1, desk.now.date()),
    )


async def test_a_need_that_is_met_is_not_counted(desk):
    await desk.hear(Text("grupa nieformalna z Ostrowca szuka dotacji"))
    await desk.hear(Tap("w:show"))

    assert await desk.unmet.unmet_needs() == ()


async def test_more_results_are_paged(desk):
    await desk.hear(Text("potrzebujemy porady"))
    await desk.tap("Pokaż wyniki")
    assert "Więcej" in desk.labels

    said = await desk.tap("Więcej")

    assert "Doradcy na targach" not in said
    assert "Wstecz" in desk.labels


async def test_what_was_found_is_sent_on_without_who_looks(snapshot):
    now = dt.datetime(2017, 11, 30, 13, 50, tzinfo=snapshot.knowledge.event.zone)
    room = SupportRoom(InMemoryFlows(), InMemoryUnmetNeeds(), page="https://bot.example.org/oferty")
    talk = Conversation(lambda: snapshot, InMemoryVisitors(), stopped_clock(now), rooms=(room,))
    words = Text("fundacja z Ostrowca szuka sali i księgowej")

    await talk.respond(Incoming(ANNA, words, now, "pl"))
    replies = await talk.respond(Incoming(ANNA, Tap("w:show"), now, "pl"))

    (link,) = [one for one in buttons_of(replies) if isinstance(one, Copy)]

    assert link.text == "https://bot.example.org/oferty?lang=pl&need=accounting"
