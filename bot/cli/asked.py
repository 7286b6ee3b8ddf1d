"""The command for who plans the next fair: what visitors asked about, in numbers."""

import asyncio
import datetime as dt

import click

from bot.cli.options import with_settings
from bot.dialogue.asked import name_of_subject, table_of
from bot.knowledge.read import load_knowledge
from bot.messaging.languages import Language
from bot.settings import Settings
from bot.store.engine import open_store
from bot.visitors.queries.asked import SqlAsked

Most = tuple[tuple[str, int], ...]
ByDay = tuple[tuple[dt.date, str, int], ...]


@click.command()
@click.option("--most", default=30, show_default=True, help="How many to list.")
@click.option("--csv", "as_csv", is_flag=True, help="Write all of them by day as CSV.")
@with_settings
def asked(settings: Settings, most: int, as_csv: bool) -> None:
    """List what was asked about most and answered; nobody knows who asked, or in which words."""
    counted, by_day = asyncio.run(_counted(settings))
    knowledge = load_knowledge(settings.knowledge).knowledge
    language = Language(settings.language)
    if as_csv:
        click.echo(table_of(by_day, knowledge, language), nl=False)
        return
    for subject, times in counted[:most]:
        click.echo(f"{times:>5} × {name_of_subject(subject, knowledge, language)}")
    click.echo(f"{sum(times for _, times in counted)} questions and taps were answered.")


async def _counted(settings: Settings) -> tuple[Most, ByDay]:
    store = await open_store(settings.database)
    try:
        kept = SqlAsked(store)
        return await kept.most(), await kept.by_day()
    finally:
        await store.close()
