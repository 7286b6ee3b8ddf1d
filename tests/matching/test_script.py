import pytest

from bot.matching.script import cyrillic_readings, latin_reading, look_alike, polish_reading


@pytest.mark.parametrize(
    ("typed", "meant"), [("tualet", "туалет"), ("koly", "коли"), ("shukayu", "шукаю")]
)
def test_latin_letters_are_read_as_ukrainian(typed, meant):
    assert meant in cyrillic_readings(typed)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("кооператив", "kooperatyw"), ("організація", "organizacja"), ("гала", "gala")],
)
def test_cyrillic_is_read_as_polish(typed, meant):
    assert meant in latin_reading(typed)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("renovation", "renowacja"),
        ("conference", "konferencja"),
        ("photography", "fotografia"),
        ("ceramics", "ceramika"),
    ],
)
def test_english_of_latin_origin_is_read_as_polish(typed, meant):
    assert meant in polish_reading(typed)


def test_letters_that_look_latin_are_read_so():
    assert look_alike("сао") == "cao"
    assert (look_alike("стенд"), look_alike("cao")) == ("", "")


@pytest.mark.parametrize("word", ["", "12a", "st12"])
def test_what_is_no_word_has_no_reading(word):
    assert (cyrillic_readings(word), latin_reading(word), polish_reading(word)) == ((), (), ())
