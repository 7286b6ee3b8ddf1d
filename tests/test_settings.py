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

    with pytest.raises(SettingsError) as caught:
        read_settings()

    assert str(caught.value).splitlines() == [
        "These settings need mending:",
        "  TARGOBOT_TELEGRAM_TOKN: there is no such setting; did you mean TARGOBOT_TELEGRAM_TOKEN?",
        "  TARGOBOT_LANGUAGE: Input should be 'pl', 'en' or 'uk'",
        "  TARGOBOT_PORT: Input should be a valid integer, unable to parse string as an integer",
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


def test_every_setting_is_documented():
    page = (Path(__file__).parent.parent / "docs" / "settings.md").read_text()

    missing = [name for name in Settings.model_fields if f"`{PREFIX}{name.upper()}`" not in page]

    assert missing == []
