"""What is counted of a conversation, and what it is called."""

import datetime as dt

import pytest

from bot.dialogue.asked import name_of_subject, subject_of
from bot.dialogue.conversation import Conversation
from bot.dialogue.wishes import About, Programme, Puzzled, Say, Topic
from bot.messaging.languages import Language
from bot.messaging.message import ChatId, Command, Incoming, Tap, Text
from bot.visitors.memory import InMemoryVisitors

THURSDAY = dt.date(2017, 11, 30)
NOW = dt.datetime(2017, 11, 30, 9, tzinfo=dt.UTC)
CHAT = ChatId("telegram", "10")


async def test_answers_are_counted_once_each_and_what_was_not_answered_is_not(snapshot):
    counted = []
    conversation = Conversation(
        lambda: snapshot,
        InMemoryVisitors(),
        lambda: NOW,
        count=lambda subject, day: counted.append((subject, day)),
    )
    said = (
        *(Text("o której jest gala i gdzie?"), Text("gdzie jest szatnia"), Text("co jest teraz?")),
        *(Tap("s:gala"), Command("program"), Text("xyzzy qwerty"), Text("dzień dobry")),
    )
    for content in said:
        await conversation.respond(Incoming(CHAT, content, NOW, "pl"))

    assert [one for one in counted if one[0]] == [
        (subject, THURSDAY) for subject in ("gala", "szatnia", "~programme", "gala", "~programme")
    ]


def test_a_next_page_small_talk_and_a_shrug_are_no_questions():
    assert [
        subject_of(wish)
        for wish in (Programme(page=1), Say(Topic.THANKS), Puzzled(), About("x", shrug="y"))
    ] == [""] * 4


@pytest.mark.parametrize("language", Language)
def test_every_subject_has_a_name(snapshot, language):
    knowledge = snapshot.knowledge
    for subject in ("~programme", "~exhibitors", "~human", "~need_grant", "gala", "szatnia"):
        assert name_of_subject(subject, knowledge, language) not in ("", subject)
    assert name_of_subject("long-gone", knowledge, language) == "long-gone"
