from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.clock import real_clock
from bot.store.engine import Store, open_store
from tests.channels.messenger.serving import ANNA, BERT
from tests.fakes.graph_server import FakeGraph


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    store = await open_store(f"sqlite:///{tmp_path}/targobot.sqlite3")
    yield store
    await store.close()


@pytest.fixture
async def meta() -> AsyncIterator[FakeGraph]:
    """The platform; two people have written to the Page."""
    async with FakeGraph(real_clock) as server:
        server.meet(ANNA, BERT)
        yield server
