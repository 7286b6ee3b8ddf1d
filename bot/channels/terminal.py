"""The terminal chat: a line with history; buttons are numbered, and a number presses one."""

import itertools
from collections.abc import Iterator
from pathlib import Path

from prompt_toolkit import PromptSession
from prompt_toolkit.history import FileHistory
from prompt_toolkit.input import Input
from prompt_toolkit.output import Output

from bot.clock import Clock
from bot.messaging.message import ChatId, Command, Content, Incoming, Respond, Tap, Text
from bot.messaging.reply import Ask, Button, Copy, Link, Reply

CHAT = ChatId("terminal", "terminal")


async def chat_in_terminal(
    respond: Respond,
    clock: Clock,
    history: Path,
    *,
    language: str | None = None,
    streams: tuple[Input, Output] | None = None,
) -> None:
    """Talk until the visitor ends it with Ctrl-D or Ctrl-C.

    Args:
        respond: who answers.
        clock: says when a line was typed.
        history: the file that keeps the typed lines.
        language: the language to begin in.
        streams: where keys come from and signs go; `None` for the terminal itself.
    """
    history.parent.mkdir(parents=True, exist_ok=True)
    source, target = streams or (None, None)
    session: PromptSession[str] = PromptSession(
        history=FileHistory(str(history)), input=source, output=target
    )
    taps: dict[str, Tap] = {}
    content: Content = Command("start")
    while True:
        replies = await respond(Incoming(CHAT, content, clock(), language))
        numbers = itertools.count(1)
        taps = {}
        for reply in replies:
            session.output.write("\n".join(_lines(reply, numbers, taps)) + "\n\n")
        session.output.flush()
        try:
            line = (await session.prompt_async("> ")).strip()
        except (EOFError, KeyboardInterrupt):
            return
        content = taps.get(line) or _typed(line)


def plain_text(reply: Reply) -> str:
    """Write a reply as plain text, its buttons as numbered choices."""
    return "\n".join(_lines(reply, itertools.count(1), {}))


def _typed(line: str) -> Content:
    if line.startswith("/") and len(line) > 1:
        name, _, argument = line[1:].partition(" ")
        return Command(name.lower(), argument.strip())
    return Text(line)


def _lines(reply: Reply, numbers: Iterator[int], taps: dict[str, Tap]) -> Iterator[str]:
    yield from (part for part in (reply.title, reply.text) if part)
    for card in reply.cards:
        note = f" ({card.note})" if card.note else ""
        yield f"\n• {card.title}{note}"
        yield from (f"  {line}" for line in card.text.splitlines())
        yield from (f"  {_choice(button, numbers, taps)}" for button in card.buttons)
    if reply.point:
        yield f"\n{reply.point.title}, {reply.point.address}"
        yield f"geo:{reply.point.latitude},{reply.point.longitude}"
    if reply.note:
        yield f"\n({reply.note})"
    if reply.buttons:
        yield ""
    yield from (_choice(button, numbers, taps) for button in reply.buttons)


def _choice(button: Button, numbers: Iterator[int], taps: dict[str, Tap]) -> str:
    match button:
        case Ask(label, data):
            number = str(next(numbers))
            taps[number] = Tap(data)
            return f"[{number}] {label}"
        case Link(label, url):
            return f"{label}: {url}"
        case Copy(label, text):
            return f"{label}: {text}"
