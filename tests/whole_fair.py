"""The fair of this repository, read and indexed once for each test process."""

import functools
from pathlib import Path

import pytest

from bot.knowledge.model import Knowledge
from bot.knowledge.read import load_knowledge
from bot.matching.snapshot import Snapshot, build_snapshot


@functools.cache
def whole_fair() -> Knowledge:
    """Give what the files of this repository say."""
    return load_knowledge(Path(__file__).parent.parent / "knowledge").knowledge


@pytest.fixture(scope="session")
def snapshot() -> Snapshot:
    """The fair of this repository, with all its words."""
    return build_snapshot(whole_fair())
