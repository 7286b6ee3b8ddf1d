"""Puts the parts together: settings → knowledge → store → dialogue → channels → server.

`serve` runs until a signal asks it to stop, then finishes what is in hand.
`open_fair` is what every command starts with: the knowledge and the clock.
"""

import asyncio
import contextlib
import datetime as dt
import logging
import signal
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bot.announcements.queries.reminders import Reminders
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.options import Mode, TelegramOptions
from bot.channels.telegram.profile import Profile
from bot.channels.webchat.routes import webchat_routes
from bot.clock import Clock, clock_starting_at, real_clock
from bot.dialogue.conversation import Conversation
from bot.dialogue.menu import COMMANDS
from bot.dialogue.personal.room import PersonalRoom
from bot.dialogue.rooms import Room
from bot.errors import KnowledgeError, SettingsError, TargobotError
from bot.knowledge.live import Broken, Changed, LiveKnowledge, Same
from bot.knowledge.model import Event, Knowledge
from bot.knowledge.read import load_knowledge
from bot.language.catalog import say
from bot.language.said import say_date, say_time
from bot.matching.snapshot import Snapshot, build_snapshot
from bot.messaging.languages import Language
from bot.settings import Settings
from bot.store.engine import open_store
from bot.visitors.housekeeping import keep_house
from bot.visitors.memory import Visitors
from bot.visitors.queries import SqlVisitors
from bot.web.calendar import PATH as CALENDAR_PATH
from bot.web.calendar import calendar_route
from bot.web.health import health_route
from bot.web.server import WebServer, make_app

LOOK_AT_KNOWLEDGE_EVERY_SECONDS = 1.0

KEPT = "The edited knowledge is broken; the old one still answers:\n%s"

log = logging.getLogger(__name__)


@dataclass
class Fair:
    """The fair that is served: its snapshot is replaced as a whole when the YAML is edited."""

    snapshot: Snapshot
    clock: Clock
    live: LiveKnowledge

    @property
    def event(self) -> Event:
        """The fair itself."""
        return self.snapshot.knowledge.event

    @property
    def knowledge(self) -> Knowledge:
        """All records, as they are now."""
        return self.snapshot.knowledge

    def conversation(
        self, visitors: Visitors, language: Language, rooms: Sequence[Room] = ()
    ) -> Conversation:
        """Begin to answer; each answer sees the newest snapshot."""
        return Conversation(lambda: self.snapshot, visitors, self.clock, language, rooms=rooms)


def open_fair(settings: Settings) -> Fair:
    """Load the knowledge, index it, and set the clock.

    Raises:
        KnowledgeError: the folder is broken.
        SettingsError: invented records would be served on a real platform.
    """
    # Before it is loaded, so that no edit slips in between unseen.
    live = LiveKnowledge(settings.knowledge)
    loaded = load_knowledge(settings.knowledge)
    if settings.telegram_token and not settings.allow_examples:
        _refuse_examples(loaded.knowledge)
    clock = _clock(settings, loaded.knowledge.event)
    return Fair(build_snapshot(loaded.knowledge), clock, live)


async def serve(settings: Settings, announce: Callable[[str], None]) -> None:
    """Serve until SIGINT or SIGTERM.

    Args:
        settings: all of them.
        announce: tells the person who started the bot where it is.
    """
    fair = open_fair(settings)
    store = await open_store(settings.database)
    visitors = SqlVisitors(store, fair.clock, reachable=_reachable())
    reminders = Reminders(store, lambda: fair.knowledge, fair.clock)
    personal = PersonalRoom(
        visitors,
        _reachable(),
        f"{settings.public_url}{CALENDAR_PATH}" if settings.public_url else "",
        reminders.follow,
    )
    conversation = fair.conversation(visitors, Language(settings.language), (personal,))
    telegram = _telegram(settings, conversation, fair, visitors)
    server = _server(settings, conversation, fair, telegram, visitors)
    try:
        await server.start()
        announce(f"The chat page is at {server.address} (Ctrl+C stops).")
        if telegram is None:
            announce("To serve Telegram too, set TARGOBOT_TELEGRAM_TOKEN to a token of @BotFather.")
        async with asyncio.TaskGroup() as tasks:
            running = [
                tasks.create_task(_watch(fair)),
                tasks.create_task(keep_house(visitors, fair.clock, lambda: fair.event)),
            ]
            serving = tasks.create_task(telegram.run()) if telegram else None
            await _until_a_signal_or(serving)
            announce("Stopping; what is in hand is finished first.")
            if telegram:
                await telegram.stop()
            for task in running:
                task.cancel()
    except* TargobotError as errors:
        raise errors.exceptions[0] from None
    finally:
        await server.stop()
        await visitors.write_meetings()
        await store.close()


