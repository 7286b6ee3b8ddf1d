"""What people write in their own words, in three languages, becomes a situation."""

import datetime as dt

import pytest

from bot.knowledge.model import ActivityField, LegalForm, Need, People
from bot.support.extraction import Extraction, extraction_knowing
from bot.support.founded import Founded
from bot.support.phrases import SupportLexicon
from tests.support.conftest import TODAY
from tests.whole_fair import whole_fair

KNOWLEDGE = whole_fair()
EXTRACTION = Extraction(KNOWLEDGE.areas.values())

NEEDS = [
    ("szukamy lokalu", {Need.PREMISES}),
    ("szukamy siedziby dla stowarzyszenia", {Need.SEAT}),
    ("adres do korespondencji", {Need.ADDRESS}),
    ("potrzebujemy sali i księgowej", {Need.ROOM, Need.ACCOUNTING}),
    ("kto pożyczy rzutnik i namiot", {Need.EQUIPMENT}),
    ("skąd wziąć pieniądze na festyn", {Need.GRANT}),
    ("kto pomoże z wnioskiem o dotację", {Need.APPLICATION}),
    ("dotacja na miejsce pracy", {Need.JOB_GRANT}),
    ("jak założyć spółdzielnię socjalną", {Need.COOPERATIVE}),
    ("ile osób potrzeba na stowarzyszenie", {Need.FOUNDING}),
    ("jak zostać OPP", {Need.OBP_STATUS}),
    ("kto nadaje status PS", {Need.SOCIAL_ENTERPRISE_STATUS}),
    ("wolontariusze potrzebni od zaraz", {Need.VOLUNTEERS}),
    ("przyda się prawnik do statutu", {Need.LEGAL}),
    ("we need an accountant", {Need.ACCOUNTING}),
    ("looking for a room for meetings", {Need.ROOM}),
    ("who can help with our application", {Need.APPLICATION}),
    ("money for our idea", {Need.GRANT}),
    ("how do we start a social cooperative", {Need.COOPERATIVE}),
    ("шукаємо приміщення для організації", {Need.PREMISES}),
    ("потрібен бухгалтер", {Need.ACCOUNTING}),
    ("де взяти гроші на свято", {Need.GRANT}),
    ("хто допоможе із заявкою", {Need.APPLICATION}),
    ("як заснувати соціальний кооператив", {Need.COOPERATIVE}),
    # What is done with a form says a need; what looks like another word says none.
    ("w pięć osób chcemy otworzyć taką spółdzielnię", {Need.COOPERATIVE}),
    ("jak powołać niewielką fundację", {Need.FOUNDING}),
    ("what papers to register a small association", {Need.FOUNDING}),
    ("хочемо відкрити соціальний кооператив", {Need.COOPERATIVE}),
    ("do local NGOs meet somewhere", {Need.MEETINGS}),
    ("the local shop", set()),
    ("szukamy organizacji do wspólnego wniosku", {Need.PARTNER}),
    ("zarejestrować się na szkolenie", {Need.TRAINING}),
    ("gdzie jest toaleta", set()),
    ("Скільки коштує вхід?", set()),
]


@pytest.mark.parametrize(("text", "needs"), NEEDS)
def test_what_is_needed_is_found(text, needs):
    assert EXTRACTION.read(text, TODAY).situation.needs == needs


FORMS = [
    ("mamy stowarzyszenie", {LegalForm.ASSOCIATION, LegalForm.ORDINARY_ASSOCIATION}),
    ("stowarzyszenie zwykłe", {LegalForm.ORDINARY_ASSOCIATION}),
    ("nasza fundacja", {LegalForm.FOUNDATION}),
    ("jesteśmy spółdzielnią socjalną", {LegalForm.SOCIAL_COOPERATIVE}),
    ("koło gospodyń wiejskich", {LegalForm.KGW}),
    ("grupa nieformalna", {LegalForm.INFORMAL_GROUP}),
    ("jesteśmy gminą", {LegalForm.LOCAL_GOVERNMENT}),
    ("jestem mieszkanką", {LegalForm.NATURAL_PERSON}),
    ("chcemy założyć fundację", set()),
    ("sprzedać usługi gminie", set()),
    ("we are an informal group", {LegalForm.INFORMAL_GROUP}),
    ("our foundation", {LegalForm.FOUNDATION}),
    ("ми неформальна група", {LegalForm.INFORMAL_GROUP}),
    ("наш фонд", {LegalForm.FOUNDATION}),
]


@pytest.mark.parametrize(("text", "forms"), FORMS)
def test_the_legal_form_is_found(text, forms):
    assert EXTRACTION.read(text, TODAY).situation.forms == forms


def test_whoever_founds_something_is_not_that_yet():
    told = EXTRACTION.read("chcemy otworzyć spółdzielnię socjalną", TODAY)

    assert told.situation.forms == frozenset()


def test_an_organisation_may_be_any_form_but_no_informal_group():
    forms = EXTRACTION.read("nasza organizacja", TODAY).situation.forms

    assert LegalForm.ASSOCIATION in forms
    assert LegalForm.INFORMAL_GROUP not in forms


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


