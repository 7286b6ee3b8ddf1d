import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.questions import MOST, corrected, questions_in


@pytest.mark.parametrize(
    ("text", "questions"),
    [
        ("gdzie jest obiad i o której gala?", ("gdzie jest obiad", "o której gala?")),
        ("Gdzie jest toaleta? Kto robi catering?", ("Gdzie jest toaleta?", "Kto robi catering?")),
        ("Dzień dobry! Gdzie jest toaleta?", ("Gdzie jest toaleta?",)),
        ("gdzie i o której jest gala", ("gdzie i o której jest gala",)),
        ("where is lunch and when is the gala?", ("where is lunch", "when is the gala?")),
        ("де обід і о котрій гала?", ("де обід", "о котрій гала?")),
        ("kto prowadzi warsztat i o której?", ("kto prowadzi warsztat", "o której?")),
        ("rękodzieło i ceramika", ("rękodzieło i ceramika",)),
        ("dzień dobry", ("dzień dobry",)),
        ("przepraszam. gdzie jest wc?", ("gdzie jest wc?",)),
    ],
)
def test_a_message_is_cut_into_its_questions(text: str, questions: tuple[str, ...]):
    assert questions_in(text) == questions


@given(st.text(min_size=1))
def test_there_is_always_something_to_answer(text: str):
    assert 1 <= len(questions_in(text)) <= MOST


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("nie, chodzi mi o CIS", "CIS"),
        ("chodziło mi o warsztat", "warsztat"),
        ("no, I mean the gala", "the gala"),
        ("ні, я про CIS", "CIS"),
    ],
)
def test_a_correction_says_what_was_meant(text: str, meant: str):
    assert corrected(text) == (meant, True)


def test_other_words_are_no_correction():
    assert corrected("gdzie jest CIS") == ("gdzie jest CIS", False)
