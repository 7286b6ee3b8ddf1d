"""Every setting, in one place, checked at start with one message that lists every mistake.

They come from the environment (`TARGOBOT_…`) or from a file `.env` in the folder
that the bot is started in; the environment wins. `docs/settings.md` tells each.
"""

import difflib
import os
import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from dotenv import dotenv_values
from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.errors import SettingsError

PREFIX = "TARGOBOT_"
FILE = Path(".env")
_LOCAL = re.compile(r"http://(localhost|127\.0\.0\.1|\[::1\])([:/]|$)")
_DATABASE = re.compile(r"(sqlite(\+aiosqlite)?:///|postgresql(\+\w+)?://.)")


class Settings(BaseSettings):
    """What an operator can set. The description of a field says what it does."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=FILE, env_ignore_empty=True, extra="ignore", frozen=True
    )

    knowledge: Path = Field(Path("knowledge"), description="The folder of YAML that is the fair.")
    language: Literal["pl", "en", "uk"] = Field(
        "pl", description="The language where nothing tells the visitor's."
    )
    now: datetime | None = Field(
        None, description="Where the clock starts, such as 2017-11-30T13:50, local to the fair."
    )
    allow_examples: bool = Field(
        False, description="Serve a real platform although invented records are loaded."
    )
    host: str = Field("127.0.0.1", description="The address that the HTTP server listens on.")
    port: int = Field(8080, ge=0, le=65535, description="Its port; 0 picks a free one.")
    public_url: str | None = Field(
        None, description="The public https address of this server, for calendars and pages."
    )
    embed_in: Annotated[tuple[str, ...], NoDecode] = Field(
        (), description="Sites that may embed the chat page, such as https://fair.example."
    )
    database: str = Field(
        "sqlite+aiosqlite:///var/targobot.sqlite3", description="Where the bot keeps what it keeps."
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        "INFO", description="How much the log says."
    )
    telegram_token: SecretStr | None = Field(
        None, description="The token from BotFather; with it the bot serves Telegram."
    )
    telegram_mode: Literal["polling", "webhook"] = Field(
        "polling", description="How updates come: fetched, or delivered to `telegram_webhook_url`."
    )
    telegram_webhook_url: str | None = Field(
        None, description="The public https address of this server, without a path."
    )
    telegram_webhook_secret: SecretStr | None = Field(
        None,
        description="What Telegram shows to prove that it calls: 16 to 256 of A-Z a-z 0-9 _ -.",
    )
    telegram_api_url: str = Field(
        "https://api.telegram.org", description="The Bot API server; change it for your own."
    )

    telegram_paid_broadcast: bool = Field(
        False, description="Send announcements at 1,000 a second instead of 30, for Telegram Stars."
    )
    messenger_page_id: str | None = Field(
        None, pattern=r"^\d{5,20}$", description="The number of the Page that the bot answers for."
    )
    messenger_page_token: SecretStr | None = Field(
        None, description="A Page access token, best of a system user; with it Messenger is served."
    )
    messenger_app_secret: SecretStr | None = Field(
        None, description="The secret of the Meta app: it proves deliveries and calls."
    )
    messenger_verify_token: SecretStr | None = Field(
        None, description="Any 16 to 256 signs of A-Z a-z 0-9 _ -; the same stands at Meta."
    )
    messenger_graph_url: str = Field(
        "https://graph.facebook.com", description="The Graph API server; change it for tests."
    )
    messenger_graph_version: str = Field(
        "v25.0", pattern=r"^v\d{1,3}\.\d$", description="The version of the Graph API."
    )
    messenger_utility_templates: Annotated[dict[str, str], NoDecode] = Field(
        {}, description="Approved utility templates by language: pl=zmiana,en=change."
    )
    messenger_people: bool = Field(
        False, description="Somebody reads the Page's inbox: who asks for a person is passed there."
    )
    organizers: Annotated[tuple[str, ...], NoDecode] = Field(
        (), description="Who may announce: telegram:123456789, parted by commas."
    )

    @field_validator("organizers", mode="before")
    @classmethod
    def _are_chats(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        chats = [chat.strip() for chat in value.split(",") if chat.strip()]
        for chat in chats:
            if not re.fullmatch(r"[a-z]+:-?\d+", chat):
                raise ValueError("write channel and number, parted by commas: telegram:123456789")
        return chats

    @field_validator("embed_in", mode="before")
    @classmethod
    def _split_at_commas(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        sites = [site.strip() for site in value.split(",") if site.strip()]
        for site in sites:
            if not re.fullmatch(r"https?://[^\s/;,'\"]+", site):
                raise ValueError("write origins such as https://fair.example, parted by commas")
        return sites

    @field_validator("public_url")
    @classmethod
    def _is_an_address(cls, value: str | None) -> str | None:
        if value and not re.fullmatch(r"https?://[^\s/]+(/\S*)?", value):
            raise ValueError("write an address such as https://bot.fair.example")
        if value and value.startswith("http:") and not _LOCAL.match(value):
            raise ValueError(
                "calendars and pages with what somebody saved go over https only; write https://…, "
                "or http://localhost to try it on this machine"
            )
        return value.rstrip("/") if value else value

    @field_validator("database")
    @classmethod
    def _is_a_database(cls, value: str) -> str:
        if not _DATABASE.match(value):
            raise ValueError(
                "write sqlite:///var/targobot.sqlite3, or postgresql://user:password@host/name"
            )
        return value

    @field_validator("telegram_token")
    @classmethod
    def _looks_like_a_token(cls, value: SecretStr | None) -> SecretStr | None:
        if value and not re.fullmatch(r"\d+:[\w-]{20,}", value.get_secret_value()):
            raise ValueError("is no bot token; BotFather's look like 123456789:AbC…")
        return value

    @field_validator("telegram_webhook_secret")
    @classmethod
    def _is_a_good_secret(cls, value: SecretStr | None) -> SecretStr | None:
        if value and not re.fullmatch(r"[A-Za-z0-9_-]{16,256}", value.get_secret_value()):
            raise ValueError("needs 16 to 256 signs of A-Z a-z 0-9 _ -")
        return value

    @field_validator("messenger_page_token")
    @classmethod
    def _looks_like_a_page_token(cls, value: SecretStr | None) -> SecretStr | None:
        if value and not re.fullmatch(r"EAA[A-Za-z0-9]{20,}", value.get_secret_value()):
            raise ValueError("is no access token; Meta's begin with EAA")
        return value

    @field_validator("messenger_app_secret", "messenger_verify_token")
    @classmethod
    def _is_a_long_secret(cls, value: SecretStr | None) -> SecretStr | None:
        if value and not re.fullmatch(r"[A-Za-z0-9_-]{16,256}", value.get_secret_value()):
            raise ValueError("needs 16 to 256 signs of A-Z a-z 0-9 _ -")
        return value

    @field_validator("messenger_graph_url")
    @classmethod
    def _is_a_server(cls, value: str) -> str:
        if not re.fullmatch(r"https?://[^\s/]+/?", value):
            raise ValueError("write a server such as https://graph.facebook.com, without a path")
        return value.rstrip("/")

    @field_validator("messenger_utility_templates", mode="before")
    @classmethod
    def _are_templates(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        pairs = [pair.strip() for pair in value.split(",") if pair.strip()]
        for pair in pairs:
            if not re.fullmatch(r"(pl|en|uk)=[a-z0-9_]{1,512}", pair):
                raise ValueError("write language and template, parted by commas: pl=zmiana,en=new")
        return dict(pair.split("=", 1) for pair in pairs)

    @model_validator(mode="after")
    def _messenger_is_complete(self) -> Self:
        names = ("page_id", "page_token", "app_secret", "verify_token")
        given = {name: getattr(self, f"messenger_{name}") is not None for name in names}
        if any(given.values()) and not all(given.values()):
            missing = [f"{PREFIX}MESSENGER_{name.upper()}" for name in names if not given[name]]
            raise ValueError(f"Messenger also needs {' and '.join(missing)}")
        return self

    @property
    def serves_a_platform(self) -> bool:
        """Whether strangers may write to the bot: this is no demonstration."""
        return self.telegram_token is not None or self.messenger_page_token is not None

    @model_validator(mode="after")
    def _webhook_is_complete(self) -> Self:
        if self.telegram_mode != "webhook":
            return self
        missing = []
        if not (self.telegram_webhook_url or "").startswith("https://"):
            missing.append(f"{PREFIX}TELEGRAM_WEBHOOK_URL (an https:// address)")
        if self.telegram_webhook_secret is None:
            missing.append(f"{PREFIX}TELEGRAM_WEBHOOK_SECRET")
        if missing:
            raise ValueError(f"webhook mode also needs {' and '.join(missing)}")
        return self


def read_settings(**given: Any) -> Settings:
    """Read and check all settings.

    Args:
        given: what the command line says; it wins over environment and file.

    Raises:
        SettingsError: with one line for every mistake; no line holds a secret.
    """
    mistakes = _unknown_names(os.environ) + _unknown_names(dotenv_values(FILE))
    try:
        settings = Settings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        mistakes += [_in_words(detail["loc"], detail["msg"]) for detail in error.errors()]
        # Without its cause, which would print the values, secrets too.
        raise _all_of(mistakes) from None
    if mistakes:
        raise _all_of(mistakes)
    return settings


def _all_of(mistakes: list[str]) -> SettingsError:
    return SettingsError("\n  ".join(["These settings need mending:", *mistakes]))


def _in_words(place: tuple[int | str, ...], message: str) -> str:
    said = message.removeprefix("Value error, ")
    return f"{PREFIX}{str(place[0]).upper()}: {said}" if place else said


def _unknown_names(names: Mapping[str, Any]) -> list[str]:
    known = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}
    strangers = [name for name in names if name.upper().startswith(PREFIX)]
    mistakes = []
    for name in strangers:
        if name.upper() not in known:
            near = difflib.get_close_matches(name.upper(), known, n=1)
            hint = f"; did you mean {near[0]}?" if near else ""
            mistakes.append(f"{name}: there is no such setting{hint}")
    return mistakes
