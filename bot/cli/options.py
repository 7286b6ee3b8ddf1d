"""What all commands share: their options, the settings, and errors told in words."""

import datetime as dt
import logging
import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from bot.errors import TargobotError
from bot.messaging.languages import Language
from bot.settings import Settings, read_settings


class _Moment(click.ParamType[dt.datetime]):
    name = "moment"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Read an ISO date and time; without a time zone it is local to the fair."""
        try:
            return dt.datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no moment; write one such as 2017-11-30T13:50", param, ctx)


def with_settings(command: Callable[..., None]) -> Callable[..., None]:
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
    def run(
        knowledge: Path | None, now: dt.datetime | None, language: str | None, **rest: Any
    ) -> None:
        try:
            settings = read_settings(knowledge=knowledge, now=now, language=language)
            _set_up_log(settings)
            command(settings, **rest)
        except TargobotError as error:
            click.echo(error, err=True)
            sys.exit(error.exit_code)

    return run


def _set_up_log(settings: Settings) -> None:
    logging.basicConfig(
        level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s: %(message)s"
    )
    # What they say of themselves helps nobody who runs a bot.
    for name in ("uvicorn", "httpx", "httpcore", "asyncio"):
        logging.getLogger(name).setLevel(logging.WARNING)
