"""One of many processes does something for as long as it lives: it holds a lease, always anew."""

import asyncio
import contextlib
import logging
import time
from collections.abc import AsyncIterator
from datetime import timedelta

from sqlalchemy.exc import SQLAlchemyError

from bot.store.engine import Store
from bot.store.lease import Lease, give_back, is_free, take_lease

LASTS = timedelta(seconds=0.8)
"""Whoever is killed is replaced after that; a process that is only slow renews it in time."""

LOOK_EVERY_S = 0.1
RENEW_EVERY_S = 0.25

log = logging.getLogger(__name__)


class Turn:
    """Whether it is our turn: `wait` for it, and stop when `is_ours` ends.

    `kept` must run meanwhile, or it is never ours.
    """

    def __init__(self, store: Store, name: str, owner: str) -> None:
        """Try for the lease `name` as `owner`."""
        self._store = store
        self._name = name
        self._owner = owner
        self._lease: Lease | None = None
        self._held_until = 0.0
        self._is_ours = asyncio.Event()
        self._is_lost = asyncio.Event()
        self._is_lost.set()

    @property
    def is_ours(self) -> bool:
        """Say whether it is ours now; by a clock that never jumps."""
        return self._is_ours.is_set() and time.monotonic() < self._held_until

    async def wait(self) -> None:
        """Wait until it is ours."""
        await self._is_ours.wait()

    async def lost(self) -> None:
        """Wait until it is not ours any more."""
        await self._is_lost.wait()

    @contextlib.asynccontextmanager
    async def kept(self) -> AsyncIterator["Turn"]:
        """Try for it and keep it, until the end; then the next one has it at once."""
        keeping = asyncio.create_task(self._keep())
        try:
            yield self
        finally:
            keeping.cancel()
            await asyncio.wait({keeping})
            lease = self._lease
            self._lose()
            if lease:
                # If the database is gone, the lease runs out by itself.
                with contextlib.suppress(SQLAlchemyError, OSError):
                    await give_back(self._store, lease)

    async def _keep(self) -> None:
        while True:
            began = time.monotonic()
            try:
                async with asyncio.timeout(LASTS.total_seconds()):
                    lease = await self._taken()
            except (SQLAlchemyError, OSError) as error:
                log.warning("%s: the database: %s", self._name, type(error).__name__)
                # What we held stays ours until it runs out.
                if not self.is_ours:
                    self._lose()
            else:
                if lease is None:
                    self._lose()
                else:
                    self._win(lease, began + LASTS.total_seconds())
            await asyncio.sleep(RENEW_EVERY_S if self.is_ours else LOOK_EVERY_S)

    async def _taken(self) -> Lease | None:
        # A look first: many that wait should not all write.
        if self._lease is None and not await is_free(self._store, self._name, LASTS):
            return None
        return await take_lease(self._store, self._name, self._owner, LASTS)

    def _win(self, lease: Lease, until: float) -> None:
        if self._lease is None:
            log.info("%s: it is the turn of %s", self._name, self._owner)
        self._lease, self._held_until = lease, until
        self._is_lost.clear()
        self._is_ours.set()

    def _lose(self) -> None:
        self._lease, self._held_until = None, 0.0
        self._is_ours.clear()
        self._is_lost.set()
