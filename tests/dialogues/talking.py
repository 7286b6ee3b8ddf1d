"""Conversations as data: what a visitor says, what must and must not be in the answer.

A file is a list of conversations. Each has a `name`, the moment `now` (the fair's local
time), perhaps a `hint` (what the platform believes the visitor speaks), and `turns`. A turn
has one of

    say: a text          tap: the label of a button that was just shown
    data: raw tap data   command: "start e_pomocna-dlon"

A turn may have `at`, the moment from which it goes on, and `changes`, what organizers confirmed
just before it, as `bot.knowledge.changes` writes it. It says what holds for all replies
together: `expect` and `reject` (substrings of what is shown, without button labels), `buttons`
(labels that must be there), `language`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml

from bot.clock import Clock
from bot.dialogue.conversation import Conversation
from bot.dialogue.news.room import NewsRoom
from bot.dialogue.personal.room import PersonalRoom
from bot.dialogue.scene import Lists
from bot.dialogue.signups.filling import FormDesk
from bot.dialogue.signups.room import SignupRoom
from bot.dialogue.support.organisation import OrganisationDesk
from bot.dialogue.support.room import SupportRoom
from bot.dialogue.survey import SurveyRoom
from bot.knowledge.changes import from_json
from bot.knowledge.laying import laid_over
from bot.knowledge.model import Offer
from bot.knowledge.standing import Made
from bot.matching.snapshot import Snapshot
from bot.messaging.message import ChatId, Command, Content, Incoming, Tap, Text
from bot.messaging.reply import Ask, Button, Copy, Link, Reply
from bot.signups.bookable import bookable
from bot.signups.in_memory import InMemorySignups
from bot.signups.lists import SignedUp
from bot.support.profiles import InMemoryProfiles
from bot.support.unmet import InMemoryUnmetNeeds
from bot.visitors.flows import InMemoryFlows
from bot.visitors.memory import InMemoryVisitors
from tests.fakes.survey_answers import InMemorySurveyAnswers

FOLDER = Path(__file__).parent
WAYS = ("say", "tap", "data", "command")


@dataclass(frozen=True, slots=True)
class Turn:
    """One thing that a visitor does, and what must hold for the answer."""

    way: str
    what: str
    expect: tuple[str, ...] = ()
    reject: tuple[str, ...] = ()
    buttons: tuple[str, ...] = ()
    language: str | None = None
    at: str | None = None
    changes: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Dialogue:
    """One conversation, from its beginning."""

    file: str
    name: str
    now: str
    turns: tuple[Turn, ...]
    hint: str | None = None


@dataclass
class Talk:
    """Plays a dialogue with the real conversation and writes down what is said."""

    snapshot: Snapshot
    dialogue: Dialogue
    transcript: list[str] = field(default_factory=list)
    shown: tuple[Reply, ...] = ()
    now: str = ""
    made: list[Made] = field(default_factory=list)

    async def play(self) -> None:
        """Go through all turns; the first that fails shows the transcript."""
        clock = self.clock()
        conversation = self.conversation("test")
        for turn in self.dialogue.turns:
            self.prepare(turn)
            self.transcript.append(f"> {turn.way}: {turn.what}")
            incoming = Incoming(
                ChatId("test", "1"), self._content(turn), clock(), self.dialogue.hint
            )
            self.shown = await conversation.respond(incoming)
            self.transcript.append(visible(self.shown))
            self._check(turn)

    def prepare(self, turn: Turn) -> None:
        """Let happen what happens before a turn: time goes on, organizers confirm changes."""
        self.now = turn.at or self.now
        for raw in turn.changes:
            self.made.append(Made(len(self.made) + 1, from_json(raw), self.clock()()))
            changed = laid_over(self.snapshot.knowledge, [self.made[-1].change])
            self.snapshot = Snapshot(changed, self.snapshot.index)

    def clock(self) -> Clock:
        """Give the clock of the dialogue, which stands still between its turns."""
        zone = self.snapshot.knowledge.event.zone
        return lambda: datetime.fromisoformat(self.now or self.dialogue.now).replace(tzinfo=zone)

    def conversation(self, channel: str) -> Conversation:
        """Begin the real conversation, on a channel that lets us write unasked."""
        clock, visitors = self.clock(), InMemoryVisitors()

        async def promise(chat: ChatId, offer: Offer, _day: date) -> bool:
            return await visitors.save(chat, offer.id)

        desk = OrganisationDesk(
            InMemoryProfiles(), visitors.saved_by, promise=promise, reachable={channel}
        )
        flows = InMemoryFlows()
        signups = InMemorySignups(lambda key: bookable(key, self.snapshot.knowledge), clock)
        news = NewsRoom(lambda: self.made, visitors)
        rooms = (
            SignupRoom(FormDesk(signups, flows, visitors, {channel})),
            PersonalRoom(visitors, reachable={channel}, is_signed_up=SignedUp(signups)),
            news,
            SupportRoom(flows, InMemoryUnmetNeeds(), desk),
            SurveyRoom(InMemorySurveyAnswers()),
        )
        return Conversation(
            lambda: self.snapshot,
            visitors,
            clock,
            rooms=rooms,
            notices=news,
            lists=Lists(signups.taken),
        )

    def _content(self, turn: Turn) -> Content:
        match turn.way:
            case "say":
                return Text(turn.what)
            case "data":
                return Tap(turn.what)
            case "command":
                name, _, argument = turn.what.partition(" ")
                return Command(name, argument)
            case _:
                return Tap(self._data_of(turn.what))

    def _data_of(self, label: str) -> str:
        for button in buttons_of(self.shown):
            if isinstance(button, Ask) and button.label == label:
                return button.data
        raise AssertionError(f"there is no button {label!r}\n" + "\n".join(self.transcript))

    def _check(self, turn: Turn) -> None:
        said = visible(self.shown)
        labels = [button.label for button in buttons_of(self.shown)]
        problems = [f"missing: {text!r}" for text in turn.expect if text not in said]
        problems += [f"should not be there: {text!r}" for text in turn.reject if text in said]
        problems += [f"no button {label!r}" for label in turn.buttons if label not in labels]
        languages = {reply.language.value for reply in self.shown}
        if turn.language and languages != {turn.language}:
            problems.append(f"in {languages}, not in {turn.language}")
        if not said.strip():
            problems.append("nothing was said")
        if problems:
            lines = [*problems, f"buttons: {labels}", *self.transcript]
            raise AssertionError("\n".join(lines))


def dialogues() -> Iterator[Dialogue]:
    """Read all files of this folder."""
    for file in sorted(FOLDER.glob("*.yaml")):
        text = file.read_text(encoding="utf-8")
        for raw in yaml.load(text, yaml.CSafeLoader):
            yield _dialogue(file.name, raw)


def buttons_of(replies: Sequence[Reply]) -> list[Button]:
    """List all buttons of some replies, those of cards first."""
    buttons: list[Button] = []
    for reply in replies:
        buttons += [button for card in reply.cards for button in card.buttons]
        buttons += reply.buttons
    return buttons


def visible(replies: Sequence[Reply]) -> str:
    """Write down what a visitor sees, without the labels of buttons that ask."""
    lines: list[str] = []
    for reply in replies:
        lines += [reply.title, reply.text]
        for card in reply.cards:
            lines += [card.title, card.text, card.note]
        if reply.point:
            lines += [reply.point.title, reply.point.address]
        lines.append(reply.note)
    for button in buttons_of(replies):
        match button:
            case Copy(text=text):
                lines.append(text)
            case Link(url=url):
                lines.append(url)
            case Ask():
                pass
    return "\n".join(line for line in lines if line)


def _dialogue(file: str, raw: dict[str, Any]) -> Dialogue:
    turns = tuple(_turn(file, one) for one in raw.pop("turns"))
    return Dialogue(file, turns=turns, **raw)


def _turn(file: str, raw: dict[str, Any]) -> Turn:
    ways = [way for way in WAYS if way in raw]
    assert len(ways) == 1, f"{file}: a turn needs one of {WAYS}: {raw}"
    what = str(raw.pop(ways[0]))
    lists = {
        name: tuple(str(text) for text in raw.pop(name, ()))
        for name in ("expect", "reject", "buttons")
    }
    at, language = raw.pop("at", None), raw.pop("language", None)
    changes = tuple(raw.pop("changes", ()))
    assert not raw, f"{file}: a turn has no {list(raw)}"
    return Turn(ways[0], what, language=language, at=at, changes=changes, **lists)
