"""The courier of Messenger: the window, and what each answer of the platform means."""

import asyncio
import datetime as dt
import logging
from collections.abc import AsyncIterator

import pytest

from bot.channels.messenger.courier import WAITS, MessengerCourier, delivery_in
from bot.channels.messenger.options import MessengerOptions, Timeouts
from bot.channels.messenger.outcome import ECHO_WITHIN, RESTRICTION
from bot.channels.messenger.pace import FIRST_REST, PER_SECOND
from bot.messaging.languages import Language
from bot.messaging.outcome import Closed, Gone, Halted, Later, Outcome, Refused, Sent, Unsure
from bot.messaging.reply import Ask, Link, Reply
from tests.fakes import graph_server_errors as errors
from tests.fakes.graph_server import APP_SECRET, TOKEN, FakeGraph, Fault
from tests.fakes.graph_server_errors import GraphRefusedError, refused
from tests.fakes.graph_server_events import PAGE

ANNA = "7001000000000001"
NEWS = Reply(
    Language.PL, "Zaczyna się o 14:00.", title="Warsztat", buttons=(Ask("Mój program", "z:p"),)
)
FIVE_MINUTES = dt.timedelta(minutes=5)


class Hall:
    """The platform and our clock: the time that passes is the same for both."""

    def __init__(self) -> None:
        self.now = dt.datetime(2017, 11, 30, 9, tzinfo=dt.UTC)
        self.wrote_at: dict[str, dt.datetime] = {ANNA: self.now}

    def __call__(self) -> dt.datetime:
        return self.now

    async def last_inbound(self, chat: str) -> dt.datetime | None:
        return self.wrote_at.get(chat)


@pytest.fixture
def hall() -> Hall:
    return Hall()


@pytest.fixture
async def graph(hall: Hall) -> AsyncIterator[FakeGraph]:
    async with FakeGraph(hall) as server:
        server.meet(ANNA)
        yield server


def courier_of(
    graph: FakeGraph, hall: Hall, *, read: float = 10.0, **templates: str
) -> MessengerCourier:
    options = MessengerOptions(
        PAGE,
        TOKEN,
        APP_SECRET,
        "verify",
        graph_url=graph.url,
        utility_templates={Language(code): name for code, name in templates.items()},
        timeouts=Timeouts(read=read),
    )
    return MessengerCourier(options, hall, hall.last_inbound)


@pytest.fixture
async def courier(graph: FakeGraph, hall: Hall) -> AsyncIterator[MessengerCourier]:
    async with courier_of(graph, hall) as one:
        yield one


async def bring(
    courier: MessengerCourier, reply: Reply = NEWS, chat: str = ANNA, *, silent: bool = False
) -> Outcome:
    return await courier.deliver(chat, reply, reference="12", silent=silent)


async def test_message_is_brought_as_an_update_with_its_reference(
    courier: MessengerCourier, graph: FakeGraph
) -> None:
    outcome = await bring(courier)

    (sent,) = graph.sent
    assert outcome == Sent(sent.mid)
    assert sent.messaging_type == "UPDATE"
    assert delivery_in(sent.message["metadata"]) == 12
    assert sent.message["text"] == "Warsztat\n\nZaczyna się o 14:00."
    assert sent.message["quick_replies"][0]["payload"] == "z:p"
    assert "notification_type" not in sent.request
    assert courier.per_second == PER_SECOND


async def test_minor_change_comes_without_a_sound(
    courier: MessengerCourier, graph: FakeGraph
) -> None:
    await bring(courier, silent=True)

    assert graph.sent[0].request["notification_type"] == "SILENT_PUSH"


async def test_window_ends_five_minutes_before_the_platforms(
    courier: MessengerCourier, graph: FakeGraph, hall: Hall
) -> None:
    hall.now += dt.timedelta(hours=24) - FIVE_MINUTES - dt.timedelta(seconds=1)
    within = await bring(courier)
    hall.now += dt.timedelta(seconds=1)

    outside = await bring(courier)

    assert isinstance(within, Sent)
    assert outside == Closed(WAITS)
    assert len(graph.calls_of("messages")) == 1, "outside nothing is called"


async def test_whoever_is_not_known_is_not_called(
    courier: MessengerCourier, graph: FakeGraph
) -> None:
    assert await bring(courier, chat="7002000000000002") == Closed(WAITS)
    assert graph.calls == []


async def test_window_that_the_platform_calls_closed_is_closed(
    courier: MessengerCourier, graph: FakeGraph
) -> None:
    graph.people[ANNA] -= dt.timedelta(hours=25)

    assert isinstance(await bring(courier), Closed)
    assert graph.sent == []


