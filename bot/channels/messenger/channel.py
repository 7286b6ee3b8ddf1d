"""The Messenger channel as the app sees it: run it, mount its routes, stop it."""

import asyncio
import logging
from collections.abc import Sequence

from starlette.routing import Route

from bot.channels.messenger.answer import Desk, Reach
from bot.channels.messenger.courier import delivery_in
from bot.channels.messenger.graph import Graph
from bot.channels.messenger.ledger import Together
from bot.channels.messenger.options import CHANNEL, WEBHOOK_PATH, MessengerOptions
from bot.channels.messenger.pace import AnswerPace
from bot.channels.messenger.redaction import kept_out_of_logs
from bot.channels.messenger.send import Echoes, Sender
from bot.channels.messenger.updates import Delivered, Echo, Led
from bot.channels.messenger.waits import Waits
from bot.channels.messenger.webhook import Webhook
from bot.channels.messenger.worker import Worker
from bot.clock import Clock, real_clock
from bot.delivery.queries import echoed
from bot.language.trouble import Alert
from bot.messaging.message import Respond
from bot.store import echoes, inbox
from bot.store.engine import Store
from bot.store.inbox import Event
from bot.visitors.queries.takeovers import give_back, take_over

log = logging.getLogger(__name__)

CONCURRENT = 128


class MessengerChannel:
    """Serves one Page. `run` and `stop` it once.

    Attributes:
        pace: how many messages the answers send.
    """

    def __init__(  # noqa: PLR0913 - what can be left out is named
        self,
        options: MessengerOptions,
        respond: Respond,
        store: Store,
        owner: str,
        *,
        people: bool = False,
        introduces: bool = False,
        is_alone: bool = False,
        reach: Reach | None = None,
        alert: Alert | None = None,
        clock: Clock = real_clock,
        waits: Waits | None = None,
        concurrent: int = CONCURRENT,
    ) -> None:
        """Put the channel together; nothing is opened yet.

        Args:
            options: which Page, and as whom.
            respond: who answers.
            store: where events are kept until they are answered.
            owner: names this process, unlike any other.
            people: whether somebody reads the Page's inbox.
            introduces: whether a conversation begins with the word that a bot answers.
            is_alone: whether no other process answers for the Page, so that what one that
                died had in hand is taken over at once.
            reach: is told who cannot be written to any more.
            alert: tells the staff what only a person can mend.
            clock: says when a person last answered, and dates what has no time.
            waits: how long to wait for what.
            concurrent: how many events may be in hand at once.
        """
        self._options = options
        self._respond = respond
        self._store = store
        self._owner = owner
        self._people = people
        self._introduces = introduces
        self._is_alone = is_alone
        self._reach = reach
        self._alert = alert
        self._clock = clock
        self._waits = waits or Waits()
        self._concurrent = concurrent
        self.pace = AnswerPace()
        self._webhook = Webhook(options.app_secret, options.verify_token, clock)
        self._keep = Together(self._keep_many)
        self._worker: Worker | None = None
        self._stopping = asyncio.Event()
        self._ended = asyncio.Event()
        self._ended.set()

    def routes(self) -> list[Route]:
        """Give the webhook for the HTTP server."""
        return [
            Route(WEBHOOK_PATH, self._webhook.verify, methods=["GET"]),
            Route(WEBHOOK_PATH, self._webhook.receive, methods=["POST"]),
        ]

    async def run(self) -> None:
        """Serve until `stop`."""
        self._ended.clear()
        secrets = (
            self._options.page_token,
            self._options.app_secret,
            self._options.verify_token,
        )
        try:
            with kept_out_of_logs(*filter(None, secrets)):
                async with Graph(self._options) as graph:
                    await self._serve(graph)
        finally:
            self._ended.set()

    async def stop(self) -> None:
        """Take no more, finish what is in hand, and close."""
        self._stopping.set()
        await self._ended.wait()

    async def _serve(self, graph: Graph) -> None:
        worker = Worker(
            self._store, CHANNEL, self._owner, self._desk(graph), self._waits, self._concurrent
        )
        self._worker = worker
        if self._is_alone:
            await inbox.take_from_the_dead(self._store, CHANNEL)
        self._webhook.open(self._keep)
        working = asyncio.create_task(worker.run())
        try:
            await self._stopping.wait()
        finally:
            self._webhook.close()
            worker.stop()
            await working

    def _desk(self, graph: Graph) -> Desk:
        store = self._store
        lost = Echoes(
            lambda references: echoes.arrived(store, CHANNEL, references),
            lambda: echoes.are_told(store, CHANNEL),
        )
        return Desk(
            self._respond,
            graph,
            Sender(graph, lost, self._waits, self.pace),
            store,
            self._clock,
            self._options,
            self._waits,
            people=self._people,
            introduces=self._introduces,
            reach=self._reach,
            alert=self._alert,
        )

    async def _keep_many(self, deliveries: Sequence[tuple[Delivered, ...]]) -> Sequence[None]:
        """Keep several deliveries in one transaction."""
        delivered = [one for delivery in deliveries for one in delivery]
        led = [one for one in delivered if isinstance(one, Led)]
        events = [one for one in delivered if isinstance(one, Event)]
        shown = [one for one in delivered if isinstance(one, Echo)]
        references = [one.reference for one in shown if delivery_in(one.reference) is None]
        for one in shown:
            if (number := delivery_in(one.reference)) is not None:
                await echoed(self._store, number, one.chat, one.mid, self._clock())
        if delivered:
            async with self._store.writing() as connection:
                await inbox.keep(self._store, connection, events)
                await echoes.note(self._store, connection, CHANNEL, references)
                for change in sorted(led, key=lambda one: one.at):
                    if change.is_ours:
                        await give_back(connection, change.chat, change.at)
                    else:
                        await take_over(self._store, connection, change.chat, change.at)
        if events and self._worker:
            self._worker.wake()
        return [None] * len(deliveries)
