"""Every task that an organisation comes with leads somewhere, however it is put."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.clock import stopped_clock
from bot.dialogue.conversation import Conversation
from bot.dialogue.support.room import SupportRoom
from bot.language.catalog import say
from bot.matching.snapshot import Snapshot
from bot.messaging.languages import Language
from bot.messaging.message import ChatId, Content, Incoming, Tap, Text
from bot.messaging.reply import Ask, Reply
from bot.support.unmet import InMemoryUnmetNeeds
from bot.visitors.flows import InMemoryFlows
from bot.visitors.memory import InMemoryVisitors
from tests.dialogues.talking import buttons_of, visible

FILE = Path(__file__).parent / "tasks" / "support.yaml"
TASKS: list[dict[str, Any]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
PHRASINGS = [
    (task["task"], Language(language), text, tuple(task["leads_to"][language]))
    for task in TASKS
    for language in ("pl", "en", "uk")
    for text in task[language]
]
CHAT = ChatId("test", "1")


def test_all_tasks_are_there_in_three_languages_with_four_phrasings_each():
    assert [task["task"] for task in TASKS] == [f"G{number:02}" for number in range(1, 19)]
    assert all(len(set(task[lang])) >= 4 for task in TASKS for lang in ("pl", "en", "uk"))


@pytest.mark.parametrize(("task", "language", "text", "leads_to"), PHRASINGS)
async def test_each_phrasing_leads_somewhere(
    snapshot: Snapshot, task: str, language: Language, text: str, leads_to: tuple[str, ...]
):
    now = dt.datetime(2017, 11, 30, 13, 50, tzinfo=snapshot.knowledge.event.zone)
    room = SupportRoom(InMemoryFlows(), InMemoryUnmetNeeds())
    conversation = Conversation(
        lambda: snapshot, InMemoryVisitors(), stopped_clock(now), rooms=(room,)
    )

    async def hear(content: Content) -> tuple[Reply, ...]:
        return await conversation.respond(Incoming(CHAT, content, now, language.value))

    replies = await hear(Text(text))
    asks = {one.label: one.data for one in buttons_of(replies) if isinstance(one, Ask)}
    show = asks.get(say(language, "button_show_results"))
    if show:
        replies = await hear(Tap(show))

    # Not by a button alone: what is shown must answer.
    said = visible(replies)
    assert {reply.language for reply in replies} == {language}
    assert say(language, "puzzled") not in said
    if say(language, "did_you_mean") in said:
        said = said.partition("\n2. ")[0]  # It may ask back, if what it thinks of first is right.
    assert any(one in said for one in leads_to), f"{task}: {said}"
