"""`serve`: everything runs until a signal asks it to stop, then finishes what is in hand."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from contextlib import AsyncExitStack

from bot.app.among import PaceAmong, forget_what_is_over, pace_of
from bot.app.asked import keep_count
from bot.app.changes import Changes, changes_in
from bot.app.edits import Edits
from bot.app.evening import ask_in_the_evening
from bot.app.fair import Fair, open_fair, watch
from bot.app.following import follow_knowledge
from bot.app.heap import set_aside
from bot.app.house import House, open_house
from bot.app.platforms import Channels, make_channels, make_server, open_couriers
from bot.app.signals import until_a_signal_or
from bot.app.stale import StaleReport
from bot.app.telling import Alerts, make_sender, new_owner, write_what_is_left
from bot.channels.telegram.updates import CHANNEL as TELEGRAM
from bot.delivery.sender import Sender
from bot.errors import TargobotError
from bot.settings import Settings
from bot.store.engine import Store, open_store
from bot.store.wakeups import Wakeups
from bot.visitors.housekeeping import keep_house

Task = Coroutine[object, object, None]


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
    house = await open_house(settings, fair, store)
    visitors, conversation = house.kept.visitors, house.conversation
    alerts = Alerts(store, fair.clock, lambda: fair.event.zone)
    channels = make_channels(settings, conversation, fair, store, visitors, alerts)
    server = make_server(settings, conversation, fair, channels, visitors)
    wakeups = Wakeups(store)
    changes = await changes_in(store, fair, wakeups, house.kept.reminders)
    async with AsyncExitStack() as stack:
        stack.push_async_callback(visitors.write_meetings)
        stack.push_async_callback(house.kept.asked.write)
        house.organizers.have(await open_couriers(settings, fair, visitors, stack))
        paces = {name: pace_of(channel) for name, channel in channels.items()}
        senders = [
            make_sender(store, one, house.writer, paces[one.channel], alerts, wakeups)
            for one in house.organizers.couriers.values()
        ]
        stack.push_async_callback(server.stop)
        await server.start()
        announce(f"The chat page is at {server.address} (Ctrl+C stops).")
        if TELEGRAM not in channels:
            announce("To serve Telegram too, set TARGOBOT_TELEGRAM_TOKEN to a token of @BotFather.")
        beside = [
            *_beside(fair, store, house, wakeups, changes),
            *(pace.run() for pace in paces.values() if isinstance(pace, PaceAmong)),
        ]
        set_aside()
        await _run(beside, senders, channels, announce)


def _beside(
    fair: Fair, store: Store, house: House, wakeups: Wakeups, changes: Changes
) -> Sequence[Task]:
    """List what goes on by itself, for as long as the bot serves."""
    kept = house.kept
    stale = StaleReport(store, lambda: fair.knowledge, fair.clock)
    return (
        wakeups.run(),
        watch(fair, changes.edited),
        changes.run(),
        Edits(store, fair, new_owner()).run(),
        follow_knowledge(fair, kept.followups, stale),
        house.organizers.run(wakeups),
        kept.sign_ups.run(wakeups),
        ask_in_the_evening(kept.evening),
        write_what_is_left(store, fair.clock, lambda: fair.event.zone),
        forget_what_is_over(store, TELEGRAM),
        keep_house(kept.visitors, fair.clock, lambda: fair.event),
        keep_count(kept.asked, fair.clock, lambda: fair.event),
    )


async def _run(
    beside: Sequence[Task],
    senders: Sequence[Sender],
    channels: Channels,
    announce: Callable[[str], None],
) -> None:
    """Run it all until a signal comes or a channel ends; then finish what is in hand."""
    async with asyncio.TaskGroup() as tasks:
        running = [tasks.create_task(one) for one in beside]
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
