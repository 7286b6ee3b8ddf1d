from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.language.tokens import tokenize
from bot.matching.decide import Confident
from bot.matching.entries import Entry, Field, Phrasing
from bot.matching.evaluate import explained
from bot.matching.index import Index, build_index
from bot.matching.vocabulary import How
from tests.matching.fair import FAIR, entry


def first(index: Index, query: str) -> str | None:
    hits = index.rank(query).hits
    return hits[0].id if hits else None


def how(index: Index, query: str, word: str) -> How:
    return next(met.how for met in index.rank(query).hits[0].matches if met.word == word)


@pytest.mark.parametrize("known", FAIR, ids=lambda known: known.id)
def test_an_exact_name_is_always_first(index, known):
    assert first(index, known.phrasings[0].text) == known.id


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("gdzie sa wizytowki", "printer"),
        ("DRUKARNIA", "printer"),
        ("kto ma plakatów na jutro", "printer"),
        ("adopcję psa", "shelter"),
        ("stolarni szukam", "joinery"),
    ],
)
def test_case_diacritics_and_inflection_do_not_matter(index, query, expected):
    assert first(index, query) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("drukrania", "printer"),
        ("ulotkki", "printer"),
        ("wziytówki", "printer"),
        ("ksiegowsoc", "books"),
        ("gdzei parkign", "parking"),
    ],
)
def test_typing_mistakes_are_forgiven(index, query, expected):
    assert first(index, query) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("gdzie kibel", "wc"),
        ("where is the restroom", "wc"),
        ("де туалет", "wc"),
        ("de tualet", "wc"),
        ("where can I leave my car", "parking"),
        ("юрист", "law"),
        ("lawyer", "law"),
        ("furniture", "joinery"),
        ("догляд за літніми людьми", "care"),
    ],
)
def test_concepts_carry_other_languages_and_slang(index, query, expected):
    assert first(index, query) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("st. 12", "printer"),
        ("s12a", "bakery"),
        ("kto jest na stoisku 12 A", "bakery"),
        ("pod czternastką", "joinery"),
        ("стенд 7", "shelter"),
        ("who is at stand nine", "garden"),
    ],
)
def test_a_stand_number_leads_to_its_exhibitor(index, query, expected):
    assert first(index, query) == expected


def test_a_stand_number_is_never_corrected(index):
    hits = index.rank("st. 13").hits

    assert not [hit for hit in hits if any(met.how is How.CODE for met in hit.matches)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("ROPS-u", "rops"),
        ("w ropsie", "rops"),
        ("ce a o", "cao"),
        ("cwis", "cwis-e"),
        ("ce wu i es e", "cwis-e"),
        ("CIS", "cis"),
        ("co to jest cis", "cis"),
    ],
)
def test_acronyms_are_met_inflected_and_spelled_out(index, query, expected):
    assert first(index, query) == expected


@pytest.mark.parametrize("query", ["CAL", "rips", "KAO"])
def test_a_short_acronym_is_never_corrected(index, query):
    assert index.rank(query).hits == ()


def test_who_is_not_meant_steps_back():
    entries = (
        entry("east", "Centrum Aktywności Wschód", not_me=("Centrum Aktywności Zachód",)),
        entry("west", "Zachód"),
    )

    assert first(build_index(entries), "centrum aktywności zachód") == "west"


def test_a_frame_of_politeness_does_not_count(index):
    plain = index.rank("toalety").hits[0].score
    polite = index.rank("Przepraszam bardzo, czy mógłby mi Pan powiedzieć, gdzie są toalety?").hits[
        0
    ]

    assert (polite.id, polite.score) == ("wc", pytest.approx(plain, abs=0.1))


def test_an_exact_hit_beats_a_corrected_one():
    entries = (entry("weights", "Waga i miary"), entry("mobile", "Wagon"), entry("veg", "Wege"))

    assert first(build_index(entries), "wege") == "veg"


FAIR_INDEX = build_index(FAIR)
WORDS = sorted(
    {token.text for each in FAIR for said in each.phrasings for token in tokenize(said.text)}
)


def test_the_example_of_the_documentation_is_true():
    page = Path(__file__).parents[2] / "docs" / "understanding.md"
    hits = FAIR_INDEX.rank("Przepraszam, kto drukuje wziytówki na jutro?").hits

    assert explained(hits[0]) in page.read_text("utf-8").splitlines()


@given(st.sampled_from(WORDS))
@settings(deadline=None)
def test_what_an_entry_holds_is_never_taken_for_a_slip(word):
    """An exact hit beats a corrected one: nothing else is corrected beside it."""
    ways = {met.how for hit in FAIR_INDEX.rank(word).hits for met in hit.matches}

    assert How.TYPO not in ways


def test_unknown_words_count_against():
    index = build_index((entry("price", "Ile kosztuje wstęp"), entry("other", "Parking")))
    known = index.rank("ile kosztuje wstęp").hits[0].score
    unknown = index.rank("ile kosztuje smartfon zyxwix").hits

    assert index.rank("ile kosztuje zyxwix").unknown_words == ("zyxwix",)
    assert all(hit.score < known / 2 for hit in unknown)


