"""What is kept of visitors, in the database."""

from bot.visitors.queries.flows import SqlFlows
from bot.visitors.queries.rows import is_of
from bot.visitors.queries.visitors import SqlVisitors

__all__ = ["SqlFlows", "SqlVisitors", "is_of"]
