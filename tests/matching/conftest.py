import pytest

from bot.matching.index import Index
from tests.matching.fair import fair


@pytest.fixture(scope="session")
def index() -> Index:
    return fair()
