"""The staff is told of trouble in their own languages; the log in English."""

import datetime as dt
from zoneinfo import ZoneInfo

from sqlalchemy import select

from bot.announcements.queries import announcements
from bot.app.telling import Alerts
from bot.clock import stopped_clock
from bot.language.trouble import Trouble
from bot.store.engine import open_store
from bot.store.schema import announcements as rows

NOW = dt.datetime(2017, 11, 30, 8, tzinfo=dt.UTC)


async def test_trouble_is_told_in_three_languages_and_listed_nowhere(store_url, caplog):
    store = await open_store(store_url)
    alerts = Alerts(store, stopped_clock(NOW), lambda: ZoneInfo("Europe/Warsaw"))

    await alerts(Trouble("halted", {"channel": "telegram", "reason": "401"}))

    async with store.reading() as connection:
        (row,) = (await connection.execute(select(rows))).all()
    texts = row.content["texts"]
    assert texts["pl"].startswith("Przez telegram nie można niczego wysłać: 401.")
    assert texts["en"].startswith("Nothing can be sent by telegram: 401.")
    assert texts["uk"].startswith("Через telegram нічого не можна надіслати: 401.")
    assert row.audience["scope"] == "staff"
    assert await announcements.newest(store) == ()
    assert caplog.messages == [texts["en"]]
    await store.close()
