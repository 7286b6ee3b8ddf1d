import datetime as dt
import json
from collections.abc import AsyncIterator
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.context import NOTHING, Context
from bot.dialogue.contexts import LIFETIME, SharedContexts, read_context, write_context
from bot.dialogue.wishes import About, Facet, Programme, Wish
from bot.messaging.message import ChatId
from bot.store.engine import Store, open_store
from bot.visitors.queries import SqlStates

NOON = dt.datetime(2017, 11, 30, 12, tzinfo=dt.UTC)
CHAT = ChatId("telegram", "1")
GALA = Context(About("gala", Facet.WHERE, dt.date(2017, 12, 1)), "gala", labels=(("a", "b"),))


@pytest.fixture
async def store(store_url: str) -> AsyncIterator[Store]:
    store = await open_store(store_url)
    yield store
    await store.close()


@given(st.one_of(*(st.from_type(kind) for kind in get_args(Wish))))
def test_what_is_written_reads_as_it_was(wish: Wish) -> None:
    context = Context(wish, "gala", Facet.WHEN, ("s:gala",), (("tak", "s:gala"),))

    assert read_context(json.loads(json.dumps(write_context(context)))) == context


@pytest.mark.parametrize(
    "state", [{}, {"wish": None, "facet": "no such"}, {"wish": ["Nothing", {}]}, {"wish": 7}]
)
def test_what_another_version_wrote_is_forgotten(state: dict[str, object]) -> None:
    assert read_context(state) == NOTHING


async def test_another_process_knows_what_was_talked_about(store: Store) -> None:
    one = SharedContexts(SqlStates(store), {"telegram"})
    other = SharedContexts(SqlStates(store), {"telegram"})

    await one.keep(CHAT, GALA, NOON)

    assert await other.of(CHAT, NOON) == GALA
    assert await other.of(CHAT, NOON + LIFETIME) == NOTHING
    await other.forget(CHAT)
    assert await one.of(CHAT, NOON) == NOTHING


async def test_of_other_channels_nothing_is_kept_in_the_store(store: Store) -> None:
    web = ChatId("web", "1")
    contexts = SharedContexts(SqlStates(store), {"telegram"})

    await contexts.keep(web, Context(Programme()), NOON)

    assert await contexts.of(web, NOON) == Context(Programme())
    assert await SqlStates(store).state_of(web, NOON) is None


async def test_what_is_over_is_deleted(store: Store) -> None:
    states = SqlStates(store)
    await SharedContexts(states, {"telegram"}).keep(CHAT, GALA, NOON)

    await states.forget_old(NOON)
    assert await states.state_of(CHAT, NOON) is not None
    await states.forget_old(NOON + LIFETIME)

    assert await states.state_of(CHAT, NOON - LIFETIME) is None
