"""What the staff does with lists: looks, takes a file, closes, calls off, writes to them."""

import datetime as dt
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from bot.announcements.staff import Member, Right
from bot.dialogue.menu import CommandText
from bot.dialogue.rooms import Turn
from bot.dialogue.scene import Scene
from bot.dialogue.signups import listing
from bot.dialogue.signups.asking import only
from bot.messaging.languages import Language
from bot.messaging.message import ChatId, words_of
from bot.messaging.reply import File, Reply
from bot.messaging.taps import Press
from bot.signups.bookable import keys_of
from bot.signups.exporting import CSV_TYPE, XLSX_TYPE, as_csv, as_xlsx, rows_of
from bot.signups.lists import Signups
from bot.visitors.flows import Flow, Flows

FLOW = "list_message"
LIFETIME = dt.timedelta(minutes=30)
TEXT_LIMIT = 1000

MENU = (
    CommandText(
        "zapisy",
        {
            Language.PL: "Listy zapisanych",
            Language.EN: "Who signed up",
            Language.UK: "Списки записаних",
        },
    ),
)
"""What the platform's menu shows to the staff of this."""

Note = Callable[[str, str, str], Awaitable[None]]
Announce = Callable[[str, str, str], Awaitable[int]]
Reach = Callable[[str], Awaitable[int]]


def awaits_message(flow: Flow | None) -> bool:
    """Say whether the next words are a message to those who signed up."""
    return flow is not None and flow.name == FLOW and not flow.state["text"]


def nobody_is_staff(_chat: ChatId) -> Member | None:
    """Say that nobody is of the staff, where no staff is kept."""
    return None


async def nothing_noted(_who: str, _what: str, _details: str) -> None:
    """Keep no log."""


async def nobody_reached(*_given: str) -> int:
    """Write to nobody."""
    return 0


@dataclass(frozen=True, slots=True)
class StaffDesk:
    """Lists, as the staff sees them.

    Attributes:
        lists: where it is kept who signed up.
        flows: where a message that is being written is kept.
        member: says who of the staff a chat is.
        note: keeps in the staff's log who did what.
        reach: counts whom the bot can write to of those who signed up for a record or key.
        announce: writes to them; given record or key, the text, and who writes.
    """

    lists: Signups
    flows: Flows
    member: Callable[[ChatId], Member | None] = nobody_is_staff
    note: Note = nothing_noted
    reach: Reach = nobody_reached
    announce: Announce = nobody_reached

    async def pressed(self, press: Press, turn: Turn) -> Reply | None:
        """Do what a button wants; `None` if it is none of the staff's, or nobody of it."""
        chat, scene = turn.incoming.chat, turn.scene
        member = self.member(chat)
        if press.what not in _RIGHTS or member is None or chat.is_group:
            return None
        if not member.may(_RIGHTS[press.what]):
            return only("list_not_allowed", scene)
        match press.what:
            case "l" if not press.value:
                return listing.all_lists(await self.lists.keys(), scene)
            case "f" | "g":
                await self.note(member.name, "signups_file", press.value)
                return await self._file(press, scene)
            case "c" | "o":
                is_closed = press.what == "c"
                await self._close(press.value, scene, is_closed=is_closed)
                done = "signups_close" if is_closed else "signups_open"
                await self.note(member.name, done, press.value)
            case "v":
                count = len(await self.lists.on_list(_keys(press.value, scene)))
                return listing.call_off_sure(press.value, count, scene)
            case "V":
                await self.note(member.name, "signups_call_off", press.value)
                return await self._call_off(press.value, scene)
            case "t":
                flow = Flow(FLOW, {"about": press.value, "text": ""}, scene.now + LIFETIME)
                await self.flows.keep(chat, flow)
                return listing.ask_text(press.value, scene)
            case "T":
                return await self._send(member, turn)
            case _:
                pass
        return await self._show(press.value, member, scene)

    async def is_writing(self, turn: Turn) -> bool:
        """Say whether the words are a message to those who signed up."""
        chat = turn.incoming.chat
        if self.member(chat) is None:
            return False
        return awaits_message(await self.flows.open_in(chat, turn.scene.now))

    async def written(self, turn: Turn) -> Reply:
        """Take a message, and show it with how many get it."""
        chat, scene = turn.incoming.chat, turn.scene
        flow = await self.flows.open_in(chat, scene.now)
        about = str(flow.state["about"]) if flow else ""
        text = words_of(turn.incoming.content).strip()[:TEXT_LIMIT]
        await self.flows.keep(
            chat, Flow(FLOW, {"about": about, "text": text}, scene.now + LIFETIME)
        )
        return listing.check_text(about, text, await self.reach(about), scene)

    async def _send(self, member: Member, turn: Turn) -> Reply:
        chat, scene = turn.incoming.chat, turn.scene
        flow = await self.flows.open_in(chat, scene.now)
        if flow is None or flow.name != FLOW or not flow.state["text"]:
            return only("signup_forgotten_step", scene)
        # Ended first: whoever presses twice sends once.
        await self.flows.end(chat)
        about = str(flow.state["about"])
        count = await self.announce(about, str(flow.state["text"]), member.name)
        await self.note(member.name, "signups_write", about)
        return listing.after(about, scene, "list_written", scene.count("count_people", count))

    async def _show(self, about: str, member: Member, scene: Scene) -> Reply:
        on_them = await self.lists.on_list(_keys(about, scene))
        may_change = member.may(Right.ANNOUNCE)
        return listing.one_list(about, on_them, scene, may_change=may_change)

    async def _file(self, press: Press, scene: Scene) -> Reply:
        on_them = await self.lists.on_list(_keys(press.value, scene))
        rows = rows_of(on_them, scene.knowledge, scene.language)
        name = press.value.replace("@", "-")
        if press.what == "f":
            file = File(f"{name}.csv", CSV_TYPE, as_csv(rows))
        else:
            file = File(f"{name}.xlsx", XLSX_TYPE, as_xlsx(rows))
        return replace(listing.after(press.value, scene, "list_file"), file=file)

    async def _close(self, about: str, scene: Scene, *, is_closed: bool) -> None:
        for key in _keys(about, scene):
            await self.lists.close(key, is_closed=is_closed)

    async def _call_off(self, about: str, scene: Scene) -> Reply:
        told = [await self.lists.call_off(key) for key in _keys(about, scene)]
        said = scene.count("count_people", sum(told))
        return listing.after(about, scene, "list_now_called_off", said)


_RIGHTS = {
    **dict.fromkeys(("l", "f", "g"), Right.READ),
    **dict.fromkeys(("c", "o", "v", "V", "t", "T"), Right.ANNOUNCE),
}


def _keys(about: str, scene: Scene) -> tuple[str, ...]:
    """Give the keys of a record's lists, or the one key that was named."""
    if "@" in about:
        return (about,)
    return tuple(keys_of(scene.fair.record(about), scene.knowledge)) or (about,)
