"""The dialogues that hold everywhere hold on Messenger: through the webhook, and as it is shown.

Each is played by a person of its own, with taps on what that person sees. A refusal of the
platform would stand in the log.
"""

import asyncio
import itertools
import logging
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from bot.channels.messenger.elements import unpack
from bot.channels.messenger.options import Timeouts
from bot.channels.messenger.render import render
from bot.dialogue.conversation import Conversation
from bot.matching.snapshot import Snapshot
from bot.messaging.message import Incoming
from bot.messaging.reply import Reply
from bot.store.engine import Store
from tests.channels.messenger.serving import QUICK, options, serving
from tests.dialogues.talking import Dialogue, Talk, Turn, dialogues
from tests.fakes.graph_server import FakeGraph
from tests.fakes.graph_server_events import Event, envelope, postback, quick_reply, referral, text

AT_ONCE = 20
PATIENCE_S = 60


@dataclass
class Person:
    """Plays a dialogue on Messenger, and sees what Messenger shows."""

    id: str
    dialogue: Dialogue
    conversation: Conversation
    prepare: Callable[[Turn], None]
    replies: tuple[Reply, ...] = ()
    answered: asyncio.Event = field(default_factory=asyncio.Event)
    seen: list[dict[str, Any]] = field(default_factory=list)
    transcript: list[str] = field(default_factory=list)

    async def respond(self, incoming: Incoming) -> tuple[Reply, ...]:
        hinted = replace(incoming, language_hint=self.dialogue.hint)
        self.replies = await self.conversation.respond(hinted)
        self.answered.set()
        return self.replies

    async def play(self, meta: FakeGraph, to: str) -> list[str]:
        """Go through all turns; give what does not hold."""
        for number, turn in enumerate(self.dialogue.turns):
            self.prepare(turn)
            event = self.event(turn, f"m_{self.id}_{number}", meta.now_ms() + number)
            if event is None:
                return [f"{self.name}: nothing to tap: {turn.what!r}", *self.transcript]
            self.answered.clear()
            before = len(self.got(meta))
            assert await meta.deliver(envelope(event), to) == 200
            async with asyncio.timeout(PATIENCE_S):
                await self.answered.wait()
                due = before + sum(len(render(reply)) for reply in self.replies)
                while len(self.got(meta)) < due:  # noqa: ASYNC110 - the server tells nobody
                    await asyncio.sleep(0.01)
            self.seen = self.got(meta)[before:]
            said = "\n".join(itertools.chain.from_iterable(map(visible, self.seen)))
            self.transcript += [f"> {turn.way}: {turn.what}", said]
            if problems := list(self.problems(turn, said)):
                return [f"{self.name}: {problems}", *self.transcript]
        return []

    @property
    def name(self) -> str:
        return f"{self.dialogue.file}: {self.dialogue.name}"

    def got(self, meta: FakeGraph) -> list[dict[str, Any]]:
        return [sent.message for sent in meta.sent if sent.person == self.id]

    def problems(self, turn: Turn, said: str) -> Iterator[str]:
        # Labels that are cut stand in the text as well.
        labels = [title for title, _ in buttons(self.seen)]
        yield from (f"missing: {one!r}" for one in turn.expect if one not in said)
        yield from (f"should not be there: {one!r}" for one in turn.reject if one in said)
        yield from (
            f"no button {one!r} in {labels}"
            for one in turn.buttons
            if not any(is_label(one, title) for title in labels) and one not in said
        )
        languages = {reply.language.value for reply in self.replies}
        if turn.language and languages != {turn.language}:
            yield f"in {languages}, not in {turn.language}"

    def event(self, turn: Turn, mid: str, at_ms: int) -> Event | None:
        """Do what a person does; `None` where it cannot be done."""
        match turn.way:
            case "say":
                return text(self.id, turn.what, mid=mid, at_ms=at_ms)
            case "command" if turn.what.startswith("start "):
                return referral(self.id, turn.what.removeprefix("start "), at_ms=at_ms)
            case "command":
                return postback(self.id, "Menu", f"/{turn.what}", mid=mid, at_ms=at_ms)
            case "data":
                return postback(self.id, "?", turn.what, mid=mid, at_ms=at_ms)
            case _:
                found = self.button(turn.what)
                return quick_reply(self.id, *found, mid=mid, at_ms=at_ms) if found else None

    def button(self, label: str) -> tuple[str, str] | None:
        """Find a button as a reader does: where its title is cut, by its number in the text."""
        said = self.transcript[-1] if self.transcript else ""
        listed = re.search(rf"^(\d+\. ){re.escape(label)}$", said, re.MULTILINE)
        number = listed[1] if listed else ""
        return next(
            (
                (title, payload)
                for title, payload in buttons(self.seen)
                if title.startswith(number) and is_label(label, title)
            ),
            None,
        )


def is_label(label: str, title: str) -> bool:
    """Say whether a title is a label, perhaps numbered and cut."""
    shown = re.sub(r"^\d+\. ", "", title)
    return label in (title, shown) or (
        shown.endswith("…") and label.startswith(shown[:-1].rstrip())
    )


def buttons(messages: Sequence[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    for message in messages:
        for part in parts(message):
            for one in part.get("buttons", ()):
                yield one["title"], one.get("payload", "")
        for one in message.get("quick_replies", ()):
            yield one["title"], one["payload"]
            # What "more" shows when it is tapped.
            packed = unpack(one["payload"])
            yield from ((ask.label, ask.data) for ask in (packed[1] if packed else ()))


def parts(message: dict[str, Any]) -> Iterator[dict[str, Any]]:
    template = message.get("attachment", {}).get("payload", {})
    yield template
    yield from template.get("elements", ())


def visible(message: dict[str, Any]) -> Iterator[str]:
    yield message.get("text", "")
    for part in parts(message):
        yield from (part.get(name, "") for name in ("text", "title", "subtitle"))
        for one in part.get("buttons", ()):
            yield one.get("url", "")
            if one["type"] == "phone_number":
                yield f"tel:{one['payload']}"


async def test_every_dialogue_goes_on_messenger_as_written(
    meta: FakeGraph, store: Store, snapshot: Snapshot, caplog: pytest.LogCaptureFixture
) -> None:
    people = {
        person.id: person
        for number, one in enumerate(dialogues())
        for talk in [Talk(snapshot, one)]
        for person in [
            Person(f"70020000{number:08}", one, talk.conversation("messenger"), talk.prepare)
        ]
    }
    meta.meet(*people)
    places = asyncio.Semaphore(AT_ONCE)

    async def respond(incoming: Incoming) -> tuple[Reply, ...]:
        return await people[incoming.chat.chat].respond(incoming)

    async def play(person: Person, to: str) -> list[str]:
        async with places:
            return await person.play(meta, to)

    patient = replace(QUICK, patience=PATIENCE_S * QUICK.typing)
    # A hundred conversations at once: an answer of the server may take its time.
    unhurried = options(meta, timeouts=Timeouts(read=PATIENCE_S))
    async with serving(meta, store, respond, waits=patient, options=unhurried) as to:
        problems = await asyncio.gather(*(play(person, to) for person in people.values()))

    assert len(people) > 100
    assert "\n".join(itertools.chain.from_iterable(problems)) == ""
    assert [one.getMessage() for one in caplog.records if one.levelno > logging.INFO] == []
