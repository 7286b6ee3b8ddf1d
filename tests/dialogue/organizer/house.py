"""A fair with its staff and visitors: the real conversation, room, store and writer; a post that
keeps what it was given instead of a platform."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.announcements.alarms import Alarms
from bot.announcements.composer import Writer
from bot.announcements.queries.changes import changes_made
from bot.announcements.queries.staff import Staff
from bot.delivery.due import Skip
from bot.delivery.queries import Mark, claim, finish, hold, mark
from bot.delivery.verdict import verdict
from bot.dialogue.conversation import Conversation
from bot.dialogue.organizer.notes import Notes
from bot.dialogue.organizer.notices import AlarmNotices
from bot.dialogue.organizer.office import Office
from bot.dialogue.organizer.room import OrganizerRoom
from bot.dialogue.personal.room import PersonalRoom
from bot.dialogue.rooms import Notices, Turn
from bot.dialogue.scene import Lists
from bot.knowledge.changes import Change
from bot.knowledge.laying import laid_over
from bot.matching.snapshot import Snapshot
from bot.messaging.languages import Language
from bot.messaging.message import ChatId, Command, Content, Incoming, Tap, Text
from bot.messaging.outcome import Outcome, Refused, Sent
from bot.messaging.reply import Ask, Reply
from bot.store.engine import Store
from bot.visitors.queries import SqlFlows, SqlVisitors
from bot.visitors.queries.asked import SqlAsked
from tests.dialogues.talking import buttons_of, visible

ANNA = ChatId("telegram", "1")
OLEH = ChatId("telegram", "2")
DESK = ChatId("telegram", "3")
DAY, HOUR = dt.date(2017, 11, 30), dt.time(10)


@dataclass
class Post:
    """A courier that keeps what it brought; `refuses` makes it refuse everything."""

    channel: str = "telegram"
    can_amend: bool = True
    per_second: float = 30.0
    refuses: str = ""
    brought: list[tuple[str, Reply]] = field(default_factory=list)
    amended: list[tuple[str, str, Reply]] = field(default_factory=list)

    async def deliver(self, chat: str, reply: Reply, *, reference: str, silent: bool) -> Outcome:
        if self.refuses:
            return Refused(self.refuses)
        self.brought.append((chat, reply))
        return Sent(str(1000 + len(self.brought)))

    async def amend(self, chat: str, message_id: str, reply: Reply) -> Outcome:
        self.amended.append((chat, message_id, reply))
        return Sent(message_id)

    def preview(self, reply: Reply) -> tuple[str, ...]:
        return (visible((reply,)),)

    def to(self, chat: ChatId) -> list[str]:
        return [visible((reply,)) for to, reply in self.brought if to == chat.chat]


@dataclass
class House:
    """All of it; `hear` says something, `tap` presses what was shown last to that chat."""

    store: Store
    planned: Snapshot
    snapshot: Snapshot
    clock: "Hands"
    staff: Staff
    post: Post
    visitors: SqlVisitors
    alarms: Alarms
    conversation: Conversation
    writer: Writer
    asked: SqlAsked
    notices: "AllNotices"
    menus: list[tuple[ChatId, bool]] = field(default_factory=list)
    shown: dict[ChatId, tuple[Reply, ...]] = field(default_factory=dict)
    followed: list[Change] = field(default_factory=list)

    async def hear(self, content: Content | str, chat: ChatId = ANNA, replies_to: str = "") -> str:
        said = Text(content) if isinstance(content, str) else content
        if isinstance(said, Text) and said.text.startswith("/"):
            name, _, argument = said.text[1:].partition(" ")
            said = Command(name, argument)
        await self.follow_changes()
        incoming = Incoming(chat, said, self.clock(), "pl", replies_to)
        self.shown[chat] = await self.conversation.respond(incoming)
        return visible(self.shown[chat])

    async def follow_changes(self) -> None:
        """Take up what was confirmed in chat, as every process does."""
        changes = [one.change for one in await changes_made(self.store)]
        if changes == self.followed:
            return
        self.followed = changes
        knowledge = laid_over(self.planned.knowledge, changes)
        self.snapshot = Snapshot(knowledge, self.planned.index) if changes else self.planned

    async def type(self, words: str, chat: ChatId) -> str:
        """Say something where the platform knows no commands."""
        self.shown[chat] = await self.conversation.respond(
            Incoming(chat, Text(words), self.clock(), "pl")
        )
        return visible(self.shown[chat])

    async def tap(self, label: str, chat: ChatId = ANNA) -> str:
        taps = {one.label: one.data for one in self.asks(chat)}
        assert label in taps, f"no button {label!r} among {list(taps)}"
        return await self.hear(Tap(taps[label]), chat)

    def asks(self, chat: ChatId = ANNA) -> list[Ask]:
        return [one for one in buttons_of(self.shown[chat]) if isinstance(one, Ask)]

    def labels(self, chat: ChatId = ANNA) -> list[str]:
        return [one.label for one in self.asks(chat)]

    def look_at(self, chat: ChatId, words: str) -> str:
        """Look at the last message with some words that the post brought or changed in a chat."""
        brought = [(to, reply) for to, reply in self.post.brought]
        brought += [(to, reply) for to, _, reply in self.post.amended]
        replies = [reply for to, reply in brought if to == chat.chat and words in visible((reply,))]
        assert replies, f"nothing with {words!r} came to {chat.chat}"
        self.shown[chat] = (replies[-1],)
        return visible(self.shown[chat])

    async def deliver(self, count: int = 1000) -> int:
        """Send what is due, as the sender does: claimed, written, brought or amended, marked."""
        await self.follow_changes()
        lease = await hold(self.store, "telegram", "test", dt.timedelta(minutes=1))
        assert lease is not None
        due = await claim(self.store, lease, "telegram", count, self.clock())
        marks = []
        for one, message in zip(due, await self.writer.compose(due), strict=True):
            outcome: Outcome | Skip
            if isinstance(message, Skip):
                outcome = message
            elif one.message_id:
                outcome = await self.post.amend(one.chat, one.message_id, message)
            else:
                outcome = await self.post.deliver(
                    one.chat, message, reference=str(one.id), silent=one.is_silent
                )
            marks.append(Mark(one, lease, verdict(one, outcome, self.clock())))
        if marks:
            await mark(self.store, marks, self.clock())
        await finish(self.store)
        return len(due)

    async def meet(self, *chats: ChatId, language: Language = Language.PL) -> None:
        for chat in chats:
            self.visitors.meet(chat, language)
        await self.visitors.write_meetings()


@dataclass
class AllNotices:
    """What is told before an answer; a test may add to it."""

    also: list[Notices]

    async def due(self, turn: Turn) -> tuple[Reply, ...]:
        return tuple([reply for one in self.also for reply in await one.due(turn)])


class Hands:
    """A clock whose hands are moved."""

    def __init__(self, moment: dt.datetime) -> None:
        self.moment = moment

    def __call__(self) -> dt.datetime:
        return self.moment

    def move(self, **by: float) -> None:
        self.moment += dt.timedelta(**by)


async def open_house(store: Store, snapshot: Snapshot, named: Sequence[ChatId] = (ANNA,)) -> House:
    """Open the fair with Anna as its organizer."""
    zone = snapshot.knowledge.event.zone
    clock = Hands(dt.datetime.combine(DAY, HOUR, zone))
    staff = Staff(store, clock, named)
    await staff.enlist()
    post = Post()
    visitors = SqlVisitors(store, clock, reachable={"telegram"})
    alarms = Alarms(store, lambda: snapshot.knowledge.event, clock, "test", ["telegram"])
    menus: list[tuple[ChatId, bool]] = []

    async def menu(chat: ChatId, is_staff: bool) -> None:
        menus.append((chat, is_staff))

    async def link(payload: str) -> str:
        return f"https://t.me/bot?start={payload}"

    asked = SqlAsked(store)
    notices = AllNotices([AlarmNotices(alarms, staff)])
    office = Office(
        store, staff, SqlFlows(store), {"telegram": post}, link, menu, visitors.questions
    )
    conversation = Conversation(
        lambda: house.snapshot,
        visitors,
        clock,
        first=OrganizerRoom(office),
        rooms=(PersonalRoom(visitors, {"telegram"}),),
        notices=notices,
        lists=Lists(is_staff=lambda chat: staff.member(chat) is not None),
        count=asked.count,
    )
    notes = Notes(store, staff, lambda: house.snapshot.knowledge)
    writer = Writer(store, lambda: house.snapshot.knowledge, clock, Language.PL, notes.writers())
    house = House(
        store,
        snapshot,
        snapshot,
        clock,
        staff,
        post,
        visitors,
        alarms,
        conversation,
        writer,
        asked,
        notices,
        menus,
    )
    return house
