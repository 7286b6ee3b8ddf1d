"""The command for who plans support: which needs nobody could be offered anything for."""

import asyncio
import csv
import io
from collections.abc import Iterable

import click

from bot.cli.options import with_settings
from bot.knowledge.model import Knowledge
from bot.knowledge.read import load_knowledge
from bot.language.catalog import say
from bot.messaging.languages import Language
from bot.settings import Settings
from bot.store.engine import open_store
from bot.support.queries.unmet import SqlUnmetNeeds
from bot.support.unmet import UnmetNeed


@click.command()
@click.option("--most", default=30, show_default=True, help="How many to list.")
@click.option("--csv", "as_csv", is_flag=True, help="Write all of them as CSV, for a spreadsheet.")
@with_settings
def needs(settings: Settings, most: int, as_csv: bool) -> None:
    """List the needs that no offer met, most frequent first; nobody knows who had them."""
    unmet = asyncio.run(_unmet(settings))
    knowledge = load_knowledge(settings.knowledge).knowledge
    language = Language(settings.language)
    if as_csv:
        click.echo(_table(unmet, knowledge, language), nl=False)
        return
    for one in unmet[:most]:
        click.echo(f"{one.times:>5} × {_said(one, knowledge, language)} (last {one.last_day})")
    click.echo(f"{sum(one.times for one in unmet)} needs could not be met.")


async def _unmet(settings: Settings) -> tuple[UnmetNeed, ...]:
    store = await open_store(settings.database)
    try:
        return await SqlUnmetNeeds(store).unmet_needs()
    finally:
        await store.close()


def _table(unmet: Iterable[UnmetNeed], knowledge: Knowledge, language: Language) -> str:
    written = io.StringIO()
    rows = csv.writer(written, lineterminator="\n")
    rows.writerow(("need", "organisation", "area", "times", "last_day"))
    for one in unmet:
        rows.writerow((*_parts(one, knowledge, language), one.times, one.last_day.isoformat()))
    return written.getvalue()


def _said(one: UnmetNeed, knowledge: Knowledge, language: Language) -> str:
    return ", ".join(part for part in _parts(one, knowledge, language) if part)


def _parts(one: UnmetNeed, knowledge: Knowledge, language: Language) -> tuple[str, str, str]:
    """Say the need, the sort of organisation and the area; "" for what was not told."""
    area = knowledge.areas.get(one.area)
    return (
        say(language, f"need_{one.need.value}"),
        say(language, f"support_answer_form_{one.form}") if one.form else "",
        area.name.in_language(language) if area else one.area.strip("-"),
    )
