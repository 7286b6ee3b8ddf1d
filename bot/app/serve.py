"""`serve`: everything runs until a signal asks it to stop, then finishes what is in hand."""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack
from functools import partial

from bot.announcements.composer import Write, Writer
from bot.announcements.evening import PREFIX as EVENING
from bot.announcements.followups import PREFIX as FOLLOWUPS
from bot.announcements.queries.reminders import Reminders
from bot.announcements.queries.survey import SqlSurveyAnswers
from bot.app.among import among_others, contexts_in, forget_what_is_over
from bot.app.changes import changes_in, news_in
from bot.app.edits import Edits
from bot.app.evening import ask_in_the_evening
from bot.app.fair import Fair, open_fair, watch
from bot.app.following import follow_knowledge
from bot.app.messenger import evening_on_messenger, messenger_channel, messenger_courier
from bot.app.organizers import organizers_in
from bot.app.signals import until_a_signal_or
from bot.app.signups import signups_in
from bot.app.stale import StaleReport
from bot.app.support import follow_both, followups_in, support_in
from bot.app.telling import Alerts, make_sender, new_owner, open_couriers, write_what_is_left
from bot.channels.messenger.channel import MessengerChannel
from bot.channels.messenger.options import CHANNEL as MESSENGER
from bot.channels.telegram.channel import Among, TelegramChannel
from bot.channels.telegram.options import Mode, TelegramOptions
from bot.channels.telegram.profile import Profile
from bot.channels.telegram.updates import CHANNEL as TELEGRAM
from bot.channels.webchat.routes import webchat_routes
from bot.dialogue.conversation import Conversation
from bot.dialogue.menu import COMMANDS
from bot.dialogue.personal.room import PersonalRoom
from bot.dialogue.rooms import NoticesInOrder
from bot.dialogue.survey import SurveyRoom
from bot.dialogue.waiting import WaitingNotices
from bot.errors import TargobotError
from bot.language.catalog import say
from bot.language.said import say_date, say_time
from bot.messaging.courier import Courier
from bot.messaging.languages import Language
from bot.settings import Settings
from bot.store import inbox
from bot.store.engine import Store, open_store
from bot.store.wakeups import Wakeups
from bot.support.queries.profiles import SqlProfiles
from bot.visitors.housekeeping import keep_house
from bot.visitors.queries import SqlVisitors
from bot.web.calendar import PATH as CALENDAR_PATH
from bot.web.calendar import calendar_route
from bot.web.health import health_route
from bot.web.offers.routes import offers_routes
from bot.web.server import WebServer, make_app

Channels = Mapping[str, TelegramChannel | MessengerChannel]
"""The platforms that are served, by `ChatId.channel`."""


async def serve(settings: Settings, announce: Callable[[str], None]) -> None:
    """Serve until SIGINT or SIGTERM.

    Args:
        settings: all of them.
        announce: tells the person who started the bot where it is.
    """
    fair = open_fair(settings)
    store = await open_store(settings.database)
    try:
        await _serve(settings, announce, fair, store)
    except* TargobotError as errors:
        raise errors.exceptions[0] from None
    finally:
        await store.close()


