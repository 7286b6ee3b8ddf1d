"""Takes the turns that are about what a visitor keeps: my programme, choices, their data."""

from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass

from bot.announcements.swaps import read_swap
from bot.dialogue.personal import choices as choosing
from bot.dialogue.personal.files import calendar_file, exported
from bot.dialogue.personal.plan import choose_what_to_drop, my_programme
from bot.dialogue.personal.said import Said, said_in
from bot.dialogue.personal.saving import (
    cannot_save,
    choose_a_date,
    has_dates,
    save_which,
    saved_now,
    taken_out,
)
from bot.dialogue.personal.swapping import can_be_taken, kept, nothing_to_swap, swapped
from bot.dialogue.reading import read
from bot.dialogue.rooms import Turn
from bot.dialogue.timed import within
from bot.dialogue.wishes import About
from bot.knowledge.dated import key_of, saved_under
from bot.knowledge.model import Series
from bot.matching.decide import Ambiguous, Confident, Unknown
from bot.messaging.message import ChatId
from bot.messaging.reply import Reply
from bot.messaging.taps import Press
from bot.visitors import taps
from bot.visitors.memory import Choices, Personal

SAVED_LIMIT = 100
"""Things in one programme: more than any fair lets one see, few enough to show."""

_KINDS = frozenset({"sessions", "series", "exhibitors", "offers"})

_COMMANDS = {
    "moj_program": "plan",
    "my_programme": "plan",
    "przypomnienia": "choices",
    "reminders": "choices",
    "moje_dane": "export",
    "my_data": "export",
    "kalendarz": "calendar",
    "calendar": "calendar",
    "stop": "stop",
}

_PRESSES = {
    "plan": Press("p"),
    "choices": Press("c"),
    "no_reminders": Press("r", "0"),
    "stop": Press("x"),
    "calendar": Press("f"),
    "export": Press("e"),
}
"""The button that does the same as a wish in words."""

Follow = Callable[[ChatId], Awaitable[None]]
"""Told after each change of a programme or of choices, so that reminders follow."""


async def nobody_follows(_chat: ChatId) -> None:
    """Do nothing, where there are no reminders to set."""


SignedUp = Callable[[ChatId, str], Awaitable[bool]]


async def nobody_is_signed_up(_chat: ChatId, _key: str) -> bool:
    """Say that nobody is on a list, where none are kept."""
    return False


