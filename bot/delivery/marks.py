"""Keeps verdicts until they are written: several at once, and through an outage of the database."""

import asyncio
import logging
from collections.abc import Callable, Iterable, Sequence

from bot.clock import Clock
from bot.delivery.queries import Mark, StoreDownError, mark
from bot.store.engine import Store

WRITE_EVERY_S = 0.1
AGAIN_AFTER_S = 0.2
AT_ONCE = 500

log = logging.getLogger(__name__)


class Marks:
    """Takes verdicts at any time, and writes them a tenth of a second later together."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        written: Callable[[Sequence[Mark], Sequence[int]], None],
    ) -> None:
        """Write into `store`; tell `written` what, and which announcements were paused by it."""
        self._store = store
        self._clock = clock
        self._written = written
        self._kept: list[Mark] = []
        self._has_some = asyncio.Event()
        self._ends = asyncio.Event()

    def keep(self, marks: Iterable[Mark]) -> None:
        """Take verdicts."""
        self._kept += marks
        if self._kept:
            self._has_some.set()

    def ids(self) -> set[int]:
        """Say whose verdicts are not written yet."""
        return {mark.due.id for mark in self._kept}

    def end(self) -> None:
        """Let `run` end as soon as everything is written."""
        self._ends.set()
        self._has_some.set()

    async def run(self) -> None:
        """Write until `end`."""
        while not (self._ends.is_set() and not self._kept):
            await self._has_some.wait()
            if not self._ends.is_set():
                await asyncio.sleep(WRITE_EVERY_S)
            await self._write()

    async def _write(self) -> None:
        batch = self._kept[:AT_ONCE]
        if batch:
            try:
                paused = await mark(self._store, batch, self._clock())
            except StoreDownError as error:
                log.warning("%d deliveries wait to be marked: %s", len(self._kept), error)
                await asyncio.sleep(AGAIN_AFTER_S)
                return
            del self._kept[: len(batch)]
            self._written(batch, paused)
        if not self._kept and not self._ends.is_set():
            self._has_some.clear()
