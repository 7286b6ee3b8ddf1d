"""Sends what is due by one channel; of all processes, the one that holds the lease.

`Claims` keeps at most a fifth of a second's worth of messages at hand; the sender lets
them go one by one, each in its slot, and keeps what became of it (`Marks`). A database
that is gone stops the claims, and so the sending.
"""

import asyncio
import logging
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from bot.clock import Clock
from bot.delivery.claims import Claims, Sending, Source, Written
from bot.delivery.due import Composer, Skip
from bot.delivery.marks import Marks
from bot.delivery.pacing import Chats, Flight, Share, Spacing, Window, rate_left
from bot.delivery.queries import WAKEUP, Mark
from bot.delivery.verdict import Unsent, Unwritten, verdict
from bot.language.trouble import Alert, Trouble
from bot.messaging.courier import Courier, Pace
from bot.messaging.outcome import Halted, Later, Outcome, Refused, Sent, Unsure
from bot.messaging.reply import Reply
from bot.store.engine import Store
from bot.store.wakeups import Wakeups

RECENTLY = timedelta(seconds=1)
FIRST_STUMBLE_S = 0.5
LONGEST_STUMBLE_S = 30.0

log = logging.getLogger(__name__)


@dataclass
class Sender:
    """Sends by one channel. `run` it once; `drain` ends it in good order.

    Attributes:
        store: where the deliveries are.
        courier: brings them.
        compose: writes them.
        pace: says what answers to visitors use of the platform's rate.
        clock: says whether something is due.
        owner: the name of this process, unlike any other's, up to 40 signs.
        alert: tells somebody who can mend it.
        wakeups: wakes at once; without it the table is looked at four times a second.
        sending: how to go about it.
    """

    store: Store
    courier: Courier
    compose: Composer
    pace: Pace
    clock: Clock
    owner: str
    alert: Alert
    wakeups: Wakeups | None = None
    sending: Sending = field(default_factory=Sending)

    def __post_init__(self) -> None:
        """Put the parts together; nothing runs yet."""
        woken = self.wakeups.of(WAKEUP) if self.wakeups else asyncio.Event()
        source = Source(
            store=self.store,
            channel=self.courier.channel,
            owner=self.owner,
            compose=self.compose,
            clock=self.clock,
            woken=woken,
            alert=self._tell,
            sending=self.sending,
        )
        self._claims = Claims(source, self._wanted, self._in_hand)
        self._marks = Marks(self.store, self.clock, self._marked)
        self._chats = Chats()
        self._share = Share()
        self._spacing = Spacing(self.courier.per_second)
        self._window = Window()
        self._open: dict[asyncio.Task[None], int] = {}
        self._taken: int | None = None
        self._paused_until = 0.0
        self._halted: dict[int, float] = {}
        self._is_broken = False
        self._stumbles = 0
        self._ended = asyncio.Event()
        self._telling: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Send until cancelled or told to `drain`; either way, what is in hand is finished."""
        working = asyncio.create_task(self._work())
        try:
            await asyncio.shield(working)
        except asyncio.CancelledError:
            self._claims.end()
            await working
            raise
        finally:
            self._ended.set()

    async def drain(self) -> None:
        """Claim no more, finish what is in hand, and hand the lease on."""
        self._claims.end()
        await self._ended.wait()

    async def _work(self) -> None:
        async with asyncio.TaskGroup() as tasks:
            marking = tasks.create_task(self._marks.run())
            claiming = tasks.create_task(self._claims.run())
            while written := await self._claims.take():
                self._taken = written.due.id
                await self._let_go(written, tasks)
                self._taken = None
            await claiming
            for written in self._claims.rest():
                self._settle(written, Unsent())
            patience = self.sending.drain.total_seconds()
            if self._open:
                await asyncio.wait(self._open, timeout=patience)
            self._marks.end()
            await asyncio.wait({marking}, timeout=patience)
            for task in (marking, *self._open):
                task.cancel()
        if left := self._in_hand():
            log.error("%d deliveries are left unmarked; they will be called uncertain", len(left))
        await self._claims.hand_on()

    async def _let_go(self, written: Written, tasks: asyncio.TaskGroup) -> None:
        """Send one message in its slot, or put it back where that may not be."""
        chat, message = written.due.chat, written.message
        if not isinstance(message, Reply):
            self._settle(written, message)
            return
        if wait := self._chats.wait(chat, time.monotonic()):
            self._settle(written, Unsent(timedelta(seconds=wait)))
            return
        while len(self._open) >= self._most_open():
            await asyncio.wait(self._open, return_when=asyncio.FIRST_COMPLETED)
        flight = await self._slot()
        if not self._may_send(written):
            self._settle(written, Unsent())
            return
        self._chats.take(chat, time.monotonic())
        task = tasks.create_task(self._send(written, message, flight))
        self._open[task] = written.due.id
        task.add_done_callback(self._open.pop)

    async def _slot(self) -> Flight:
        """Wait until a message may leave, and take that slot."""
        rate = self._rate()
        self._spacing.change(rate)
        now = time.monotonic()
        while (slot := max(self._spacing.next_slot(now), self._window.free_at(rate))) > now:
            await asyncio.sleep(slot - now)
            now = time.monotonic()
        self._spacing.take(now)
        return self._window.leave(now)

    def _may_send(self, written: Written) -> bool:
        announcement = written.due.announcement
        halted_at = self._halted.get(announcement, 0.0) if announcement is not None else 0.0
        return (
            time.monotonic() >= self._paused_until
            and written.claimed_at > halted_at
            and self._claims.covers(written)
        )

    async def _send(self, written: Written, reply: Reply, flight: Flight) -> None:
        try:
            outcome = await self._bring(written, reply, flight)
        except Exception as error:  # noqa: BLE001 - whatever it was, it may have been sent
            log.error("A courier failed: %s", type(error).__name__)  # noqa: TRY400 - no words of visitors
            outcome = Unsure(f"our own mistake: {type(error).__name__}")
        self._settle(written, outcome)

    async def _bring(self, written: Written, reply: Reply, flight: Flight) -> Outcome:
        due = written.due
        if due.message_id and self.courier.can_amend:
            outcome = await self.courier.amend(due.chat, due.message_id, reply)
            self._answered(flight, outcome)
            match outcome:
                case Refused():
                    flight = await self._slot()
                case Unsure(reason):
                    # Amended twice, it says the same.
                    return Later(None, reason)
                case Sent() if due.tells_anew and not reply.replaces:
                    flight = await self._slot()
                case _:
                    return outcome
        outcome = await self.courier.deliver(
            due.chat, reply, reference=str(due.id), silent=due.is_silent
        )
        self._answered(flight, outcome)
        return outcome

    def _answered(self, flight: Flight, outcome: Outcome) -> None:
        self._window.answered(flight, time.monotonic(), is_taken=isinstance(outcome, Sent))

    def _settle(self, written: Written, outcome: Outcome | Skip | Unsent | Unwritten) -> None:
        match outcome:
            case Later(None, reason):
                self._stumble(reason)
            case Later(timedelta() as wait, reason):
                # Not all at the same moment again, if others were told the same.
                wait += timedelta(seconds=random.uniform(0.1, 1.0))  # noqa: S311 - no secret
                self._pause(wait, reason)
                outcome = Later(wait, reason)
            case Sent():
                self._is_broken = False
                self._stumbles = 0
        told = verdict(written.due, outcome, self.clock())
        if told.halts and written.due.announcement is not None:
            self._halted[written.due.announcement] = float("inf")
        if isinstance(outcome, Halted) and told.pauses:
            self._halt(told.pauses, outcome.reason)
        self._marks.keep([Mark(written.due, written.lease, told)])

    def _pause(self, wait: timedelta, reason: str) -> None:
        now = time.monotonic()
        if now >= self._paused_until:
            self._share.shrink(now)
            log.warning("%s waits %.1f s: %s", self.courier.channel, wait.total_seconds(), reason)
        self._paused_until = max(self._paused_until, now + wait.total_seconds())

    def _stumble(self, reason: str) -> None:
        """Wait longer each time, then try with one message, so that an outage uses up no tries."""
        now = time.monotonic()
        if now >= self._paused_until:
            wait = min(FIRST_STUMBLE_S * 2**self._stumbles, LONGEST_STUMBLE_S)
            log.warning("%s is tried again in %.1f s: %s", self.courier.channel, wait, reason)
            self._stumbles += 1
            self._paused_until = now + wait

    def _halt(self, wait: timedelta, reason: str) -> None:
        self._paused_until = max(self._paused_until, time.monotonic() + wait.total_seconds())
        if not self._is_broken:
            self._is_broken = True
            told = {"channel": self.courier.channel, "reason": reason}
            self._alert(Trouble("halted", told))

    def _marked(self, marks: Sequence[Mark], paused: Sequence[int]) -> None:
        """Go on with announcements that were halted: what is claimed from now on is meant to go."""
        reasons: dict[int | None, str] = {}
        for mark in marks:
            if mark.verdict.halts and mark.due.announcement is not None:
                self._halted[mark.due.announcement] = time.monotonic()
                reasons[mark.due.announcement] = mark.verdict.halts
        for announcement in paused:
            told = {"number": announcement, "reason": reasons[announcement]}
            self._alert(Trouble("paused", told))

    def _wanted(self) -> float:
        if time.monotonic() < self._paused_until:
            return 0.0
        return 1.0 if self._is_broken or self._stumbles else self._rate()

    def _rate(self) -> float:
        now = time.monotonic()
        limit = self.courier.per_second * self._share.at(now)
        return rate_left(limit, self.pace.taken(RECENTLY), self.sending.reserve)

    def _most_open(self) -> int:
        return min(self.sending.at_once, max(8, int(self._rate())))

    def _in_hand(self) -> set[int]:
        taken = set() if self._taken is None else {self._taken}
        return {*self._open.values(), *self._marks.ids(), *taken}

    def _alert(self, trouble: Trouble) -> None:
        task = asyncio.create_task(self._tell(trouble))
        self._telling.add(task)
        task.add_done_callback(self._telling.discard)

    async def _tell(self, trouble: Trouble) -> None:
        log.error("%s", trouble)
        try:
            await self.alert(trouble)
        except Exception as error:  # noqa: BLE001 - it stands in the log already
            log.error("Nobody could be told: %s", type(error).__name__)  # noqa: TRY400 - as above