@dataclass(frozen=True, slots=True)
class PersonalRoom:
    """My programme, choices and the visitor's own data.

    Attributes:
        personal: where it is kept.
        reachable: the channels on which we can write to somebody unasked.
        calendar_address: the public address of calendars, before the secret key; "" for none.
        follow: told of each change.
        is_signed_up: says whether a chat is on the list of what has this key.
    """

    personal: Personal
    reachable: Collection[str] = ()
    calendar_address: str = ""
    follow: Follow = nobody_follows
    is_signed_up: SignedUp = nobody_is_signed_up

    async def take(self, turn: Turn) -> tuple[Reply, ...] | None:
        """Answer the turn; `None` if it is none of this room's business."""
        if press := taps.read(turn.tapped):
            reply = await self._pressed(press, turn)
        elif turn.command:
            reply = await self._wished(Said(_COMMANDS.get(turn.command, "")), turn)
        elif turn.words and (said := said_in(turn.words)):
            reply = await self._wished(said, turn)
        else:
            return None
        return (reply,) if reply else None

    async def _pressed(self, press: Press, turn: Turn) -> Reply | None:
        chat, scene = turn.incoming.chat, turn.scene
        match press.what:
            case "+":
                return await self._save_key(press.value, turn)
            case "-":
                return await self._take_out(press.value, turn)
            case "p":
                return my_programme(await self.personal.saved_by(chat), scene)
            case "d":
                page = int(press.value) if press.value.isdecimal() else 0
                return choose_what_to_drop(await self.personal.saved_by(chat), page, scene)
            case "f":
                return await self._calendar(turn, press.value)
            case "a":
                await self.personal.calendar_key(chat, renew=True)
                return await self._calendar(turn)
            case "c":
                return await self._show_choices(turn)
            case "o" | "s" | "k":
                return await self._told(press, turn)
            case "e":
                return exported(await self.personal.export(chat), scene)
            case _:
                return await self._choose(press, turn)

    async def _wished(self, said: Said, turn: Turn) -> Reply | None:
        match said.what:
            case "save" | "remind" if said.rest:
                return await self._save_named(said.rest, turn)
            case "save" | "remind" if turn.topic:
                return await self._save_key(turn.topic, turn)
            case "save":
                return cannot_save(turn.scene)
            case "unsave":
                return await self._unsave_topic(turn)
            case what if press := _PRESSES.get("choices" if what == "remind" else what):
                return await self._pressed(press, turn)
            case _:
                return None

    async def _save_named(self, words: str, turn: Turn) -> Reply | None:
        """Save what the words name; of several that may be meant, ask which."""
        scene = turn.scene
        reading = read(words, scene.now, scene.fair.calendar)
        index = scene.fair.snapshot.index
        decision = index.decide(index.rank(reading.query or words, kinds=_KINDS))
        match decision:
            case Confident(hit) | Ambiguous((hit,)):
                # One that is not quite sure is saved too: its name is told, and one tap undoes it.
                about = within(About(hit.id), reading.times)
                is_one_day = scene.fair.kinds[hit.id] == "series" and about.start == about.end
                return await self._save_key(
                    key_of(hit.id, about.start if is_one_day else None), turn
                )
            case Ambiguous(hits):
                records = (scene.fair.record(hit.id) for hit in hits)
                return save_which([one for one in records if one is not None], scene)
            case Unknown():
                return None

    async def _save_key(self, key: str, turn: Turn) -> Reply:
        chat, scene = turn.incoming.chat, turn.scene
        saved = saved_under(key, scene.knowledge) or saved_under(key[:-11], scene.knowledge)
        if saved is None:
            return cannot_save(scene)
        key = saved.key
        if isinstance(saved.record, Series) and not saved.start and has_dates(saved.record, scene):
            return choose_a_date(saved.record, scene)
        if len(await self.personal.saved_by(chat)) >= SAVED_LIMIT:
            return cannot_save(scene, is_full=True)
        is_new = await self.personal.save(chat, key)
        await self.follow(chat)
        choices = await self.personal.choices_of(chat)
        minutes = choices.remind_minutes if self._can_be_told(turn) else None
        keys = await self.personal.saved_by(chat)
        return saved_now(saved, keys, scene, is_new=is_new, remind_minutes=minutes)

    async def _take_out(self, key: str, turn: Turn) -> Reply:
        chat = turn.incoming.chat
        was_in = await self.personal.unsave(chat, key)
        await self.follow(chat)
        is_signed_up = await self.is_signed_up(chat, key)
        return taken_out(key, turn.scene, was_in=was_in, is_signed_up=is_signed_up)

    async def _told(self, press: Press, turn: Turn) -> Reply:
        """Take the answer to something that the bot said unasked."""
        match press.what:
            case "o":
                return kept(turn.scene)
            case "s":
                return await self._swap(press.value, turn)
            case _:
                choices = await self.personal.choices_of(turn.incoming.chat)
                return choosing.kept_open(choices, turn.scene)

    async def _swap(self, value: str, turn: Turn) -> Reply:
        """Take something out of the programme and put another in its place, at one tap."""
        chat, scene = turn.incoming.chat, turn.scene
        keys = read_swap(value)
        new = saved_under(keys[1], scene.knowledge) if keys else None
        if keys is None or new is None or not can_be_taken(new, scene):
            return nothing_to_swap(scene)
        await self.personal.unsave(chat, keys[0])
        await self.personal.save(chat, new.key)
        await self.follow(chat)
        return swapped(new, await self.personal.saved_by(chat), scene)

    async def _unsave_topic(self, turn: Turn) -> Reply:
        keys = await self.personal.saved_by(turn.incoming.chat)
        about = [key for key in keys if turn.topic and key.partition("@")[0] == turn.topic]
        if len(about) == 1:
            return await self._take_out(about[0], turn)
        return choose_what_to_drop(about or keys, 0, turn.scene)

    async def _calendar(self, turn: Turn, key: str = "") -> Reply:
        chat = turn.incoming.chat
        keys = (key,) if key else await self.personal.saved_by(chat)
        address = ""
        if self.calendar_address and keys and not key:
            address = f"{self.calendar_address}{await self.personal.calendar_key(chat)}.ics"
        return calendar_file(keys, address, turn.scene)

    async def _show_choices(self, turn: Turn) -> Reply:
        choices = await self.personal.choices_of(turn.incoming.chat)
        return choosing.show_choices(choices, turn.scene, can_be_told=self._can_be_told(turn))

    async def _choose(self, press: Press, turn: Turn) -> Reply | None:
        chat = turn.incoming.chat
        choices = choosing.changed_by(press, await self.personal.choices_of(chat))
        if choices is None:
            return None
        await self._keep(chat, choices)
        if press.what == "x":
            return choosing.stopped(turn.scene)
        return await self._show_choices(turn)

    async def _keep(self, chat: ChatId, choices: Choices) -> None:
        await self.personal.choose(chat, choices)
        await self.follow(chat)

    def _can_be_told(self, turn: Turn) -> bool:
        return turn.incoming.chat.channel in self.reachable
