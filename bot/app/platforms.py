"""The platforms that are served: channels, couriers, and the HTTP server before them."""

from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack

from bot.app.among import among_others
from bot.app.fair import Fair
from bot.app.messenger import messenger_channel, messenger_courier
from bot.app.telling import Alerts, new_owner
from bot.channels.messenger.channel import MessengerChannel
from bot.channels.messenger.options import CHANNEL as MESSENGER
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.courier import TelegramCourier
from bot.channels.telegram.options import Mode, TelegramOptions
from bot.channels.telegram.profile import Profile
from bot.channels.telegram.updates import CHANNEL as TELEGRAM
from bot.channels.webchat.routes import webchat_routes
from bot.dialogue.conversation import Conversation
from bot.dialogue.menu import COMMANDS
from bot.language.catalog import say
from bot.language.said import say_date, say_time
from bot.messaging.courier import Courier
from bot.messaging.languages import Language
from bot.settings import Settings
from bot.store.engine import Store
from bot.visitors.queries import SqlVisitors
from bot.web.calendar import calendar_route
from bot.web.health import health_route
from bot.web.offers.routes import offers_routes
from bot.web.server import WebServer, make_app

Channels = Mapping[str, TelegramChannel | MessengerChannel]
"""The platforms that are served, by `ChatId.channel`."""


def reachable_channels(settings: Settings) -> frozenset[str]:
    """Say on which channels we can write to somebody unasked."""
    served = {TELEGRAM: settings.telegram_token, MESSENGER: settings.messenger_page_token}
    return frozenset(channel for channel, token in served.items() if token)


def make_channels(
    settings: Settings,
    conversation: Conversation,
    fair: Fair,
    store: Store,
    visitors: SqlVisitors,
    alerts: Alerts,
) -> Channels:
    """Put the channels together; nothing is opened yet."""
    channels: dict[str, TelegramChannel | MessengerChannel] = {}
    if settings.telegram_token is not None:
        channels[TELEGRAM] = TelegramChannel(
            settings.telegram_token,
            conversation.respond,
            search=conversation.search,
            profile=_profile(fair),
            options=_telegram_options(settings),
            clock=fair.clock,
            reach=visitors.reach,
            among=among_others(store, TELEGRAM, new_owner()),
        )
    if messenger := messenger_channel(settings, conversation.respond, store, visitors, alerts):
        channels[MESSENGER] = messenger
    return channels


async def open_couriers(
    settings: Settings, fair: Fair, visitors: SqlVisitors, stack: AsyncExitStack
) -> Sequence[Courier]:
    """Open whoever brings messages; `stack` closes them."""
    couriers: list[Courier] = []
    if settings.telegram_token is not None:
        token = settings.telegram_token.get_secret_value()
        pays = settings.telegram_paid_broadcast
        telegram = TelegramCourier(token, _telegram_options(settings), pays=pays)
        couriers.append(await stack.enter_async_context(telegram))
    if messenger := messenger_courier(settings, visitors, fair.clock):
        couriers.append(await stack.enter_async_context(messenger))
    return couriers


def make_server(
    settings: Settings,
    conversation: Conversation,
    fair: Fair,
    channels: Channels,
    visitors: SqlVisitors,
) -> WebServer:
    """Put the HTTP server together: the chat page, webhooks, offers, calendars, health."""
    title = {lang: fair.event.name.in_language(lang) for lang in Language}
    language = Language(settings.language)
    routes = [
        *webchat_routes(conversation.respond, fair.clock, title, _notice(settings, fair)),
        *(route for channel in channels.values() for route in channel.routes()),
        *offers_routes(lambda: fair.knowledge, fair.clock),
        calendar_route(visitors, lambda: fair.knowledge, fair.clock, language),
        health_route(lambda: {"records": len(list(fair.snapshot.knowledge.records()))}),
    ]
    return WebServer(make_app(routes, settings.embed_in), settings.host, settings.port)


def _telegram_options(settings: Settings) -> TelegramOptions:
    secret = settings.telegram_webhook_secret
    return TelegramOptions(
        api_url=settings.telegram_api_url,
        mode=Mode(settings.telegram_mode),
        webhook_url=settings.telegram_webhook_url or "",
        webhook_secret=secret.get_secret_value() if secret else "",
        default_language=Language(settings.language),
    )


def _profile(fair: Fair) -> Profile:
    return Profile(
        commands=tuple((command.name, command.descriptions) for command in COMMANDS),
        short_description={lang: say(lang, "profile_short") for lang in Language},
        description={
            lang: say(lang, "profile_long", fair=fair.event.name.in_language(lang))
            for lang in Language
        },
    )


def _notice(settings: Settings, fair: Fair) -> dict[Language, str]:
    """Say on the page that its clock is not the real one."""
    if settings.serves_a_platform and settings.now is None:
        return {}
    now = fair.clock().astimezone(fair.event.zone)
    return {
        lang: say(
            lang, "clock_notice", date=say_date(now.date(), lang, year=True), time=say_time(now)
        )
        for lang in Language
    }
