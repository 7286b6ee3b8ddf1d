"""The one entrance of the dialogue: what came in → what to show. It knows no platform.

The journey of a message: which language? An alarm goes before all else. A tap or a
command is a wish already; a text is cut into questions (`questions.py`), each is taken
apart (`reading.py`) and understood (`understanding.py`) as a wish, which `answers/`
grants. What was talked about is kept (`context.py`) for "a jutro?".
"""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from typing import assert_never

from bot.clock import Clock
from bot.dialogue.answers.dispatch import answer
from bot.dialogue.answers.found import card, hits
from bot.dialogue.asked import Count, nobody_counts, subject_of
from bot.dialogue.context import Context, after, after_room
from bot.dialogue.contexts import Contexts, InMemoryContexts
from bot.dialogue.emergencies import alarm_in, is_plea
from bot.dialogue.fair import Fair
from bot.dialogue.followups import asks_for_more
from bot.dialogue.layout import lay_out
from bot.dialogue.matched import Understanding
from bot.dialogue.menu import wish_of_command
from bot.dialogue.questions import corrected, questions_in
from bot.dialogue.reading import LONGEST, read
from bot.dialogue.rooms import Helper, Notices, Room, Turn
from bot.dialogue.scene import NO_LISTS, Lists, Scene
from bot.dialogue.taps import read_tap
from bot.dialogue.understanding import understand
from bot.dialogue.understood import Understood, intent_of
from bot.dialogue.wishes import (
    About,
    Alarm,
    Choice,
    Facet,
    Gone,
    Paged,
    Puzzled,
    Say,
    Speak,
    Topic,
    Wish,
)
from bot.language.catalog import say
from bot.language.detect import detect
from bot.language.fold import fold
from bot.matching.snapshot import Snapshot
from bot.messaging.languages import Language
from bot.messaging.message import (
    Attachment,
    ChatId,
    Command,
    Content,
    Incoming,
    Tap,
    Text,
    words_of,
)
from bot.messaging.reply import Card, Reply
from bot.visitors.memory import Outcome, Visitors

TOO_LONG = 3 * LONGEST
"""Signs from which on a message is no question any more."""


