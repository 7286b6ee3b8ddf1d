"""Followed up: a saved offer, its deadline, its changes, and the day on which one qualifies."""

import datetime as dt
from dataclasses import replace

import pytest
from sqlalchemy import select

from bot.announcements.composer import Writer
from bot.announcements.followups import PREFIX
from bot.announcements.queries.followups import Followups
from bot.clock import stopped_clock
from bot.delivery.due import Due, Skip
from bot.messaging.languages import Language
from bot.messaging.message import ChatId
from bot.messaging.reply import Reply
from bot.store.schema import deliveries
from bot.support.founded import Founded
from bot.support.queries.profiles import SqlProfiles
from bot.support.situation import Situation
from bot.visitors.memory import Choices, Wants
from bot.visitors.queries import SqlVisitors
from tests.knowledge.test_dated import WARSAW, fair
from tests.support.conftest import offer

ANNA, WEB = ChatId("telegram", "1"), ChatId("web", "1")
NOW = dt.datetime(2017, 11, 30, 9, tzinfo=dt.UTC)
GRANT = {"id": "grant", "title": "Grant", "deadline": "2017-12-20"}
OLD = {"id": "old", "title": "Dla starszych", "for": {"organisation_age_months": {"min": 12}}}


def knowing(*offers):
    return replace(fair(), offers={one.id: one for one in offers})


class Desk:
    """Follow-ups over offers that can change, at a moment that can pass."""

    def __init__(self, store):
        self.store, self.now = store, NOW
        self.knowledge = knowing(offer(**GRANT), offer(**OLD))
        self.profiles = SqlProfiles(store)
        self.visitors = SqlVisitors(store, stopped_clock(NOW), reachable={"telegram"})
        self.followups = Followups(
            store, lambda: self.knowledge, lambda: self.now, self._facts, {"telegram"}
        )
        self.writer = Writer(
            store,
            lambda: self.knowledge,
            lambda: self.now,
            Language.PL,
            {PREFIX: self.followups.write},
        )

    async def _facts(self, chat):
        profile = await self.profiles.profile_of(chat)
        return profile.situation if profile else Situation()

    async def save(self, key, chat=ANNA):
        await self.visitors.save(chat, key)
        await self.followups.follow(chat)

    async def edit(self, *offers):
        self.knowledge = knowing(*offers)
        return await self.followups.take_up()

    async def rows(self):
        query = select(deliveries).order_by(deliveries.c.not_before, deliveries.c.id)
        async with self.store.reading() as connection:
            return (await connection.execute(query)).all()

    async def waiting(self):
        return [
            (row.subject, f"{row.not_before.astimezone(WARSAW):%m-%d %H:%M}")
            for row in await self.rows()
            if row.state == "pending"
        ]

    async def sent(self):
        """Write everything that is due now and mark it as sent; give what was written."""
        told: list[Reply | Skip] = []
        for row in await self.rows():
            if row.state != "pending" or not row.not_before <= self.now < row.expires_at:
                continue
            due = Due(
                row.id,
                row.subject,
                None,
                row.channel,
                row.chat,
                0,
                None,
                row.not_before,
                row.expires_at,
                0,
            )
            told += await self.writer.compose([due])
            async with self.store.writing() as connection:
                settled = deliveries.update().where(deliveries.c.id == row.id)
                await connection.execute(settled.values(state="sent"))
        return told


@pytest.fixture
def desk(store):
    return Desk(store)


LEFT = [
    ("o:grant:closes14:20171220", "12-06 09:00"),
    ("o:grant:closes3:20171220", "12-17 09:00"),
    ("o:grant:closes1:20171220", "12-19 09:00"),
]


async def test_a_saved_offer_is_told_of_before_its_deadline_and_never_after(desk):
    await desk.save("grant")

    assert await desk.waiting() == LEFT
    last = (await desk.rows())[-1]
    assert last.expires_at == dt.datetime(2017, 12, 21, tzinfo=WARSAW)


async def test_where_the_bot_cannot_write_first_nothing_is_set(desk):
    await desk.save("grant", WEB)

    assert await desk.rows() == []


async def test_a_deadline_that_moves_takes_what_is_told_along(desk):
    await desk.followups.take_up()
    await desk.save("grant")

    assert await desk.edit(offer(**GRANT | {"deadline": "2017-12-21"}), offer(**OLD)) == 1

    changed, *left = await desk.waiting()
    assert changed[0].startswith("o:grant:changed:t-")
    assert left == [
        ("o:grant:closes14:20171221", "12-07 09:00"),
        ("o:grant:closes3:20171221", "12-18 09:00"),
        ("o:grant:closes1:20171221", "12-20 09:00"),
    ]


