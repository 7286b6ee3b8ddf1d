"""The report of offers that nobody has checked for longer than they say."""

import datetime as dt
import logging
from dataclasses import replace

import pytest
from sqlalchemy import select

from bot.app.stale import NAMED, StaleReport, report
from bot.messaging.languages import Language
from bot.store.schema import announcements, deliveries, staff
from tests.knowledge.test_dated import fair
from tests.support.conftest import offer

NOW = dt.datetime(2017, 11, 30, 9, tzinfo=dt.UTC)
OLD = offer(
    id="old", title="Lokal", checked={"date": "2017-10-01", "by": "biuro"}, recheck_after_days=30
)
FRESH = offer(id="fresh", checked={"date": "2017-11-01", "by": "biuro"}, recheck_after_days=30)


class Desk:
    def __init__(self, store, *offers):
        self.store, self.now = store, NOW
        self.knowledge = replace(fair(), offers={one.id: one for one in offers})
        self.report = self.process()

    def process(self):
        return StaleReport(self.store, lambda: self.knowledge, lambda: self.now)

    async def told(self):
        query = select(announcements).order_by(announcements.c.id)
        async with self.store.reading() as connection:
            return (await connection.execute(query)).all()


@pytest.fixture
async def organizer(store):
    row = {"channel": "telegram", "chat": "1", "role": "organizer", "name": "A", "since": NOW}
    async with store.writing() as connection:
        await connection.execute(store.insert(staff).values(**row))


async def test_the_log_and_quietly_the_staff_learn_which_offers_are_old(store, organizer, caplog):
    desk = Desk(store, OLD, FRESH)

    with caplog.at_level(logging.WARNING):
        await desk.report.look()

    assert [one.getMessage() for one in caplog.records] == [
        "1 offers should be checked, by their own records: old"
    ]
    (told,) = await desk.told()
    assert (told.confirmed_by, told.urgency) == ("bot:stale", 1)
    assert "Lokal" in told.content["texts"]["pl"]
    async with store.reading() as connection:
        (row,) = (await connection.execute(select(deliveries))).all()
    assert (row.channel, row.chat, row.announcement) == ("telegram", "1", told.id)


async def test_the_log_hears_of_it_daily_and_the_staff_weekly(store, caplog):
    desk = Desk(store, OLD)

    with caplog.at_level(logging.WARNING):
        for hours in range(0, 8 * 24, 6):
            desk.now = NOW + dt.timedelta(hours=hours)
            await desk.report.look()

    assert len(caplog.records) == 9
    assert len(await desk.told()) == 2


async def test_a_restart_and_another_process_tell_nothing_again(store):
    desk = Desk(store, OLD)
    await desk.report.look()

    await desk.process().look()
    desk.now += dt.timedelta(days=1)
    await desk.process().look()

    assert len(await desk.told()) == 1


async def test_nothing_is_told_while_all_are_fresh(store, caplog):
    desk = Desk(store, FRESH, offer(id="says-nothing"))

    with caplog.at_level(logging.WARNING):
        await desk.report.look()

    assert caplog.records == []
    assert await desk.told() == []


def test_of_many_only_some_are_named():
    many = [offer(id=f"o{number}", title=f"T{number}") for number in range(NAMED + 3)]

    text = report(many).text(Language.EN)

    assert "T9, and 3 more" in text
    assert "T10" not in text
