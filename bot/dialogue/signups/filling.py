"""Fills in a form with whoever signs up: name, contact, consent; back and out at each step."""

from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass, replace

from bot.dialogue.phrases import phrase_book
from bot.dialogue.rooms import Turn
from bot.dialogue.signups import asking
from bot.dialogue.signups.form import Form
from bot.dialogue.signups.said import command_in, contact_in, is_a_question, name_in
from bot.dialogue.signups.showing import joined
from bot.dialogue.signups.staff import FLOW as STAFF_FLOW
from bot.language.tokens import tokenize
from bot.matching.decide import Confident
from bot.messaging.message import ChatId
from bot.messaging.reply import Reply
from bot.signups.bookable import Bookable, bookable
from bot.signups.joining import refusal_of
from bot.signups.lists import FLOW, Joined, Person, Refusal, Signups
from bot.signups.seating import place_for
from bot.visitors.flows import Flows
from bot.visitors.memory import Personal

_NOT_NAMES = frozenset(
    {"sessions", "series", "places", "faq", "offers", "exhibitors", "marks", "glossary"}
)

Follow = Callable[[ChatId], Awaitable[None]]


async def nobody_follows(_chat: ChatId) -> None:
    """Do nothing, where there are no reminders to set."""


@dataclass(frozen=True, slots=True)
class FormDesk:
    """Forms that are being filled in.

    Attributes:
        lists: where it is kept who signed up.
        flows: where a form is kept meanwhile.
        personal: the visitor's programme, into which it goes too.
        reachable: the channels on which we can write to somebody unasked.
        follow: told of each change of a programme.
    """

    lists: Signups
    flows: Flows
    personal: Personal
    reachable: Collection[str] = ()
    follow: Follow = nobody_follows

    async def open(self, what: Bookable, turn: Turn) -> Reply:
        """Begin to fill in a form, or say why nobody is put on this list now."""
        scene = turn.scene
        for one in await self.lists.of_chat(turn.incoming.chat):
            if one.signup.key == what.key:
                return joined(one, what, scene, is_silent=self.is_silent(turn))
        taken = scene.taken(what.key)
        refusal = refusal_of(what, taken, scene.now)
        may_wait = what.waits and not self.is_silent(turn)
        if refusal is None and place_for(taken, what.seats, may_wait=may_wait) is None:
            refusal = Refusal.FULL
        if refusal is not None:
            return self.refused(refusal, what, turn)
        await self._keep(Form(what.key, scene.language), turn)
        return asking.ask_name(what, scene)

    async def answered(self, form: Form, turn: Turn) -> Reply | None:
        """Take what was written for the answer to the open question, if it looks like one."""
        words = turn.words
        if command := command_in(words):
            ways = {"stop": "q", "back": "e", "agree": "k"}
            if command != "agree" or form.step == "agree":
                return await self.step(ways[command], turn)
        if is_a_question(words) or _is_known(turn):
            return None
        scene = replace(turn.scene, language=form.language)
        what = bookable(form.key, scene.knowledge)
        if what is None:
            return await self._stopped(turn, "signup_forgotten_step")
        if form.step == "name":
            name = name_in(words)
            if name is None:
                return asking.ask_name(what, scene, is_odd=True)
            form = replace(form, name=name)
        elif form.step == "contact":
            contact = contact_in(words, what.contact)
            if contact is None:
                return asking.ask_contact(what, scene, is_odd=True)
            form = replace(form, contact=contact)
        await self._keep(form, turn)
        return _next(form, what, turn)

    async def step(self, way: str, turn: Turn) -> Reply:
        """Stop, go back a step, or agree."""
        form = await self.form(turn)
        if way == "q":
            return await self._stopped(turn, "signup_stopped")
        what = bookable(form.key, turn.scene.knowledge) if form else None
        if form is None or what is None:
            return await self._stopped(turn, "signup_forgotten_step")
        if way == "k" and form.step == "agree":
            return await self._agree(form, what, turn)
        form = form.stepped_back() if way == "e" else form
        await self._keep(form, turn)
        return _next(form, what, turn)

    async def _agree(self, form: Form, what: Bookable, turn: Turn) -> Reply:
        chat = turn.incoming.chat
        turn = replace(turn, scene=replace(turn.scene, language=form.language))
        person = Person(form.name, form.contact)
        is_silent = self.is_silent(turn)
        result = await self.lists.join(what.key, chat, person, may_wait=not is_silent)
        await self.flows.end(chat)
        if not isinstance(result, Joined):
            return self.refused(result, what, turn)
        await self.personal.save(chat, what.key)
        await self.follow(chat)
        keys = await self.personal.saved_by(chat)
        return joined(result, what, turn.scene, keys, is_silent=is_silent)

    def refused(self, refusal: Refusal, what: Bookable | None, turn: Turn) -> Reply:
        """Say why nobody is put on a list."""
        is_silent = self.is_silent(turn) and what is not None and what.waits
        return asking.refused(refusal, what, turn.scene, is_silent=is_silent)

    async def _stopped(self, turn: Turn, key: str) -> Reply:
        flow = await self.flows.open_in(turn.incoming.chat, turn.scene.now)
        if flow is not None and flow.name in (FLOW, STAFF_FLOW):
            await self.flows.end(turn.incoming.chat)
        return asking.only(key, turn.scene)

    async def form(self, turn: Turn) -> Form | None:
        """Give the form that the chat is filling in; `None` for none."""
        return Form.read(await self.flows.open_in(turn.incoming.chat, turn.scene.now))

    async def _keep(self, form: Form, turn: Turn) -> None:
        await self.flows.keep(turn.incoming.chat, form.flow(turn.scene.now))

    def is_silent(self, turn: Turn) -> bool:
        """Say whether we cannot write first to the chat."""
        return turn.incoming.chat.channel not in self.reachable


def _next(form: Form, what: Bookable, turn: Turn) -> Reply:
    scene = replace(turn.scene, language=form.language)
    match form.step:
        case "name":
            return asking.ask_name(what, scene)
        case "contact":
            return asking.ask_contact(what, scene)
        case _:
            return asking.ask_consent(form, what, scene)


def _is_known(turn: Turn) -> bool:
    """Say whether the words surely ask for something, rather than tell a name."""
    words = tuple(token.text for token in tokenize(turn.words))
    for met in phrase_book("requests").find(words):
        if (met.start, met.end) == (0, len(words)):
            return True
    index = turn.scene.fair.snapshot.index
    decision = index.decide(index.rank(turn.words, kinds=_NOT_NAMES))
    return isinstance(decision, Confident)
