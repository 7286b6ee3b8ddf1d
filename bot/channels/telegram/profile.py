"""What visitors see of the bot before they write: its commands and descriptions.

Each is read first and set only where it differs, for setting is what the
platform limits most.
"""

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from telegram.error import TelegramError

from bot.channels.telegram.api import Api
from bot.messaging.languages import Language

log = logging.getLogger(__name__)

Texts = Mapping[Language, str]


@dataclass(frozen=True, slots=True)
class Profile:
    """How the bot presents itself.

    Attributes:
        commands: name without the slash, and what it does, per language.
        description: what stands in an empty chat, up to 512 signs, per language.
        short_description: what stands in the bot's profile, up to 120 signs.
    """

    commands: tuple[tuple[str, Texts], ...] = ()
    description: Texts = field(default_factory=dict)
    short_description: Texts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of the profile in one language, and how to read and set it."""

    get: str
    set: str
    place: str
    language: dict[str, str]
    wanted: Any


async def publish(profile: Profile, api: Api, default: Language) -> None:
    """Make the platform show the profile. A failure is logged: the bot works without."""
    try:
        for part in _parts(profile, default):
            shown = await api.call(part.get, part.language)
            if (shown[part.place] if isinstance(shown, dict) else shown) != part.wanted:
                await api.call(part.set, {part.place: part.wanted, **part.language})
                log.info("Telegram: %s %s", part.set, part.language.get("language_code", ""))
    except TelegramError as error:
        log.warning("Telegram: commands and descriptions were not updated: %s", error)


def _parts(profile: Profile, default: Language) -> Iterator[_Part]:
    for language in (None, *Language):
        code = {"language_code": language.value} if language else {}
        spoken = language or default
        if profile.commands:
            commands = [
                {"command": name, "description": texts.get(spoken) or texts[default]}
                for name, texts in profile.commands
            ]
            yield _Part("getMyCommands", "setMyCommands", "commands", code, commands)
        for name, texts in (
            ("Description", profile.description),
            ("ShortDescription", profile.short_description),
        ):
            if spoken in texts:
                place = "description" if name == "Description" else "short_description"
                yield _Part(f"getMy{name}", f"setMy{name}", place, code, texts[spoken])
