"""Finding support, put together with what it keeps and what is told of it later."""

import datetime as dt
from collections.abc import Awaitable, Callable, Collection

from bot.announcements.queries.followups import Followups
from bot.announcements.queries.reminders import Reminders
from bot.app.fair import Fair
from bot.dialogue.support.organisation import OrganisationDesk
from bot.dialogue.support.room import SupportRoom
from bot.knowledge.model import Offer
from bot.messaging.message import ChatId
from bot.store.engine import Store
from bot.support.profiles import Profiles
from bot.support.queries.unmet import SqlUnmetNeeds
from bot.support.situation import Situation
from bot.visitors.memory import Personal
from bot.visitors.queries import SqlFlows
from bot.web.offers.drawing import PATH as OFFERS

Follow = Callable[[ChatId], Awaitable[None]]


def followups_in(
    store: Store, fair: Fair, profiles: Profiles, reachable: Collection[str]
) -> Followups:
    """Make what tells of saved offers, by what the profiles tell."""

    async def facts_about(chat: ChatId) -> Situation:
        profile = await profiles.profile_of(chat)
        return profile.situation if profile is not None else Situation()

    return Followups(store, lambda: fair.knowledge, fair.clock, facts_about, reachable)


def follow_both(reminders: Reminders, followups: Followups) -> Follow:
    """Make what is called after each change of what a chat saved, chose or told of itself."""

    async def follow(chat: ChatId) -> None:
        await reminders.follow(chat)
        await followups.follow(chat)

    return follow


def support_in(
    store: Store,
    profiles: Profiles,
    visitors: Personal,
    follow: Follow,
    followups: Followups,
    public_url: str | None,
) -> SupportRoom:
    """Make the room that keeps searches, unmet needs and profiles in the store."""

    async def promise(chat: ChatId, offer: Offer, day: dt.date) -> bool:
        await visitors.save(chat, offer.id)
        return await followups.promise(chat, offer, day)

    desk = OrganisationDesk(profiles, visitors.saved_by, follow, promise, followups.reachable)
    page = f"{public_url}{OFFERS}" if public_url else ""
    return SupportRoom(SqlFlows(store), SqlUnmetNeeds(store), desk, page)
