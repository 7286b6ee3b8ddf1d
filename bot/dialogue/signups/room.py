"""Takes the turns that are about signing up: sessions, trainings, advisers, and one's own list.

What somebody writes belongs here if it begins as such a wish does ("zapisz mnie na …"), or if
they are being asked for a name or a contact and the words look like an answer. All else goes on
to be understood as a question, beside the sign-up.
"""

from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass, replace

from bot.dialogue.phrases import phrase_book
from bot.dialogue.reading import read
from bot.dialogue.rooms import Turn
from bot.dialogue.signups import advisers, asking, reminding
from bot.dialogue.signups.form import Form
from bot.dialogue.signups.said import (
    Said,
    command_in,
    contact_in,
    is_a_question,
    name_in,
    said_in,
)
from bot.dialogue.signups.showing import joined, left, my_signups
from bot.dialogue.signups.staff import StaffDesk
from bot.dialogue.timed import within
from bot.dialogue.wishes import About
from bot.knowledge.dated import key_of
from bot.knowledge.model import Consultation, Series, Session
from bot.language.tokens import tokenize
from bot.matching.decide import Ambiguous, Confident
from bot.messaging.message import ChatId
from bot.messaging.reply import Reply
from bot.signups import taps
from bot.signups.bookable import Bookable, Window, bookable, bookables
from bot.signups.joining import refusal_of
from bot.signups.lists import Joined, Person, Refusal, Signups
from bot.signups.seating import place_for
from bot.visitors.flows import Flows
from bot.visitors.memory import Personal

COMMANDS = {
    **dict.fromkeys(("moje_zapisy", "my_signups", "moyi_zapysy"), "m"),
    **dict.fromkeys(("zapisz_mnie", "sign_up", "zapysaty"), "s"),
    **dict.fromkeys(("doradca", "adviser", "radnyk"), "b"),
    "zapisy": "l",
}
"""What each command does: as the button with this letter."""

_KINDS = frozenset({"sessions", "series"})
_NOT_NAMES = frozenset(
    {"sessions", "series", "places", "faq", "offers", "exhibitors", "marks", "glossary"}
)

Follow = Callable[[ChatId], Awaitable[None]]


async def nobody_follows(_chat: ChatId) -> None:
    """Do nothing, where there are no reminders to set."""


