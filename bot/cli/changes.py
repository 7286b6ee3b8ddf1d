"""The command that writes changes made in chat back into the YAML."""

import asyncio
from collections.abc import Sequence
from pathlib import Path

import click

from bot.announcements.queries.changes import changes_made, mark_written_back
from bot.cli.options import with_settings
from bot.errors import KnowledgeError
from bot.knowledge.changes import Gone, TextChanged
from bot.knowledge.differences import differences
from bot.knowledge.laying import laid_over
from bot.knowledge.model import Knowledge
from bot.knowledge.read import load_knowledge
from bot.knowledge.standing import Made, standing
from bot.knowledge.teach import Edit
from bot.knowledge.write_back import written_back
from bot.settings import Settings
from bot.store.engine import open_store


@click.command("apply-changes")
@click.option("--dry-run", is_flag=True, help="Show what would be written, and write nothing.")
@click.option("--yes", is_flag=True, help="Write without asking.")
@with_settings
def apply_changes(settings: Settings, dry_run: bool, yes: bool) -> None:
    """Write changes made in chat back into the YAML, with its comments and order as they are."""
    made = asyncio.run(_made(settings))
    loaded = load_knowledge(settings.knowledge)
    found = standing(loaded.knowledge, made, loaded.edited)
    for one in found.overruled:
        click.echo(f"Left out, the file says something newer: {one.change.record} ({one.by})")
    for one in found.holding:
        if isinstance(one.change, Gone) and loaded.knowledge.get(one.change.record):
            click.echo(f"Take out by hand, nothing is deleted here: {one.change.record}")
    kept = [one.change for one in found.holding if not isinstance(one.change, Gone)]
    wanted = laid_over(loaded.knowledge, kept)
    edits = written_back(settings.knowledge, loaded.knowledge, wanted)
    for edit in edits:
        click.echo(edit.diff())
    if edits and (dry_run or not (yes or click.confirm("Write it?"))):
        click.echo("Nothing was written.")
        return
    _write(edits, settings.knowledge, wanted)
    if not dry_run:
        count = asyncio.run(_mark(settings, made))
        click.echo(f"{len(edits)} files were written; the YAML says {count} changes by now.")


def _write(edits: Sequence[Edit], folder: Path, wanted: Knowledge) -> None:
    """Write all files, or none if they cannot be loaded or do not say what they should.

    Raises:
        KnowledgeError: with what is wrong.
    """
    for edit in edits:
        edit.write()
    try:
        now = load_knowledge(folder).knowledge
        left = [one for one in differences(now, wanted) if not isinstance(one, TextChanged)]
        if left:
            records = ", ".join(dict.fromkeys(one.record for one in left))
            raise KnowledgeError(
                f"The files would not say what was changed of: {records}.\n"
                "  Nothing was written. Change these records by hand; the bot goes by the chat."
            )
    except BaseException:
        for edit in edits:
            edit.take_back()
        raise


async def _made(settings: Settings) -> tuple[Made, ...]:
    store = await open_store(settings.database)
    try:
        return await changes_made(store)
    finally:
        await store.close()


async def _mark(settings: Settings, made: Sequence[Made]) -> int:
    loaded = load_knowledge(settings.knowledge)
    said = standing(loaded.knowledge, made, loaded.edited).said
    store = await open_store(settings.database)
    try:
        await mark_written_back(store, [one.number for one in said if not one.written_back])
    finally:
        await store.close()
    return len(said)