@pytest.mark.parametrize("gone", [{"status": "inactive"}, {"intake": {"mode": "closed"}}])
async def test_what_is_closed_early_is_no_longer_told_of(desk, gone):
    await desk.followups.take_up()
    await desk.save("grant")

    await desk.edit(offer(**GRANT | gone), offer(**OLD))

    assert [subject[:15] for subject, _ in await desk.waiting()] == ["o:grant:changed"]


async def test_what_is_saved_no_more_is_told_no_more(desk):
    await desk.save("grant")

    await desk.visitors.unsave(ANNA, "grant")
    await desk.followups.follow(ANNA)

    assert await desk.waiting() == []


async def test_without_reminders_there_are_none_and_with_them_again_all(desk):
    await desk.save("grant")

    await desk.visitors.choose(ANNA, Choices(remind_minutes=0))
    await desk.followups.follow(ANNA)
    assert await desk.waiting() == []

    await desk.visitors.choose(ANNA, Choices(remind_minutes=5))
    await desk.followups.follow(ANNA)
    assert await desk.waiting() == LEFT


async def test_it_waits_for_the_end_of_quiet_hours_but_not_beyond_the_deadline(desk):
    intake = {"mode": "window", "closes": "2017-12-20T10:00"}
    desk.knowledge = knowing(offer(id="grant", title="Grant", intake=intake))
    await desk.visitors.choose(ANNA, Choices(quiet_from=dt.time(22), quiet_until=dt.time(11)))

    await desk.save("grant")

    assert [at for _, at in await desk.waiting()] == ["12-06 11:00", "12-17 11:00", "12-19 11:00"]
    # Quiet until the day after: the last one would come when it is too late.
    await desk.visitors.choose(ANNA, Choices(quiet_from=dt.time(8, 59), quiet_until=dt.time(8, 58)))
    await desk.followups.follow(ANNA)
    assert [at for _, at in await desk.waiting()] == ["12-07 08:58", "12-18 08:58", "12-20 08:58"]


async def test_each_is_written_as_it_holds_when_it_is_due(desk):
    await desk.save("grant")
    desk.now = dt.datetime(2017, 12, 6, 8, 30, tzinfo=dt.UTC)

    (first,) = await desk.sent()

    assert first.title == "Termin: Grant"
    assert first.text == "Koniec naboru: za 14 dni (środa, 20 grudnia 2017)."
    assert [button.data for button in first.buttons] == ["o:grant", "z:-:grant", "z:c"]
    desk.now = dt.datetime(2017, 12, 19, 8, 30, tzinfo=dt.UTC)
    # The one of the 17th, which nothing has sent, does not say the same once more.
    assert [one.text for one in await desk.sent()] == ["Koniec naboru: jutro (środa, 20 grudnia)."]


async def test_what_changed_between_is_not_told_as_it_was(desk):
    await desk.save("grant")
    desk.knowledge = knowing(offer(**GRANT | {"deadline": "2017-12-28"}))
    desk.now = dt.datetime(2017, 12, 6, 8, 30, tzinfo=dt.UTC)

    assert await desk.sent() == [Skip("the offer's days are others by now")]


async def test_nothing_is_told_twice(desk):
    await desk.save("grant")
    desk.now = dt.datetime(2017, 12, 6, 8, 30, tzinfo=dt.UTC)
    assert len(await desk.sent()) == 1

    await desk.visitors.choose(ANNA, Choices(remind_minutes=30))
    await desk.followups.follow(ANNA)

    assert await desk.sent() == []


async def test_somebody_is_told_when_an_offer_opens(desk):
    intake = {"mode": "window", "opens": "2017-12-10", "closes": "2018-03-20T15:00"}
    desk.knowledge = knowing(
        offer(id="later", title="Później", intake=intake, how_to_apply=["Wypełnić formularz"])
    )
    await desk.save("later")
    desk.now = dt.datetime(2017, 12, 10, 8, 1, tzinfo=dt.UTC)

    (told,) = await desk.sent()

    assert told.text == (
        "Dziś otwiera się nabór.\nNabór do: wtorek, 20 marca 2018, godz. 15:00\n"
        "Pierwszy krok: Wypełnić formularz"
    )


async def test_a_profile_tells_the_day_on_which_one_qualifies(desk):
    day = dt.date(2017, 3, 3)
    await desk.profiles.keep(ANNA, Situation(founded=Founded(day, day)))
    await desk.save("old")

    assert await desk.waiting() == [("o:old:qualifies12:20180303", "03-03 09:00")]
    desk.now = dt.datetime(2018, 3, 3, 8, 1, tzinfo=dt.UTC)
    (told,) = await desk.sent()
    assert told.text.startswith(
        "Od dziś warunek jest spełniony: organizacja działa co najmniej 1 rok."
    )