def test_a_hit_says_which_word_met_what(index):
    hit = index.rank("drukrania").hits[0]

    assert [(met.word, met.met, met.field, met.how) for met in hit.matches] == [
        ("drukrania", "drukarnia", "name", How.TYPO)
    ]


def test_the_way_of_meeting_is_told(index):
    assert how(index, "parking", "parking") is How.EXACT
    assert how(index, "toaletami", "toaletami") is How.INFLECTED
    assert how(index, "kibel", "kibel") is How.CONCEPT
    assert how(index, "st 12", "#12") is How.CODE


def test_a_given_name_says_less_than_what_somebody_does():
    index = build_index(
        [
            entry("party", "Animatorzy „Bańka”", "zabawy dla dzieci"),
            entry("loan", "Fundusz wsparcia", "pożyczki dla organizacji"),
            entry("talk", "Rozmowa „Pożyczka”", "dla początkujących", kind="sessions"),
        ]
    )

    assert first(index, "позика") == "talk"
    assert first(index, "bańka") == "party"
    assert [hit.id for hit in index.rank("позика").hits][:2] == ["talk", "loan"]


def test_what_words_say_together_counts_before_what_each_says():
    index = build_index((entry("ticket", "Bilety na targi"), entry("parking", "Parking")))

    assert first(index, "bilety") == "ticket"
    for query in ("bilety lotnicze do Rzymu", "квитки на літак", "kto sprzedaje auta"):
        assert not isinstance(index.decide(index.rank(query)), Confident)


def test_words_of_different_things_are_no_forms_of_each_other():
    index = build_index((entry("coffee", "Palarnia kawy"), entry("table", "Stół i krzesła")))

    assert first(index, "kawą") == "coffee"
    assert first(index, "stołu") == "table"
    assert first(index, "opowiedz kawał") is None
    assert first(index, "stolica") is None


def test_only_the_wanted_kinds_are_ranked(index):
    ranking = index.rank("stoisko i parking i toalety", kinds=frozenset({"exhibitors"}))

    assert {hit.kind for hit in ranking.hits} <= {"exhibitors"}


def test_two_words_written_as_one_are_taken_apart(index):
    assert first(index, "wiernypies") == "shelter"


def test_a_word_written_as_two_is_joined():
    index = build_index((entry("net", "Wi-Fi"), entry("other", "Parking")))

    assert first(index, "wi fi haslo") == "net"


def test_a_foreign_alphabet_is_read_by_sound():
    index = build_index((entry("malwa", "Malwina"), entry("other", "Parking")))

    assert first(index, "де Мальвіна") == "malwa"


@given(st.text(max_size=200))
@settings(max_examples=200, deadline=None)
def test_ranking_never_fails(text):
    ranking = FUZZED.rank(text)

    assert [hit.score for hit in ranking.hits] == sorted(
        (hit.score for hit in ranking.hits), reverse=True
    )
    assert all(0 <= hit.score <= 1 for hit in ranking.hits)


FUZZED = build_index(FAIR[:6])

QUERIES = ("gdzie kibel", "drukrania", "st 12", "opieka nad babcią", "centrum", "ulotki i plakaty")


@pytest.mark.parametrize("query", QUERIES)
def test_ranking_is_deterministic(query):
    assert build_index(FAIR).rank(query) == build_index(FAIR).rank(query)


@pytest.mark.parametrize("query", QUERIES)
def test_an_unrelated_entry_changes_no_match(query):
    unrelated = Entry("x", "faq", (Phrasing("qvxjk zzyyxx", Field.NAME),))
    before = build_index(FAIR).rank(query, limit=3).hits
    after = build_index((*FAIR, unrelated)).rank(query, limit=3).hits

    assert [(hit.id, hit.matches) for hit in after] == [(hit.id, hit.matches) for hit in before]


def test_an_empty_index_finds_nothing():
    assert build_index(()).rank("gdzie kibel").hits == ()


def test_an_acronym_that_looks_alike_is_not_answered_for_another(index):
    decision = index.decide(index.rank("mops"))

    assert not isinstance(decision, Confident)


def test_a_time_in_a_question_does_not_count_against():
    index = build_index(FAIR)
    plain = index.rank("pierogi").hits[0]
    timed = index.rank("pierogi o 14:30 w piątek").hits[0]

    assert timed.id == plain.id
    assert abs(timed.score - plain.score) < 0.1


def test_a_concept_that_is_called_like_a_frame_word_is_none():
    """The concept "help" is said by "aid"; the word "help" only carries a question."""
    index = build_index((entry("doctor", "Punkt pierwszej pomocy"), entry("other", "Parking")))

    assert "aid" in [match.word for match in index.rank("first aid").hits[0].matches]


def test_repairing_a_car_is_not_explained_by_where_cars_may_stand():
    index = build_index((entry("parking", "Gdzie zostawić samochód?"), entry("x", "Szatnia")))
    met = {match.word for match in index.rank("kto naprawia samochody").hits[0].matches}

    assert "samochody" in met
    assert "naprawia" not in met