TOKEN_DEAD = (
    "the Page's access token is not valid any more. Make a new one (docs/messenger-setup.md,"
    " “A token”), set TARGOBOT_MESSENGER_PAGE_TOKEN and start the bot again (error 190/460)"
)


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        (Fault(refused(errors.RATE)), Later(FIRST_REST, "")),
        (Fault(refused(errors.TRANSIENT), status=500), Later(None, "")),
        (Fault(refused(errors.UNKNOWN)), Later(None, "")),
        (Fault(refused(errors.OTHER_APP)), Closed("")),
        (Fault(refused(errors.UNREACHABLE)), Closed("", is_unreachable=True)),
        (Fault(refused(errors.NO_SUCH_PERSON)), Gone("")),
        (Fault(refused(errors.TOKEN_SESSION), status=401), Halted("")),
        (Fault(refused(errors.NOT_REVIEWED)), Halted("")),
        (Fault(refused(errors.NO_PERMISSION)), Halted("")),
        (Fault(refused(errors.PROOF)), Halted("")),
        (Fault(refused(errors.RESTRICTED)), Halted("", RESTRICTION)),
        (Fault(refused(errors.BLOCKED)), Halted("", RESTRICTION)),
        (Fault(page=True, status=502), Unsure("", ECHO_WITHIN)),
        (Fault(raw="bad json", status=200), Unsure("", ECHO_WITHIN)),
        (Fault(drop="before"), Unsure("", ECHO_WITHIN)),
        (Fault(drop="after"), Unsure("", ECHO_WITHIN)),
    ],
)
async def test_faults_are_told_apart(
    courier: MessengerCourier, graph: FakeGraph, fault: Fault, expected: Outcome
) -> None:
    graph.fail("messages", fault)

    outcome = await bring(courier)

    assert _without_reason(outcome) == expected


def _without_reason(outcome: Outcome) -> Outcome:
    match outcome:
        case Later(wait, _):
            # Seconds of the rest have passed already.
            return Later(FIRST_REST if wait else None, "")
        case Closed(_, is_unreachable):
            return Closed("", is_unreachable)
        case Halted(_, wait):
            return Halted("", wait)
        case Unsure(_, echo_within):
            return Unsure("", echo_within)
        case Gone(_):
            return Gone("")
        case _:
            return outcome


async def test_answer_that_does_not_come_leaves_it_open_and_nothing_is_sent_again(
    graph: FakeGraph, hall: Hall
) -> None:
    never = asyncio.Event()
    graph.fail("messages", Fault(after=never))

    async with courier_of(graph, hall, read=0.5) as courier:
        outcome = await bring(courier)

    assert outcome == Unsure("no answer: ReadTimeout", ECHO_WITHIN)
    assert len(graph.sent) == 1
    never.set()


async def test_platform_out_of_reach_got_nothing(hall: Hall) -> None:
    options = MessengerOptions(PAGE, TOKEN, APP_SECRET, "verify", graph_url="http://127.0.0.1:9")
    async with MessengerCourier(options, hall, hall.last_inbound) as courier:
        outcome = await bring(courier)

    assert outcome == Later(dt.timedelta(seconds=1), "not sent: ConnectError")


async def test_dead_token_is_told_in_words_that_somebody_can_act_on(
    courier: MessengerCourier, graph: FakeGraph
) -> None:
    graph.fail("messages", Fault(refused(errors.TOKEN_SESSION)))

    assert await bring(courier) == Halted(TOKEN_DEAD)


async def test_what_is_told_about_the_wait_is_believed(
    courier: MessengerCourier, graph: FakeGraph
) -> None:
    graph.usage = {"call_count": 100, "estimated_time_to_regain_access": 7}
    graph.fail("messages", Fault(refused(errors.RATE)))

    outcome = await bring(courier)

    assert isinstance(outcome, Later)
    assert outcome.wait is not None
    assert outcome.wait > dt.timedelta(minutes=6, seconds=55)
    assert courier.per_second == 1.0


async def test_message_that_is_not_taken_as_drawn_is_told_as_plain_text(
    courier: MessengerCourier, graph: FakeGraph, caplog: pytest.LogCaptureFixture
) -> None:
    graph.fail("messages", Fault(GraphRefusedError(105, 0)))
    reply = Reply(Language.PL, "Sala 12.", buttons=(Link("Strona", "https://fair.example"),))

    outcome = await bring(courier, reply)

    (sent,) = graph.sent
    assert outcome == Sent(sent.mid)
    assert sent.message["text"] == "Sala 12.\n[ Strona: https://fair.example ]"
    assert delivery_in(sent.message["metadata"]) == 12
    assert "Graph API error 105/0" in caplog.text


async def test_plain_text_that_is_not_taken_is_refused(
    courier: MessengerCourier, graph: FakeGraph
) -> None:
    graph.fail("messages", Fault(GraphRefusedError(100, 0, "(#100) Wrong")))

    outcome = await bring(courier, Reply(Language.PL, "Sala 12."))

    assert isinstance(outcome, Refused)
    assert outcome.reason.endswith("(#100) Wrong")
    assert graph.sent == []


