"""What the Page shows before anybody writes: set only where it differs."""

import datetime as dt
from collections.abc import AsyncIterator

import pytest

from bot.app.page import links_of, page_profile
from bot.channels.messenger.errors import GraphError, Kind
from bot.channels.messenger.graph import Graph
from bot.channels.messenger.links import page_link
from bot.channels.messenger.options import MessengerOptions
from bot.channels.messenger.profile import PARTS, Entry, Profile, differences, publish
from bot.dialogue.menu import wish_of_command
from bot.dialogue.taps import read_tap
from bot.dialogue.wishes import About, AllSeries, Exhibitors, Gone, Now
from bot.knowledge.model import Event, Knowledge
from bot.messaging.languages import Language
from tests.fakes.graph_server import APP_SECRET, TOKEN, FakeGraph, Fault
from tests.fakes.graph_server_errors import RATE, refused
from tests.fakes.graph_server_events import PAGE
from tests.whole_fair import whole_fair


class Clock:
    def __init__(self) -> None:
        self.now = dt.datetime(2017, 11, 1, 9, tzinfo=dt.UTC)

    def __call__(self) -> dt.datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def server(clock: Clock) -> AsyncIterator[FakeGraph]:
    async with FakeGraph(clock) as fake:
        yield fake


@pytest.fixture
async def graph(server: FakeGraph) -> AsyncIterator[Graph]:
    options = MessengerOptions(PAGE, TOKEN, APP_SECRET, "verify", graph_url=server.url)
    async with Graph(options) as one:
        yield one


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return whole_fair()


@pytest.fixture
def profile(knowledge: Knowledge) -> Profile:
    return page_profile(knowledge.event, people=True)


async def set_where_it_differs(profile: Profile, graph: Graph) -> list[str]:
    found = await differences(profile, graph, Language.PL)
    await publish(found, graph)
    return [one.part for one in found]


async def test_everything_is_set_in_three_calls_and_start_comes_first(
    profile: Profile, graph: Graph, server: FakeGraph
) -> None:
    assert await set_where_it_differs(profile, graph) == list(PARTS)

    assert server.profile.calls == 3
    posted = [call.given for call in server.calls if call.method == "POST"]
    assert [sorted(set(parts) & set(PARTS)) for parts in posted] == [
        ["get_started"],
        ["greeting", "ice_breakers", "persistent_menu"],
    ]


async def test_what_is_as_it_should_be_is_not_set_again(
    profile: Profile, graph: Graph, server: FakeGraph
) -> None:
    await set_where_it_differs(profile, graph)

    for _ in range(5):
        assert await set_where_it_differs(profile, graph) == []

    assert server.profile.calls == 3 + 5


async def test_only_what_differs_is_set(profile: Profile, graph: Graph, server: FakeGraph) -> None:
    await set_where_it_differs(profile, graph)
    server.profile.parts["greeting"][0]["text"] = "Witamy!"

    (found,) = await differences(profile, graph, Language.PL)
    await publish([found], graph)

    assert found.shown[0] == {"locale": "default", "text": "Witamy!"}
    assert set(server.calls[-1].given) - {"appsecret_proof"} == {"greeting"}


async def test_what_the_platform_adds_and_how_it_sorts_makes_no_difference(
    profile: Profile, graph: Graph, server: FakeGraph
) -> None:
    await set_where_it_differs(profile, graph)
    server.profile.parts["greeting"].reverse()
    server.profile.parts["persistent_menu"][0]["disabled_surfaces"] = []

    assert await differences(profile, graph, Language.PL) == ()


async def test_another_order_of_the_menu_is_a_difference(
    profile: Profile, graph: Graph, server: FakeGraph
) -> None:
    await set_where_it_differs(profile, graph)
    server.profile.parts["persistent_menu"][0]["call_to_actions"].reverse()

    assert [one.part for one in await differences(profile, graph, Language.PL)] == [
        "persistent_menu"
    ]


async def test_budget_that_is_spent_is_told_and_comes_back(
    profile: Profile, graph: Graph, server: FakeGraph, clock: Clock
) -> None:
    server.fail("messenger_profile", Fault(refused(RATE)))

    with pytest.raises(GraphError) as spent:
        await differences(profile, graph, Language.PL)

    assert spent.value.kind is Kind.RATE
    clock.now += dt.timedelta(minutes=10)
    assert await set_where_it_differs(profile, graph) == list(PARTS)


async def test_the_page_says_that_it_is_a_bot_in_every_language(profile: Profile) -> None:
    assert profile.greeting[Language.PL].startswith("To bot, nie człowiek.")
    assert profile.greeting[Language.EN].startswith("This is a bot, not a person.")
    assert profile.greeting[Language.UK].startswith("Це бот, а не людина.")


def test_long_name_of_a_fair_is_what_is_cut(knowledge: Knowledge) -> None:
    event: Event = knowledge.event.model_copy(
        update={"name": knowledge.event.name.model_copy(update={"pl": "Targi " * 40})}
    )

    greeting = page_profile(event, people=False).greeting[Language.PL]

    assert len(greeting) <= 160
    assert greeting.startswith("To bot, nie człowiek.")


def test_menu_and_questions_ask_for_what_the_bot_can_do(profile: Profile) -> None:
    wished = [read_tap(entry.payload) for entry in profile.questions]

    assert wished[:3] == [Now(), Exhibitors(), AllSeries()]
    assert [entry.payload for entry in profile.menu[:4]] == [
        entry.payload for entry in profile.questions
    ]
    assert [entry.payload for entry in profile.menu[3:]] == ["w:go", "z:p", "/czlowiek"]


def test_without_people_at_the_inbox_nobody_is_promised_one(knowledge: Knowledge) -> None:
    menu = page_profile(knowledge.event, people=False).menu

    assert "/czlowiek" not in [entry.payload for entry in menu]


@pytest.mark.parametrize("text", ["", "a" * 31])
def test_profile_that_the_platform_would_refuse_is_refused_at_once(text: str) -> None:
    entry = Entry("x:now", dict.fromkeys(Language, text))

    with pytest.raises(ValueError, match="30 signs"):
        Profile(dict.fromkeys(Language, "a"), (entry,), ())


def test_links_are_those_of_telegram(knowledge: Knowledge) -> None:
    links = dict(links_of(knowledge, PAGE))

    assert links["the beginning"] == f"https://m.me/{PAGE}"
    for what, address in links.items():
        if what != "the beginning":
            payload = address.removeprefix(f"https://m.me/{PAGE}?ref=")
            assert wish_of_command("start", payload) == About(what.partition(": ")[2])
    assert wish_of_command("start", "n-o") == Gone()


@pytest.mark.parametrize("payload", ["s gala", "s_gala&x=1", "ż", "a" * 65])
def test_link_that_could_not_be_read_is_refused(payload: str) -> None:
    with pytest.raises(ValueError, match="64 signs"):
        page_link(PAGE, payload)