AGES = [
    ("mamy stowarzyszenie od roku", "2016-05-31", "2016-11-30"),
    ("fundacja istnieje 3 lata", "2013-12-01", "2014-11-30"),
    ("działamy od pół roku", "2017-03-01", "2017-05-30"),
    ("działamy od ponad dwóch lat", None, "2015-11-30"),
    ("istniejemy niecały rok", "2016-12-01", "2017-11-30"),
    ("nowe stowarzyszenie", "2016-12-01", "2017-11-30"),
    ("założone 3 marca 2017", "2017-03-03", "2017-03-03"),
    ("działamy od 3.03.2017", "2017-03-03", "2017-03-03"),
    ("powstaliśmy w marcu 2016", "2016-03-01", "2016-03-31"),
    ("od 2015 roku", "2015-01-01", "2015-12-31"),
    ("mamy fundację od 5 miesięcy", "2017-05-31", "2017-06-30"),
    ("running for two years", "2014-12-01", "2015-11-30"),
    ("our association is a year old", "2016-05-31", "2016-11-30"),
    ("founded on 3 March 2016", "2016-03-03", "2016-03-03"),
    ("since 2015", "2015-01-01", "2015-12-31"),
    ("we have just started", "2016-12-01", "2017-11-30"),
    ("існуємо два роки", "2014-12-01", "2015-11-30"),
    ("засновано 3 березня 2017", "2017-03-03", "2017-03-03"),
    ("дотація для нової організації", "2016-12-01", "2017-11-30"),
    ("вже рік", "2016-05-31", "2016-11-30"),
]


@pytest.mark.parametrize(("text", "earliest", "latest"), AGES)
def test_the_age_is_found_as_precisely_as_it_is_told(text, earliest, latest):
    founded = EXTRACTION.read(text, TODAY).situation.founded

    assert founded == Founded(day(earliest) if earliest else None, day(latest))


@pytest.mark.parametrize(
    "text",
    [
        "wystawca za rok",
        "grant na 2 lata",
        "szkolenie w 2017 roku",
        "szukamy sali na 3 grudnia 2017",
        "założone 31.02.2016",
        "założone 3 marca 2030",
        "just looking for a room",
    ],
)
def test_a_length_of_time_that_is_no_age_is_none(text):
    assert EXTRACTION.read(text, TODAY).situation.founded is None


AREAS = [
    ("jesteśmy z Ostrowca", "powiat-ostrowiecki"),
    ("w Ostrowcu Świętokrzyskim", "miasto-ostrowiec"),
    ("powiat sandomierski", "powiat-sandomierski"),
    ("działamy w Starachowicach", "powiat-starachowicki"),
    ("z Kielc", "miasto-kielce"),
    ("powiat kielecki", "powiat-kielecki"),
    ("we are from Sandomierz", "powiat-sandomierski"),
    ("ми з Островця", "powiat-ostrowiecki"),
    ("в Кельце", "miasto-kielce"),
    ("działamy w Kielcach i Sandomierzu", None),
    ("z Krakowa", None),
]


@pytest.mark.parametrize(("text", "area"), AREAS)
def test_the_area_is_found_by_towns_too(text, area):
    assert EXTRACTION.read(text, TODAY).situation.area == area


@pytest.mark.parametrize(
    ("text", "obp", "social_enterprise"),
    [
        ("jesteśmy OPP", True, None),
        ("nie mamy OPP", False, None),
        ("mamy status PS", None, True),
        ("nie mamy statusu PS", None, False),
        ("we are a public benefit organisation", True, None),
        ("szukamy sali", None, None),
    ],
)
def test_a_status_is_found_only_where_somebody_says_to_have_it(text, obp, social_enterprise):
    situation = EXTRACTION.read(text, TODAY).situation

    assert (situation.obp, situation.social_enterprise) == (obp, social_enterprise)


def test_people_and_fields_are_found():
    situation = EXTRACTION.read("warsztaty taneczne i sport dla seniorów", TODAY).situation

    assert situation.people == {People.SENIORS}
    assert ActivityField.SPORT in situation.fields


def test_we_have_is_no_word_for_mothers():
    assert EXTRACTION.read("mamy od roku stowarzyszenie", TODAY).situation.people == frozenset()


def test_one_message_is_taken_apart_whole():
    telling = EXTRACTION.read("mamy stowarzyszenie od roku, szukamy sali i księgowej", TODAY)

    assert telling.seeks
    assert telling.is_about_us
    assert telling.situation.written() == {
        "needs": ["accounting", "room"],
        "forms": ["association", "ordinary_association"],
        "founded": ["2016-05-31", "2016-11-30"],
    }


def test_a_very_long_text_is_read_to_a_limit():
    assert EXTRACTION.read("a " * 5000 + "szukamy sali", TODAY).situation == (
        EXTRACTION.read("", TODAY).situation
    )


def test_an_edit_that_touches_no_area_keeps_the_extraction():
    areas = tuple(KNOWLEDGE.areas.values())
    read_again = tuple(area.model_copy(deep=True) for area in areas)

    assert extraction_knowing(read_again) is extraction_knowing(areas)
    assert extraction_knowing(areas[1:]) is not extraction_knowing(areas)


def test_every_concept_that_the_phrases_name_exists():
    lexicon = SupportLexicon(())

    assert lexicon.unknown_concepts() == ()
