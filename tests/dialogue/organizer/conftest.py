import pytest

from bot.store.engine import open_store
from tests.dialogue.organizer.house import open_house


@pytest.fixture
async def store(store_url):
    store = await open_store(store_url)
    yield store
    await store.close()


@pytest.fixture
async def house(store, snapshot):
    return await open_house(store, snapshot)
