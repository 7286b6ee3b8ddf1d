"""A courier that notes what it brings, and meets on its way what a test tells it to."""

import asyncio
import contextlib
import itertools
from collections import defaultdict, deque
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from typing import Any

from bot.clock import Clock, stopped_clock
from bot.delivery.claims import Sending
from bot.delivery.due import Composer
from bot.delivery.sender import Sender
from bot.language.trouble import Trouble
from bot.messaging.outcome import Outcome, Sent
from bot.messaging.reply import Reply
from bot.store.engine import Store
from tests.delivery.rows import NOON, SameForAll, states

PATIENCE_S = 10
AT_NOON = stopped_clock(NOON)


class Postman:
    """Brings everything to a list; `meets` holds what happens instead, in order, by chat."""

    channel = "telegram"

    def __init__(self, per_second: float = 1000.0, *, can_amend: bool = True) -> None:
        self.per_second = per_second
        self.can_amend = can_amend
        self.meets: dict[str, deque[Outcome | Exception]] = defaultdict(deque)
        self.brought: list[str] = []
        self.amended: list[tuple[str, str]] = []
        self.silent: list[bool] = []
        self.may_answer = asyncio.Event()
        self.may_answer.set()
        self.changed = asyncio.Condition()
        self._numbers = itertools.count(100)

    async def deliver(self, chat: str, reply: Reply, *, reference: str, silent: bool) -> Outcome:
        assert reply.text
        assert reference.isdecimal()
        await self._note(self.brought, chat)
        self.silent.append(silent)
        return await self._met(chat)

    async def amend(self, chat: str, message_id: str, reply: Reply) -> Outcome:
        assert reply.text
        await self._note(self.amended, (chat, message_id))
        return await self._met(chat)

    def preview(self, reply: Reply) -> tuple[str, ...]:
        return (reply.text,)

    async def until(self, is_so: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE_S), self.changed:
            await self.changed.wait_for(is_so)

    async def _note(self, into: list[Any], what: Any) -> None:
        async with self.changed:
            into.append(what)
            self.changed.notify_all()

    async def _met(self, chat: str) -> Outcome:
        await self.may_answer.wait()
        met = self.meets[chat].popleft() if self.meets[chat] else Sent(str(next(self._numbers)))
        if isinstance(met, Exception):
            raise met
        return met


class NoAnswers:
    """A pace that answers leave alone."""

    def taken(self, within: timedelta) -> int:
        assert within == timedelta(seconds=1)
        return 0


class Alerts(list[str]):
    async def tell(self, trouble: Trouble) -> None:
        self.append(str(trouble))


def sender_of(
    store: Store,
    courier: Any,
    *,
    owner: str = "anna",
    compose: Composer | None = None,
    clock: Clock = AT_NOON,
    **more: Any,
) -> Sender:
    return Sender(
        store=store,
        courier=courier,
        compose=compose or SameForAll(),
        pace=more.pop("pace", NoAnswers()),
        clock=clock,
        owner=owner,
        alert=more.pop("alert", Alerts().tell),
        sending=more.pop("sending", Sending(reserve=0)),
        **more,
    )


@contextlib.asynccontextmanager
async def running(*senders: Sender) -> AsyncIterator[None]:
    """Let senders run, and drain them at the end."""
    tasks = [asyncio.create_task(sender.run()) for sender in senders]
    try:
        yield
    finally:
        await asyncio.gather(*(sender.drain() for sender in senders))
        await asyncio.gather(*tasks)


async def until_settled(store: Store, is_so: Callable[[dict[str, str]], bool]) -> None:
    """Look again and again until the deliveries stand as they should."""
    async with asyncio.timeout(PATIENCE_S):
        while not is_so(await states(store)):  # noqa: ASYNC110 - another connection changes it
            await asyncio.sleep(0.02)
