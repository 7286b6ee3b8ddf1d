"""Takes the turns that are about signing up: sessions, trainings, advisers, and one's own list.

What somebody writes belongs here if it begins as such a wish does ("zapisz mnie na …"), or if
they are being asked for a name or a contact and the words look like an answer. All else goes on
to be understood as a question, beside the sign-up.
"""

from dataclasses import dataclass, replace

from bot.dialogue.reading import read
from bot.dialogue.rooms import Turn
from bot.dialogue.signups import advisers, asking, reminding
from bot.dialogue.signups.filling import FormDesk
from bot.dialogue.signups.said import Said, command_in, said_in
from bot.dialogue.signups.showing import joined, left, my_signups
from bot.dialogue.signups.staff import StaffDesk
from bot.dialogue.timed import within
from bot.dialogue.wishes import About
from bot.knowledge.dated import key_of
from bot.knowledge.model import Consultation, Series, Session
from bot.matching.decide import Ambiguous, Confident
from bot.messaging.reply import Reply
from bot.messaging.taps import Press
from bot.signups import taps
from bot.signups.bookable import Window, bookable, bookables
from bot.signups.lists import Refusal

COMMANDS = {
    **dict.fromkeys(("moje_zapisy", "my_signups", "moyi_zapysy"), "m"),
    **dict.fromkeys(("zapisz_mnie", "sign_up", "zapysaty"), "s"),
    **dict.fromkeys(("doradca", "adviser", "radnyk"), "b"),
    "zapisy": "l",
}
"""What each command does: as the button with this letter."""

_KINDS = frozenset({"sessions", "series"})


@dataclass(frozen=True, slots=True)
class SignupRoom:
    """Signing up in chat.

    Attributes:
        forms: what is being filled in, and where it is kept who signed up.
        staff: what the staff does with lists; `None` where there is none.
    """

    forms: FormDesk
    staff: StaffDesk | None = None

    async def take(self, turn: Turn) -> tuple[Reply, ...] | None:
        """Answer the turn; `None` if it is none of this room's business."""
        if press := taps.read(turn.tapped):
            reply = await self._pressed(press, turn)
        elif turn.command:
            what = COMMANDS.get(turn.command, "")
            reply = await self._pressed(Press(what), turn) if what else None
        elif turn.words:
            reply = await self._said(turn)
        else:
            return None
        return (reply,) if reply else None

    async def _pressed(self, press: Press, turn: Turn) -> Reply | None:
        chat, scene = turn.incoming.chat, turn.scene
        if self.staff and (reply := await self.staff.pressed(press, turn)):
            return reply
        match press.what:
            case "s":
                return await self._begin(press.value, turn)
            case "k" | "e" | "q":
                return await self.forms.step(press.what, turn)
            case "x":
                return await self._leave(press.value, turn)
            case "a":
                return await self._accept(press.value, turn)
            case "w":
                return await reminding.remind(press.value, turn, self.forms.lists)
            case "b":
                name, _, page = press.value.partition(":")
                consultation = scene.knowledge.consultations.get(name)
                if consultation is None:
                    return advisers.advisers("", scene)
                number = int(page) if page.isdecimal() and len(page) < 4 else 0
                return advisers.slots(consultation, number, scene)
            case _:
                return my_signups(await self.forms.lists.of_chat(chat), scene)

    async def _said(self, turn: Turn) -> Reply | None:
        if self.staff and await self.staff.is_writing(turn):
            return await self.staff.written(turn)
        said = said_in(turn.words)
        form = await self.forms.form(turn)
        if form is not None and (said is None or command_in(turn.words)):
            return await self.forms.answered(form, turn)
        return await self._wished(said, turn) if said else None

    async def _wished(self, said: Said, turn: Turn) -> Reply | None:
        chat, scene = turn.incoming.chat, turn.scene
        match said.what:
            case "book":
                return advisers.advisers(said.rest, scene)
            case "mine":
                return my_signups(await self.forms.lists.of_chat(chat), scene)
            case "leave":
                return await self._leave_named(said.rest, turn)
            case _:
                found = self._named(said.rest, turn)
                if said.what == "remind":
                    if len(found) == 1:
                        return await reminding.remind(found[0], turn, self.forms.lists)
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
            return self.forms.refused(Refusal.GONE, None, turn)
        return await self.forms.open(what, turn)

    async def _leave(self, key: str, turn: Turn) -> Reply:
        chat = turn.incoming.chat
        was_on = await self.forms.lists.leave(key, chat)
        if was_on:
            await self.forms.personal.unsave(chat, key)
            await self.forms.follow(chat)
        return left(key, turn.scene, was_on=was_on)

    async def _leave_named(self, rest: str, turn: Turn) -> Reply | None:
        """Take somebody off the list that they name; of several, ask which."""
        mine = await self.forms.lists.of_chat(turn.incoming.chat)
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
        if what is not None and await self.forms.lists.accept(key, chat):
            for one in await self.forms.lists.of_chat(chat):
                if one.signup.key == key:
                    reply = joined(one, what, scene, is_silent=self.forms.is_silent(turn))
                    return replace(reply, note=f"{scene.say('signup_taken')} {reply.note}".strip())
        return asking.only("signup_too_late", scene)

    def _named(self, words: str, turn: Turn) -> tuple[str, ...]:
        """Find the keys or ids that the words name, or what was shown last."""
        scene = turn.scene
        if not words:
            kind = scene.fair.kinds.get(turn.topic, "")
            return (turn.topic,) if kind in _KINDS | {"consultations"} else ()
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
