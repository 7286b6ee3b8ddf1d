import pytest

from bot.matching.entries import Entry, Field, Phrasing
from bot.matching.index import build_index
from bot.matching.inflection import stems
from bot.matching.lexicon import build_lexicon
from bot.matching.spelling import Spelling

WORDS = ("stronka", "toaleta", "wtorek", "klauzula", "dogs", "siku", "помідор")
SPELLING = Spelling((stem for word in WORDS for stem in stems(word)), WORDS)


def meant(typed: str) -> set[str]:
    near = {slip.stem for slip in SPELLING.near(typed)}
    return {word for word in WORDS if near & set(stems(word))}


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("steonki", "stronka"),
        ("toaltey", "toaleta"),
        ("tooaleta", "toaleta"),
        ("tooaalettę", "toaleta"),
        ("kluzulach", "klauzula"),
        ("dosg", "dogs"),
        ("siuk", "siku"),
        ("помдорів", "помідор"),
    ],
)
def test_a_slip_is_mended_in_whatever_form(typed, word):
    assert meant(typed) == {word}


@pytest.mark.parametrize("typed", ["dxgs", "sik", "zupełnie", "stop", "12a", ""])
def test_what_is_far_off_or_too_short_is_left(typed):
    assert meant(typed) == set()


def test_a_slip_within_a_phrase_still_says_what_the_phrase_says():
    lexicon = build_lexicon([{"id": "toilet", "pl": ["toaleta", "za potrzebą"]}])
    toilet = Entry("wc", "faq", (Phrasing("Gdzie są toalety?", Field.NAME),))
    parking = Entry("parking", "faq", (Phrasing("Parking", Field.NAME),))
    index = build_index((toilet, parking), lexicon)

    assert [hit.id for hit in index.rank("musze za ptorzeba").hits] == ["wc"]
