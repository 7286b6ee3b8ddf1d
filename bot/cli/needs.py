"""The command for who plans support: which needs nobody could be offered anything for."""

import asyncio

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
@with_settings
def needs(settings: Settings, most: int) -> None:
    """List the needs that no offer met, most frequent first; nobody knows who had them."""
    unmet = asyncio.run(_unmet(settings))
    knowledge = load_knowledge(settings.knowledge).knowledge
    language = Language(settings.language)
    for one in unmet[:most]:
        click.echo(f"{one.times:>5} × {_said(one, knowledge, language)} (last {one.last_day})")
    click.echo(f"{sum(one.times for one in unmet)} needs could not be met.")


async def _unmet(settings: Settings) -> tuple[UnmetNeed, ...]:
    store = await open_store(settings.database)
    try:
        return await SqlUnmetNeeds(store).unmet_needs()
    finally:
        await store.close()


def _said(one: UnmetNeed, knowledge: Knowledge, language: Language) -> str:
    area = knowledge.areas.get(one.area)
    parts = [
        say(language, f"need_{one.need.value}"),
        say(language, f"support_answer_form_{one.form}") if one.form else "",
        area.name.in_language(language) if area else one.area.strip("-"),
    ]
    return ", ".join(part for part in parts if part)
