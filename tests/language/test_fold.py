import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.fold import fold
from bot.language.tokens import folded_words, tokenize


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ŁÓDŹ żółć", "lodz zolc"),
        ("„Pomocna Dłoń”", " pomocna dlon "),
        ("CWIS–E", "cwis-e"),
        ("CWIS\u00a0-\u00a0E", "cwis - e"),
        ("п’ятниця п'ятниця пʼятниця", "пятниця пятниця пятниця"),
        ("Ґанок Їжа Йод", "ганок їжа йод"),
        ("ёлка", "елка"),
        ("cтенд", "стенд"),
        ("тoвар", "товар"),
        ("stоisko", "stoisko"),
        ("ＦＵＬＬ", "full"),
        ("straße", "strasse"),
    ],
)
def test_what_people_type_alike_becomes_equal(text, folded):
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_tokens_name_their_place_in_the_text(text):
    for token in tokenize(text):
        assert text[token.start : token.end] == token.raw
        assert token.text
    assert folded_words(text) == [token.text for token in tokenize(text)]


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Gdzie st. 12a?", ["gdzie", "st", "12a"]),
        ("CWIS-E o 14:30.", ["cwis-e", "o", "14:30"]),
        ("30.11.2017, 1.12", ["30.11.2017", "1.12"]),
        ("п’ятниця", ["пятниця"]),
        ("10:00–12:30", ["10:00", "12:30"]),
        ("…?!", []),
    ],
)
def test_words_numbers_and_codes_are_tokens(text, tokens):
    assert [token.text for token in tokenize(text)] == tokens
