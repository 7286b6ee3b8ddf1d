"""Messages that nobody asked for, on Messenger, through the whole bot and over HTTP."""

import asyncio
import contextlib
import datetime as dt
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from bot.channels.messenger.options import WEBHOOK_PATH
from bot.clock import clock_starting_at
from bot.messaging.languages import Language
from bot.messaging.message import ChatId
from bot.store.engine import open_store
from bot.store.schema import deliveries, staff
from bot.visitors.queries import SqlVisitors
from tests.fakes.graph_server import APP_SECRET, TOKEN, FakeGraph, Fault
from tests.fakes.graph_server_events import PAGE, envelope, postback, quick_reply, text
from tests.fakes.telegram_server import FakeTelegram
from tests.fakes.telegram_server_updates import message, tap
from tests.journeys.running import bot

ANNA = "7001000000000001"
PIOTR = "7001000000000002"
ORGANIZER = 7
LUNCH = "Obiad od 13:00 w holu."
PATIENCE_S = 90
# The seminar begins at 13:15: its reminder is due twenty seconds after the bot has started.
BEGINS = "2017-11-30T12:59:40"
EVENING = "2017-11-30T18:35:00"


class Hall:
    """A visitor on Messenger, and the platforms."""

    def __init__(self, graph: FakeGraph, telegram: FakeTelegram, address: str) -> None:
        self.graph = graph
        self.telegram = telegram
        self.webhook = address.rstrip("/") + WEBHOOK_PATH
        graph.echoes_to = self.webhook
        self._number = 0

    async def says(self, words: str, person: str = ANNA) -> None:
        event = text(person, words, mid=self._mid(), at_ms=self.graph.now_ms())
        await self._delivered(event)

    async def taps(self, title: str, payload: str) -> None:
        event = quick_reply(ANNA, title, payload, mid=self._mid(), at_ms=self.graph.now_ms())
        await self._delivered(event)

    async def starts(self, ref: str) -> None:
        event = postback(
            ANNA, "Start", "x:start", mid=self._mid(), at_ms=self.graph.now_ms(), ref=ref
        )
        await self._delivered(event)

    async def until(self, is_so: Callable[[], object]) -> None:
        async with asyncio.timeout(PATIENCE_S):
            while not is_so():
                with contextlib.suppress(TimeoutError):
                    await self.graph.until(is_so)

    def shown(self) -> list[str]:
        return [str(sent.message) for sent in self.graph.sent]

    def updates(self) -> list[str]:
        return [str(one.message) for one in self.graph.sent if one.messaging_type == "UPDATE"]

    def _mid(self) -> str:
        self._number += 1
        return f"m_in_{self._number}"

    async def orders(self, words: str) -> None:
        """Have the organizer write to the bot on Telegram."""
        self.telegram.know(ORGANIZER)
        await self.telegram.push(message(words, chat=ORGANIZER))

    async def presses(self, label: str) -> str:
        """Have the organizer press a button as soon as it is shown; give the text above it."""
        async with asyncio.timeout(PATIENCE_S):
            while not (found := self._button(label)):  # noqa: ASYNC110 - another process shows it
                await asyncio.sleep(0.1)
        words, data = found
        self._number += 1
        await self.telegram.push(tap(data, chat=ORGANIZER, query=f"q{self._number}"))
        return words

    def _button(self, label: str) -> tuple[str, str] | None:
        for method in ("sendMessage", "editMessageText"):
            for shown in reversed(self.telegram.of(method)):
                for row in shown.get("reply_markup", {}).get("inline_keyboard", []):
                    for key in row:
                        if key["text"].startswith(label):
                            return shown["text"], key["callback_data"]
        return None

    async def _delivered(self, event: dict[str, Any]) -> None:
        self.graph.meet((event["sender"])["id"])
        async with asyncio.timeout(PATIENCE_S):
            # A bot that has only just started says 503, and Meta delivers again.
            while await self.graph.deliver(envelope(event), self.webhook) != 200:  # noqa: ASYNC110
                await asyncio.sleep(0.2)


@contextlib.asynccontextmanager
async def hall(folder: Path, now: str, **more: str) -> AsyncIterator[Hall]:
    moment = dt.datetime.fromisoformat(f"{now}+01:00")
    async with FakeGraph(clock_starting_at(moment)) as graph, FakeTelegram() as telegram:
        page = {
            "TARGOBOT_NOW": now,
            "TARGOBOT_MESSENGER_PAGE_ID": PAGE,
            "TARGOBOT_MESSENGER_PAGE_TOKEN": TOKEN,
            "TARGOBOT_MESSENGER_APP_SECRET": APP_SECRET,
            "TARGOBOT_MESSENGER_VERIFY_TOKEN": "a-long-enough-token",
            "TARGOBOT_MESSENGER_GRAPH_URL": graph.url,
        }
        async with bot(telegram, folder, **page, **more) as address:
            yield Hall(graph, telegram, address)


async def test_what_was_saved_on_messenger_is_reminded_of_as_an_update(tmp_path: Path) -> None:
    async with hall(tmp_path, BEGINS) as here:
        await here.says("zapisz seminarium ekonomia społeczna w gminie")
        await here.until(lambda: "Zapisane: Seminarium" in "".join(here.shown()))
        await here.until(here.updates)

        (reminded,) = here.updates()

    assert "Zaraz: Seminarium" in reminded
    assert "targobot:d:" in reminded


async def test_reminder_whose_answer_is_lost_is_known_by_its_echo(tmp_path: Path) -> None:
    async with hall(tmp_path, BEGINS) as here:
        await here.says("zapisz seminarium ekonomia społeczna w gminie")
        await here.until(lambda: "Zapisane: Seminarium" in "".join(here.shown()))
        # Only the reminder: "typing" may still be on its way.
        here.graph.fail("messages", Fault(drop="after", only=_is_update))
        await here.until(here.updates)
        states = await _states(tmp_path, lambda found: found == ["sent"])

    assert states == ["sent"]
    assert len(here.updates()) == 1