@dataclass(frozen=True, slots=True)
class SignupRoom:
    """Signing up in chat.

    Attributes:
        lists: where it is kept who signed up.
        flows: where a sign-up that is being filled in is kept.
        personal: the visitor's programme, into which it goes too.
        reachable: the channels on which we can write to somebody unasked.
        follow: told of each change of a programme.
        staff: what the staff does with lists; `None` where there is none.
    """

    lists: Signups
    flows: Flows
    personal: Personal
    reachable: Collection[str] = ()
    follow: Follow = nobody_follows
    staff: StaffDesk | None = None

    async def take(self, turn: Turn) -> tuple[Reply, ...] | None:
        """Answer the turn; `None` if it is none of this room's business."""
        if press := taps.read(turn.tapped):
            reply = await self._pressed(press, turn)
        elif turn.command:
            what = COMMANDS.get(turn.command, "")
            reply = await self._pressed(taps.Press(what), turn) if what else None
        elif turn.words:
            reply = await self._said(turn)
        else:
            return None
        return (reply,) if reply else None

    async def _pressed(self, press: taps.Press, turn: Turn) -> Reply | None:
        chat, scene = turn.incoming.chat, turn.scene
        if self.staff and (reply := await self.staff.pressed(press, turn)):
            return reply
        match press.what:
            case "s":
                return await self._begin(press.value, turn)
            case "k" | "e" | "q":
                return await self._step(press.what, turn)
            case "x":
                return await self._leave(press.value, turn)
            case "a":
                return await self._accept(press.value, turn)
            case "w":
                return await reminding.remind(press.value, turn, self.lists)
            case "b":
                name, _, page = press.value.partition(":")
                consultation = scene.knowledge.consultations.get(name)
                if consultation is None:
                    return advisers.advisers("", scene)
                number = int(page) if page.isdecimal() and len(page) < 4 else 0
                return advisers.slots(consultation, number, scene)
            case _:
                return my_signups(await self.lists.of_chat(chat), scene)

    async def _said(self, turn: Turn) -> Reply | None:
        if self.staff and await self.staff.is_writing(turn):
            return await self.staff.written(turn)
        said = said_in(turn.words)
        form = await self._form(turn)
        if form is not None and (said is None or command_in(turn.words)):
            return await self._answered(form, turn)
        return await self._wished(said, turn) if said else None

    async def _wished(self, said: Said, turn: Turn) -> Reply | None:
        chat, scene = turn.incoming.chat, turn.scene
        match said.what:
            case "book":
                return advisers.advisers(said.rest, scene)
            case "mine":
                return my_signups(await self.lists.of_chat(chat), scene)
            case "leave":
                return await self._leave_named(said.rest, turn)
            case _:
                found = self._named(said.rest, turn)
                if said.what == "remind":
                    if len(found) == 1:
                        return await reminding.remind(found[0], turn, self.lists)
                    return reminding.remind_of_what(found, scene)
                if len(found) == 1:
                    return await self._begin(found[0], turn)
                records = [scene.fair.record(one) for one in found]
                return asking.ask_what(scene, [one for one in records if one is not None])

    async def _begin(self, key: str, turn: Turn) -> Reply:
        """Begin to fill in a form, or say why that cannot be."""
        chat, scene = turn.incoming.chat, turn.scene
        if chat.is_group:
            return asking.only("signup_group", scene)
        if not key:
            return asking.ask_what(scene)
        what = bookable(key, scene.knowledge)
        record = scene.fair.record(key.partition("@")[0])
        if what is None and isinstance(record, Consultation):
            return advisers.slots(record, 0, scene)
        if what is None and isinstance(record, Series):
            dates = bookables(record, scene.knowledge, scene.now)
            coming = [one for one in dates if one.window(scene.now) is Window.OPEN] or [*dates]
            if len(coming) > 1:
                return asking.ask_date(record, coming, scene)
            what = coming[0] if coming else None
        if what is None:
            if isinstance(record, Session | Series):
                return asking.elsewhere(record, scene)
            return self._refused(Refusal.GONE, None, turn)
        return await self._open_form(what, turn)

    async def _open_form(self, what: Bookable, turn: Turn) -> Reply:
        scene = turn.scene
        for one in await self.lists.of_chat(turn.incoming.chat):
            if one.signup.key == what.key:
                return joined(one, what, scene, is_silent=self._is_silent(turn))
        taken = scene.taken(what.key)
        refusal = refusal_of(what, taken, scene.now)
        may_wait = what.waits and not self._is_silent(turn)
        if refusal is None and place_for(taken, what.seats, may_wait=may_wait) is None:
            refusal = Refusal.FULL
        if refusal is not None:
            return self._refused(refusal, what, turn)
        await self._keep(Form(what.key, scene.language), turn)
        return asking.ask_name(what, scene)

    async def _answered(self, form: Form, turn: Turn) -> Reply | None:
        """Take what was written for the answer to the open question, if it looks like one."""
        words = turn.words
        if command := command_in(words):
            ways = {"stop": "q", "back": "e", "agree": "k"}
            if command != "agree" or form.step == "agree":
                return await self._step(ways[command], turn)
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

    async def _step(self, way: str, turn: Turn) -> Reply:
        """Stop, go back a step, or agree."""
        form = await self._form(turn)
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
        is_silent = self._is_silent(turn)
        result = await self.lists.join(what.key, chat, person, may_wait=not is_silent)
        await self.flows.end(chat)
        if not isinstance(result, Joined):
            return self._refused(result, what, turn)
        await self.personal.save(chat, what.key)
        await self.follow(chat)
        keys = await self.personal.saved_by(chat)
        return joined(result, what, turn.scene, keys, is_silent=is_silent)

    async def _leave(self, key: str, turn: Turn) -> Reply:
        chat = turn.incoming.chat
        was_on = await self.lists.leave(key, chat)
        if was_on:
            await self.personal.unsave(chat, key)
            await self.follow(chat)
        return left(key, turn.scene, was_on=was_on)

    async def _leave_named(self, rest: str, turn: Turn) -> Reply | None:
        """Take somebody off the list that they name; of several, ask which."""
        mine = await self.lists.of_chat(turn.incoming.chat)
        if not mine:
            return None
        found = self._named(rest, turn) if rest or turn.topic else ()
        ids = {one.partition("@")[0] for one in found}
        meant = [one for one in mine if one.signup.key.partition("@")[0] in ids]
        if len(meant) == 1:
            return await self._leave(meant[0].signup.key, turn)
        if rest and not meant:
            return None
        return my_signups(mine, turn.scene)

    async def _accept(self, key: str, turn: Turn) -> Reply:
        chat, scene = turn.incoming.chat, turn.scene
        what = bookable(key, scene.knowledge)
        if what is not None and await self.lists.accept(key, chat):
            for one in await self.lists.of_chat(chat):
                if one.signup.key == key:
                    reply = joined(one, what, scene, is_silent=self._is_silent(turn))
                    return replace(reply, note=f"{scene.say('signup_taken')} {reply.note}".strip())
        return asking.only("signup_too_late", scene)

    def _named(self, words: str, turn: Turn) -> tuple[str, ...]:
        """Find the keys or ids that the words name, or what was shown last."""
        scene = turn.scene
        if not words:
            kind = scene.fair.kinds.get(turn.topic, "")
            return (turn.topic,) if kind in _KINDS else ()
        reading = read(words, scene.now, scene.fair.calendar)
        index = scene.fair.snapshot.index
        match index.decide(index.rank(reading.query or words, kinds=_KINDS)):
            case Confident(hit) | Ambiguous((hit,)):
                about = within(About(hit.id), reading.times)
                is_one_day = scene.fair.kinds[hit.id] == "series" and about.start == about.end
                return (key_of(hit.id, about.start if is_one_day else None),)
            case Ambiguous(hits):
                return tuple(hit.id for hit in hits)
            case _:
                return ()

    def _refused(self, refusal: Refusal, what: Bookable | None, turn: Turn) -> Reply:
        is_silent = self._is_silent(turn) and what is not None and what.waits
        return asking.refused(refusal, what, turn.scene, is_silent=is_silent)

    async def _stopped(self, turn: Turn, key: str) -> Reply:
        if await self._form(turn):
            await self.flows.end(turn.incoming.chat)
        return asking.only(key, turn.scene)

    async def _form(self, turn: Turn) -> Form | None:
        return Form.read(await self.flows.open_in(turn.incoming.chat, turn.scene.now))

    async def _keep(self, form: Form, turn: Turn) -> None:
        await self.flows.keep(turn.incoming.chat, form.flow(turn.scene.now))

    def _is_silent(self, turn: Turn) -> bool:
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
