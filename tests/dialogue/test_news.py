import datetime as dt

import pytest

from bot.announcements.model import Announcement, Content, Draft, Kind, State, Urgency
from bot.announcements.news import concerns, folded, news
from bot.dialogue.conversation import Conversation
from bot.dialogue.news.room import NewsRoom
from bot.dialogue.news.said import Asked, asked_in
from bot.dialogue.rooms import NoticesInOrder
from bot.knowledge.changes import (
    Cancelled,
    Gone,
    PlaceChanged,
    Renamed,
    Restored,
    SeatsChanged,
    Span,
    SpeakersChanged,
    StandsChanged,
    TextChanged,
    TimeChanged,
)
from bot.knowledge.model import LocalText
from bot.knowledge.standing import Made
from bot.messaging.languages import Language
from bot.messaging.message import ChatId, Incoming, Text
from bot.messaging.reply import Reply
from bot.visitors.memory import InMemoryVisitors
from tests.knowledge.fair import at, fair, series, session

NOON = dt.datetime(2017, 11, 30, 11, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
CHAT = ChatId("web", "1")

CALLED_OFF = "Odwołane już w programie: Zajęcia ruchowe dla seniorów."
"""The example programme says so; nobody changed it."""


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("co się zmieniło?", Asked.NEW),
        ("Co sie zmienilo w programie", Asked.NEW),
        ("czy są jakieś zmiany w moim planie", Asked.NEW),
        ("co się zmieniło od rana", Asked.ALL),
        ("co odwołano", Asked.ALL),
        ("what has changed", Asked.NEW),
        ("any changes today?", Asked.ALL),
        ("що змінилося", Asked.NEW),
        ("що скасовано", Asked.ALL),
        ("что изменилось", Asked.NEW),
        ("co się zmieniło w ustawie", None),
        ("zmiana klimatu", None),
        ("czy gala jest odwołana", None),
        ("program", None),
        ("", None),
        ("zmiany " * 50, None),
    ],
)
def test_who_asks_what_changed_is_understood(text, asked):
    assert asked_in(text) is asked


def moved(old, new):
    return PlaceChanged("gala", old, new)


def late(start, end, minutes):
    old, new = (Span(at(14, minute), at(15, minute)) for minute in (start, end))
    return TimeChanged("gala", old, new, minutes)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ([moved("sala-2", "sala-12"), moved("sala-12", "scena")], [moved("sala-2", "scena")]),
        ([moved("sala-2", "sala-12"), moved("sala-12", "sala-2")], []),
        ([late(0, 10, 10), late(10, 30, 20)], [late(0, 30, 30)]),
        ([late(0, 10, 10), late(10, 30, 0)], [late(0, 30, 0)]),
        ([late(0, 10, 10), late(10, 0, 0)], []),
        ([Cancelled("gala"), Restored("gala")], []),
        ([Cancelled("gala"), Restored("gala"), Cancelled("gala")], [Cancelled("gala")]),
        ([SeatsChanged("gala", True), SeatsChanged("gala", False)], []),
        ([SeatsChanged("gala", False)], [SeatsChanged("gala", False)]),
        ([StandsChanged("ola", ("1",), ("2",)), StandsChanged("ola", ("2",), ("1",))], []),
        (
            [SpeakersChanged("gala", ("a",), ("b",)), SpeakersChanged("gala", ("b",), ("c",))],
            [SpeakersChanged("gala", ("a",), ("c",))],
        ),
        (
            [Renamed("ola", LocalText(pl="A"), LocalText(pl="B")), moved("sala-2", "scena")],
            [Renamed("ola", LocalText(pl="A"), LocalText(pl="B")), moved("sala-2", "scena")],
        ),
    ],
)
def test_what_follows_each_other_is_folded(changes, told):
    assert list(folded(changes)) == told


def made(*changes):
    return [Made(n, one, NOON + n * HOUR) for n, one in enumerate(changes)]


def test_only_what_is_new_and_not_over_is_told_the_next_first():
    knowledge = fair(session(), session("early", start="09:00", end="10:00"), series())
    both = made(
        PlaceChanged("kurs@2018-03-13", "sala-2", "scena"),
        moved("sala-2", "scena"),
        PlaceChanged("early", "sala-2", "scena"),
        TextChanged("gala"),
        Gone("old", LocalText(pl="Dawne"), Span(at(9), at(10))),
    )

    assert news(both, None, knowledge, NOON) == (both[1].change, both[0].change)
    assert news(both, NOON, knowledge, NOON) == (both[1].change,)


def test_of_what_is_cancelled_only_that_is_told():
    knowledge = fair(session(status="cancelled"))

    told = news(made(moved("sala-2", "scena"), Cancelled("gala")), None, knowledge, NOON)

    assert told == (Cancelled("gala"),)


def test_a_series_that_changes_concerns_whoever_saved_a_date_of_it():
    change = PlaceChanged("kurs", "sala-2", "scena")

    assert concerns(change, ("kurs@2018-03-13",))
    assert not concerns(change, ("kursy",))
    assert not concerns(PlaceChanged("kurs@2018-03-20", "sala-2", "scena"), ("kurs@2018-03-13",))


# --- what still holds -------------------------------------------------------------------


def announced(text, kind=Kind.PARKING):
    draft = Draft(kind, Urgency.IMPORTANT, Content({Language.PL: text}))
    return Announcement(1, draft, State.DONE, NOON, "Anna", NOON)


@pytest.fixture
def talk(snapshot):
    holding = [announced("Parking jest pełny.")]

    async def holds(_now):
        return holding

    visitors = InMemoryVisitors()
    room = NewsRoom(lambda: (), visitors, holds)
    conversation = Conversation(
        lambda: snapshot, visitors, lambda: NOON, rooms=(room,), notices=room
    )

    async def say(text, chat=CHAT):
        replies = await conversation.respond(Incoming(chat, Text(text), NOON))
        return [one.title for one in replies], "\n".join(one.text for one in replies)

    return say


async def test_whoever_joins_late_is_told_once_what_still_holds(talk):
    titles, text = await talk("gdzie są toalety")

    assert titles[0] == "Co teraz obowiązuje"
    assert text.startswith("Parking jest pełny.")
    assert (await talk("gdzie są toalety"))[0] != titles


async def test_a_group_is_told_nothing_unasked(talk):
    titles, _ = await talk("gdzie są toalety", ChatId("telegram", "-100"))

    assert "Co teraz obowiązuje" not in titles


async def test_announcements_are_told_to_who_asks_what_changed(talk):
    titles, text = await talk("co się zmieniło")

    assert titles == ["Co się zmieniło"]
    assert text == "Ogłoszenia:\n• Parking jest pełny.\n\n" + CALLED_OFF


async def test_what_waited_and_still_holds_is_read_once(snapshot):
    waited = Reply(Language.PL, "Parking jest pełny. Wolne miejsca: al. Legionów.")

    class Waiting:
        async def due(self, _turn):
            return (waited,)

    async def holds(_now):
        return [announced("Parking jest pełny."), announced("Obiad od 13:00.")]

    visitors = InMemoryVisitors()
    notices = NoticesInOrder((Waiting(), NewsRoom(lambda: (), visitors, holds)))
    conversation = Conversation(lambda: snapshot, visitors, lambda: NOON, notices=notices)

    told = await conversation.respond(Incoming(CHAT, Text("gdzie są toalety"), NOON))

    assert [one.text for one in told[:2]] == [waited.text, "Obiad od 13:00."]
