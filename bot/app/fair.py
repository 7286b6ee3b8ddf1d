"""The fair that is served: its knowledge, its clock, and what happens when the YAML is edited."""

import asyncio
import datetime as dt
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from bot.app.heap import set_aside
from bot.clock import Clock, clock_starting_at, real_clock
from bot.dialogue.conversation import Conversation
from bot.dialogue.news.room import NewsRoom
from bot.dialogue.personal.room import PersonalRoom
from bot.dialogue.scene import Lists
from bot.dialogue.signups.filling import FormDesk
from bot.dialogue.signups.room import SignupRoom
from bot.dialogue.support.room import SupportRoom
from bot.errors import KnowledgeError, SettingsError
from bot.knowledge.laying import laid_over
from bot.knowledge.live import Broken, Changed, LiveKnowledge, Same
from bot.knowledge.model import Event, Knowledge
from bot.knowledge.read import Loaded, load_knowledge
from bot.knowledge.standing import Made, Standing, standing
from bot.matching.entries import entries_of
from bot.matching.snapshot import Snapshot, build_snapshot
from bot.messaging.languages import Language
from bot.settings import Settings
from bot.signups.bookable import bookable
from bot.signups.in_memory import InMemorySignups
from bot.signups.lists import SignedUp
from bot.support.unmet import InMemoryUnmetNeeds
from bot.visitors.flows import InMemoryFlows
from bot.visitors.memory import InMemoryVisitors

LOOK_AT_KNOWLEDGE_EVERY_SECONDS = 1.0

KEPT = "The edited knowledge is broken; the old one still answers:\n%s"

log = logging.getLogger(__name__)


async def nobody_cares(_before: Knowledge) -> None:
    """Do nothing, where nobody has to be told of an edit."""


@dataclass
class Fair:
    """The fair that is served: its snapshot is replaced as a whole when anything changes.

    Attributes:
        loaded: what the YAML says.
        made: what was changed in chat, which is laid over it.
        indexed: what the index of the snapshot was built of.
    """

    snapshot: Snapshot
    clock: Clock
    live: LiveKnowledge
    loaded: Loaded
    made: tuple[Made, ...] = ()
    indexed: Knowledge = field(init=False)
    _one_at_a_time: asyncio.Lock = field(init=False, default_factory=asyncio.Lock, repr=False)

    def __post_init__(self) -> None:
        """Note what the index was built of."""
        self.indexed = self.snapshot.knowledge

    @property
    def event(self) -> Event:
        """The fair itself."""
        return self.snapshot.knowledge.event

    @property
    def knowledge(self) -> Knowledge:
        """All records, as they are now."""
        return self.snapshot.knowledge

    def standing(self) -> Standing:
        """Weigh what was changed in chat against the YAML."""
        return standing(self.loaded.knowledge, self.made, self.loaded.edited)

    def take_changes(self, made: tuple[Made, ...]) -> None:
        """Put the facts of what was changed in chat in force, at once.

        To index all words takes a second, and hardly a change brings new ones: the old index
        goes on with the new facts, until `learn_words` is done. Where a record is gone it
        cannot: it would find what is not there.
        """
        self.made = made
        knowledge = self._as_it_is()
        if all(knowledge.get(one.id) for one in self.indexed.records()):
            self.snapshot = Snapshot(knowledge, self.snapshot.index)

    async def learn_words(self) -> None:
        """Index what changes brought, if there are new words in them."""
        async with self._one_at_a_time:
            if not await asyncio.to_thread(_has_same_words, self.indexed, self._as_it_is()):
                await self._index()

    async def take_edit(self, loaded: Loaded) -> None:
        """Put an edit of the YAML in force.

        Raises:
            KnowledgeError: it cannot be indexed; what was before still holds.
        """
        async with self._one_at_a_time:
            before, self.loaded = self.loaded, loaded
            try:
                await self._index()
            except KnowledgeError:
                self.loaded = before
                await self._index()
                raise

    async def _index(self) -> None:
        """Build the snapshot anew, and once more if something has changed meanwhile."""
        made = None
        while made is not self.made:
            made = self.made
            built = await asyncio.to_thread(build_snapshot, self._as_it_is())
            self.indexed = built.knowledge
            self.snapshot = built if made is self.made else Snapshot(self._as_it_is(), built.index)

    def _as_it_is(self) -> Knowledge:
        return laid_over(self.loaded.knowledge, self.standing().changes)

    def conversation(self, language: Language) -> Conversation:
        """Begin to answer somebody of whom nothing is kept when the program ends."""
        visitors, flows = InMemoryVisitors(), InMemoryFlows()
        signups = InMemorySignups(lambda key: bookable(key, self.knowledge), self.clock)
        news = NewsRoom(lambda: self.standing().holding, visitors)
        rooms = (
            SignupRoom(FormDesk(signups, flows, visitors)),
            PersonalRoom(visitors, is_signed_up=SignedUp(signups)),
            news,
            SupportRoom(flows, InMemoryUnmetNeeds()),
        )
        return Conversation(
            lambda: self.snapshot,
            visitors,
            self.clock,
            language,
            rooms=rooms,
            notices=news,
            lists=Lists(signups.taken),
        )


