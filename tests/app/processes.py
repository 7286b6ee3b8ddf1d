"""Processes that serve one small fair, by one database and one folder."""

import asyncio
import contextlib
import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.announcements.model import Audience, Content, Draft, Kind, Scope, Urgency
from bot.announcements.queries import announcements
from bot.announcements.queries.reminders import Reminders
from bot.app.changes import Changes
from bot.app.fair import Fair, open_fair, watch
from bot.dialogue.conversation import Conversation
from bot.knowledge.changes import PlaceChanged, Span, as_json
from bot.messaging.languages import Language
from bot.messaging.message import ChatId, Incoming, Text
from bot.settings import Settings
from bot.store.engine import Store, open_store
from bot.store.wakeups import Wakeups
from bot.visitors.memory import InMemoryVisitors

ANNA = ChatId("telegram", "1")
WARSAW = ZoneInfo("Europe/Warsaw")
NOW = dt.datetime(2017, 11, 30, 8, tzinfo=dt.UTC)

FAIR = """
event:
  id: fair
  name: Targi
  edition: 2
  start_date: "2017-11-30"
  end_date: "2017-12-01"
  city: Kielce
  organizer: rops
organizers:
  - {id: rops, name: ROPS}
places:
  - {id: sala-2, name: Sala 2, kind: room}
  - {id: sala-12, name: Sala 12, kind: room}
sessions:
  - id: gala
    title: Gala
    type: gala
    date: "2017-11-30"
    start: "14:00"
    end: "15:00"
    place: sala-2
"""

MOVED = PlaceChanged("gala", "sala-2", "sala-12")
THURSDAY = dt.date(2017, 11, 30)


def span(start, end):
    return Span(*(dt.datetime.combine(THURSDAY, dt.time(hour)) for hour in (start, end)))


@dataclass
class Process:
    store: Store
    fair: Fair
    changes: Changes

    async def ask(self, text):
        conversation = Conversation(
            lambda: self.fair.snapshot, InMemoryVisitors(), self.fair.clock, Language.PL
        )
        replies = await conversation.respond(Incoming(ANNA, Text(text), NOW))
        return "\n".join(f"{one.title}\n{one.text}" for one in replies)


@contextlib.asynccontextmanager
async def process(store_url, folder, name="one"):
    fair = open_fair(Settings(knowledge=folder, now=NOW))
    store = await open_store(store_url)
    wakeups = Wakeups(store)
    reminders = Reminders(store, lambda: fair.knowledge, fair.clock)
    changes = Changes(store, fair, wakeups, reminders, name)
    await changes.begin()
    running = [
        asyncio.create_task(changes.run()),
        asyncio.create_task(wakeups.run()),
        asyncio.create_task(watch(fair, changes.edited, every_seconds=0.05)),
    ]
    # The first look at the numbers is no news.
    await asyncio.sleep(0.3)
    yield Process(store, fair, changes)
    for task in running:
        task.cancel()
    await asyncio.gather(*running, return_exceptions=True)
    await store.close()


async def confirm(store, *changes):
    content = Content({Language.PL: "Zmiana"}, changes=tuple(map(as_json, changes)))
    audience = Audience(Scope.SAVED, tuple(one.record for one in changes))
    draft = Draft(Kind.CHANGE, Urgency.IMPORTANT, content, audience)
    number = await announcements.keep_draft(store, draft, "Anna", NOW)
    assert await announcements.confirm(store, number, "Anna", NOW, WARSAW)


async def until(condition, seconds=5.0):
    """Wait for something; give how long it took."""
    begun = asyncio.get_running_loop().time()
    while not condition():
        passed = asyncio.get_running_loop().time() - begun
        assert passed < seconds, "it did not come"
        await asyncio.sleep(0.002)
    return asyncio.get_running_loop().time() - begun
