"""Lists in the database."""

from bot.signups.queries.lists import SqlSignups
from bot.signups.queries.tending import tend

__all__ = ["SqlSignups", "tend"]
