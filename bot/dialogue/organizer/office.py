"""What those who run the fair work with, handed to every part of their room."""

import datetime as dt
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from bot.announcements.queries.staff import Staff
from bot.announcements.staff import Member
from bot.dialogue.rooms import Turn
from bot.dialogue.scene import Scene
from bot.dialogue.sheet import Sheet
from bot.messaging.courier import Courier
from bot.messaging.message import ChatId
from bot.messaging.reply import Reply
from bot.store.engine import Store
from bot.visitors.flows import Flow, Flows
from bot.visitors.memory import Question

FLOW = "office"
FLOW_LASTS = dt.timedelta(minutes=15)

Replies = tuple[Reply, ...]


async def no_link(_code: str) -> str:
    """Give no address, where the bot has none."""
    return ""


async def no_menu(_chat: ChatId, _is_staff: bool) -> None:
    """Do nothing, where no platform has menus."""


async def no_questions() -> tuple[Question, ...]:
    """Give no questions, where none are kept."""
    return ()


@dataclass(frozen=True, slots=True)
class Office:
    """What the organizers' room works with.

    Attributes:
        store: where announcements are.
        staff: knows who is who.
        flows: keeps what somebody was asked.
        couriers: who brings messages, by channel; may be filled later.
        link: gives the address that lets somebody in with a code; "" for none.
        menu: shows or hides the staff's commands in a chat's menu.
        questions: what nobody could answer.
        windows: of channels that let us answer only: how long after a chat's last message.
    """

    store: Store
    staff: Staff
    flows: Flows
    couriers: Mapping[str, Courier] = field(default_factory=lambda: MappingProxyType({}))
    link: Callable[[str], Awaitable[str]] = no_link
    menu: Callable[[ChatId, bool], Awaitable[None]] = no_menu
    questions: Callable[[], Awaitable[tuple[Question, ...]]] = no_questions
    windows: Mapping[str, dt.timedelta] = field(default_factory=lambda: MappingProxyType({}))

    async def ask(self, case: "Case", what: str, **details: Any) -> None:
        """Keep that the next words of somebody are the answer to a question.

        They may be a text in any language; the talk goes on in the one of the question.
        """
        state = {"what": what, "spoken": case.scene.language.value, **details}
        flow = Flow(FLOW, state, case.scene.now + FLOW_LASTS)
        await self.flows.keep(case.chat, flow)


@dataclass(frozen=True, slots=True)
class Case:
    """One turn of somebody of the staff."""

    office: Office
    turn: Turn
    member: Member

    @property
    def chat(self) -> ChatId:
        """Where the answer goes."""
        return self.turn.incoming.chat

    @property
    def scene(self) -> Scene:
        """The fair, the language and the moment."""
        return self.turn.scene

    @property
    def store(self) -> Store:
        """Where announcements are."""
        return self.office.store

    async def end_question(self) -> None:
        """Take the next words for new ones, whatever this room has asked before."""
        flow = await self.office.flows.open_in(self.chat, self.scene.now)
        if flow is not None and flow.name == FLOW:
            await self.office.flows.end(self.chat)

    def says(self, key: str, **values: object) -> Reply:
        """Say one sentence."""
        sheet = Sheet(self.scene)
        sheet.say(key, **values)
        return sheet.reply()

    async def note(self, what: str, details: str = "") -> None:
        """Write into the log what was done."""
        await self.office.staff.note(self.member.name, what, details)
