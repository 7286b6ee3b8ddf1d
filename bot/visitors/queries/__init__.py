"""What is kept of visitors, in the database."""

from bot.visitors.queries.contexts import SqlStates
from bot.visitors.queries.flows import SqlFlows
from bot.visitors.queries.rows import is_of
from bot.visitors.queries.visitors import SqlVisitors

__all__ = ["SqlFlows", "SqlStates", "SqlVisitors", "is_of"]
