"""One event, from reading it to the last message of its answer."""

import logging
import traceback
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta

from bot.channels.messenger.elements import Element, unpack
from bot.channels.messenger.errors import CallError, Kind
from bot.channels.messenger.graph import Graph
from bot.channels.messenger.handover import asks_for_a_person
from bot.channels.messenger.options import CHANNEL, GET_STARTED, OURS, MessengerOptions
from bot.channels.messenger.render import render
from bot.channels.messenger.send import Sender, reference_of
from bot.channels.messenger.typed import Titles
from bot.channels.messenger.updates import Policed, meaning_of, pressed
from bot.channels.messenger.waits import Waits
from bot.channels.notice import typing_when_slow
from bot.clock import Clock
from bot.language.catalog import say
from bot.language.detect import detect
from bot.language.trouble import Alert, Trouble
from bot.messaging.languages import Language
from bot.messaging.message import ChatId, Command, Incoming, Respond, Tap, Text, words_of
from bot.messaging.reply import Reply
from bot.store import echoes
from bot.store.engine import Store
from bot.store.inbox import Claimed
from bot.visitors.queries.takeovers import take_over

log = logging.getLogger(__name__)

Reach = Callable[[ChatId, bool], Awaitable[None]]
"""Is told whether a chat can be written to from now on."""
Begin = Callable[[int], Awaitable[bool]]
"""Notes that an answer is about to leave; says whether its event is still ours."""

TYPING_LASTS = timedelta(seconds=15)

_POLICY = frozenset({"block", "unblock", "warning"})

_MOST_MESSAGES = 60
"""More than the messages of any answer."""
_FRAMES_TOLD = 3


@dataclass(frozen=True, slots=True)
class Desk:
    """Where events are worked off: who answers, who sends, who else may lead a conversation.

    Attributes:
        people: whether somebody reads the Page's inbox, so that conversations can be passed there.
        introduces: whether a conversation begins with the word that a bot answers, as Meta wants.
    """

    respond: Respond
    graph: Graph
    sender: Sender
    store: Store
    clock: Clock
    options: MessengerOptions
    waits: Waits
    people: bool = False
    introduces: bool = False
    reach: Reach | None = None
    alert: Alert | None = None
    titles: Titles = field(default_factory=Titles)

    async def work_off(self, claimed: Claimed, begin: Begin) -> None:
        """Answer an event.

        Mistakes in one answer are logged, the visitor reads that it did not work.

        Raises:
            NotDeliveredError: the answer did not go; the event may be tried again.
        """
        meaning = meaning_of(claimed.event)
        match meaning:
            case Incoming():
                await self._answer(meaning, claimed, begin)
            case Policed(action):
                await self._tell_of_policy(action)
            case None:
                log.debug("event %d is of a kind that wants no answer", claimed.id)

    async def _answer(self, incoming: Incoming, claimed: Claimed, begin: Begin) -> None:
        chat, reference = incoming.chat, f"{OURS}a:{claimed.id}"
        arrived = await self._arrived(reference) if claimed.was_begun else frozenset()
        if claimed.was_begun and not arrived and not await echoes.are_told(self.store, CHANNEL):
            log.warning("event %d: nobody knows whether it was answered; not repeated", claimed.id)
            return
        incoming = self._typed(incoming)
        wants_person = self.people and asks_for_a_person(incoming.content)
        messages = self._passing(incoming) if wants_person else await self._drawn(incoming, claimed)
        if not await begin(claimed.id):
            return
        self.titles.show(chat, messages, self.clock())
        refusal = await self.sender.deliver(chat.chat, messages, reference, arrived)
        if refusal is Kind.OTHER_THREAD:
            await self._leave_to_others(chat)
        elif refusal in (Kind.UNREACHABLE, Kind.NO_SUCH_PERSON) and self.reach:
            await self.reach(chat, False)
        elif refusal is None and wants_person:
            await self._pass(incoming, reference)

    async def _arrived(self, reference: str) -> frozenset[str]:
        """Say which messages of an answer were sent by a process that died over it."""
        possible = [reference_of(reference, number) for number in range(_MOST_MESSAGES)]
        return await echoes.arrived(self.store, CHANNEL, possible)

    def _typed(self, incoming: Incoming) -> Incoming:
        """Take the title of a button that was typed for a tap on it."""
        if isinstance(incoming.content, Text):
            payload = self.titles.meant(incoming.chat, incoming.content.text, self.clock())
            if payload is not None:
                return replace(incoming, content=pressed(payload))
        return incoming

    async def _drawn(self, incoming: Incoming, claimed: Claimed) -> tuple[Element, ...]:
        try:
            replies = await self._replies(incoming)
            if self.introduces and claimed.is_first and not _begins_by_button(incoming):
                language = replies[0].language
                replies = (Reply(language, say(language, "messenger_bot")), *replies)
            return tuple(message for reply in replies for message in render(reply))
        except Exception as error:  # noqa: BLE001 - logged, and the visitor is told
            _log_mistake(claimed.id, error)
            language = self._language(incoming)
            return render(Reply(language, say(language, "messenger_apology")))

    async def _replies(self, incoming: Incoming) -> tuple[Reply, ...]:
        if isinstance(incoming.content, Tap) and (more := unpack(incoming.content.data)):
            language, asks = more
            return (Reply(language, say(language, "messenger_more"), buttons=asks),)

        async def show_typing() -> None:
            await self.sender.act(incoming.chat.chat, "mark_seen", "typing_on")

        async with typing_when_slow(show_typing, self.waits.typing, TYPING_LASTS):
            return await self.respond(incoming)

    def _passing(self, incoming: Incoming) -> tuple[Element, ...]:
        language = self._language(incoming)
        return render(Reply(language, say(language, "messenger_passing")))

    async def _pass(self, incoming: Incoming, reference: str) -> None:
        """Pass the conversation on; who cannot be given a person is told that, too."""
        chat = incoming.chat
        try:
            await self.graph.pass_thread(chat.chat)
        except CallError as error:
            log.error("Messenger: a conversation was not passed on: %s", error)  # noqa: TRY400
            language = self._language(incoming)
            sorry = render(Reply(language, say(language, "messenger_not_passed")))
            await self.sender.deliver(chat.chat, sorry, f"{reference}:n", ())
        else:
            await self._leave_to_others(chat)

    async def _leave_to_others(self, chat: ChatId) -> None:
        async with self.store.writing() as connection:
            await take_over(self.store, connection, chat, self.clock())

    async def _tell_of_policy(self, action: str) -> None:
        kind = action if action in _POLICY else "other"
        trouble = Trouble(f"policy_{kind}", {"action": action[:40]})
        log.error("%s", trouble)
        if self.alert:
            await self.alert(trouble)

    def _language(self, incoming: Incoming) -> Language:
        return detect(words_of(incoming.content)).language or self.options.default_language


def _begins_by_button(incoming: Incoming) -> bool:
    """Say whether what answers says by itself that it is a bot."""
    return incoming.content in (Tap(GET_STARTED), Command("start"))


def _log_mistake(event_id: int, error: Exception) -> None:
    """Say what went wrong and where, without its words, which may be a visitor's."""
    frames = traceback.extract_tb(error.__traceback__)[-_FRAMES_TOLD:]
    way = " > ".join(f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames)
    log.error("event %d: no answer: %s at %s", event_id, type(error).__name__, way)
