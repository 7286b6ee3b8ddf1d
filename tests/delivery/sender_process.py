"""A sender in a process of its own, for tests that kill it.

Arguments: the address of the database, of the Bot API, the token, the name of this sender,
and how long a claimed delivery is held, in seconds. SIGTERM drains it.
"""

import asyncio
import datetime as dt
import signal
from collections.abc import Sequence

from bot.channels.telegram.courier import TelegramCourier
from bot.channels.telegram.options import TelegramOptions
from bot.clock import real_clock
from bot.delivery.claims import Sending
from bot.store.engine import open_store
from bot.store.wakeups import Wakeups
from tests.delivery.postman import sender_of


async def main(database: str, api_url: str, token: str, owner: str, hold_s: str) -> None:
    store = await open_store(database)
    wakeups = Wakeups(store)
    options = TelegramOptions(api_url=api_url)
    sending = Sending(reserve=0, hold=dt.timedelta(seconds=float(hold_s)))
    async with TelegramCourier(token, options, pays=True) as courier:
        sender = sender_of(
            store, courier, owner=owner, clock=real_clock, sending=sending, wakeups=wakeups
        )
        running = asyncio.create_task(sender.run())
        watching = asyncio.create_task(wakeups.run())
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, running.cancel)
        await asyncio.wait({running})
        watching.cancel()
        await asyncio.wait({watching})
    await store.close()


def run(arguments: Sequence[str]) -> None:
    """Send until told to stop."""
    database, api_url, token, owner, hold_s = arguments
    asyncio.run(main(database, api_url, token, owner, hold_s))