async def test_a_promise_is_kept_though_the_founding_day_is_not(desk):
    await desk.visitors.save(ANNA, "old")

    assert await desk.followups.promise(ANNA, offer(**OLD), dt.date(2018, 3, 3))

    # Saving something else leaves it as it is.
    await desk.save("grant")
    assert ("o:old:qualifies12:20180303", "03-03 09:00") in await desk.waiting()
    # Another condition ends it.
    await desk.edit(offer(**OLD | {"for": {"organisation_age_months": {"min": 24}}}))
    await desk.followups.follow(ANNA)
    assert await desk.waiting() == []


@pytest.mark.parametrize("day", ["2017-11-30", "2017-01-01"])
async def test_nothing_is_promised_for_a_day_that_has_passed(desk, day):
    assert not await desk.followups.promise(ANNA, offer(**OLD), dt.date.fromisoformat(day))
    assert await desk.rows() == []


async def test_whoever_saved_an_offer_is_told_once_what_of_it_changed(desk):
    await desk.followups.take_up()
    await desk.save("grant")
    changed = offer(**GRANT | {"cost": "10 zł", "deadline": "2017-12-21"})

    assert await desk.edit(changed, offer(**OLD)) == 1
    assert await desk.followups.take_up() == 0

    (told,) = await desk.sent()
    assert told.title == "Zmiana: Grant"
    assert told.text == (
        "Zmieniło się: terminy i nabór, koszt. Stan na teraz:\nNabór do: czwartek, 21 grudnia 2017"
    )


async def test_a_change_back_is_told_of_too(desk):
    await desk.followups.take_up()
    await desk.save("grant")
    told = []
    for cost in ("10 zł", "20 zł", "10 zł"):
        await desk.edit(offer(**GRANT | {"cost": cost}))
        told += await desk.sent()

    assert len(told) == 3


async def test_of_a_change_that_was_changed_again_only_the_last_is_told(desk):
    await desk.followups.take_up()
    await desk.save("grant")

    await desk.edit(offer(**GRANT | {"cost": "10 zł"}))
    await desk.edit(offer(**GRANT | {"cost": "20 zł"}))

    first, second = await desk.sent()
    assert first == Skip("the offer has changed again since")
    assert second.title == "Zmiana: Grant"


@pytest.mark.parametrize(
    "fields",
    [
        {"title": {"pl": "Grant", "uk": "Ґрант"}},
        {"cost": {"pl": "darmo", "en": "free of charge"}},
        {"description": "Więcej słów"},
    ],
)
async def test_a_translation_or_a_description_rings_nobody(desk, fields):
    desk.knowledge = knowing(offer(**GRANT | {"cost": {"pl": "darmo"}}))
    await desk.followups.take_up()
    await desk.save("grant")

    await desk.edit(offer(**GRANT | {"cost": {"pl": "darmo"}} | fields))

    assert await desk.waiting() == LEFT


async def test_whoever_wants_no_news_gets_none(desk):
    await desk.followups.take_up()
    await desk.save("grant")
    await desk.visitors.choose(ANNA, Choices(Wants.NOTHING))

    await desk.edit(offer(**GRANT | {"cost": "10 zł"}))

    assert await desk.waiting() == LEFT


async def test_a_change_in_quiet_hours_comes_when_they_end(desk):
    await desk.followups.take_up()
    await desk.save("grant")
    await desk.visitors.choose(ANNA, Choices(quiet_from=dt.time(9), quiet_until=dt.time(12)))

    await desk.edit(offer(**GRANT | {"cost": "10 zł"}))

    assert (await desk.waiting())[0][1] == "11-30 12:00"


async def test_an_alert_is_told_of_and_said(desk):
    await desk.followups.take_up()
    await desk.save("grant")
    alert = {"text": "Biuro zamknięte do piątku.", "until": "2017-12-01"}

    await desk.edit(offer(**GRANT | {"alert": alert}))

    (told,) = await desk.sent()
    assert "Zmieniło się: komunikat." in told.text
    assert told.text.endswith("Biuro zamknięte do piątku.")


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (Language.EN, "Applications close: in 14 days (Wednesday, 20 December 2017)."),
        (Language.UK, "Кінець набору: через 14 днів (середа, 20 грудня 2017)."),
    ],
)
async def test_it_is_said_in_the_readers_language(desk, language, said):
    await desk.visitors.choose_language(ANNA, language)
    await desk.save("grant")
    desk.now = dt.datetime(2017, 12, 6, 8, 30, tzinfo=dt.UTC)

    (told,) = await desk.sent()

    assert told.text == said


@pytest.mark.parametrize(
    "subject", ["o:", "o:grant", "o:grant:closes14:2017", "o:x:opens0:20171210"]
)
async def test_a_subject_that_means_nothing_is_skipped(desk, subject):
    await desk.save("grant")
    due = Due(1, subject, None, "telegram", "1", 0, None, NOW, None, 0)

    (told,) = await desk.writer.compose([due])

    assert isinstance(told, Skip)