class Conversation:
    """Answers visitors, each in their language and by what was said before."""

    def __init__(  # noqa: PLR0913 - what can be left out is named
        self,
        snapshot: Callable[[], Snapshot],
        visitors: Visitors,
        clock: Clock,
        default_language: Language = Language.PL,
        *,
        first: Room | None = None,
        rooms: Sequence[Room] = (),
        notices: Notices | None = None,
        contexts: Contexts | None = None,
        lists: Lists = NO_LISTS,
        count: Count = nobody_counts,
        offers_page: str = "",
    ) -> None:
        """Prepare to answer.

        Args:
            snapshot: gives what is known at this moment; asked anew for every message.
            visitors: what visitors asked us to keep.
            clock: says the present moment.
            default_language: where nothing tells the visitor's.
            first: asked before all else, an alarm too: the room of those who act on alarms.
            rooms: asked in this order whether a turn is theirs.
            notices: what has to be told before an answer.
            contexts: what chats talked about; in memory where none are given.
            lists: what answers say of those who signed up.
            count: is told what was asked about, without who asked.
            offers_page: the public address of the page of offers; "" for none.
        """
        self._snapshot = snapshot
        self._visitors = visitors
        self._clock = clock
        self._default_language = default_language
        self._first = first
        self._rooms = rooms
        self._notices = notices
        self._contexts = contexts or InMemoryContexts()
        self._lists = lists
        self._count = count
        self._offers_page = offers_page
        self._laid_out: Fair | None = None

    async def respond(self, incoming: Incoming) -> tuple[Reply, ...]:
        """Answer whatever came in, with at least one reply."""
        return (await self._converse(incoming)).replies

    async def understand(
        self, text: str, chat: ChatId, language_hint: str | None = None
    ) -> Understood:
        """Answer a text and say how it was understood."""
        return await self._converse(Incoming(chat, Text(text), self._clock(), language_hint))

    async def search(self, words: str, language_hint: str | None = None) -> tuple[Card, ...]:
        """Find cards to share, the best first; outside of any chat."""
        language = detect(words).language or _hinted(language_hint) or self._default_language
        scene = self._scene(language)
        return tuple(card(record, scene) for record in hits(words, scene))

    async def _converse(self, incoming: Incoming) -> Understood:
        now = self._clock()
        chat, context = incoming.chat, await self._contexts.of(incoming.chat, now)
        content = _typed_label(incoming.content, context)
        if content is not incoming.content:
            incoming = replace(incoming, content=content)
        language, context = await self._language(incoming, context)
        self._visitors.meet(chat, language)
        scene = self._scene(language, now, is_staff=self._lists.is_staff(chat))
        turn = Turn(incoming, scene, context.subject)
        taken = await self._first.take(turn) if self._first else None
        # Who runs the fair is first shown what they ordered; the news come with another answer.
        is_order = taken is not None and scene.is_staff
        told = await self._notices.due(turn) if self._notices and not is_order else ()
        taken = taken if taken is not None else await self._ask_the_rooms(turn)
        if taken is not None:
            if taken[-1].language is not language:
                # The room knows better: what was typed was a text in another language.
                context = replace(context, language=taken[-1].language)
            await self._contexts.keep(chat, after_room(context, taken, scene.fair), now)
            return Understood("room", language, (*told, *taken))
        understandings: list[Understanding] = []
        replies: list[Reply] = []
        for part in _parts(incoming.content):
            one = _understood(part, context, scene)
            scene = await self._before_answering(chat, one, part, scene)
            reply = answer(one.wish, scene)
            context = after(context, one.wish, one.ranking, reply, scene.fair)
            understandings.append(one)
            if reply not in replies:
                replies.append(reply)
        if not scene.is_staff:
            for subject in dict.fromkeys(subject_of(one.wish) for one in understandings):
                self._count(subject, scene.today)
        if Say(Topic.FORGOTTEN) not in [one.wish for one in understandings]:
            await self._contexts.keep(chat, context, now)
        return _summary(understandings, [*told, *replies], scene.language)

    async def _ask_the_rooms(self, turn: Turn) -> tuple[Reply, ...] | None:
        if alarm_in(turn.words):
            return await self._help(turn) if is_plea(turn.words) else None
        for room in self._rooms:
            replies = await room.take(turn)
            if replies is not None:
                return replies
        return None

    async def _help(self, turn: Turn) -> tuple[Reply, ...] | None:
        for room in self._rooms:
            if isinstance(room, Helper) and (replies := await room.help(turn)) is not None:
                return replies
        return None

    async def _before_answering(
        self, chat: ChatId, one: Understanding, part: "Wish | str", scene: Scene
    ) -> Scene:
        """Keep or forget what the wish asks for; an answer may need another language then."""
        match one.wish:
            case Say(Topic.FORGOTTEN):
                await self._visitors.forget(chat)
                await self._contexts.forget(chat)
            case Speak(language):
                await self._visitors.choose_language(chat, language)
                return replace(scene, language=language)
            case _ if isinstance(part, str) and (outcome := _outcome(one)):
                await self._visitors.remember_question(part, scene.language, outcome, scene.today)
            case _:
                pass
        return scene

    async def _language(self, incoming: Incoming, context: Context) -> tuple[Language, Context]:
        """Choose the language: what was chosen, what was written now, before, or hinted at."""
        detected = detect(_without_names(words_of(incoming.content)[:LONGEST]))
        if detected.language and detected.is_certain:
            context = replace(context, language=detected.language)
        chosen = await self._visitors.language_of(incoming.chat)
        language = (
            chosen or context.language or _hinted(incoming.language_hint) or detected.language
        )
        return language or self._default_language, context

    def _scene(
        self, language: Language, now: dt.datetime | None = None, *, is_staff: bool = False
    ) -> Scene:
        snapshot = self._snapshot()
        if self._laid_out is None or self._laid_out.snapshot is not snapshot:
            self._laid_out = lay_out(snapshot)
        fair = self._laid_out
        moment = (now or self._clock()).astimezone(fair.zone)
        page = self._offers_page
        return Scene(fair, language, moment, self._lists.taken, is_staff, page)


