import datetime as dt

from bot.dialogue.context import LIFETIME, NOTHING, Context, Contexts
from bot.messaging.message import ChatId

NOON = dt.datetime(2017, 11, 30, 12, tzinfo=dt.UTC)
CHAT = ChatId("test", "1")
GALA = Context(subject="gala")


def test_a_chat_keeps_its_context_for_a_while():
    contexts = Contexts()

    contexts.keep(CHAT, GALA, NOON)

    assert contexts.of(CHAT, NOON + LIFETIME) == GALA
    assert contexts.of(CHAT, NOON + LIFETIME + dt.timedelta(seconds=1)) == NOTHING


def test_chats_do_not_share_their_contexts():
    contexts = Contexts()

    contexts.keep(CHAT, GALA, NOON)

    assert contexts.of(ChatId("test", "2"), NOON) == NOTHING


def test_the_chat_that_was_silent_longest_is_forgotten_first():
    contexts = Contexts(chats=2)
    others = [ChatId("test", "2"), ChatId("test", "3")]

    for chat in (CHAT, *others):
        contexts.keep(chat, GALA, NOON)

    assert len(contexts) == 2
    assert contexts.of(CHAT, NOON) == NOTHING


def test_a_forgotten_chat_has_no_context():
    contexts = Contexts()
    contexts.keep(CHAT, GALA, NOON)

    contexts.forget(CHAT)

    assert contexts.of(CHAT, NOON) == NOTHING
