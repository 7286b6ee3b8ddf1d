"""The Telegram channel as the app sees it: run it, mount its route, stop it."""

import asyncio
import logging
from dataclasses import dataclass
from typing import Protocol

from starlette.routing import Route
from telegram import Update

from bot.channels.telegram.answer import Desk, Reach
from bot.channels.telegram.api import Api, open_api
from bot.channels.telegram.connect import insist
from bot.channels.telegram.inline import Search
from bot.channels.telegram.once import Once
from bot.channels.telegram.options import WEBHOOK_PATH, Mode, TelegramOptions
from bot.channels.telegram.order import InOrder
from bot.channels.telegram.pace import AnswerPace
from bot.channels.telegram.polling import Poller
from bot.channels.telegram.profile import Profile, publish
from bot.channels.telegram.redaction import kept_out_of_logs
from bot.channels.telegram.send import Sender
from bot.channels.telegram.updates import ALLOWED_UPDATES, Identity, chat_of
from bot.channels.telegram.webhook import Webhook
from bot.clock import Clock, real_clock
from bot.messaging.message import Respond
from bot.store.taken import Register
from bot.store.turn import Turn

log = logging.getLogger(__name__)


class Secret(Protocol):
    """A token that does not show itself, such as pydantic's `SecretStr`."""

    def get_secret_value(self) -> str:
        """Show it."""


@dataclass(frozen=True, slots=True)
class Among:
    """Serving beside other processes on one database.

    Attributes:
        register: which updates were answered, or are being.
        turn: whose turn it is to fetch updates.
    """

    register: Register
    turn: Turn


class TelegramChannel:
    """Serves one bot. `run` and `stop` it once.

    Attributes:
        pace: how many messages the answers send.
    """

    def __init__(  # noqa: PLR0913 - what can be left out is named
        self,
        token: Secret,
        respond: Respond,
        *,
        search: Search | None = None,
        profile: Profile | None = None,
        options: TelegramOptions | None = None,
        clock: Clock = real_clock,
        reach: Reach | None = None,
        among: Among | None = None,
    ) -> None:
        """Put the channel together; nothing is opened yet.

        Args:
            token: of the bot.
            respond: who answers.
            search: finds cards for inline mode; without it inline queries stay unanswered.
            profile: what to publish: commands and descriptions.
            options: how to serve.
            clock: dates a tap, which has no time of its own.
            reach: is told who blocks the bot, and who lets it write again.
            among: how it serves beside other processes; `None` where it is the only one.
        """
        self._token = token
        self._respond = respond
        self._search = search
        self._profile = profile or Profile()
        self._options = options or TelegramOptions()
        self._clock = clock
        self._reach = reach
        self.among = among
        self.pace = AnswerPace()
        self._webhook = Webhook(self._options.webhook_secret, self._options.waits.work)
        self._stopping = asyncio.Event()
        self._ended = asyncio.Event()
        self._ended.set()

    def routes(self) -> list[Route]:
        """Give the webhook for the HTTP server; none when updates are fetched."""
        if self._options.mode is not Mode.WEBHOOK:
            return []
        return [Route(WEBHOOK_PATH, self._webhook.receive, methods=["POST"])]

    async def run(self) -> None:
        """Serve until `stop`. Without network it waits for it and says so once.

        Raises:
            ChannelError: the platform does not want us: a wrong token, a bad webhook address.
        """
        self._ended.clear()
        token, secret = self._token.get_secret_value(), self._options.webhook_secret
        try:
            with kept_out_of_logs(*filter(None, (token, secret))):
                options = self._options
                api = open_api(token, options.api_url, options.timeouts, options.connections)
                try:
                    await self._serve(api)
                finally:
                    await api.shutdown()
        finally:
            self._ended.set()

    async def stop(self) -> None:
        """Fetch and take no more, finish what is in hand, and close."""
        self._stopping.set()
        await self._ended.wait()

    async def _serve(self, api: Api) -> None:
        waits = self._options.waits
        await insist(api.initialize, waits, self._stopping)
        if self._stopping.is_set():
            return
        log.info("Telegram: serving @%s by %s", api.username, self._options.mode.value)
        publishing = asyncio.create_task(
            publish(self._profile, api, self._options.default_language)
        )
        try:
            match self._options.mode:
                case Mode.POLLING:
                    await self._poll(api)
                case Mode.WEBHOOK:
                    await self._be_delivered(api)
        finally:
            publishing.cancel()
            await asyncio.wait({publishing})

    async def _poll(self, api: Api) -> None:
        waits = self._options.waits

        async def remove_webhook() -> None:
            if (await api.call("getWebhookInfo", {}))["url"]:
                await api.call("deleteWebhook", {"drop_pending_updates": False})
                log.warning("Telegram: a webhook was set and is removed, for updates are fetched")

        await insist(remove_webhook, waits, self._stopping)
        if self.among is None:
            await Poller(api, self._taker(api), waits, self._stopping).run()
            return
        async with self.among.turn.kept() as turn:
            await Poller(api, self._taker(api), waits, self._stopping, turn).run()

    async def _be_delivered(self, api: Api) -> None:
        waits = self._options.waits
        webhook = {
            "url": self._options.webhook_url.rstrip("/") + WEBHOOK_PATH,
            "secret_token": self._options.webhook_secret,
            "allowed_updates": list(ALLOWED_UPDATES),
        }
        self._webhook.open(api, self._taker(api))
        try:
            await insist(lambda: api.call("setWebhook", webhook), waits, self._stopping)
            await self._stopping.wait()
        finally:
            self._webhook.close()
            await self._webhook.drained(waits.drain)

    def _taker(self, api: Api) -> "Taker":
        bot = Identity(api.id, api.username)
        sender = Sender(api, self._options.waits, self.pace)
        desk = Desk(
            bot, self._respond, self._search, sender, self._clock, self._options, self._reach
        )
        order = InOrder(self._options.concurrent, self._options.per_chat)
        once = Once(self.among.register, self._options.waits.work) if self.among else None
        return Taker(desk, order, once)


class Taker:
    """Takes an update: once, in its turn, to the desk."""

    def __init__(self, desk: Desk, order: InOrder, once: Once | None = None) -> None:
        """Lead updates through `order` to `desk`, and past other processes by `once`."""
        self._desk = desk
        self._order = order
        self._once = once

    async def __call__(self, update: Update) -> None:
        """Work an update off."""
        work = self._desk.work_off(update)
        begun = work
        if self._once:
            begun = self._once.work_off(update.update_id, chat_of(update), work)
        try:
            await self._order.process_update(update, begun)
        finally:
            # A duplicate, or one that a stop caught in the queue, was never begun.
            begun.close()
            work.close()
