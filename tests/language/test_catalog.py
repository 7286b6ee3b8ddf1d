import re

import pytest

from bot.language.catalog import say, say_count, sentences
from bot.messaging.languages import Language

OTHERS = [Language.EN, Language.UK]


def placeholders(sentence: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", sentence))


@pytest.mark.parametrize("language", OTHERS)
def test_all_languages_have_the_same_sentences(language: Language):
    assert sentences(language).keys() == sentences(Language.PL).keys()


@pytest.mark.parametrize("language", OTHERS)
def test_a_sentence_has_the_same_placeholders_in_all_languages(language: Language):
    theirs = {key: placeholders(text) for key, text in sentences(language).items()}
    ours = {key: placeholders(text) for key, text in sentences(Language.PL).items()}

    assert theirs == ours


@pytest.mark.parametrize("language", Language)
def test_every_counted_noun_has_three_forms(language: Language):
    counted = {key: text for key, text in sentences(language).items() if key.startswith("count_")}

    assert counted
    assert {text.count("|") for text in counted.values()} == {2}


@pytest.mark.parametrize("language", Language)
def test_the_labels_of_our_own_buttons_are_short(language: Language):
    labels = {key: text for key, text in sentences(language).items() if key.startswith("button_")}

    assert {key: text for key, text in labels.items() if len(text) > 20} == {}


@pytest.mark.parametrize("language", Language)
def test_the_profile_fits_the_platforms(language: Language):
    assert len(say(language, "profile_short")) <= 120
    assert len(say(language, "profile_long", fair="x" * 100)) <= 512


def test_a_sentence_is_filled():
    assert say(Language.EN, "stand_one", stand="12A") == "stand 12A"


def test_a_count_takes_the_form_of_its_language():
    assert [say_count(Language.PL, "count_seats", n) for n in (1, 3, 5, 22)] == [
        "1 miejsce",
        "3 miejsca",
        "5 miejsc",
        "22 miejsca",
    ]


def test_an_unknown_sentence_is_our_mistake():
    with pytest.raises(KeyError):
        say(Language.PL, "no_such_sentence")
