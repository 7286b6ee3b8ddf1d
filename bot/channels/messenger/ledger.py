"""Writes of many at once: what comes while a transaction runs goes into the next one.

A database that waits for its disk commits a few hundred times a second, whether a commit
holds one event or a hundred. So nobody has a transaction to themselves, and each waits only
until theirs is committed.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

One = TypeVar("One")
Answer = TypeVar("Answer")

AT_ONCE = 200


class Together(Generic[One, Answer]):
    """Writes what several tasks want written in as few transactions as there are."""

    def __init__(self, write: Callable[[Sequence[One]], Awaitable[Sequence[Answer]]]) -> None:
        """Write by `write`, which gives an answer for each, in the same order."""
        self._write = write
        self._waiting: list[tuple[One, asyncio.Future[Answer]]] = []
        self._writing: asyncio.Task[None] | None = None

    async def __call__(self, one: One) -> Answer:
        """Return when it is committed; raise what made the transaction fail."""
        done: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._waiting.append((one, done))
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write_all())
        return await done

    async def _write_all(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting[:AT_ONCE], self._waiting[AT_ONCE:]
            try:
                answers = await self._write([one for one, _ in batch])
            except Exception as error:  # noqa: BLE001 - raised in each who waits for it
                for _, done in batch:
                    if not done.done():
                        done.set_exception(error)
            else:
                for (_, done), answer in zip(batch, answers, strict=True):
                    if not done.done():
                        done.set_result(answer)