async def test_more_than_three_links_are_all_there(
    courier: MessengerCourier, graph: FakeGraph
) -> None:
    links = tuple(Link(f"Strona {n}", f"https://fair.example/{n}") for n in range(1, 6))

    assert isinstance(await bring(courier, Reply(Language.PL, "Linki", buttons=links)), Sent)

    told = str([sent.message for sent in graph.sent])
    assert [link.url for link in links if link.url not in told] == []


async def test_what_came_first_decides(
    courier: MessengerCourier, graph: FakeGraph, caplog: pytest.LogCaptureFixture
) -> None:
    reply = Reply(Language.PL, "\n\n".join(["Akapit. " * 200] * 2))
    graph.fail("messages", Fault(), Fault(drop="before"))

    outcome = await bring(courier, reply)

    assert outcome == Sent(graph.sent[0].mid)
    assert [delivery_in(sent.message["metadata"]) for sent in graph.sent] == [12]
    assert "the rest of delivery 12 is missing" in caplog.text


async def test_nothing_can_be_amended_and_a_preview_is_what_is_sent(
    courier: MessengerCourier, graph: FakeGraph
) -> None:
    assert isinstance(await courier.amend(ANNA, "m_1", NEWS), Refused)
    assert courier.preview(NEWS) == ("Warsztat\n\nZaczyna się o 14:00.\n[ Mój program ]",)
    assert graph.calls == []


async def test_no_tag_is_ever_sent(courier: MessengerCourier, graph: FakeGraph, hall: Hall) -> None:
    await bring(courier)
    hall.now += dt.timedelta(days=2)
    await bring(courier)

    assert [call.given.get("tag") for call in graph.calls] == [None]
    assert {call.given["messaging_type"] for call in graph.calls} == {"UPDATE"}


async def test_utility_message_goes_out_where_the_page_may(graph: FakeGraph, hall: Hall) -> None:
    graph.utility = {"zmiana"}
    hall.now += dt.timedelta(days=2)
    async with courier_of(graph, hall, pl="zmiana") as courier:
        outcome = await bring(courier)
        english = await bring(courier, Reply(Language.EN, "Room 12.", title="Changed"))

    (sent,) = graph.sent
    assert outcome == Sent(sent.mid)
    assert english == Closed(WAITS), "there is no template in this language"
    assert sent.messaging_type == "UTILITY"
    assert sent.message["template"]["language"] == {"code": "pl"}
    assert sent.message["template"]["components"][0]["parameters"] == [
        {"type": "text", "text": "Warsztat"},
        {"type": "text", "text": "Zaczyna się o 14:00."},
    ]
    assert delivery_in(sent.message["metadata"]) == 12


@pytest.mark.parametrize("approved", [None, {"inny"}])
async def test_utility_messages_switch_themselves_off(
    graph: FakeGraph, hall: Hall, approved: set[str] | None, caplog: pytest.LogCaptureFixture
) -> None:
    graph.utility = approved
    hall.now += dt.timedelta(days=2)
    async with courier_of(graph, hall, pl="zmiana") as courier:
        outcomes = [await bring(courier), await bring(courier)]

    assert outcomes == [Closed(WAITS)] * 2
    assert len(graph.calls_of("messages")) == 1
    assert "Utility messages are off until the next start" in caplog.text


async def test_person_out_of_reach_does_not_switch_utility_off(
    graph: FakeGraph, hall: Hall
) -> None:
    graph.utility = {"zmiana"}
    graph.unreachable.add(ANNA)
    hall.now += dt.timedelta(days=2)
    async with courier_of(graph, hall, pl="zmiana") as courier:
        first = await bring(courier)
        graph.unreachable.clear()
        second = await bring(courier)

    assert isinstance(first, Closed)
    assert first.is_unreachable
    assert isinstance(second, Sent)


async def test_utility_message_needs_both_parameters(graph: FakeGraph, hall: Hall) -> None:
    graph.utility = {"zmiana"}
    hall.now += dt.timedelta(days=2)
    async with courier_of(graph, hall, pl="zmiana") as courier:
        assert await bring(courier, Reply(Language.PL, "Sala 12.")) == Closed(WAITS)
        long = Reply(Language.PL, "słowo\n" * 300, title="t " * 200)
        assert isinstance(await bring(courier, long), Sent)


@pytest.mark.parametrize(
    "metadata", ["", "targobot:", "targobot:d:", "targobot:d:x", "d:12", "targobot:d:²", "x:d:1"]
)
def test_metadata_of_anything_else_is_no_delivery(metadata: str) -> None:
    assert delivery_in(metadata) is None


async def test_nobody_is_named_in_the_log(
    courier: MessengerCourier, graph: FakeGraph, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    words = f"(#100) Object {ANNA} with token {TOKEN} is wrong"
    graph.fail("messages", Fault(GraphRefusedError(100, 0, words)))

    await bring(courier, Reply(Language.PL, "Sala 12."))

    assert "is wrong" in caplog.text
    assert ANNA not in caplog.text
    assert TOKEN not in caplog.text
