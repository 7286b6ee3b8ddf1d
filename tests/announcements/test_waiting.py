"""What waited because the platform lets us answer only is told before the next answer."""

import datetime as dt
from collections.abc import AsyncIterator, Sequence
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, update

from bot.announcements.composer import Writer
from bot.announcements.model import Audience, Content, Draft, Kind, State, Urgency
from bot.announcements.queries import announcements
from bot.announcements.queries.waiting import HOLD, take_waiting
from bot.clock import stopped_clock
from bot.delivery.due import Due, Skip
from bot.delivery.queries import hold, sweep
from bot.dialogue.conversation import Conversation
from bot.dialogue.rooms import NoticesInOrder, Turn
from bot.dialogue.waiting import SUPERSEDED, WaitingNotices
from bot.matching.snapshot import Snapshot
from bot.messaging.languages import Language
from bot.messaging.message import ChatId, Incoming, Text
from bot.messaging.reply import Reply
from bot.store.engine import Store, open_store
from bot.store.schema import deliveries
from bot.visitors.memory import InMemoryVisitors
from bot.visitors.queries import SqlVisitors

NOW = dt.datetime(2017, 11, 30, 11, tzinfo=dt.UTC)
WARSAW = ZoneInfo("Europe/Warsaw")
HOUR = dt.timedelta(hours=1)
ANNA = ChatId("messenger", "7001")
BERT = ChatId("messenger", "7002")


@pytest.fixture
async def store(store_url: str) -> AsyncIterator[Store]:
    store = await open_store(store_url)
    people = SqlVisitors(store, stopped_clock(NOW), reachable={"messenger"})
    for chat in (ANNA, BERT):
        people.meet(chat, Language.PL)
    await people.write_meetings()
    yield store
    await store.close()


async def announce(
    store: Store, text: str, *records: str, expires_at: dt.datetime | None = None
) -> int:
    """Announce something to everybody; it waits until each writes."""
    changes = tuple({"record": record} for record in records)
    content = Content({Language.PL: text}, {Language.PL: f"Tytuł {text}"}, changes)
    draft = Draft(Kind.FREE, Urgency.IMPORTANT, content, Audience(), expires_at=expires_at)
    number = await announcements.keep_draft(store, draft, "Anna", NOW)
    await announcements.confirm(store, number, "Anna", NOW, WARSAW)
    async with store.writing() as connection:
        await connection.execute(update(deliveries).values(state="waiting"))
    return number


def talking(store: Store, snapshot: Snapshot, now: dt.datetime = NOW) -> Conversation:
    clock = stopped_clock(now)
    writer = Writer(store, lambda: snapshot.knowledge, clock, Language.PL)
    notices = NoticesInOrder((WaitingNotices(store, writer, clock),))
    return Conversation(lambda: snapshot, InMemoryVisitors(), clock, notices=notices)


async def hear(
    talk: Conversation, chat: ChatId = ANNA, words: str = "gdzie toaleta"
) -> list[Reply]:
    return list(await talk.respond(Incoming(chat, Text(words), NOW)))


async def states(store: Store, chat: ChatId = ANNA) -> list[tuple[str, str | None]]:
    query = select(deliveries).where(deliveries.c.chat == chat.chat).order_by(deliveries.c.id)
    async with store.reading() as connection:
        return [(row.state, row.reason) for row in (await connection.execute(query)).all()]


async def test_what_waited_is_told_once_and_before_the_answer(
    store: Store, snapshot: Snapshot
) -> None:
    await announce(store, "sala 12")
    talk = talking(store, snapshot)

    first, second, other = [await hear(talk, chat) for chat in (ANNA, ANNA, BERT)]

    assert first[0].text == "sala 12"
    assert first[1:] == second
    assert other[0] == first[0]
    assert await states(store) == [("sent", None)]


async def test_several_are_one_message(store: Store, snapshot: Snapshot) -> None:
    await announce(store, "jeden")
    await announce(store, "dwa")

    told, *answer = await hear(talking(store, snapshot))

    assert [(card.title, card.text) for card in told.cards] == [
        ("Tytuł jeden", "jeden"),
        ("Tytuł dwa", "dwa"),
    ]
    assert len(told.buttons) == len(set(told.buttons))
    assert answer == await hear(talking(store, snapshot))


async def test_of_one_session_only_the_newest_change_is_told(
    store: Store, snapshot: Snapshot
) -> None:
    await announce(store, "gala o 13:00", "gala")
    await announce(store, "gala i panel", "gala", "panel")
    await announce(store, "gala o 14:00", "gala")

    told, *_ = await hear(talking(store, snapshot))

    assert [card.text for card in told.cards] == ["gala i panel", "gala o 14:00"]
    assert (await states(store))[0] == ("skipped", SUPERSEDED)


async def test_what_is_too_late_is_not_told(store: Store, snapshot: Snapshot) -> None:
    await announce(store, "za godzinę", expires_at=NOW + HOUR)

    in_time = await hear(talking(store, snapshot), BERT)
    late = await hear(talking(store, snapshot, NOW + HOUR))

    assert in_time[0].text == "za godzinę"
    assert "za godzinę" not in [reply.text for reply in late]
    assert await states(store) == [("expired", None)]


async def test_paused_announcement_goes_on_waiting(store: Store, snapshot: Snapshot) -> None:
    number = await announce(store, "sala 12")
    assert await announcements.set_state(store, number, State.PAUSED, [State.RUNNING])

    replies = await hear(talking(store, snapshot))

    assert "sala 12" not in [reply.text for reply in replies]
    assert await states(store) == [("waiting", None)]


class Broken:
    """A composer with a mistake in it."""

    async def compose(self, due: Sequence[Due]) -> Sequence[Reply | Skip]:
        raise KeyError(due)


async def test_mistake_in_writing_costs_neither_the_answer_nor_the_message(
    store: Store, snapshot: Snapshot
) -> None:
    await announce(store, "sala 12")
    clock = stopped_clock(NOW)
    broken = WaitingNotices(store, Broken(), clock)
    talk = Conversation(lambda: snapshot, InMemoryVisitors(), clock, notices=broken)

    replies = await hear(talk)

    assert replies
    assert await states(store) == [("waiting", None)]


async def test_crash_while_it_is_told_is_listed_and_not_told_twice(
    store: Store, snapshot: Snapshot
) -> None:
    await announce(store, "sala 12")
    assert len(await take_waiting(store, ANNA, NOW)) == 1

    again = await hear(talking(store, snapshot))
    lease = await hold(store, "messenger", "sender", HOUR)
    assert lease is not None
    await sweep(store, lease, "messenger", NOW + HOLD)

    assert "sala 12" not in [reply.text for reply in again]
    assert [state for state, _ in await states(store)] == ["uncertain"]


async def test_several_notices_are_told_in_their_order_and_none_twice(
    store: Store, snapshot: Snapshot
) -> None:
    class Says:
        def __init__(self, *words: str) -> None:
            self.words = words

        async def due(self, turn: Turn) -> tuple[Reply, ...]:
            return tuple(Reply(turn.scene.language, one) for one in self.words)

    both = NoticesInOrder((Says("alarm"), Says("zmiana", "alarm")))
    clock = stopped_clock(NOW)
    talk = Conversation(lambda: snapshot, InMemoryVisitors(), clock, notices=both)

    assert [reply.text for reply in await hear(talk)][:2] == ["alarm", "zmiana"]
