"""The command for who holds a training: who signed up, on the screen or as a file."""

import asyncio
from pathlib import Path

import click

from bot.cli.options import with_settings
from bot.clock import real_clock
from bot.errors import TargobotError
from bot.knowledge.model import Knowledge
from bot.knowledge.read import load_knowledge
from bot.messaging.languages import Language
from bot.settings import Settings
from bot.signups.bookable import bookable, keys_of
from bot.signups.exporting import as_csv, as_xlsx, rows_of
from bot.signups.lists import Signup
from bot.signups.queries import SqlSignups
from bot.store.engine import open_store


@click.command()
@click.argument("about", required=False, metavar="[ID]")
@click.option("--csv", "csv_file", type=click.Path(path_type=Path), metavar="FILE")
@click.option("--xlsx", "xlsx_file", type=click.Path(path_type=Path), metavar="FILE")
@with_settings
def signups(
    settings: Settings, about: str | None, csv_file: Path | None, xlsx_file: Path | None
) -> None:
    """Say who signed up for ID: a session, a training, one date of it (id@day), an adviser.

    Without an ID it lists what anybody signed up for. The files hold personal data.
    """
    knowledge = load_knowledge(settings.knowledge).knowledge
    language = Language(settings.language)
    if about is None:
        for key, people in asyncio.run(_all(settings, knowledge)).items():
            click.echo(f"{len(people):>5}  {key}")
        return
    keys = _keys(about, knowledge)
    listed = asyncio.run(_on_list(settings, knowledge, keys))
    rows = rows_of(listed, knowledge, language)
    for file, content in ((csv_file, as_csv), (xlsx_file, as_xlsx)):
        if file is not None:
            file.write_bytes(content(rows))
            click.echo(f"{len(listed)} people are in {file}. Delete it when it is not needed.")
    if csv_file is None and xlsx_file is None:
        for row in rows:
            click.echo("  ".join(row))


def _keys(about: str, knowledge: Knowledge) -> tuple[str, ...]:
    record = knowledge.get(about.partition("@")[0])
    keys = (about,) if "@" in about else tuple(keys_of(record, knowledge))
    if record is None or not keys:
        raise TargobotError(
            f"Nobody can sign up for {about!r}: there is no such session, training or adviser.\n"
            "  `run_bot.py signups` without an id lists what people signed up for."
        )
    return keys


async def _all(settings: Settings, knowledge: Knowledge) -> dict[str, tuple[Signup, ...]]:
    store = await open_store(settings.database)
    try:
        lists = SqlSignups(store, lambda key: bookable(key, knowledge), real_clock)
        return {key: await lists.on_list((key,)) for key in await lists.keys()}
    finally:
        await store.close()


async def _on_list(
    settings: Settings, knowledge: Knowledge, keys: tuple[str, ...]
) -> tuple[Signup, ...]:
    store = await open_store(settings.database)
    try:
        lists = SqlSignups(store, lambda key: bookable(key, knowledge), real_clock)
        return await lists.on_list(keys)
    finally:
        await store.close()
