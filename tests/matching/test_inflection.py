import pytest

from bot.matching.inflection import is_acronym_ending, stems


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("warsztat", "warsztatow"),
        ("spoldzielnia", "spoldzielniami"),
        ("ksiazka", "ksiazek"),
        ("ksiazce", "ksiazka"),
        ("drodze", "droga"),
        ("organizacja", "organizacjach"),
        ("stand", "stands"),
        ("company", "companies"),
        ("running", "run"),
        ("кооператив", "кооперативів"),
        ("зустріч", "зустрічі"),
    ],
)
def test_forms_of_a_word_share_a_stem(one, other):
    assert set(stems(one)) & set(stems(other))


@pytest.mark.parametrize(
    ("one", "other"), [("szkola", "szkolenie"), ("konkurs", "konkret"), ("pies", "pes")]
)
def test_different_words_share_none(one, other):
    assert not set(stems(one)) & set(stems(other))


def test_endings_on_acronyms_are_known():
    assert is_acronym_ending("u")
    assert not is_acronym_ending("x")
