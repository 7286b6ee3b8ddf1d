"""What all queries about deliveries share."""

import contextlib
from collections.abc import AsyncIterator
from typing import Any

from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from bot.delivery.verdict import State

WAKEUP = "deliveries"
"""What is counted up when deliveries were written that may be due."""

RUNNING = "running"
"""The state of an announcement whose deliveries go out."""

PENDING_AGAIN: dict[str, Any] = {
    "state": State.PENDING,
    "owner": None,
    "epoch": None,
    "lease_until": None,
}
"""What makes a delivery nobody's, and due again."""


class StoreDownError(Exception):
    """The database does not take or give anything just now."""


class FencedError(Exception):
    """Somebody else has taken the lease since."""


@contextlib.asynccontextmanager
async def told_apart() -> AsyncIterator[None]:
    """Tell a database that is out of order, which comes back, from a mistake of ours."""
    try:
        yield
    except (OperationalError, InterfaceError, PoolTimeoutError, OSError) as error:
        reason = str(getattr(error, "orig", None) or type(error).__name__)
        raise StoreDownError(reason.strip().splitlines()[0]) from error
