"""The shape of the shipped concept files: what reading them one by one would overlook."""

from collections import Counter, defaultdict
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

import bot.matching
from bot.language.fold import fold
from bot.matching.frames import ASKINGS

FILES = sorted(Path(bot.matching.__file__).parent.joinpath("concepts").glob("*.yaml"))
LANGUAGES = ("pl", "en", "uk")
KEYS = {"id", "broader", "related", "made_of", *LANGUAGES}
LONGEST_WORD = 40
DEEPEST = 3
QUESTION_WORDS = """
gdzie kiedy kto kogo komu co ile jak jaki jaka jakie czy dlaczego który która które skąd dokąd
where when who whose what which why how
де коли хто кого кому що скільки як який яка яке які чому куди звідки
где когда кто что сколько как какой почему
"""
NUMBERS_AND_DAYS = """
jeden dwa trzy cztery pięć sześć siedem osiem dziewięć dziesięć dwanaście sto pierwszy drugi
poniedziałek wtorek środa czwartek piątek sobota niedziela dziś dzisiaj jutro teraz
one two three four five six seven eight nine ten twelve hundred first second
monday tuesday wednesday thursday friday saturday sunday today tomorrow now
один два три чотири п'ять шість сім вісім дев'ять десять дванадцять сто перший другий
понеділок вівторок середа четвер п'ятниця субота неділя сьогодні завтра зараз
"""


@cache
def read(file: Path) -> list[dict[str, Any]]:
    text = file.read_text(encoding="utf-8")
    concepts = yaml.load(text, yaml.CSafeLoader)
    assert isinstance(concepts, list)
    return concepts


def read_plain() -> list[str]:
    file = Path(bot.matching.__file__).with_name("plain_words.yaml")
    words = yaml.safe_load(file.read_text(encoding="utf-8"))
    return [word for language in LANGUAGES for word in words[language]]


CONCEPTS = [concept for file in FILES for concept in read(file)]
BY_ID = {concept["id"]: concept for concept in CONCEPTS}


def words_of(concept: dict[str, Any]) -> list[str]:
    return [word for language in LANGUAGES for word in concept[language]]


def depth(concept_id: str, path: tuple[str, ...] = ()) -> int:
    assert concept_id not in path, f"a circle of broader concepts: {path}"
    wider = BY_ID[concept_id].get("broader", [])
    return max((1 + depth(each, (*path, concept_id)) for each in wider), default=0)


def test_there_are_files_and_at_least_four_hundred_concepts() -> None:
    assert FILES
    assert len(CONCEPTS) >= 400


def test_ids_are_unique_over_all_files() -> None:
    assert [each for each, count in Counter(c["id"] for c in CONCEPTS).items() if count > 1] == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
class TestEachFile:
    def test_has_only_known_keys(self, file: Path) -> None:
        assert [c["id"] for c in read(file) if not set(c) <= KEYS] == []

    def test_gives_words_as_text_in_all_three_languages(self, file: Path) -> None:
        for concept in read(file):
            for language in LANGUAGES:
                words = concept.get(language)
                assert words, f"{concept['id']} lacks {language}"
                # An unquoted 1.5 or no would come back as a number or as false.
                assert all(isinstance(word, str) and word.strip() == word for word in words), words

    def test_has_no_overlong_word_and_no_phrase_of_more_than_five_words(self, file: Path) -> None:
        words = [word for concept in read(file) for word in words_of(concept)]
        assert [w for w in words if not w or len(w) > LONGEST_WORD or len(w.split()) > 5] == []

    def test_repeats_no_word_within_a_language(self, file: Path) -> None:
        for concept in read(file):
            for language in LANGUAGES:
                folded = Counter(fold(word) for word in concept[language])
                assert [w for w, n in folded.items() if n > 1] == [], concept["id"]

    def test_holds_no_question_word(self, file: Path) -> None:
        asking = set(fold(QUESTION_WORDS).split())
        words = [word for concept in read(file) for word in words_of(concept)]
        assert [word for word in words if asking & set(fold(word).split())] == []

    def test_has_no_word_that_folds_to_a_number_or_a_day(self, file: Path) -> None:
        told_otherwise = set(fold(NUMBERS_AND_DAYS).split())
        words = [word for concept in read(file) for word in words_of(concept)]
        assert [word for word in words if fold(word) in told_otherwise] == []

    def test_refers_to_concepts_that_exist(self, file: Path) -> None:
        for concept in read(file):
            parts = [part for parts in concept.get("made_of", []) for part in parts]
            referred = [*concept.get("broader", []), *concept.get("related", []), *parts]
            known = {*BY_ID, *ASKINGS}
            assert [other for other in referred if other not in known] == [], concept["id"]
            assert concept["id"] not in referred


def test_a_combination_is_of_several_concepts_and_stands_once() -> None:
    for concept in CONCEPTS:
        combinations = [frozenset(parts) for parts in concept.get("made_of", [])]
        assert all(len(parts) > 1 for parts in combinations), concept["id"]
        assert len(set(combinations)) == len(combinations), concept["id"]


def test_broader_concepts_form_no_circle_and_are_at_most_three_steps_away() -> None:
    assert [each for each in BY_ID if depth(each) > DEEPEST] == []


def test_no_word_belongs_to_more_than_three_concepts() -> None:
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for concept in CONCEPTS:
        for word in words_of(concept):
            owners[fold(word)].add(concept["id"])
    assert {word: ids for word, ids in owners.items() if len(ids) > 3} == {}


def test_latin_and_cyrillic_letters_are_never_mixed_in_a_word() -> None:
    def is_mixed(word: str) -> bool:
        letters = [letter for letter in word.casefold() if letter.isalpha()]
        return 0 < sum("а" <= letter <= "ґ" for letter in letters) < len(letters)

    assert [word for concept in CONCEPTS for word in words_of(concept) if is_mixed(word)] == []


def test_a_plain_word_says_no_concept() -> None:
    plain = read_plain()
    said = {fold(word) for concept in CONCEPTS for word in words_of(concept)}
    assert said & {fold(word) for word in plain} == set()
    assert [word for word in plain if " " in word] == []
    assert [word for word, count in Counter(map(fold, plain)).items() if count > 1] == []
