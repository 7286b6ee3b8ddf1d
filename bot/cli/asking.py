"""The commands of whoever runs the bot: serve, chat, ask, check, schema."""

import asyncio
import json
from pathlib import Path

import click

from bot.app import open_fair
from bot.app import serve as serve_until_stopped
from bot.channels.plain import plain_text
from bot.cli.options import with_settings
from bot.clock import real_clock
from bot.knowledge.json_schema import json_schema
from bot.knowledge.problem import render_problems
from bot.knowledge.read import load_knowledge
from bot.matching.evaluate import explained
from bot.matching.snapshot import build_snapshot
from bot.messaging.languages import Language
from bot.messaging.message import ChatId
from bot.settings import Settings
from bot.support.terms import stale_offers

HISTORY = Path("var/chat-history")


@click.command()
@with_settings
def serve(settings: Settings) -> None:
    """Serve the chat page, and Telegram where a token is set."""
    asyncio.run(serve_until_stopped(settings, click.echo))


@click.command()
@with_settings
def chat(settings: Settings) -> None:
    """Chat in this terminal; Ctrl+D ends it."""
    from bot.channels.terminal import (  # noqa: PLC0415 - it takes 7 MB that a server can spare
        chat_in_terminal,
    )

    fair = open_fair(settings)
    conversation = fair.conversation(Language(settings.language))
    asyncio.run(chat_in_terminal(conversation.respond, fair.clock, HISTORY))


@click.command()
@click.argument("question")
@click.option("--json", "as_json", is_flag=True, help="Say also what was understood, as JSON.")
@click.option("--explain", is_flag=True, help="Say which words met which records, and by what.")
@with_settings
def ask(settings: Settings, question: str, as_json: bool, explain: bool) -> None:
    """Answer one QUESTION."""
    fair = open_fair(settings)
    conversation = fair.conversation(Language(settings.language))
    understood = asyncio.run(conversation.understand(question, ChatId("ask", "ask")))
    if as_json:
        click.echo(json.dumps(understood.as_json(), ensure_ascii=False, indent=2))
    else:
        click.echo("\n\n".join(plain_text(reply) for reply in understood.replies))
    if explain:
        click.echo(f"\nintent: {understood.intent}, language: {understood.language}")
        for hit in understood.ranking.hits[:5]:
            click.echo(explained(hit))
        unknown = ", ".join(understood.ranking.unknown_words) or "none"
        click.echo(f"unknown words: {unknown}")


@click.command()
@with_settings
def check(settings: Settings) -> None:
    """Check the knowledge and list every mistake."""
    loaded = load_knowledge(settings.knowledge)
    build_snapshot(loaded.knowledge)
    if loaded.warnings:
        click.echo(render_problems(loaded.warnings, settings.knowledge))
    for offer in stale_offers(loaded.knowledge, (settings.now or real_clock()).date()):
        click.echo(
            f"offers {offer.id}: it wants to be checked every {offer.recheck_after_days} days, "
            "and was not.\n    Check it, and write the new date in `checked`."
        )
    records = list(loaded.knowledge.records())
    examples = sum(record.example for record in records)
    click.echo(
        f"{settings.knowledge}: {len(records)} records ({examples} examples), "
        f"no errors, warnings: {len(loaded.warnings)}."
    )


@click.command()
def schema() -> None:
    """Print the JSON Schema of the knowledge files, for editors."""
    click.echo(json.dumps(json_schema(), ensure_ascii=False, indent=2))
