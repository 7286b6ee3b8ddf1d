import gc
import weakref
from collections.abc import Iterator

import pytest

from bot.app.heap import set_aside


class Loop:
    """Something that only a search for garbage finds: it holds itself."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture(autouse=True)
def _thawed() -> Iterator[None]:
    yield
    gc.unfreeze()


def test_what_lives_is_left_out_of_the_search() -> None:
    kept = Loop()

    set_aside()

    assert not any(one is kept for one in gc.get_objects())


def test_what_has_become_garbage_since_is_collected_the_next_time() -> None:
    old = Loop()
    seen = weakref.ref(old)
    set_aside()
    del old
    gc.collect()
    assert seen() is not None

    set_aside()

    assert seen() is None
