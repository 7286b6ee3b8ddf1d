"""Everything that answers and remembers, put together: the rooms, and what they keep."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial

from bot.announcements.composer import Write, Writer
from bot.announcements.evening import PREFIX as EVENING
from bot.announcements.followups import PREFIX as FOLLOWUPS
from bot.announcements.queries.evening import Evening
from bot.announcements.queries.followups import Followups
from bot.announcements.queries.reminders import Reminders
from bot.announcements.queries.survey import SqlSurveyAnswers
from bot.app.among import contexts_in
from bot.app.changes import news_in
from bot.app.fair import Fair
from bot.app.messenger import evening_on_messenger
from bot.app.organizers import Organizers, organizers_in
from bot.app.platforms import reachable_channels
from bot.app.signups import SignUps, signups_in
from bot.app.support import follow_both, followups_in, support_in
from bot.dialogue.conversation import Conversation
from bot.dialogue.news.room import NewsRoom
from bot.dialogue.personal.room import PersonalRoom
from bot.dialogue.rooms import NoticesInOrder, Room
from bot.dialogue.survey import SurveyRoom
from bot.dialogue.waiting import WaitingNotices
from bot.messaging.languages import Language
from bot.messaging.message import ChatId
from bot.settings import Settings
from bot.signups.lists import SignedUp
from bot.store import inbox
from bot.store.engine import Store
from bot.support.profiles import Profiles
from bot.support.queries.profiles import SqlProfiles
from bot.visitors.queries import SqlVisitors
from bot.visitors.queries.asked import SqlAsked
from bot.web.calendar import PATH as CALENDAR_PATH
from bot.web.offers.drawing import PATH as OFFERS

Follow = Callable[[ChatId], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of visitors, by feature."""

    visitors: SqlVisitors
    profiles: Profiles
    asked: SqlAsked
    sign_ups: SignUps
    reminders: Reminders
    followups: Followups
    evening: Evening


@dataclass(frozen=True, slots=True)
class House:
    """Who answers, who writes unasked, and what both keep.

    Attributes:
        conversation: answers whatever comes in.
        writer: writes what goes out unasked.
        organizers: the staff, their room and their couriers.
    """

    kept: Kept
    conversation: Conversation
    writer: Writer
    organizers: Organizers


async def open_house(settings: Settings, fair: Fair, store: Store) -> House:
    """Put it together."""
    kept = await _kept(settings, fair, store)
    organizers = await organizers_in(settings, store, fair, kept.visitors.questions)
    others: Mapping[str, Write] = {
        FOLLOWUPS: kept.followups.write,
        EVENING: kept.evening.write,
        **organizers.writers,
        **kept.sign_ups.writers(),
    }
    language = Language(settings.language)
    writer = Writer(store, lambda: fair.knowledge, fair.clock, language, others)
    news = news_in(store, fair, kept.visitors)
    conversation = Conversation(
        lambda: fair.snapshot,
        kept.visitors,
        fair.clock,
        language,
        first=organizers.room,
        notices=NoticesInOrder(
            (organizers.notices, WaitingNotices(store, writer, fair.clock), news)
        ),
        rooms=_rooms(settings, store, kept, organizers, news),
        contexts=contexts_in(store, reachable_channels(settings)),
        lists=kept.sign_ups.shown(organizers.staff),
        count=kept.asked.count,
        offers_page=f"{settings.public_url}{OFFERS}" if settings.public_url else "",
    )
    return House(kept, conversation, writer, organizers)


async def _kept(settings: Settings, fair: Fair, store: Store) -> Kept:
    reachable = reachable_channels(settings)
    profiles = SqlProfiles(store)
    sign_ups = await signups_in(store, fair, reachable)
    visitors = SqlVisitors(
        store,
        fair.clock,
        reachable=reachable,
        also_forget=(
            profiles.forget,
            sign_ups.lists.forget,
            partial(inbox.forget_worked_off, store),
        ),
        also_export={
            "organisation": profiles.export,
            "signups": sign_ups.lists.export,
            "inbox": partial(inbox.known_of, store),
        },
    )
    return Kept(
        visitors,
        profiles,
        SqlAsked(store),
        sign_ups,
        Reminders(store, lambda: fair.knowledge, fair.clock),
        followups_in(store, fair, profiles, reachable),
        evening_on_messenger(store, fair),
    )


def _rooms(
    settings: Settings, store: Store, kept: Kept, organizers: Organizers, news: NewsRoom
) -> tuple[Room, ...]:
    """Give the visitors' rooms in the order in which they are asked."""
    follow = follow_both(kept.reminders, kept.followups)
    calendars = f"{settings.public_url}{CALENDAR_PATH}" if settings.public_url else ""
    visitors, followups = kept.visitors, kept.followups
    return (
        kept.sign_ups.room(visitors, follow, organizers.staff),
        PersonalRoom(
            visitors,
            reachable_channels(settings),
            calendars,
            follow,
            SignedUp(kept.sign_ups.lists),
        ),
        news,
        replace(
            support_in(store, kept.profiles, visitors, follow, followups, settings.public_url),
            count=kept.asked.count,
        ),
        SurveyRoom(SqlSurveyAnswers(store)),
    )
