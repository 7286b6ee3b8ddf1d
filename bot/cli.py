"""The commands: serve (the default), chat, ask, check, schema."""

import asyncio
import datetime as dt
import json
import logging
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from bot.app import open_fair
from bot.app import serve as serve_until_stopped
from bot.channels.terminal import chat_in_terminal, plain_text
from bot.errors import TargobotError
from bot.knowledge.json_schema import json_schema
from bot.knowledge.problem import render_problems
from bot.knowledge.read import load_knowledge
from bot.messaging.languages import Language
from bot.messaging.message import ChatId
from bot.settings import Settings, read_settings
from bot.visitors.memory import InMemoryVisitors

HISTORY = Path("var/chat-history")


class _Moment(click.ParamType[dt.datetime]):
    name = "moment"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Read an ISO date and time; without a time zone it is local to the fair."""
        try:
            return dt.datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no moment; write one such as 2017-11-30T13:50", param, ctx)


def _with_settings(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that all have, and hand it the settings."""

    @click.option(
        "--knowledge",
        type=click.Path(path_type=Path),
        metavar="DIR",
        help="The folder of YAML that is the fair.",
    )
    @click.option("--now", type=_Moment(), help="Where the clock starts: 2017-11-30T13:50.")
    @click.option(
        "--language",
        type=click.Choice([language.value for language in Language]),
        help="The language where nothing tells the visitor's.",
    )
    @wraps(command)
    def with_settings(
        knowledge: Path | None, now: dt.datetime | None, language: str | None, **rest: Any
    ) -> None:
        try:
            settings = read_settings(knowledge=knowledge, now=now, language=language)
            _set_up_log(settings)
            command(settings, **rest)
        except TargobotError as error:
            click.echo(error, err=True)
            sys.exit(error.exit_code)

    return with_settings


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.pass_context
def main(context: click.Context) -> None:
    """Targobot answers the visitors of a fair. Without a command it serves."""
    if context.invoked_subcommand is None:
        context.invoke(serve)


@main.command()
@_with_settings
def serve(settings: Settings) -> None:
    """Serve the chat page, and Telegram where a token is set."""
    asyncio.run(serve_until_stopped(settings, click.echo))


@main.command()
@_with_settings
def chat(settings: Settings) -> None:
    """Chat in this terminal; Ctrl+D ends it."""
    fair = open_fair(settings)
    conversation = fair.conversation(InMemoryVisitors(), Language(settings.language))
    asyncio.run(chat_in_terminal(conversation.respond, fair.clock, HISTORY))


@main.command()
@click.argument("question")
@click.option("--json", "as_json", is_flag=True, help="Say also what was understood, and why.")
@_with_settings
def ask(settings: Settings, question: str, as_json: bool) -> None:
    """Answer one QUESTION."""
    fair = open_fair(settings)
    conversation = fair.conversation(InMemoryVisitors(), Language(settings.language))
    understood = asyncio.run(conversation.understand(question, ChatId("ask", "ask")))
    if as_json:
        click.echo(json.dumps(understood.as_json(), ensure_ascii=False, indent=2))
    else:
        click.echo("\n\n".join(plain_text(reply) for reply in understood.replies))


@main.command()
@_with_settings
def check(settings: Settings) -> None:
    """Check the knowledge and list every mistake."""
    loaded = load_knowledge(settings.knowledge)
    if loaded.warnings:
        click.echo(render_problems(loaded.warnings, settings.knowledge))
    records = list(loaded.knowledge.records())
    examples = sum(record.example for record in records)
    click.echo(
        f"{settings.knowledge}: {len(records)} records ({examples} examples), "
        f"no errors, warnings: {len(loaded.warnings)}."
    )


@main.command()
def schema() -> None:
    """Print the JSON Schema of the knowledge files, for editors."""
    click.echo(json.dumps(json_schema(), ensure_ascii=False, indent=2))


def _set_up_log(settings: Settings) -> None:
    logging.basicConfig(
        level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s: %(message)s"
    )
    # What they say of themselves helps nobody who runs a bot.
    for name in ("uvicorn", "httpx", "httpcore", "asyncio"):
        logging.getLogger(name).setLevel(logging.WARNING)
