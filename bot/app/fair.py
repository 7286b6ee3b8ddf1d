"""The fair that is served: its knowledge, its clock, and what happens when the YAML is edited."""

import asyncio
import datetime as dt
import logging
from dataclasses import dataclass

from bot.clock import Clock, clock_starting_at, real_clock
from bot.dialogue.conversation import Conversation
from bot.dialogue.personal.room import PersonalRoom
from bot.dialogue.support.room import SupportRoom
from bot.errors import KnowledgeError, SettingsError
from bot.knowledge.live import Broken, Changed, LiveKnowledge, Same
from bot.knowledge.model import Event, Knowledge
from bot.knowledge.read import load_knowledge
from bot.matching.snapshot import Snapshot, build_snapshot
from bot.messaging.languages import Language
from bot.settings import Settings
from bot.support.unmet import InMemoryUnmetNeeds
from bot.visitors.flows import InMemoryFlows
from bot.visitors.memory import InMemoryVisitors

LOOK_AT_KNOWLEDGE_EVERY_SECONDS = 1.0

KEPT = "The edited knowledge is broken; the old one still answers:\n%s"

log = logging.getLogger(__name__)


@dataclass
class Fair:
    """The fair that is served: its snapshot is replaced as a whole when the YAML is edited."""

    snapshot: Snapshot
    clock: Clock
    live: LiveKnowledge

    @property
    def event(self) -> Event:
        """The fair itself."""
        return self.snapshot.knowledge.event

    @property
    def knowledge(self) -> Knowledge:
        """All records, as they are now."""
        return self.snapshot.knowledge

    def conversation(self, language: Language) -> Conversation:
        """Begin to answer somebody of whom nothing is kept when the program ends."""
        visitors = InMemoryVisitors()
        rooms = (PersonalRoom(visitors), SupportRoom(InMemoryFlows(), InMemoryUnmetNeeds()))
        return Conversation(lambda: self.snapshot, visitors, self.clock, language, rooms=rooms)


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
    return Fair(build_snapshot(loaded.knowledge), clock, live)


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


async def watch(fair: Fair) -> None:
    """Take up each edit of the folder, until cancelled; a broken one is logged and left."""
    while True:
        await asyncio.sleep(LOOK_AT_KNOWLEDGE_EVERY_SECONDS)
        match await asyncio.to_thread(fair.live.check):
            case Changed(loaded):
                try:
                    fair.snapshot = await asyncio.to_thread(build_snapshot, loaded.knowledge)
                except KnowledgeError as error:
                    log.error(KEPT, error)  # noqa: TRY400 - its text is for people
                else:
                    log.info("The knowledge was edited and is taken up")
            case Broken(error):
                log.error(KEPT, error)
            case Same():
                pass
