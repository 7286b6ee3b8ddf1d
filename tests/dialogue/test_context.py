import datetime as dt

from bot.dialogue.context import NOTHING, Context
from bot.dialogue.contexts import LIFETIME, InMemoryContexts
from bot.messaging.message import ChatId

NOON = dt.datetime(2017, 11, 30, 12, tzinfo=dt.UTC)
CHAT = ChatId("test", "1")
GALA = Context(subject="gala")


async def test_a_chat_keeps_its_context_for_a_while():
    contexts = InMemoryContexts()

    await contexts.keep(CHAT, GALA, NOON)

    assert await contexts.of(CHAT, NOON + LIFETIME) == GALA
    assert await contexts.of(CHAT, NOON + LIFETIME + dt.timedelta(seconds=1)) == NOTHING


async def test_chats_do_not_share_their_contexts():
    contexts = InMemoryContexts()

    await contexts.keep(CHAT, GALA, NOON)

    assert await contexts.of(ChatId("test", "2"), NOON) == NOTHING


async def test_the_chat_that_was_silent_longest_is_forgotten_first():
    contexts = InMemoryContexts(chats=2)
    others = [ChatId("test", "2"), ChatId("test", "3")]

    for chat in (CHAT, *others):
        await contexts.keep(chat, GALA, NOON)

    assert len(contexts) == 2
    assert await contexts.of(CHAT, NOON) == NOTHING


async def test_a_forgotten_chat_has_no_context():
    contexts = InMemoryContexts()
    await contexts.keep(CHAT, GALA, NOON)

    await contexts.forget(CHAT)

    assert await contexts.of(CHAT, NOON) == NOTHING
