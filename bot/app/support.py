"""Finding support, put together with what it keeps."""

from bot.dialogue.support.organisation import Follow, OrganisationDesk, SavedBy
from bot.dialogue.support.room import SupportRoom
from bot.store.engine import Store
from bot.support.profiles import Profiles
from bot.support.queries.unmet import SqlUnmetNeeds
from bot.support.unmet import InMemoryUnmetNeeds
from bot.visitors.flows import InMemoryFlows
from bot.visitors.queries import SqlFlows


def support_in(store: Store, profiles: Profiles, saved_by: SavedBy, follow: Follow) -> SupportRoom:
    """Make the room that keeps searches, unmet needs and profiles in the store."""
    desk = OrganisationDesk(profiles, saved_by, follow)
    return SupportRoom(SqlFlows(store), SqlUnmetNeeds(store), desk)


def support_without_store() -> SupportRoom:
    """Make the room of which nothing is kept when the program ends."""
    return SupportRoom(InMemoryFlows(), InMemoryUnmetNeeds())
