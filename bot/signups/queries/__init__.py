"""Lists in the database."""

from bot.signups.queries.lists import SqlSignups
from bot.signups.queries.tending import follow_sign_ups, tend

__all__ = ["SqlSignups", "follow_sign_ups", "tend"]
