from pathlib import Path

import pytest

from bot.knowledge.read import load_knowledge
from bot.matching.snapshot import Snapshot, build_snapshot


@pytest.fixture(scope="session")
def snapshot() -> Snapshot:
    """The fair of this repository, loaded once."""
    return build_snapshot(load_knowledge(Path("knowledge")).knowledge)