async def _serve(
    settings: Settings, announce: Callable[[str], None], fair: Fair, store: Store
) -> None:
    language = Language(settings.language)
    reachable = _reachable(settings)
    profiles = SqlProfiles(store)
    sign_ups = await signups_in(store, fair, reachable)
    visitors = SqlVisitors(
        store,
        fair.clock,
        reachable=reachable,
        also_forget=(
            profiles.forget,
            sign_ups.lists.forget,
            partial(inbox.forget_worked_off, store),
        ),
        also_export={
            "organisation": profiles.export,
            "signups": sign_ups.lists.export,
            "inbox": partial(inbox.known_of, store),
        },
    )
    reminders = Reminders(store, lambda: fair.knowledge, fair.clock)
    followups = followups_in(store, fair, profiles, reachable)
    follow = follow_both(reminders, followups)
    stale = StaleReport(store, lambda: fair.knowledge, fair.clock)
    calendars = f"{settings.public_url}{CALENDAR_PATH}" if settings.public_url else ""
    personal = PersonalRoom(visitors, reachable, calendars, follow)
    news = news_in(store, fair, visitors)
    organizers = await organizers_in(settings, store, fair, visitors.questions)
    writer = _writer(
        settings,
        fair,
        store,
        {FOLLOWUPS: followups.write, **organizers.writers, **sign_ups.writers()},
    )
    conversation = Conversation(
        lambda: fair.snapshot,
        visitors,
        fair.clock,
        language,
        first=organizers.room,
        notices=NoticesInOrder(
            (organizers.notices, WaitingNotices(store, writer, fair.clock), news)
        ),
        rooms=(
            sign_ups.room(visitors, follow, organizers.staff),
            personal,
            news,
            support_in(store, profiles, visitors, follow, followups, settings.public_url),
            SurveyRoom(SqlSurveyAnswers(store)),
        ),
        contexts=contexts_in(store, reachable),
        lists=sign_ups.shown(organizers.staff),
    )
    alerts = Alerts(store, fair.clock, lambda: fair.event.zone)
    telegram = _telegram(
        settings, conversation, fair, visitors, among_others(store, TELEGRAM, new_owner())
    )
    messenger = messenger_channel(settings, conversation.respond, store, visitors, alerts)
    channels: Channels = {
        name: one for name, one in ((TELEGRAM, telegram), (MESSENGER, messenger)) if one
    }
    server = _server(settings, conversation, fair, channels, visitors)
    wakeups = Wakeups(store)
    changes = await changes_in(store, fair, wakeups, reminders)
    async with AsyncExitStack() as stack:
        stack.push_async_callback(visitors.write_meetings)
        organizers.have(await _couriers(settings, fair, visitors, stack))
        senders = [
            make_sender(store, one, writer, channels[one.channel].pace, alerts, wakeups)
            for one in organizers.couriers.values()
        ]
        stack.push_async_callback(server.stop)
        await server.start()
        announce(f"The chat page is at {server.address} (Ctrl+C stops).")
        if telegram is None:
            announce("To serve Telegram too, set TARGOBOT_TELEGRAM_TOKEN to a token of @BotFather.")
        async with asyncio.TaskGroup() as tasks:
            running = [
                tasks.create_task(watch(fair, changes.edited)),
                tasks.create_task(changes.run()),
                tasks.create_task(Edits(store, fair, new_owner()).run()),
                tasks.create_task(follow_knowledge(fair, followups, stale)),
                tasks.create_task(wakeups.run()),
                tasks.create_task(organizers.run(wakeups)),
                tasks.create_task(sign_ups.run(wakeups)),
                tasks.create_task(ask_in_the_evening(evening_on_messenger(store, fair))),
                tasks.create_task(forget_what_is_over(store, TELEGRAM)),
                tasks.create_task(write_what_is_left(store, fair.clock, lambda: fair.event.zone)),
                tasks.create_task(keep_house(visitors, fair.clock, lambda: fair.event)),
            ]
            for sender in senders:
                tasks.create_task(sender.run())
            serving = [tasks.create_task(channel.run()) for channel in channels.values()]
            await until_a_signal_or(*serving)
            announce("Stopping; what is in hand is finished first.")
            for sender in senders:
                await sender.drain()
            for channel in channels.values():
                await channel.stop()
            for task in running:
                task.cancel()


def _writer(settings: Settings, fair: Fair, store: Store, others: Mapping[str, Write]) -> Writer:
    others = {**others, EVENING: evening_on_messenger(store, fair).write}
    language = Language(settings.language)
    return Writer(store, lambda: fair.knowledge, fair.clock, language, others)


def _reachable(settings: Settings) -> frozenset[str]:
    """Say on which channels we can write to somebody unasked."""
    served = {TELEGRAM: settings.telegram_token, MESSENGER: settings.messenger_page_token}
    return frozenset(channel for channel, token in served.items() if token)


async def _couriers(
    settings: Settings, fair: Fair, visitors: SqlVisitors, stack: AsyncExitStack
) -> list[Courier]:
    """Open whoever brings messages; `stack` closes them."""
    couriers: list[Courier] = [
        *(await open_couriers(settings, _telegram_options(settings), stack)).values()
    ]
    if messenger := messenger_courier(settings, visitors, fair.clock):
        couriers.append(await stack.enter_async_context(messenger))
    return couriers


def _telegram_options(settings: Settings) -> TelegramOptions:
    secret = settings.telegram_webhook_secret
    return TelegramOptions(
        api_url=settings.telegram_api_url,
        mode=Mode(settings.telegram_mode),
        webhook_url=settings.telegram_webhook_url or "",
        webhook_secret=secret.get_secret_value() if secret else "",
        default_language=Language(settings.language),
    )


def _telegram(
    settings: Settings,
    conversation: Conversation,
    fair: Fair,
    visitors: SqlVisitors,
    among: Among | None,
) -> TelegramChannel | None:
    if settings.telegram_token is None:
        return None
    return TelegramChannel(
        settings.telegram_token,
        conversation.respond,
        search=conversation.search,
        profile=Profile(
            commands=tuple((command.name, command.descriptions) for command in COMMANDS),
            short_description={lang: say(lang, "profile_short") for lang in Language},
            description={
                lang: say(lang, "profile_long", fair=fair.event.name.in_language(lang))
                for lang in Language
            },
        ),
        options=_telegram_options(settings),
        clock=fair.clock,
        reach=visitors.reach,
        among=among,
    )


def _server(
    settings: Settings,
    conversation: Conversation,
    fair: Fair,
    channels: Channels,
    visitors: SqlVisitors,
) -> WebServer:
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
