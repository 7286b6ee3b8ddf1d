import datetime as dt
from collections.abc import AsyncIterator
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.knowledge.model import Consultation, Knowledge, Session
from bot.messaging.message import ChatId
from bot.signups.bookable import bookable
from bot.signups.lists import Person
from bot.signups.queries import SqlSignups, tend
from bot.store.engine import Store, open_store
from tests.knowledge.test_dated import fair, session

WARSAW = ZoneInfo("Europe/Warsaw")
NOW = dt.datetime(2017, 11, 29, 10, tzinfo=WARSAW)
ANNA = Person("Anna", "anna@example.org")


def visitor(number: int) -> ChatId:
    return ChatId("telegram", str(number))


def workshop(seats: int, **more: Any) -> Session:
    registration = {"mode": "chat", "seats": seats, "hold_minutes": 60} | more.pop("rules", {})
    return session("talk", "14:00", "15:00", registration=registration, **more)


def advice(record_id: str = "advice", **more: Any) -> Consultation:
    day = {"date": "2017-11-30", "start": "10:00", "end": "11:00"}
    given = {"id": record_id, "title": "Porady", "place": "hall", "days": [day], "minutes": 30}
    return Consultation.model_validate(given | more)


class Desk:
    """Lists over a fair that can change, and a clock that can be put forward."""

    def __init__(self, store: Store, *records: Session | Consultation, channel: str = "telegram"):
        self.store = store
        self.now = NOW
        self.knowledge = self.fair(*records)
        self.lists = SqlSignups(
            store, lambda key: bookable(key, self.knowledge), lambda: self.now, {channel}
        )

    @staticmethod
    def fair(*records: Session | Consultation) -> Knowledge:
        sessions = [one for one in records if isinstance(one, Session)]
        advising = {one.id: one for one in records if isinstance(one, Consultation)}
        base = fair(*sessions)
        return Knowledge(
            base.event,
            places=base.places,
            sessions=base.sessions,
            series=base.series,
            consultations=advising,
        )

    async def join(self, number: int, key: str = "talk", *, may_wait: bool = True):
        return await self.lists.join(key, visitor(number), ANNA, may_wait=may_wait)

    async def tend(self) -> int:
        return await tend(self.lists)

    async def on_list(self, key: str = "talk") -> list[tuple[str, str]]:
        return [(one.chat.chat, one.state.value) for one in await self.lists.on_list((key,))]


@pytest.fixture
async def store(store_url: str) -> AsyncIterator[Store]:
    store = await open_store(store_url)
    yield store
    await store.close()