def open_fair(settings: Settings) -> Fair:
    """Load the knowledge, index it, and set the clock.

    Raises:
        KnowledgeError: the folder is broken.
        SettingsError: invented records would be served on a real platform.
    """
    # Before it is loaded, so that no edit slips in between unseen.
    live = LiveKnowledge(settings.knowledge)
    loaded = load_knowledge(settings.knowledge)
    if settings.serves_a_platform and not settings.allow_examples:
        _refuse_examples(loaded.knowledge)
    clock = _clock(settings, loaded.knowledge.event)
    return Fair(build_snapshot(loaded.knowledge), clock, live, loaded)


def _has_same_words(old: Knowledge, new: Knowledge) -> bool:
    return old.concepts == new.concepts and entries_of(old) == entries_of(new)


def _refuse_examples(knowledge: Knowledge) -> None:
    examples = [record.id for record in knowledge.records() if record.example]
    if examples:
        raise SettingsError(
            f"{len(examples)} invented records are loaded, and a real platform would show them:\n"
            f"  {', '.join(examples)}\n"
            "  Take them out of the knowledge folder (all stand in knowledge/example),\n"
            "  or serve them on purpose with TARGOBOT_ALLOW_EXAMPLES=true."
        )


def _clock(settings: Settings, event: Event) -> Clock:
    if settings.now is not None:
        start = settings.now
        return clock_starting_at(start if start.tzinfo else start.replace(tzinfo=event.zone))
    if settings.serves_a_platform:
        return real_clock
    # Without a platform this is a demonstration, and on its first morning a fair is liveliest.
    return clock_starting_at(_first_morning(event))


def _first_morning(event: Event) -> dt.datetime:
    opening = next((h.open for h in event.hours if h.date == event.start_date), dt.time(9))
    return dt.datetime.combine(event.start_date, opening, event.zone)


async def watch(
    fair: Fair,
    edited: Callable[[Knowledge], Awaitable[None]] = nobody_cares,
    every_seconds: float = LOOK_AT_KNOWLEDGE_EVERY_SECONDS,
) -> None:
    """Take up each edit of the folder, until cancelled; a broken one is logged and left.

    Args:
        fair: which is edited.
        edited: told of each edit, with what held before it.
        every_seconds: how long between two looks at the folder.
    """
    while True:
        await asyncio.sleep(every_seconds)
        match await asyncio.to_thread(fair.live.check):
            case Changed(loaded):
                await _take_up(fair, loaded, edited)
                set_aside()
            case Broken(error):
                log.error(KEPT, error)
            case Same():
                pass


async def _take_up(
    fair: Fair, loaded: Loaded, edited: Callable[[Knowledge], Awaitable[None]]
) -> None:
    before = fair.knowledge
    try:
        await fair.take_edit(loaded)
    except KnowledgeError as error:
        log.error(KEPT, error)  # noqa: TRY400 - its text is for people
    else:
        log.info("The knowledge was edited and is taken up")
        await edited(before)