def _typed_label(content: Content, context: Context) -> Content:
    """Take the label of a button that was typed for a tap of it."""
    if not isinstance(content, Text):
        return content
    labels = dict(context.labels)
    data = labels.get(fold(content.text[:LONGEST]).strip(" .!?"))
    if data is None and not isinstance(context.wish, Paged):
        more = next((labels[one] for one in _more_labels() if one in labels), None)
        data = more if more and asks_for_more(content.text) else None
    return Tap(data) if data else content


@cache
def _more_labels() -> tuple[str, ...]:
    """List how the button for the next page is called, folded."""
    return tuple(fold(say(language, "button_more")) for language in Language)


def _parts(content: Content) -> tuple[Wish | str, ...]:
    """Take apart what came in: wishes that are clear already, and questions to understand."""
    if kind := alarm_in(words_of(content)):
        return (Alarm(kind),)
    match content:
        case Tap(data):
            return (read_tap(data) or Gone(),)
        case Command(name, argument):
            return (wish_of_command(name, argument),)
        case Attachment(kind, caption) if not _says_something(caption):
            return (Say(Topic(f"attachment_{kind.value}")),)
        case Attachment(caption=text) | Text(text):
            return _questions(text)
        case _:
            assert_never(content)


def _questions(text: str) -> tuple[Wish | str, ...]:
    if not _says_something(text):
        return (Say(Topic.EMPTY),)
    if len(text) > TOO_LONG:
        return (Say(Topic.TOO_LONG),)
    return questions_in(text[:LONGEST])


def _without_names(text: str) -> str:
    """Leave out capitalised words but the first: names are Polish in every language."""
    first, *others = text.split() or [""]
    kept = [word for word in others if not word[:1].isupper() or word.isupper()]
    return " ".join((first, *kept))


def _says_something(text: str) -> bool:
    return any(sign.isalnum() for sign in text[:LONGEST])


def _understood(part: Wish | str, context: Context, scene: Scene) -> Understanding:
    if not isinstance(part, str):
        return Understanding(part)
    question, is_correction = corrected(part)
    reading = read(question, scene.now, scene.fair.calendar)
    one = understand(reading, context, scene.fair)
    if is_correction and isinstance(one.wish, About) and one.wish.facet is Facet.ALL:
        one = replace(one, wish=replace(one.wish, facet=context.facet))
    return replace(one, is_correction=True) if is_correction else one


def _outcome(one: Understanding) -> Outcome | None:
    """Say why the organizers should see a question; `None` if they need not."""
    if one.is_correction:
        return Outcome.CORRECTED
    match one.wish:
        case Puzzled():
            return Outcome.UNKNOWN
        case Choice():
            return Outcome.AMBIGUOUS
        case _:
            return None


def _hinted(hint: str | None) -> Language | None:
    tag = (hint or "").replace("_", "-").split("-")[0].lower()
    # Russian is understood and answered in Ukrainian.
    tag = "uk" if tag == "ru" else tag
    return next((language for language in Language if language.value == tag), None)


def _summary(
    understandings: list[Understanding], replies: list[Reply], language: Language
) -> Understood:
    matched = [one for one in understandings if one.decision is not None]
    last = matched[-1] if matched else understandings[-1]
    return Understood(
        intent="+".join(intent_of(one.wish) for one in understandings),
        language=language,
        wishes=tuple(one.wish for one in understandings),
        ranking=last.ranking,
        decision=last.decision,
        replies=tuple(replies),
    )
