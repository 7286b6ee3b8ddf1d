"""Finding support, put together with what it keeps."""

from bot.dialogue.support.room import SupportRoom
from bot.store.engine import Store
from bot.support.queries.unmet import SqlUnmetNeeds
from bot.support.unmet import InMemoryUnmetNeeds
from bot.visitors.flows import InMemoryFlows
from bot.visitors.queries import SqlFlows


def support_in(store: Store) -> SupportRoom:
    """Make the room that keeps searches and unmet needs in the store."""
    return SupportRoom(SqlFlows(store), SqlUnmetNeeds(store))


def support_without_store() -> SupportRoom:
    """Make the room of which nothing is kept when the program ends."""
    return SupportRoom(InMemoryFlows(), InMemoryUnmetNeeds())
