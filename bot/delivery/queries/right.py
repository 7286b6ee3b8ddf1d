"""The right to send by a channel, which one sender has at a time."""

from datetime import timedelta

from bot.delivery.queries.rows import told_apart
from bot.store.engine import Store
from bot.store.lease import Lease, give_back, is_free, take_lease


async def hold(store: Store, channel: str, owner: str, lasts: timedelta) -> Lease | None:
    """Take or keep the right to send by a channel; `None` while somebody else has it."""
    async with told_apart():
        return await take_lease(store, f"sender:{channel}", owner, lasts)


async def may_hold(store: Store, channel: str, lasts: timedelta) -> bool:
    """Say whether nobody has the right to send by a channel now."""
    async with told_apart():
        return await is_free(store, f"sender:{channel}", lasts)


async def let_go(store: Store, lease: Lease) -> None:
    """Give the right to send back."""
    async with told_apart():
        await give_back(store, lease)
