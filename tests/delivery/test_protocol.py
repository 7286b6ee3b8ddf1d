"""The protocol against every order of events that hypothesis can think of.

Three senders claim, send, mark, are killed and come back late, while leases change hands and
rows are swept. The platform's own list says who really got what.
"""

import asyncio
import datetime as dt
import shutil
import tempfile
from collections import Counter
from collections.abc import Coroutine
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import select, update

from bot.delivery import queries, report
from bot.delivery.due import Due
from bot.delivery.queries import FencedError, Mark
from bot.delivery.verdict import Unsent, verdict
from bot.messaging.outcome import Gone, Later, Outcome, Sent, Unsure
from bot.store.engine import Store, open_store
from bot.store.lease import Lease
from bot.store.schema import announcements, deliveries
from tests.delivery.rows import NOON, announce

ANNOUNCEMENTS = 2
CHATS = ("1", "2", "3", "4")
SENDERS = st.sampled_from(["anna", "bert", "cyryl"])


@cache
def _empty_database() -> Path:
    path = Path(tempfile.mkdtemp()) / "empty.sqlite3"

    async def make() -> None:
        store = await open_store(f"sqlite:///{path}")
        await store.close()

    asyncio.run(make())
    return path


class Protocol(RuleBasedStateMachine):
    """Announcements, senders, and a platform that never forgets."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.mkdtemp()
        path = shutil.copy(_empty_database(), self.folder)
        self.runner = asyncio.Runner()
        self.store: Store = self.run(open_store(f"sqlite:///{path}"))
        self.now = NOON
        self.leases: dict[str, Lease] = {}
        self.hands: dict[str, list[tuple[Due, Lease]]] = {}
        self.known: dict[str, list[tuple[Due, Lease, Outcome]]] = {}
        self.arrived: Counter[tuple[str, str]] = Counter()
        self.resent: set[tuple[str, str]] = set()
        self.is_safety: set[str] = set()
        self.newest = 0
        self.announced: list[int] = []
        self.lives: Counter[str] = Counter()

    def run(self, what: Coroutine[Any, Any, Any]) -> Any:
        return self.runner.run(what)

    def teardown(self) -> None:
        self.settle_everything()
        self.run(self.store.close())
        self.runner.close()
        shutil.rmtree(self.folder)

    @initialize(safety=st.booleans(), sender=SENDERS)
    def begin(self, safety: bool, sender: str) -> None:
        self.confirm(safety)
        self.take_lease(sender)
        self.claim(sender, 3)

    @rule(safety=st.booleans())
    def confirm(self, safety: bool) -> None:
        if len(self.announced) == ANNOUNCEMENTS:
            return
        number = self.run(announce(self.store, CHATS, resend_unsure=safety))
        self.announced.append(number)
        if safety:
            self.is_safety.add(f"a:{number}")

    def take_lease(self, sender: str) -> None:
        # It runs out at once, so that any other may take it: the worst of all clocks.
        # Who was killed comes back under a new name.
        owner = f"{sender} {self.lives[sender]}"
        lease = self.run(queries.hold(self.store, "telegram", owner, dt.timedelta(0)))
        assert lease is not None
        self.leases[sender] = lease
        self.newest = lease.epoch

    @rule(sender=SENDERS)
    def take_over(self, sender: str) -> None:
        self.take_lease(sender)
        self.claim(sender, 2)

    @rule(sender=SENDERS, count=st.integers(1, 5))
    def claim(self, sender: str, count: int) -> None:
        if lease := self.leases.get(sender):
            try:
                due = self.run(queries.claim(self.store, lease, "telegram", count, self.now))
            except FencedError:
                assert lease.epoch < self.newest
                return
            assert lease.epoch == self.newest
            self.hands.setdefault(sender, []).extend((one, lease) for one in due)

    @rule(sender=SENDERS)
    def lose_the_answer_of_a_claim(self, sender: str) -> None:
        if lease := self.leases.get(sender):
            try:
                self.run(queries.claim(self.store, lease, "telegram", 2, self.now))
            except FencedError:
                return
            in_hand = [due.id for due, _ in self.hands.get(sender, [])]
            in_hand += [due.id for due, _, _ in self.known.get(sender, [])]
            self.run(queries.put_back_unknown(self.store, "telegram", lease.owner, in_hand))

    @rule(data=st.data(), met=st.sampled_from(["sent", "sent", "lost", "gone", "later", "unsent"]))
    def send_one(self, data: st.DataObject, met: str) -> None:
        if busy := sorted(sender for sender, hand in self.hands.items() if hand):
            self.send(data.draw(st.sampled_from(busy)), met)

    def send(self, sender: str, met: str) -> None:
        due, lease = self.hands[sender].pop(0)
        outcome: Outcome | Unsent
        match met:
            case "sent" | "lost":
                self.arrived[due.subject, due.chat] += 1
                outcome = Sent("1") if met == "sent" else Unsure("timeout")
            case "gone":
                outcome = Gone("blocked")
            case "later":
                outcome = Later(None, "502")
            case _:
                outcome = Unsent()
        if met == "lost" and due.resends:
            self.resent.add((due.subject, due.chat))
        self.known.setdefault(sender, []).append((due, lease, outcome))  # type: ignore[arg-type] # Unsent is told like any

    @rule(data=st.data())
    def mark_some(self, data: st.DataObject) -> None:
        if knowing := sorted(self.known):
            self.mark(data.draw(st.sampled_from(knowing)))

    def mark(self, sender: str) -> None:
        if known := self.known.pop(sender, []):
            marks = [
                Mark(due, lease, verdict(due, outcome, self.now)) for due, lease, outcome in known
            ]
            self.run(queries.mark(self.store, marks, self.now))

    @rule(sender=SENDERS)
    def kill(self, sender: str) -> None:
        # What it held is in the air for ever: it neither sends nor marks.
        self.hands.pop(sender, None)
        self.known.pop(sender, None)
        self.leases.pop(sender, None)
        self.lives[sender] += 1

    @rule(seconds=st.sampled_from([1, 20, 40]))
    def wait(self, seconds: int) -> None:
        self.now += dt.timedelta(seconds=seconds)
        self.sweep()

    def sweep(self) -> None:
        if self.leases:
            newest = max(self.leases.values(), key=lambda lease: lease.epoch)
            self._note_resends()
            self.run(queries.sweep(self.store, newest, "telegram", self.now))

    @rule()
    def resend(self) -> None:
        for number in self.announced:
            self.resent |= {(f"a:{number}", chat) for chat in self._uncertain(number)}
            self.run(report.resend(self.store, number))

    @rule(state=st.sampled_from(["running", "paused"]))
    def pause_or_resume(self, state: str) -> None:
        async def change() -> None:
            rows = update(announcements).where(announcements.c.state != "done")
            async with self.store.writing() as connection:
                await connection.execute(rows.values(state=state))

        self.run(change())

    @invariant()
    def nobody_is_told_twice_but_by_a_wish(self) -> None:
        twice = {one for one, times in self.arrived.items() if times > 1}
        assert twice <= self.resent

    @invariant()
    def the_table_never_says_less_than_what_is_true(self) -> None:
        may_have_arrived = {"sent", "sending", "uncertain"}
        for row in self._rows():
            key = (row.subject, row.chat)
            if row.state == "sent":
                assert self.arrived[key]
            if self.arrived[key] and key not in self.resent:
                assert row.state in may_have_arrived

    def settle_everything(self) -> None:
        """All die; one comes back, sweeps, and asks for what is uncertain: nobody is left out."""
        for sender in ("anna", "bert", "cyryl"):
            self.kill(sender)
        self.pause_or_resume("running")
        self.take_lease("dorota")
        while any(row.state in ("pending", "sending", "uncertain") for row in self._rows()):
            self.wait(60)
            self.sweep()
            self.nobody_is_told_twice_but_by_a_wish()
            self.resend()
            self.claim("dorota", 20)
            while self.hands.get("dorota"):
                self.send("dorota", "sent")
            self.mark("dorota")
        self.nobody_is_told_twice_but_by_a_wish()
        for row in self._rows():
            assert row.state == "failed" or self.arrived[row.subject, row.chat]

    def _note_resends(self) -> None:
        swept = {
            (row.subject, row.chat)
            for row in self._rows()
            if row.state == "sending" and row.subject in self.is_safety
        }
        self.resent |= swept

    def _uncertain(self, number: int) -> list[str]:
        chats = self.run(report.uncertain_chats(self.store, number))
        return [chat.chat for chat in chats]

    def _rows(self) -> Any:
        async def read() -> Any:
            async with self.store.reading() as connection:
                return (await connection.execute(select(deliveries))).all()

        return self.run(read())


Protocol.TestCase.settings = settings(
    max_examples=80,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
TestProtocol = Protocol.TestCase
