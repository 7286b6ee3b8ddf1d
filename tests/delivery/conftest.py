from collections.abc import AsyncIterator

import pytest

from bot.store.engine import Store, open_store


@pytest.fixture
async def store(store_url: str) -> AsyncIterator[Store]:
    store = await open_store(store_url)
    yield store
    await store.close()
