import pytest

from bot.matching.lexicon import build_lexicon

LEXICON = build_lexicon(
    [
        {"id": "food", "pl": ["jedzenie"], "en": ["food"]},
        {"id": "soup", "pl": ["zupa", "coś na ciepło"], "uk": ["суп"], "broader": ["food"]},
        {"id": "rent", "pl": ["renta"], "related": ["food"]},
    ]
)


def names(word: str) -> list[str]:
    return [LEXICON.names[concept] for concept, _ in LEXICON.of_word(word)]


@pytest.mark.parametrize("word", ["zupa", "zupy", "zupami", "суп", "супу"])
def test_a_word_and_its_family_say_a_concept(word):
    assert names(word) == ["soup"]


@pytest.mark.parametrize("word", ["zupka", "zuap", "sup"])
def test_a_mistyped_word_says_none(word):
    assert names(word) == []


def test_a_family_is_of_one_language():
    assert names("renty") == ["rent"]
    assert names("rents") == []


def test_a_phrase_says_a_concept_in_its_forms():
    spans = list(LEXICON.of_phrases(["mam", "cos", "na", "cieplo"]))

    assert [(LEXICON.names[span.concept], span.start, span.end) for span in spans] == [
        ("soup", 1, 4)
    ]


def test_a_narrower_concept_is_nearer_than_a_broader_one():
    assert LEXICON.near(0) == {0: 1.0, 1: 0.85, 2: 0.55}
    assert LEXICON.near(1) == {1: 1.0, 0: 0.5}
