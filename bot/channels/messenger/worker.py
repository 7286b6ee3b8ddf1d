"""Works off what the webhook has kept, in one of several processes.

Events are claimed for a while, of each chat one at a time; a process that dies lets go of its
events by dying, and another answers them. What a claim, a beginning and an end write goes into
the database together with those of other events.
"""

import asyncio
import contextlib
import logging
from collections.abc import Collection, Sequence
from functools import partial

from bot.channels.messenger.answer import Desk
from bot.channels.messenger.ledger import Together
from bot.channels.messenger.send import HaltedError, NotDeliveredError
from bot.channels.messenger.waits import Waits
from bot.language.trouble import Trouble
from bot.store import echoes, inbox
from bot.store.engine import Store
from bot.store.inbox import Claimed
from bot.visitors.queries import takeovers

log = logging.getLogger(__name__)

SWEEP_EVERY_S = 3600.0
HOLDS_A_LEASE = 3
"""How often within a lease what is in hand is claimed again."""


class Worker:
    """Claims events and leads them to the desk; `run` and `stop` it once."""

    def __init__(
        self, store: Store, channel: str, owner: str, desk: Desk, waits: Waits, concurrent: int
    ) -> None:
        """Work off up to `concurrent` events at once, in the name of `owner`."""
        self._store = store
        self._channel = channel
        self._owner = owner
        self._desk = desk
        self._waits = waits
        self._concurrent = concurrent
        self._in_hand: dict[int, asyncio.Task[None]] = {}
        self._look = asyncio.Event()
        self._is_fresh = False
        self._ending = asyncio.Event()
        self._rests_until = 0.0
        self._begin = Together(self._write_begun)
        self._finish = Together(self._write_finished)

    def wake(self) -> None:
        """Say that something came."""
        self._is_fresh = True
        self._look.set()

    async def run(self) -> None:
        """Work until `stop`."""
        # What an earlier process has left is looked for at once.
        self._look.set()
        minding = asyncio.create_task(self._mind())
        try:
            while not await self._stopped():
                await self._claim()
        finally:
            minding.cancel()
            await self._drain()

    def stop(self) -> None:
        """Claim no more; what is in hand is finished."""
        self._ending.set()
        self._look.set()

    async def _stopped(self) -> bool:
        """Wait until there may be something to claim; say whether it is over."""
        rest = self._rests_until - asyncio.get_running_loop().time()
        if rest > 0:
            await self._pause(rest, self._ending)
        else:
            await self._pause(self._waits.look_again.total_seconds(), self._look)
        self._look.clear()
        if self._is_fresh:
            self._is_fresh = False
            await self._pause(self._waits.settle.total_seconds(), self._ending)
        return self._ending.is_set()

    async def _pause(self, seconds: float, until: asyncio.Event) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await until.wait()

    async def _claim(self) -> None:
        room = self._concurrent - len(self._in_hand)
        if room <= 0:
            return
        try:
            claimed = await inbox.claim(
                self._store, self._channel, self._owner, room, self._waits.hold
            )
            silent = await self._silent(claimed)
        except Exception as error:  # noqa: BLE001 - told; the database may come back
            log.warning("Messenger: the inbox cannot be read: %s", type(error).__name__)
            return
        for one in claimed:
            # An event that was put back may be claimed while its task says goodbye.
            self._in_hand[one.id] = task = asyncio.create_task(
                self._finish(one.id) if one.event.chat in silent else self._work_off(one)
            )
            task.add_done_callback(partial(self._let_go, one.id))
        if len(claimed) == room:
            self._look.set()

    async def _silent(self, claimed: Sequence[Claimed]) -> frozenset[str]:
        """Say in which chats a person answers: there the bot keeps out."""
        chats = {one.event.chat for one in claimed}
        if not chats:
            return frozenset()
        return await takeovers.taken_over(self._store, self._channel, chats, self._desk.clock())

    async def _work_off(self, claimed: Claimed) -> None:
        try:
            await self._desk.work_off(claimed, self._begin)
        except NotDeliveredError as error:
            if isinstance(error, HaltedError):
                await self._rest(str(error))
            log.warning("event %d is left for another try: %s", claimed.id, error)
            await inbox.put_back(
                self._store, self._owner, (claimed.id,), error.wait, was_begun=error.was_begun
            )
        else:
            await self._finish(claimed.id)

    async def _rest(self, reason: str) -> None:
        """Leave everything alone for a while: nothing can be sent until a person mends it."""
        loop = asyncio.get_running_loop()
        is_news = self._rests_until < loop.time()
        self._rests_until = loop.time() + self._waits.halt.total_seconds()
        if is_news and self._desk.alert:
            await self._desk.alert(Trouble("messenger_silent", {"reason": reason}))

    def _let_go(self, event_id: int, task: asyncio.Task[None]) -> None:
        if self._in_hand.get(event_id) is task:
            del self._in_hand[event_id]
        if not task.cancelled() and (error := task.exception()):
            # Most often the database; its lease runs out, and it is tried again.
            log.error("event %d was not finished: %s", event_id, type(error).__name__)
        # The next event of the same chat may be claimed now.
        self._look.set()

    async def _mind(self) -> None:
        """Keep in hand what takes long, and sweep now and then."""
        every = self._waits.hold.total_seconds() / HOLDS_A_LEASE
        loop = asyncio.get_running_loop()
        sweep_at = loop.time()
        while True:
            try:
                if self._in_hand:
                    await inbox.hold(self._store, self._owner, self._in_hand, self._waits.hold)
                if loop.time() >= sweep_at:
                    await inbox.sweep(self._store, self._channel)
                    await echoes.sweep(self._store, self._channel)
                    await takeovers.sweep(self._store, self._desk.clock())
                    sweep_at = loop.time() + SWEEP_EVERY_S
            except Exception as error:  # noqa: BLE001 - told, and tried again
                log.warning("Messenger: the inbox cannot be kept: %s", type(error).__name__)
            await asyncio.sleep(every)

    async def _drain(self) -> None:
        if not self._in_hand:
            return
        tasks = dict(self._in_hand)
        _, left = await asyncio.wait(set(tasks.values()), timeout=self._waits.drain.total_seconds())
        for task in left:
            task.cancel()
        if left:
            await asyncio.wait(left)
            unfinished = [event for event, task in tasks.items() if task in left]
            await inbox.put_back(
                self._store, self._owner, unfinished, self._waits.settle, was_begun=True
            )

    async def _write_begun(self, ids: Sequence[int]) -> Sequence[bool]:
        ours = await inbox.begin(self._store, self._owner, ids, self._waits.hold)
        return [one in ours for one in ids]

    async def _write_finished(self, ids: Collection[int]) -> Sequence[None]:
        await inbox.finish(self._store, self._owner, ids)
        return [None] * len(ids)
