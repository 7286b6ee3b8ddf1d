"""The question of the evening: asked once, of whom it helps, and of nobody else."""

import datetime as dt

import pytest
from sqlalchemy import select

from bot.announcements.composer import Writer
from bot.announcements.evening import PREFIX, evening_before, question
from bot.announcements.queries.evening import Evening
from bot.delivery.due import Due, Skip
from bot.language.catalog import say
from bot.messaging.languages import Language
from bot.messaging.message import ChatId
from bot.messaging.reply import Ask, Reply
from bot.store.schema import deliveries
from bot.visitors.memory import Choices, Wants
from bot.visitors.queries import SqlVisitors
from tests.knowledge.test_dated import fair, session

HOUR = dt.timedelta(hours=1)
WINDOW = 24 * HOUR - dt.timedelta(minutes=5)
# Local times are one hour later than UTC.
EVENING = dt.datetime(2017, 11, 30, 18, tzinfo=dt.UTC)
MORNING = EVENING - 10 * HOUR
ANNA = ChatId("messenger", "1")
TOMORROW = session("tomorrow", "12:00", "13:00", date="2017-12-01")
TODAY = session("today", "20:00", "21:00")


class Hall:
    """Visitors, and the evening that they are asked in."""

    def __init__(self, store):
        self.now = EVENING
        self.knowledge = fair(TODAY, TOMORROW)
        self.store = store
        self.evening = Evening(store, lambda: self.knowledge, lambda: self.now, "messenger", WINDOW)
        self.writer = Writer(
            store,
            lambda: self.knowledge,
            lambda: self.now,
            Language.PL,
            {PREFIX: self.evening.write},
        )

    async def wrote(self, *keys, at=MORNING, chat=ANNA, choices=None):
        visitors = SqlVisitors(self.store, lambda: at, reachable={chat.channel})
        visitors.meet(chat, Language.PL)
        await visitors.write_meetings()
        for key in keys:
            await visitors.save(chat, key)
        if choices:
            await visitors.choose(chat, choices)

    async def rows(self):
        async with self.store.reading() as connection:
            return (await connection.execute(select(deliveries))).all()

    async def written(self):
        (row,) = await self.rows()
        due = Due(
            row.id, row.subject, None, row.channel, row.chat, 0, None, row.not_before, None, 0
        )
        (message,) = await self.writer.compose([due])
        return message


@pytest.fixture
def hall(store):
    return Hall(store)


async def test_whoever_would_be_out_of_reach_tomorrow_is_asked_once(hall):
    await hall.wrote("tomorrow", "today")

    assert await hall.evening.ask() == 1
    assert await hall.evening.ask() == 0
    hall.now += HOUR
    assert await hall.evening.ask() == 0

    (row,) = await hall.rows()
    assert (row.subject, row.channel, row.chat) == ("evening:2017-12-01", "messenger", "1")
    assert (row.state, row.announcement) == ("pending", None)
    assert row.expires_at == dt.datetime(2017, 11, 30, 20, 30, tzinfo=dt.UTC)


async def test_the_question_says_why_and_an_answer_is_one_tap(hall):
    await hall.wrote("tomorrow", "today")
    await hall.evening.ask()

    message = await hall.written()

    assert message == question(1, Language.PL)
    assert isinstance(message, Reply)
    assert message.title == "Przypomnieć jutro o zmianach?"
    assert message.text.startswith("W programie na jutro: 1 punkt.")
    assert message.buttons[0] == Ask(say(Language.PL, "button_evening"), "z:k")


@pytest.mark.parametrize(
    "wrote",
    [
        {"keys": ["today"]},
        {"keys": []},
        {"keys": ["tomorrow"], "at": EVENING - 24 * HOUR},
        {"keys": ["tomorrow"], "at": EVENING - HOUR / 2},
        {"keys": ["tomorrow"], "chat": ChatId("telegram", "1")},
        {"keys": ["tomorrow"], "choices": Choices(Wants.NOTHING, 0)},
        {
            "keys": ["tomorrow"],
            "choices": Choices(quiet_from=dt.time(18), quiet_until=dt.time(8)),
        },
    ],
)
async def test_whom_it_would_not_help_is_not_asked(hall, wrote):
    keys, rest = wrote["keys"], {key: value for key, value in wrote.items() if key != "keys"}
    await hall.wrote(*keys, **rest)

    assert await hall.evening.ask() == 0
    assert await hall.rows() == []


@pytest.mark.parametrize(
    ("moment", "asks"),
    [
        (EVENING, True),
        (EVENING - HOUR, False),
        (EVENING + 3 * HOUR, False),
        (EVENING + 24 * HOUR, False),
        (EVENING - 24 * HOUR, False),
    ],
)
def test_it_is_asked_in_the_evening_between_two_days_of_the_fair(moment, asks):
    assert (evening_before(fair(TODAY, TOMORROW), moment) is not None) is asks


async def test_whoever_takes_it_out_meanwhile_is_not_asked(hall):
    await hall.wrote("tomorrow")
    await hall.evening.ask()
    visitors = SqlVisitors(hall.store, lambda: EVENING)

    await visitors.choose(ANNA, Choices(Wants.NOTHING, 0))
    unwanted = await hall.written()
    await visitors.choose(ANNA, Choices())
    await visitors.unsave(ANNA, "tomorrow")

    assert isinstance(unwanted, Skip)
    assert isinstance(await hall.written(), Skip)


async def test_what_is_kept_of_it_goes_with_the_visitor(hall):
    await hall.wrote("tomorrow")
    await hall.evening.ask()
    assert len(await hall.rows()) == 1

    await SqlVisitors(hall.store, lambda: EVENING).forget(ANNA)

    assert await hall.rows() == []
