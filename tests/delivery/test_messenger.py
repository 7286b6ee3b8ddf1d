"""The sender with the real Messenger courier, against a strict Graph API server."""

import datetime as dt
from collections.abc import AsyncIterator

import pytest

from bot.channels.messenger.courier import MessengerCourier, delivery_in
from bot.channels.messenger.options import MessengerOptions
from bot.clock import clock_starting_at
from bot.delivery import queries, report
from bot.delivery.report import Tally
from bot.messaging.languages import Language
from bot.messaging.message import ChatId
from bot.store.engine import Store
from bot.visitors.queries import SqlVisitors
from tests.delivery.postman import AT_NOON, Alerts, running, sender_of, until_settled
from tests.delivery.rows import NOON, announce, row_of, states
from tests.fakes import graph_server_errors as errors
from tests.fakes.graph_server import APP_SECRET, TOKEN, FakeGraph, Fault
from tests.fakes.graph_server_errors import refused
from tests.fakes.graph_server_events import PAGE

ANNA, OLENA, PIOTR = "7001000000000001", "7001000000000002", "7001000000000003"
EVERYBODY = (ANNA, OLENA, PIOTR)


@pytest.fixture
async def graph() -> AsyncIterator[FakeGraph]:
    async with FakeGraph(AT_NOON) as server:
        server.meet(*EVERYBODY)
        yield server


@pytest.fixture
async def visitors(store: Store) -> SqlVisitors:
    visitors = SqlVisitors(store, AT_NOON, reachable={"messenger"})
    for chat in EVERYBODY:
        visitors.meet(ChatId("messenger", chat), Language.PL)
    await visitors.write_meetings()
    return visitors


@pytest.fixture
async def courier(graph: FakeGraph, visitors: SqlVisitors) -> AsyncIterator[MessengerCourier]:
    options = MessengerOptions(PAGE, TOKEN, APP_SECRET, "verify", graph_url=graph.url)

    async def last_inbound(chat: str) -> dt.datetime | None:
        return await visitors.last_inbound(ChatId("messenger", chat))

    async with MessengerCourier(options, AT_NOON, last_inbound) as one:
        yield one


def all_are(*wanted: str):
    return lambda found: set(found.values()) <= set(wanted)


async def heard(store: Store, graph: FakeGraph) -> None:
    """Hear all echoes, as the webhook does."""
    for echo in graph.echoes:
        message = echo["message"]
        delivery = delivery_in(message.get("metadata", ""))
        assert delivery is not None
        chat = ChatId("messenger", echo["recipient"]["id"])
        await queries.echoed(store, delivery, chat, message["mid"], NOON)


async def test_everybody_in_the_window_gets_it_once_and_the_others_wait(
    store: Store, graph: FakeGraph, visitors: SqlVisitors, courier: MessengerCourier
) -> None:
    late = SqlVisitors(store, lambda: NOON - dt.timedelta(days=2), reachable={"messenger"})
    late.meet(ChatId("messenger", PIOTR), Language.PL)
    await late.write_meetings()
    number = await announce(store, EVERYBODY, channel="messenger")

    async with running(sender_of(store, courier)):
        await until_settled(store, all_are("sent", "waiting"))

    assert await states(store) == {ANNA: "sent", OLENA: "sent", PIOTR: "waiting"}
    assert sorted(sent.person for sent in graph.sent) == [ANNA, OLENA]
    assert await report.tally(store, number) == Tally(sent=2, waiting=1)


async def test_message_whose_answer_was_lost_is_found_by_its_echo_and_never_sent_twice(
    store: Store, graph: FakeGraph, courier: MessengerCourier
) -> None:
    graph.fail("messages", Fault(drop="after"))
    number = await announce(store, [ANNA], channel="messenger")

    async with running(sender_of(store, courier)):
        await until_settled(store, all_are("uncertain"))
    before = await report.tally(store, number)
    await heard(store, graph)

    assert before == Tally(uncertain=1)
    assert await report.tally(store, number) == Tally(sent=1)
    assert await report.resend(store, number) == 0, "there is nobody left to send it to"
    assert len(graph.sent) == 1
    assert (await row_of(store, ANNA)).message_id == graph.sent[0].mid


async def test_echo_that_comes_before_the_answer_changes_nothing(
    store: Store, graph: FakeGraph, courier: MessengerCourier
) -> None:
    await announce(store, [ANNA], channel="messenger")

    async with running(sender_of(store, courier)):
        await graph.until(lambda: graph.echoes)
        await heard(store, graph)
        await until_settled(store, all_are("sent"))

    assert len(graph.sent) == 1


async def test_dead_token_keeps_every_message_and_tells_the_organizers(
    store: Store, graph: FakeGraph, courier: MessengerCourier
) -> None:
    graph.token = "EAAsomethingelse"
    alerts = Alerts()
    number = await announce(store, EVERYBODY, channel="messenger")

    async with running(sender_of(store, courier, alert=alerts.tell)):
        await until_settled(store, lambda found: bool(alerts))

    assert graph.sent == []
    assert await report.tally(store, number) == Tally(pending=3)
    (told,) = alerts
    assert told.startswith("Nothing can be sent by messenger: the Page's access token is not valid")
    assert "TARGOBOT_MESSENGER_PAGE_TOKEN" in told
    assert "All messages are kept" in told


async def test_whoever_blocks_the_page_goes_on_waiting_and_keeps_nobody_else_waiting(
    store: Store, graph: FakeGraph, courier: MessengerCourier
) -> None:
    graph.unreachable.add(ANNA)
    await announce(store, EVERYBODY, channel="messenger")

    async with running(sender_of(store, courier, clock=clock_starting_at(NOON))):
        await until_settled(store, all_are("sent", "waiting"))

    assert len(graph.sent) == 2


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        (errors.NO_SUCH_PERSON, "failed"),
        (errors.WINDOW, "waiting"),
        (errors.OTHER_APP, "waiting"),
        (errors.TRANSIENT, "sent"),
    ],
)
async def test_no_error_is_swallowed(
    store: Store,
    graph: FakeGraph,
    courier: MessengerCourier,
    kind: tuple[int, int],
    state: str,
) -> None:
    graph.fail("messages", Fault(refused(kind)))
    await announce(store, [ANNA], channel="messenger")

    async with running(sender_of(store, courier, clock=clock_starting_at(NOON))):
        await until_settled(store, all_are(state))

    assert await states(store) == {ANNA: state}


async def test_mistake_in_an_announcement_stops_it_before_the_next_person(
    store: Store, graph: FakeGraph, courier: MessengerCourier
) -> None:
    graph.fail("messages", *[Fault(refused((100, 2018034)))] * 3)
    alerts = Alerts()
    number = await announce(store, EVERYBODY, channel="messenger")

    async with running(sender_of(store, courier, alert=alerts.tell)):
        await until_settled(store, lambda found: bool(alerts))

    assert graph.sent == []
    assert await report.tally(store, number) == Tally(pending=3)
    assert alerts[0].startswith(f"Announcement {number} is paused, for it was refused: Graph API")
