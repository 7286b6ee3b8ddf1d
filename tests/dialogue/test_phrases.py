from pathlib import Path

import pytest

from bot.dialogue import phrases
from bot.dialogue.phrases import Met, PhraseBook, phrase_book

FILES = sorted(file.stem for file in Path(phrases.__file__).parent.glob("*.yaml"))


def test_a_phrase_is_found_where_its_words_stand():
    book = PhraseBook({"leader": ["kto prowadzi"], "who": ["kto"]})

    assert set(book.find(["a", "kto", "prowadzi"])) == {Met("leader", 1, 3), Met("who", 1, 2)}


def test_a_stem_stands_for_every_word_that_begins_so():
    book = PhraseBook({"speaker": ["prelegent*"]})

    assert [met.start for met in book.find(["prelegentka", "prelegentow", "prelekcja"])] == [0, 1]


def test_of_two_phrases_of_one_name_the_longer_is_found():
    book = PhraseBook({"what": ["co to", "co to jest"]})

    assert book.find(["co", "to", "jest", "cis"]) == (Met("what", 0, 3),)


def test_a_phrase_of_one_letter_is_found_in_longer_texts():
    assert PhraseBook({"and": ["a"]}).find(["a", "jutro"]) == (Met("and", 0, 1),)


@pytest.mark.parametrize("file", FILES)
def test_every_file_of_phrases_loads(file: str):
    assert phrase_book(file).find([]) == ()
