"""The terminal chat: a line with history; buttons are numbered, and a number presses one."""

import itertools
from pathlib import Path

from prompt_toolkit import PromptSession
from prompt_toolkit.history import FileHistory
from prompt_toolkit.input import Input
from prompt_toolkit.output import Output

from bot.channels.plain import lines
from bot.clock import Clock
from bot.messaging.message import ChatId, Command, Content, Incoming, Respond, Tap, Text

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
            session.output.write("\n".join(lines(reply, numbers, taps)) + "\n\n")
        session.output.flush()
        try:
            line = (await session.prompt_async("> ")).strip()
        except (EOFError, KeyboardInterrupt):
            return
        content = taps.get(line) or _typed(line)


def _typed(line: str) -> Content:
    if line.startswith("/") and len(line) > 1:
        name, _, argument = line[1:].partition(" ")
        return Command(name.lower(), argument.strip())
    return Text(line)