def _reachable() -> frozenset[str]:
    """Say on which channels we can write to somebody unasked: on none, until there is a sender."""
    return frozenset()


def _refuse_examples(knowledge: Knowledge) -> None:
    examples = [record.id for record in knowledge.records() if record.example]
    if examples:
        raise SettingsError(
            f"{len(examples)} invented records are loaded, and a real platform would show them:\n"
            f"  {', '.join(examples)}\n"
            "  Take them out of the knowledge folder (all stand in knowledge/example),\n"
            "  or serve them on purpose with TARGOBOT_ALLOW_EXAMPLES=true."
        )


def _clock(settings: Settings, event: Event) -> Clock:
    if settings.now is not None:
        start = settings.now
        return clock_starting_at(start if start.tzinfo else start.replace(tzinfo=event.zone))
    if settings.telegram_token:
        return real_clock
    # Without a platform this is a demonstration, and on its first morning a fair is liveliest.
    return clock_starting_at(_first_morning(event))


def _first_morning(event: Event) -> dt.datetime:
    opening = next((h.open for h in event.hours if h.date == event.start_date), dt.time(9))
    return dt.datetime.combine(event.start_date, opening, event.zone)


def _telegram(
    settings: Settings, conversation: Conversation, fair: Fair, visitors: SqlVisitors
) -> TelegramChannel | None:
    if settings.telegram_token is None:
        return None
    secret = settings.telegram_webhook_secret
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
        options=TelegramOptions(
            api_url=settings.telegram_api_url,
            mode=Mode(settings.telegram_mode),
            webhook_url=settings.telegram_webhook_url or "",
            webhook_secret=secret.get_secret_value() if secret else "",
            default_language=Language(settings.language),
        ),
        clock=fair.clock,
        reach=visitors.reach,
    )


def _server(
    settings: Settings,
    conversation: Conversation,
    fair: Fair,
    telegram: TelegramChannel | None,
    visitors: SqlVisitors,
) -> WebServer:
    title = {lang: fair.event.name.in_language(lang) for lang in Language}
    routes = [
        *webchat_routes(conversation.respond, fair.clock, title, _notice(settings, fair)),
        *(telegram.routes() if telegram else ()),
        calendar_route(visitors, lambda: fair.knowledge, fair.clock, Language(settings.language)),
        health_route(lambda: {"records": len(list(fair.snapshot.knowledge.records()))}),
    ]
    return WebServer(make_app(routes, settings.embed_in), settings.host, settings.port)


def _notice(settings: Settings, fair: Fair) -> dict[Language, str]:
    """Say on the page that its clock is not the real one."""
    if settings.telegram_token and settings.now is None:
        return {}
    now = fair.clock().astimezone(fair.event.zone)
    return {
        lang: say(
            lang, "clock_notice", date=say_date(now.date(), lang, year=True), time=say_time(now)
        )
        for lang in Language
    }


async def _watch(fair: Fair) -> None:
    while True:
        await asyncio.sleep(LOOK_AT_KNOWLEDGE_EVERY_SECONDS)
        match await asyncio.to_thread(fair.live.check):
            case Changed(loaded):
                try:
                    fair.snapshot = await asyncio.to_thread(build_snapshot, loaded.knowledge)
                except KnowledgeError as error:
                    log.error(KEPT, error)  # noqa: TRY400 - its text is for people
                else:
                    log.info("The knowledge was edited and is taken up")
            case Broken(error):
                log.error(KEPT, error)
            case Same():
                pass


async def _until_a_signal_or(serving: asyncio.Task[None] | None) -> None:
    stop = asyncio.Event()
    with _signals(stop):
        waiting = asyncio.create_task(stop.wait())
        await asyncio.wait(
            {waiting, serving} if serving else {waiting}, return_when=asyncio.FIRST_COMPLETED
        )
        waiting.cancel()


@contextlib.contextmanager
def _signals(stop: asyncio.Event) -> Iterator[None]:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    try:
        yield
    finally:
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(number)
