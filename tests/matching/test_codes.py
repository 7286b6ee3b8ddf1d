import pytest

from bot.matching.codes import spelled_out, stand_codes


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("st. 12", ("12",)),
        ("st12", ("12",)),
        ("s12a", ("12A",)),
        ("12", ("12",)),
        ("stoisko nr 12 A", ("12A",)),
        ("na stoisku numer 007?", ("7",)),
        ("dwunastka", ("12",)),
        ("pod dwunastką", ("12",)),
        ("stoisko dwanaście", ("12",)),
        ("stoisko dwadzieścia trzy", ("23",)),
        ("stand twelve", ("12",)),
        ("booth 5B", ("5B",)),
        ("стенд 12", ("12",)),
        ("стенд дванадцять", ("12",)),
        ("де ст12", ("12",)),
        ("stoiska 12–14", ("12", "13", "14")),
        ("stoiska 22, 23, 28 i 29", ("22", "23", "28", "29")),
        ("gdzie st 3 i st 4", ("3", "4")),
        ("kto stoi na 7", ("7",)),
        ("хто стоїть на 7", ("7",)),
        ("stoisko c 12", ("C12",)),
        ("stoisko A-12", ("A12",)),
        ("A-12", ("A12",)),
    ],
)
def test_stand_numbers_are_read_in_all_spellings(text, codes):
    assert stand_codes(text) == codes


@pytest.mark.parametrize(
    "text", ["", "o 12", "sala 12", "ile jest stoisk", "30 listopada", "mam 12 lat", "na stoisku"]
)
def test_other_numbers_are_no_stands(text):
    assert stand_codes(text) == ()


def test_letters_are_read_by_their_names():
    assert spelled_out(("ce", "wu", "i", "es", "e", "gdzie"), 0) == ("cwise", 5)
    assert spelled_out(("ce", "gdzie"), 0) == ("", 0)
