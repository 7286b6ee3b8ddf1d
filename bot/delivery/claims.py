"""Keeps at hand what goes out next: holds the lease, claims, and has it written."""

import asyncio
import contextlib
import logging
import math
import time
import traceback
from collections import deque
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import timedelta

from bot.clock import Clock
from bot.delivery import queries
from bot.delivery.due import Composer, Due, Skip
from bot.delivery.queries import FencedError, StoreDownError
from bot.delivery.verdict import Unwritten
from bot.language.trouble import Alert, Trouble
from bot.messaging.reply import Reply
from bot.store.engine import Store
from bot.store.lease import Lease

AHEAD_S = 0.1
"""One claim is for so long; there are at most two at hand."""

IDLE_S = 0.25
STANDBY_S = 0.1
TROUBLE_S = 0.2
TIDY_EVERY_S = 1.0

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Sending:
    """How a sender goes about it.

    Attributes:
        reserve: messages a second kept free for answers, beside those that answers use.
        lease: how long the right to send lasts; a killed sender is replaced after that.
        hold: how long a claimed delivery may take before nobody knows what became of it.
        at_once: how many requests may be open.
        drain: how long a stop waits for what is in hand.
        trouble: how long the database may be gone before somebody is told.
    """

    reserve: float = 4.0
    lease: timedelta = timedelta(seconds=0.8)
    hold: timedelta = queries.HOLD
    at_once: int = 256
    drain: timedelta = timedelta(seconds=20)
    trouble: timedelta = timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class Source:
    """Where messages come from."""

    store: Store
    channel: str
    owner: str
    compose: Composer
    clock: Clock
    woken: asyncio.Event
    alert: Alert
    sending: Sending


@dataclass(frozen=True, slots=True)
class Written:
    """A delivery that is ours to send, and its text.

    Attributes:
        claimed_at: by the monotonic clock.
    """

    due: Due
    lease: Lease
    message: Reply | Skip | Unwritten
    claimed_at: float


@dataclass
class _Outage:
    """How long the database is gone, and whether somebody was told."""

    since: float = field(default_factory=time.monotonic)
    is_told: bool = False


