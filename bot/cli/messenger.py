"""The commands for whoever looks after the Page on Facebook: its profile, and its links."""

import asyncio
from collections.abc import Iterator
from typing import Any

import click

from bot.app.messenger import messenger_options
from bot.app.page import links_of, page_profile
from bot.channels.messenger.errors import CallError, GraphError, Kind
from bot.channels.messenger.graph import Graph
from bot.channels.messenger.options import MessengerOptions
from bot.channels.messenger.outcome import how_to_mend
from bot.channels.messenger.profile import Difference, Profile, differences, publish
from bot.channels.messenger.redaction import kept_out_of_logs
from bot.cli.options import with_settings
from bot.errors import ChannelError, SettingsError
from bot.knowledge.read import load_knowledge
from bot.settings import Settings

_TOO_OFTEN = (
    "The Page's profile was read or set ten times within ten minutes, which is all that Meta"
    " allows. Try again in ten minutes."
)


@click.command()
@click.option("--dry-run", is_flag=True, help="Show what differs and set nothing.")
@with_settings
def messenger_profile(settings: Settings, dry_run: bool) -> None:
    """Set greeting, Get Started, menu and first questions of the Page where they differ."""
    options = _options(settings)
    event = load_knowledge(settings.knowledge).knowledge.event
    profile = page_profile(event, people=settings.messenger_people)
    found = asyncio.run(_made_so(profile, options, dry_run=dry_run))
    for one in found:
        click.echo(_told(one))
    if not found:
        click.echo("The Page shows everything as it should.")
    elif dry_run:
        click.echo("Nothing was set. Without --dry-run it would be.")
    else:
        click.echo("Set. Meta may take up to 24 hours until everybody sees a new menu.")


@click.command()
@with_settings
def messenger_links(settings: Settings) -> None:
    """List the addresses that open the Page's conversation on a card, for QR codes."""
    options = _options(settings)
    for what, address in links_of(load_knowledge(settings.knowledge).knowledge, options.page_id):
        click.echo(f"{what}\t{address}")


def _options(settings: Settings) -> MessengerOptions:
    options = messenger_options(settings)
    if options is None:
        raise SettingsError(
            "No Page is set: TARGOBOT_MESSENGER_PAGE_ID and the three beside it are needed"
            " (docs/messenger-setup.md)."
        )
    return options


async def _made_so(
    profile: Profile, options: MessengerOptions, *, dry_run: bool
) -> tuple[Difference, ...]:
    secrets = options.page_token, options.app_secret, options.verify_token
    with kept_out_of_logs(*secrets):
        async with Graph(options) as graph:
            try:
                found = await differences(profile, graph, options.default_language)
                if not dry_run:
                    await publish(found, graph)
            except CallError as error:
                raise ChannelError(_in_words(error)) from None
    return found


def _in_words(error: CallError) -> str:
    match error:
        case GraphError(kind=Kind.RATE):
            return _TOO_OFTEN
        case GraphError(kind=Kind.CONFIGURATION | Kind.RESTRICTED):
            return f"Messenger: {how_to_mend(error)}."
        case GraphError():
            return f"Meta refused: {error}: {error.words}"
        case _:
            return f"The Graph API could not be reached, or did not answer: {error}. Try again."


def _told(one: Difference) -> str:
    """Show what differs, a line for each text; what is as it should be is left out."""
    shown, wanted = dict(_leaves(one.shown)), dict(_leaves(one.wanted))
    lines = [one.part]
    for place in (*wanted, *(place for place in shown if place not in wanted)):
        if shown.get(place) != wanted.get(place):
            lines.append(f"  {place}")
            lines += [f"    - {shown[place]}"] if place in shown else []
            lines += [f"    + {wanted[place]}"] if place in wanted else []
    return "\n".join(lines)


def _leaves(part: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """List the texts of a part, each with its place: the locale, and which entry it is."""
    match part:
        case dict():
            for key, value in part.items():
                if key != "locale":
                    yield from _leaves(value, f"{place} {key}".strip())
        case list():
            for number, value in enumerate(part, 1):
                locale = value.get("locale") if isinstance(value, dict) else None
                yield from _leaves(value, f"{place} {locale or number}".strip())
        case None:
            return
        case _:
            yield place, str(part)
