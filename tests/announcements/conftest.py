import pytest

from bot.store.engine import open_store


@pytest.fixture
async def store(store_url):
    store = await open_store(store_url)
    yield store
    await store.close()
