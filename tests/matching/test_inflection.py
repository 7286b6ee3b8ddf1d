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
        ("trainings", "training"),
        ("opinia", "opinii"),
        ("dancing", "dance"),
        ("houses", "house"),
        ("boxes", "box"),
        ("кооператив", "кооперативів"),
        ("зустріч", "зустрічі"),
        ("warsztat", "warsztacie"),
        ("obiad", "obiedzie"),
        ("miasto", "miescie"),
        ("samochod", "samochodzie"),
        ("krawiec", "krawca"),
        ("sweter", "swetra"),
        ("стіл", "стола"),
        ("ніч", "ночі"),
        ("школа", "школу"),
        ("папір", "паперу"),
        ("рука", "руці"),
        ("книга", "книзі"),
    ],
)
def test_forms_of_a_word_share_a_stem(one, other):
    assert set(stems(one)) & set(stems(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("szkola", "szkolenie"),
        ("konkurs", "konkret"),
        ("pies", "pes"),
        ("рік", "рука"),
        ("hates", "hat"),
    ],
)
def test_different_words_share_none(one, other):
    assert not set(stems(one)) & set(stems(other))


def test_endings_on_acronyms_are_known():
    assert is_acronym_ending("u")
    assert not is_acronym_ending("x")
