import pytest

from bot.matching.entries import Entry, Field, Phrasing
from bot.matching.index import build_index
from bot.matching.lexicon import build_lexicon

LEXICON = build_lexicon(
    [
        {"id": "food", "pl": ["jedzenie"], "en": ["food"]},
        {"id": "soup", "pl": ["zupa", "coś na ciepło"], "uk": ["суп"], "broader": ["food"]},
        {"id": "rent", "pl": ["renta"], "related": ["food"]},
        {"id": "kin", "en": ["kin"]},
        {"id": "gran", "pl": ["babcia"], "uk": ["бабуся"], "broader": ["kin"]},
        {"id": "alone", "pl": ["sama", "bez nikogo"], "uk": ["самотня"]},
        {"id": "visits", "pl": ["odwiedziny"], "made_of": [["gran", "alone"]]},
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


def test_a_plain_word_is_a_form_of_nothing_and_no_frame_word_is():
    lexicon = build_lexicon(
        [{"id": "christmas", "pl": ["święta"]}, {"id": "law", "pl": ["prawo"]}],
        plain=frozenset(["swiecie"]),
    )

    assert lexicon.of_word("swietami") != ()
    assert lexicon.of_word("swiecie") == ()
    assert lexicon.tells_apart("swiecie", "swieta")
    assert lexicon.knows("swiecie")
    assert lexicon.of_word("prawa") != ()
    assert lexicon.of_word("prawie") == ()


def test_a_phrase_says_a_concept_in_its_forms():
    spans = list(LEXICON.of_phrases([*map(LEXICON.said_by, ["mam", "cos", "na", "cieplo"])]))

    assert [(LEXICON.names[span.concept], span.start, span.end) for span in spans] == [
        ("soup", 1, 4)
    ]


def spans(*words: str) -> list[tuple[str, tuple[int, ...]]]:
    said = [LEXICON.said_by(word) for word in words]
    return [(LEXICON.names[span.concept], span.places) for span in LEXICON.of_phrases(said)]


@pytest.mark.parametrize(
    "words", [("moja", "babcia", "jest", "sama"), ("самотня", "в", "селі", "бабусею")]
)
def test_concepts_said_near_each_other_say_what_is_made_of_them(words):
    assert [name for name, _ in spans(*words)] == ["visits"]


def test_a_phrase_may_be_part_of_a_combination():
    assert ("visits", (0, 2, 3)) in spans("babcia", "jest", "bez", "nikogo")


def test_a_part_alone_says_no_combination_nor_do_parts_far_apart():
    assert spans("babcia", "zupa") == []
    assert spans("babcia", *"lubi co dzien zjesc cos bardzo dobrego i".split(), "sama") == []


def test_a_narrower_concept_is_nearer_than_a_broader_one():
    assert LEXICON.near(0) == {0: 1.0, 1: 0.75, 2: 0.4}
    assert LEXICON.near(1) == {1: 1.0, 0: 0.5}


def test_what_no_fair_is_about_is_never_what_an_entry_says():
    lexicon = build_lexicon(
        [{"id": "cup", "en": ["world cup", "goal"], "is_beyond": "1"}, {"id": "aim", "en": ["aim"]}]
    )
    quiz = Entry("quiz", "faq", (Phrasing("A quiz about the world cup and its goals", Field.NAME),))
    index = build_index((quiz, Entry("aims", "faq", (Phrasing("Aims", Field.NAME),))), lexicon)

    assert [match.how for hit in index.rank("goal").hits for match in hit.matches] == ["inflected"]