async def test_dead_token_is_told_to_the_staff_on_telegram_and_nothing_is_lost(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    await _enlist(tmp_path, "7")
    async with hall(tmp_path, BEGINS) as here:
        here.telegram.know(7)
        await here.says("zapisz seminarium ekonomia społeczna w gminie")
        await here.until(lambda: "Zapisane: Seminarium" in "".join(here.shown()))
        here.graph.token = "EAAsomethingelse"
        async with asyncio.timeout(PATIENCE_S):
            while not here.telegram.of("sendMessage"):
                with contextlib.suppress(TimeoutError):
                    await here.telegram.calls_of("sendMessage", 1)
        told = here.telegram.of("sendMessage")[0]["text"]
        states = await _states(tmp_path, lambda found: "pending" in found)

    assert "access token is not valid any more" in told
    assert "TARGOBOT_MESSENGER_PAGE_TOKEN" in told
    assert "pending" in states
    assert here.updates() == []


async def test_whoever_would_be_out_of_reach_tomorrow_is_asked_in_the_evening(
    tmp_path: Path,
) -> None:
    await _wrote(ANNA, dt.datetime(2017, 11, 30, 8, tzinfo=dt.UTC), tmp_path, "gala")
    async with hall(tmp_path, EVENING) as here:
        here.graph.meet(ANNA)
        await here.until(here.updates)
        (asked,) = here.updates()
        await here.taps("Tak, przypomnij", "z:k")
        await here.until(lambda: "Przez najbliższą dobę" in "".join(here.shown()))

    assert "Przypomnieć jutro o zmianach?" in asked
    assert "1 punkt" in asked


async def test_announcement_goes_out_in_the_window_and_waits_outside_until_its_visitor_writes(
    tmp_path: Path,
) -> None:
    await _wrote(PIOTR, dt.datetime(2017, 11, 28, 8, tzinfo=dt.UTC), tmp_path)
    async with hall(tmp_path, BEGINS, TARGOBOT_ORGANIZERS=f"telegram:{ORGANIZER}") as here:
        await here.says("co jest teraz?")
        await here.until(here.shown)
        await _is_known(ANNA, tmp_path)
        await here.orders(f"ogłoszenie: {LUNCH}")
        draft = await here.presses("Dalej")
        await here.presses("Wyślij: ")
        await here.presses("Tak, do wszystkich")
        await _states(tmp_path, lambda found: sorted(found) == ["sent", "waiting"])
        in_window = [one.person for one in here.graph.sent if LUNCH in str(one.message)]

        await here.says("dzień dobry", PIOTR)
        await here.until(lambda: LUNCH in str([m for m in here.graph.sent if m.person == PIOTR]))
        states = await _states(tmp_path, lambda found: found == ["sent", "sent"])

    assert "gdy znów napiszą: 1" in draft
    assert in_window == [ANNA]
    assert states == ["sent", "sent"]
    told = [one.person for one in here.graph.sent if LUNCH in str(one.message)]
    assert told.count(ANNA) == 1, "the other one may also read it among what holds now"


async def test_link_on_a_poster_opens_its_card(tmp_path: Path) -> None:
    async with hall(tmp_path, BEGINS) as here:
        await here.starts("s_gala")
        await here.until(lambda: "Gala i wręczenie certyfikatów" in "".join(here.shown()))

    assert here.updates() == []


def _is_update(given: dict[str, object]) -> bool:
    return given.get("messaging_type") == "UPDATE"


async def _enlist(folder: Path, chat: str) -> None:
    store = await open_store(f"sqlite+aiosqlite:///{folder}/store.sqlite3")
    row = {
        "channel": "telegram",
        "chat": chat,
        "role": "organizer",
        "name": "Anna",
        "since": dt.datetime(2017, 11, 1, tzinfo=dt.UTC),
    }
    async with store.writing() as connection:
        await connection.execute(staff.insert(), [row])
    await store.close()


async def _wrote(person: str, at: dt.datetime, folder: Path, *saved: str) -> None:
    store = await open_store(f"sqlite+aiosqlite:///{folder}/store.sqlite3")
    visitors = SqlVisitors(store, lambda: at, reachable={"messenger"})
    chat = ChatId("messenger", person)
    visitors.meet(chat, Language.PL)
    await visitors.write_meetings()
    for key in saved:
        await visitors.save(chat, key)
    await store.close()


async def _is_known(person: str, folder: Path) -> None:
    """Wait until it is written down who wrote; that happens every few seconds."""
    store = await open_store(f"sqlite+aiosqlite:///{folder}/store.sqlite3")
    visitors = SqlVisitors(store, lambda: dt.datetime.min.replace(tzinfo=dt.UTC))
    async with asyncio.timeout(PATIENCE_S):
        while await visitors.last_inbound(ChatId("messenger", person)) is None:  # noqa: ASYNC110
            await asyncio.sleep(0.1)
    await store.close()


async def _states(folder: Path, is_so: Callable[[list[str]], bool]) -> list[str]:
    """Wait until the deliveries on Messenger stand as they should."""
    store = await open_store(f"sqlite+aiosqlite:///{folder}/store.sqlite3")
    query = deliveries.select().where(deliveries.c.channel == "messenger")
    found: list[str] = []
    try:
        async with asyncio.timeout(PATIENCE_S):
            while not is_so(found):
                async with store.reading() as connection:
                    found = [row.state for row in await connection.execute(query)]
                await asyncio.sleep(0.1)
    finally:
        await store.close()
    return found
