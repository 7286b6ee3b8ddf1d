import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.detect import Detected, detect
from bot.messaging.languages import Language

PL, EN, UK = Language.PL, Language.EN, Language.UK


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("gdzie stoi pomocna dlon", PL),
        ("co teraz?", PL),
        ("kto robi ulotki", PL),
        ("szukamy ksiegowej", PL),
        ("ile kosztuje wstep", PL),
        ("Zażółć", PL),
        ("is there wifi", EN),
        ("where is Pomocna Dłoń", EN),
        ("what does Pomocna Dłoń do", EN),
        ("what's on now", EN),
        ("who is at stand 12", EN),
        ("кто на стенді 12", UK),
        ("де поїсти", UK),
        ("що зараз", UK),
        ("de tualet", UK),
        ("koly pochatok", UK),
    ],
)
def test_the_language_of_a_question_is_found(text, language):
    assert detect(text).language is language


@pytest.mark.parametrize("text", ["", "12", "CAO", "wifi", "🐶", "st 12", "Pomocna Dlon"])
def test_where_the_text_does_not_tell_nobody_guesses(text):
    assert detect(text) == Detected(None)


@pytest.mark.parametrize("text", ["когда начало", "где туалет", "помогите, человеку плохо"])
def test_russian_is_recognised_and_counts_as_ukrainian(text):
    assert detect(text) == Detected(UK, is_certain=True, is_russian=True)


def test_ukrainian_is_not_taken_for_russian():
    assert not detect("коли початок, де зала").is_russian


@given(st.text())
def test_no_text_breaks_it(text):
    assert detect(text).language in (None, *Language)
