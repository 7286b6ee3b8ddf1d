import os
from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.settings import PREFIX, Settings, read_settings

TOKEN = "123456789:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQr"


@pytest.fixture(autouse=True)
def _nothing_set(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith(PREFIX)]:
        monkeypatch.delenv(name)


def test_nothing_needs_to_be_set():
    settings = read_settings()

    assert settings.telegram_token is None
    assert settings.knowledge == Path("knowledge")


def test_all_mistakes_are_told_at_once(monkeypatch):
    monkeypatch.setenv("TARGOBOT_PORT", "eighty")
    monkeypatch.setenv("TARGOBOT_LANGUAGE", "de")
    monkeypatch.setenv("TARGOBOT_TELEGRAM_TOKN", "x")
    monkeypatch.setenv("TARGOBOT_DATABASE", "foo")

    with pytest.raises(SettingsError) as caught:
        read_settings()

    assert str(caught.value).splitlines() == [
        "These settings need mending:",
        "  TARGOBOT_TELEGRAM_TOKN: there is no such setting; did you mean TARGOBOT_TELEGRAM_TOKEN?",
        "  TARGOBOT_LANGUAGE: Input should be 'pl', 'en' or 'uk'",
        "  TARGOBOT_PORT: Input should be a valid integer, unable to parse string as an integer",
        "  TARGOBOT_DATABASE: write sqlite:///var/targobot.sqlite3, or "
        "postgresql://user:password@host/name",
    ]


def test_a_mistyped_secret_is_not_repeated(monkeypatch):
    monkeypatch.setenv("TARGOBOT_TELEGRAM_TOKEN", "s3cr3t")

    with pytest.raises(SettingsError) as caught:
        read_settings()

    assert "s3cr3t" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_the_token_does_not_show_when_settings_are_printed(monkeypatch):
    monkeypatch.setenv("TARGOBOT_TELEGRAM_TOKEN", TOKEN)

    settings = read_settings()

    assert settings.telegram_token is not None
    assert settings.telegram_token.get_secret_value() == TOKEN
    assert TOKEN not in repr(settings)


def test_webhook_mode_names_what_it_needs(monkeypatch):
    monkeypatch.setenv("TARGOBOT_TELEGRAM_MODE", "webhook")
    monkeypatch.setenv("TARGOBOT_TELEGRAM_WEBHOOK_URL", "http://fair.example")

    with pytest.raises(SettingsError, match=r"WEBHOOK_URL .* and .*WEBHOOK_SECRET"):
        read_settings()


def test_the_file_is_read_and_the_environment_wins(monkeypatch, tmp_path):
    (tmp_path / ".env").write_text("TARGOBOT_PORT=81\nTARGOBOT_LANGUAGE=en\n")
    monkeypatch.setenv("TARGOBOT_PORT", "82")

    settings = read_settings()

    assert (settings.port, settings.language) == (82, "en")


def test_the_command_line_wins_over_all(monkeypatch):
    monkeypatch.setenv("TARGOBOT_PORT", "82")

    assert read_settings(port=83, language=None).port == 83


def test_sites_are_parted_by_commas(monkeypatch):
    monkeypatch.setenv("TARGOBOT_EMBED_IN", "https://a.example, https://b.example")

    assert read_settings().embed_in == ("https://a.example", "https://b.example")


def test_a_site_cannot_smuggle_in_a_policy(monkeypatch):
    monkeypatch.setenv("TARGOBOT_EMBED_IN", "https://a.example; script-src *")

    with pytest.raises(SettingsError, match="EMBED_IN"):
        read_settings()


def messenger(monkeypatch, **changed):
    values = {
        "PAGE_ID": "106378625516323",
        "PAGE_TOKEN": "EAA0123456789abcdefghijklmn",
        "APP_SECRET": "0123456789abcdef0123456789abcdef",
        "VERIFY_TOKEN": "a-long-enough-token",
    }
    for name, value in {**values, **changed}.items():
        monkeypatch.setenv(f"TARGOBOT_MESSENGER_{name}", value)


def test_messenger_takes_all_of_its_settings(monkeypatch):
    messenger(monkeypatch, UTILITY_TEMPLATES="pl=zmiana_programu, en=programme_change")

    settings = read_settings()

    assert settings.serves_a_platform
    assert settings.messenger_graph_version == "v25.0"
    assert settings.messenger_utility_templates == {
        "pl": "zmiana_programu",
        "en": "programme_change",
    }
    assert "0123456789abcdef" not in repr(settings)


def test_messenger_names_what_it_still_needs(monkeypatch):
    messenger(monkeypatch, APP_SECRET="", VERIFY_TOKEN="")

    with pytest.raises(SettingsError) as caught:
        read_settings()

    assert str(caught.value).splitlines()[1:] == [
        "  Messenger also needs TARGOBOT_MESSENGER_APP_SECRET and TARGOBOT_MESSENGER_VERIFY_TOKEN"
    ]


def test_all_mistakes_about_messenger_are_told_at_once(monkeypatch):
    messenger(
        monkeypatch,
        PAGE_ID="targi",
        PAGE_TOKEN="my-very-secret-token",
        VERIFY_TOKEN="short",
        GRAPH_URL="https://graph.facebook.com/v25.0",
        GRAPH_VERSION="25",
        UTILITY_TEMPLATES="zmiana",
    )

    with pytest.raises(SettingsError) as caught:
        read_settings()

    assert str(caught.value).splitlines()[1:] == [
        "  TARGOBOT_MESSENGER_PAGE_ID: String should match pattern '^\\d{5,20}$'",
        "  TARGOBOT_MESSENGER_PAGE_TOKEN: is no access token; Meta's begin with EAA",
        "  TARGOBOT_MESSENGER_VERIFY_TOKEN: needs 16 to 256 signs of A-Z a-z 0-9 _ -",
        "  TARGOBOT_MESSENGER_GRAPH_URL: write a server such as https://graph.facebook.com,"
        " without a path",
        "  TARGOBOT_MESSENGER_GRAPH_VERSION: String should match pattern '^v\\d{1,3}\\.\\d$'",
        "  TARGOBOT_MESSENGER_UTILITY_TEMPLATES: write language and template, parted by commas:"
        " pl=zmiana,en=new",
    ]
    assert "my-very-secret-token" not in str(caught.value)


def test_every_setting_is_documented():
    page = (Path(__file__).parent.parent / "docs" / "settings.md").read_text()

    missing = [name for name in Settings.model_fields if f"`{PREFIX}{name.upper()}`" not in page]

    assert missing == []


@pytest.mark.parametrize("address", ["http://bot.fair.example", "http://localhost.example/x"])
def test_what_somebody_saved_is_served_over_https_only(monkeypatch, address):
    monkeypatch.setenv("TARGOBOT_PUBLIC_URL", address)

    with pytest.raises(SettingsError, match=r"TARGOBOT_PUBLIC_URL: .* over https only"):
        read_settings()


@pytest.mark.parametrize(
    "address", ["https://bot.fair.example", "http://localhost:8080", "http://127.0.0.1:8080/fair"]
)
def test_an_address_of_this_machine_may_be_tried_without_https(monkeypatch, address):
    monkeypatch.setenv("TARGOBOT_PUBLIC_URL", address)

    assert read_settings().public_url == address
