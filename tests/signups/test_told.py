"""What is told to those who signed up says what holds at that moment, in three languages."""

import dataclasses
import datetime as dt

import pytest
from sqlalchemy import select

from bot.delivery.due import Due, Skip
from bot.messaging.languages import Language
from bot.messaging.reply import Ask, Link, Reply
from bot.signups.moments import next_moment
from bot.signups.queries.tending import follow_sign_ups
from bot.signups.subjects import About, Subject, mark_of, read_subject
from bot.signups.told import Teller
from bot.store.schema import deliveries
from tests.signups.conftest import NOW, Desk, visitor, workshop


def due(subject: Subject, number: int = 2) -> Due:
    return Due(1, str(subject), None, "telegram", str(number), 0, None, NOW, None, 0)


def teller(desk: Desk) -> Teller:
    return Teller(desk.lists, lambda: desk.knowledge, lambda: desk.now)


async def offered(store) -> tuple[Desk, Subject]:
    desk = Desk(store, workshop(1))
    await desk.join(1)
    await desk.join(2)
    await desk.lists.leave("talk", visitor(1))
    (one,) = await desk.lists.on_list(("talk",))
    return desk, Subject(About.OFFER, "talk", str(one.number))


@pytest.mark.parametrize(
    ("language", "title", "said"),
    [
        (Language.PL, "Zwolniło się miejsce: talk", "czeka do: dziś (środa, 29 listopada), 11:00"),
        (Language.EN, "A place is free: talk", "until: today (Wednesday, 29 November), 11:00"),
        (Language.UK, "Звільнилося місце: talk", "до: сьогодні (середа, 29 листопада), 11:00"),
    ],
)
async def test_an_offer_says_until_when_and_how_to_take_or_leave_it(store, language, title, said):
    desk, subject = await offered(store)

    reply = await teller(desk).write(due(subject), language, wants_reminders=True)

    assert isinstance(reply, Reply)
    assert reply.title == title
    assert said in reply.text
    assert "14:00–15:00" in reply.text
    assert [one.data for one in reply.buttons if isinstance(one, Ask)] == ["u:a:talk", "u:x:talk"]


async def test_an_offer_that_was_answered_is_not_told(store):
    desk, subject = await offered(store)
    await desk.lists.accept("talk", visitor(2))

    reply = await teller(desk).write(due(subject), Language.PL, wants_reminders=True)

    assert reply == Skip("the place is not offered any more")


async def test_the_day_before_is_told_to_those_who_still_come_and_want_to_be_reminded(store):
    desk = Desk(store, workshop(1))
    await desk.join(2)
    start = dt.datetime(2017, 11, 30, 14, tzinfo=NOW.tzinfo)
    subject = Subject(About.DAY_BEFORE, "talk", mark_of(start))
    write = teller(desk).write

    told = await write(due(subject), Language.PL, wants_reminders=True)
    unwanted = await write(due(subject), Language.PL, wants_reminders=False)
    stranger = await write(due(subject, 3), Language.PL, wants_reminders=True)
    desk.knowledge = desk.fair(workshop(1, date="2017-12-01"))
    moved = await write(due(subject), Language.PL, wants_reminders=True)

    assert isinstance(told, Reply)
    assert told.title == "Już niedługo: talk"
    assert [type(one) for one in (unwanted, stranger, moved)] == [Skip, Skip, Skip]


@pytest.mark.parametrize("about", [About.LAPSED, About.CALLED_OFF])
@pytest.mark.parametrize("language", Language)
async def test_what_is_over_is_told_as_such(store, about, language):
    desk = Desk(store, workshop(1))

    reply = await teller(desk).write(
        due(Subject(about, "talk", "1")), language, wants_reminders=True
    )

    assert isinstance(reply, Reply)
    assert reply.language is language
    assert "talk" in reply.title


async def test_what_is_not_in_the_knowledge_any_more_is_not_told(store):
    desk = Desk(store)

    reply = await teller(desk).write(
        due(Subject(About.OFFER, "talk", "1")), Language.PL, wants_reminders=True
    )

    assert isinstance(reply, Skip)


ELSEWHERE = {"mode": "link", "url": "https://example.org/x", "deadline": "2017-11-30T12:00"}


async def test_a_reminder_of_a_sign_up_comes_the_day_before_it_closes_and_follows_a_change(store):
    desk = Desk(store, workshop(5, rules=ELSEWHERE))
    desk.now = NOW - dt.timedelta(days=1)
    moment = next_moment(desk.knowledge.sessions["talk"], desk.knowledge, desk.now)
    assert moment is not None
    assert moment.at == dt.datetime(2017, 11, 29, 12, tzinfo=NOW.tzinfo)
    assert await desk.lists.remind_of_sign_up(visitor(2), moment)

    later = ELSEWHERE | {"deadline": "2017-11-30T13:00"}
    desk.knowledge = desk.fair(workshop(5, rules=later))
    await follow_sign_ups(desk.lists, desk.knowledge)
    due_at = await _waits_until(store)
    early = await teller(desk).write(due(moment.subject), Language.PL, wants_reminders=True)
    desk.now = dt.datetime(2017, 11, 29, 13, tzinfo=NOW.tzinfo)
    reply = await teller(desk).write(due(moment.subject), Language.PL, wants_reminders=True)

    assert due_at == desk.now
    assert isinstance(early, Skip)
    assert isinstance(reply, Reply)
    assert "Można się zapisać do: jutro (czwartek, 30 listopada), 13:00" in reply.text
    assert reply.buttons == (Link("Zapisy", "https://example.org/x"),)


async def test_it_is_reminded_of_when_sign_up_opens_if_that_is_still_to_come(store):
    rules = ELSEWHERE | {"opens": "2017-11-29T18:00"}
    desk = Desk(store, workshop(5, rules=rules))

    moment = next_moment(desk.knowledge.sessions["talk"], desk.knowledge, NOW)

    assert moment is not None
    assert moment.subject.about is About.OPENS
    desk.now = moment.at
    reply = await teller(desk).write(due(moment.subject), Language.EN, wants_reminders=True)
    assert isinstance(reply, Reply)
    assert reply.title == "Sign-up is open: talk"


def test_a_subject_is_read_as_it_was_written_and_fits_its_column():
    subject = Subject(About.DAY_BEFORE, f"{'x' * 44}@2017-11-30T1030", mark_of(NOW))

    assert read_subject(str(subject)) == subject
    assert len(str(subject)) <= 100
    assert read_subject("r:talk:20171130T0900") is None
    assert read_subject("u:?:talk:") is None
    assert dataclasses.replace(subject, mark="") == read_subject(f"u:d:{subject.key}:")


async def _waits_until(store) -> dt.datetime:
    async with store.reading() as connection:
        moment: dt.datetime = (
            await connection.execute(select(deliveries.c.not_before))
        ).scalar_one()
    return moment