class Claims:
    """Fills a small store of written messages; `run` it beside whoever takes from it."""

    def __init__(
        self, source: Source, wanted: Callable[[], float], in_hand: Callable[[], Collection[int]]
    ) -> None:
        """Claim from `source`.

        Args:
            source: where messages come from.
            wanted: says how many go out in a second; 0 while nothing may.
            in_hand: says which deliveries were taken and are not marked yet.
        """
        self._source = source
        self._wanted = wanted
        self._in_hand = in_hand
        self._ready: deque[Written] = deque()
        self._has_ready = asyncio.Event()
        self._is_low = asyncio.Event()
        self._lease: Lease | None = None
        self._held_until = 0.0
        self._tidy_at = 0.0
        self._outage: _Outage | None = None
        self._ends = False

    def end(self) -> None:
        """Claim no more, and let `run` and `take` end."""
        self._ends = True
        self._has_ready.set()
        self._is_low.set()
        self._source.woken.set()

    async def take(self) -> Written | None:
        """Wait for the next message; `None` at the end."""
        while not self._ready and not self._ends:
            self._has_ready.clear()
            await self._has_ready.wait()
        if self._ends:
            return None
        if len(self._ready) <= self._chunk():
            self._is_low.set()
        return self._ready.popleft()

    def rest(self) -> list[Written]:
        """Give what nobody took, to be put back."""
        rest = list(self._ready)
        self._ready.clear()
        return rest

    def covers(self, written: Written) -> bool:
        """Say whether the lease that a message was claimed under still holds."""
        return (
            self._lease is not None
            and written.lease.epoch == self._lease.epoch
            and time.monotonic() < self._held_until
        )

    async def run(self) -> None:
        """Hold the lease and claim, until the end."""
        while not self._ends:
            try:
                if await self._hold():
                    await self._tidy()
                    await self._claim()
                    self._outage = None
            except FencedError:
                self._lease = None
            except StoreDownError as error:
                await self._wait_out(error)

    async def hand_on(self) -> None:
        """Give the lease back, so that the next one need not wait for it to run out."""
        if self._lease is not None:
            with contextlib.suppress(StoreDownError):
                await queries.let_go(self._source.store, self._lease)
            self._lease = None

    async def _hold(self) -> bool:
        source, lasts = self._source, self._source.sending.lease.total_seconds()
        now = time.monotonic()
        if self._lease and self._held_until - now > lasts / 2:
            return True
        lease = None
        where = source.store, source.channel
        # A look first: many that wait should not all write.
        if self._lease or await queries.may_hold(*where, source.sending.lease):
            lease = await queries.hold(*where, source.owner, source.sending.lease)
        if lease is None:
            self._lease = None
            await asyncio.sleep(STANDBY_S)
            return False
        if self._lease is None or self._lease.epoch != lease.epoch:
            log.info("%s sends by %s", source.owner, source.channel)
            self._tidy_at = 0.0
        self._lease, self._held_until = lease, now + lasts
        return True

    async def _tidy(self) -> None:
        source, now = self._source, time.monotonic()
        if now < self._tidy_at or self._lease is None:
            return
        self._tidy_at = now + TIDY_EVERY_S
        store, channel = source.store, source.channel
        if self._outage:
            in_hand = {*self._in_hand(), *(written.due.id for written in self._ready)}
            await queries.put_back_unknown(store, channel, source.owner, in_hand)
        left = await queries.sweep(store, self._lease, channel, source.clock())
        if left:
            log.warning("%d deliveries by %s were left behind by a sender", left, channel)
        await queries.expire(store, channel, source.clock())
        await queries.finish(store)

    async def _claim(self) -> None:
        if len(self._ready) > self._chunk() or self._wanted() <= 0:
            self._is_low.clear()
            await _set_within(self._is_low, AHEAD_S)
            return
        source, lease = self._source, self._lease
        if lease is None:
            return
        source.woken.clear()
        claimed_at = time.monotonic()
        due = await queries.claim(
            source.store, lease, source.channel, self._chunk(), source.clock(), source.sending.hold
        )
        if not due:
            await _set_within(source.woken, IDLE_S)
            return
        written = await self._written(due)
        self._ready += [
            Written(one, lease, message, claimed_at)
            for one, message in zip(due, written, strict=True)
        ]
        self._has_ready.set()

    def _chunk(self) -> int:
        return max(1, math.ceil(self._wanted() * AHEAD_S))

    async def _written(self, due: tuple[Due, ...]) -> list[Reply | Skip | Unwritten]:
        try:
            messages = list(await self._source.compose.compose(due))
            if len(messages) != len(due):
                raise ValueError(f"{len(due)} deliveries got {len(messages)} messages")
        except Exception as error:  # noqa: BLE001 - told to the organizer, and tried again
            frame = traceback.extract_tb(error.__traceback__)[-1]
            reason = f"its text could not be written: {type(error).__name__}"
            log.error("%s at %s:%s", reason, frame.filename, frame.lineno)  # noqa: TRY400 - no words of visitors
            return [Unwritten(reason)] * len(due)
        return list(messages)

    async def _wait_out(self, error: StoreDownError) -> None:
        outage = self._outage = self._outage or _Outage()
        # What was left in our name by a commit whose answer got lost is looked for afterwards.
        self._tidy_at = 0.0
        log.warning("Nothing is sent by %s: the database: %s", self._source.channel, error)
        trouble = self._source.sending.trouble.total_seconds()
        if not outage.is_told and time.monotonic() - outage.since >= trouble:
            outage.is_told = True
            await self._source.alert(Trouble("database", {"reason": str(error)}))
        await asyncio.sleep(TROUBLE_S)


async def _set_within(event: asyncio.Event, seconds: float) -> None:
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()
