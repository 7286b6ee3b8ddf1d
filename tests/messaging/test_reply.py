import pytest

from bot.messaging.languages import Language
from bot.messaging.message import (
    Attachment,
    AttachmentKind,
    Command,
    Tap,
    Text,
    words_of,
)
from bot.messaging.reply import ASK_DATA_LIMIT_BYTES, Ask


def test_a_button_holds_up_to_64_bytes():
    assert Ask("Więcej", "ą" * (ASK_DATA_LIMIT_BYTES // 2)).data == "ą" * 32


@pytest.mark.parametrize("data", ["", "ą" * 33, "a" * 65])
def test_a_button_that_no_platform_could_send_back_is_refused(data):
    with pytest.raises(ValueError, match="1-64 bytes"):
        Ask("Więcej", data)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (Text("gdzie wc"), "gdzie wc"),
        (Command("szukaj", "dom"), "dom"),
        (Attachment(AttachmentKind.PHOTO, "co to?"), "co to?"),
        (Tap("e:arl"), ""),
    ],
)
def test_a_visitors_own_words_are_found_in_what_was_sent(content, words):
    assert words_of(content) == words


def test_languages_are_iso_639_codes():
    assert [str(language) for language in Language] == ["pl", "en", "uk"]
