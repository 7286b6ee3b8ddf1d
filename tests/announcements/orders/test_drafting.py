import datetime as dt
import re
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.announcements.model import Audience, Content, Kind, Scope, Urgency
from bot.announcements.orders import Missing, Unclear, changes_of, draft_of, question_of, read_order
from bot.announcements.orders.model import (
    AllClear,
    AskSurvey,
    Cancel,
    Correction,
    Delay,
    Evacuation,
    FirstAid,
    Found,
    Lost,
    Meal,
    MissingChild,
    MoveTo,
    NewPoint,
    NewSpeaker,
    NewTime,
    ParkingFull,
    Quiet,
    Restore,
    Seats,
    Soon,
    Thanks,
    Wifi,
)
from bot.announcements.wording import Wording
from bot.knowledge.changes import from_json
from bot.knowledge.laying import laid_over
from bot.knowledge.model import Knowledge, SessionType
from bot.language.plurals import plural
from bot.messaging.languages import Language
from tests.announcements.orders.test_reading import CALENDAR, TABLE

ZONE = ZoneInfo("Europe/Warsaw")
NOW = dt.datetime(2017, 11, 30, 9, tzinfo=ZONE)
FRIDAY = dt.date(2017, 12, 1)


def at(hour: int, minute: int = 0, day: int = 30, month: int = 11) -> dt.datetime:
    return dt.datetime(2017, month, day, hour, minute, tzinfo=ZONE)


def polish(order, knowledge: Knowledge, now: dt.datetime = NOW) -> tuple[str, str]:
    content = draft_of(order, knowledge, now).content
    return content.title[Language.PL], content.texts[Language.PL]


@pytest.mark.parametrize(
    ("order", "title", "text"),
    [
        (
            MoveTo("seminarium-es", "sala-101"),
            "Zmiana sali",
            "„Seminarium: ekonomia społeczna w gminie”: Sala 101, I piętro (wcześniej: Sala "
            "konferencyjna, I piętro). Godzina bez zmian: 13:15–14:45.",
        ),
        (
            MoveTo("gala", "antresola"),
            "Zmiana miejsca",
            "„Gala i wręczenie certyfikatów”: Antresola, I piętro (wcześniej: Scena w holu "
            "głównym, parter). Godzina bez zmian: piątek, 1 grudnia, 12:00–13:30.",
        ),
        (
            Delay("seminarium-es", 20),
            "Opóźnienie",
            "„Seminarium: ekonomia społeczna w gminie”: początek o 13:35, 20 minut później "
            "(wcześniej: 13:15).",
        ),
        (
            Delay("gala", 1),
            "Opóźnienie",
            "„Gala i wręczenie certyfikatów”: początek o 12:01 (piątek, 1 grudnia), 1 minutę "
            "później (wcześniej: 12:00).",
        ),
        (
            # It was 15 minutes late already.
            Delay("wyklad-granty", 30),
            "Opóźnienie",
            "„Wykład: granty dla organizacji”: początek o 15:30, 15 minut później (wcześniej: "
            "15:15).",
        ),
        (
            NewTime("seminarium-es", at(15), at(16, 30)),
            "Zmiana godziny",
            "„Seminarium: ekonomia społeczna w gminie”: 15:00–16:30 (wcześniej: 13:15–14:45).",
        ),
        (
            Cancel("quiz-omnibus", "choroba prowadzącego", "gala"),
            "Odwołane",
            "Odwołane: „Quiz o puchar Omnibusa Ekonomii Społecznej” (piątek, 1 grudnia, "
            "10:00–11:00). Przepraszamy. Powód: choroba prowadzącego. Zamiast tego: „Gala i "
            "wręczenie certyfikatów” (piątek, 1 grudnia, 12:00–13:30), Scena w holu głównym, "
            "parter.",
        ),
        (
            Restore("joga-seniorzy"),
            "Jednak się odbędzie",
            "Jednak się odbędzie: „Zajęcia ruchowe dla seniorów” (12:00–12:45), Sala warsztatowa "
            "2, II piętro.",
        ),
        (
            NewSpeaker("seminarium-es", ("marek-lis", "Jan Nowak")),
            "Zmiana prowadzących",
            "„Seminarium: ekonomia społeczna w gminie” (13:15–14:45): prowadzi teraz Marek Lis, "
            "Jan Nowak (wcześniej: Ewa Sosna).",
        ),
        (
            NewPoint("Losowanie", SessionType.OTHER, at(14, 45), at(15), "scena"),
            "Nowość w programie",
            "Nowy punkt programu: „Losowanie” (14:45–15:00), Scena w holu głównym, parter.",
        ),
        (
            Seats("seminarium-es", is_full=True),
            "Brak miejsc",
            "Nie ma już wolnych miejsc: „Seminarium: ekonomia społeczna w gminie” (13:15–14:45).",
        ),
        (
            Found("portfel", "punkt-informacyjny"),
            "Znaleziono",
            "Znaleziono: portfel. Odbiór: Punkt informacyjny, parter. Przy odbiorze trzeba opisać "
            "rzecz.",
        ),
        (ParkingFull("za halą"), "Parking", "Parking jest pełny. Wolne miejsca: za halą."),
        (
            Meal(at(13), at(14, 30), "bufet"),
            "Obiad",
            "Obiad: 13:00–14:30. Miejsce: Bufet, parter.",
        ),
        (
            Quiet("scena", at(12)),
            "Prosimy o ciszę",
            "Prosimy o ciszę do 12:00. Miejsce: Scena w holu głównym, parter.",
        ),
        (Wifi("Targi", "a b#1"), "Wi-Fi", "Sieć: Targi\nHasło: a b#1"),
        (
            Soon("pokaz-teatr", 10),
            "Zaraz się zaczyna",
            "Występ: teatr integracyjny „Lustro”: początek o 14:00. Miejsce: Scena w holu głównym, "
            "parter.",
        ),
        (
            AskSurvey(),
            "Ankieta",
            "Targi dobiegają końca. Prosimy o 2 krótkie odpowiedzi, anonimowo.",
        ),
        (
            Correction("błędna sala", MoveTo("seminarium-es", "sala-101")),
            "Sprostowanie",
            "W poprzedniej wiadomości był błąd. Prawidłowo: „Seminarium: ekonomia społeczna w "
            "gminie”: Sala 101, I piętro (wcześniej: Sala konferencyjna, I piętro). Godzina bez "
            "zmian: 13:15–14:45.",
        ),
        (
            AllClear(at(14, 30)),
            "Koniec alarmu",
            "Alarm jest odwołany. Do budynku można wracać o 14:30.",
        ),
        (
            FirstAid(stand="4"),
            "Pierwsza pomoc",
            "Potrzebna pierwsza pomoc. Miejsce: stoisko 4. W zagrożeniu życia: 112.",
        ),
    ],
    ids=repr,
)
def test_an_order_is_told_with_what_was_and_what_is(snapshot, order, title, text):
    assert polish(order, snapshot.knowledge) == (title, text)


def test_the_evacuation_names_the_part_concerned_and_the_assembly_point(snapshot):
    title, text = polish(Evacuation("sala-101"), snapshot.knowledge)

    assert title == "EWAKUACJA"
    assert text.startswith("Dotyczy: Sala 101, I piętro. Proszę spokojnie wyjść")
    assert "Miejsce zbiórki: plac przed budynkiem" in text
    assert "112" in text


def test_a_missing_child_goes_to_staff_without_a_word_about_it(snapshot):
    text = "Zaginęło dziecko, Janek, 5 lat, czerwona kurtka"
    order = read_order(text, snapshot, CALENDAR, NOW)
    assert isinstance(order, MissingChild)

    draft = draft_of(order, snapshot.knowledge, NOW)

    assert draft.audience == Audience(Scope.STAFF)
    assert not re.search(r"Janek|5 lat|kurtk", " ".join(draft.content.texts.values()))


def test_what_was_found_is_told_without_what_only_its_owner_knows(snapshot):
    text = "Znaleziono czerwony portfel z dowodem Jana Kowalskiego przy scenie"

    order = read_order(text, snapshot, CALENDAR, NOW)
    assert isinstance(order, Found)

    told = draft_of(order, snapshot.knowledge, NOW).content

    assert told.texts[Language.EN].startswith("Found: wallet.")
    assert not re.search(r"czerwon|Kowalsk", " ".join(told.texts.values()))


@pytest.mark.parametrize(
    ("order", "kind", "urgency", "scope"),
    [
        (MoveTo("seminarium-es", "sala-101"), Kind.CHANGE, Urgency.IMPORTANT, Scope.SAVED),
        (MoveTo("gala", "sala-101"), Kind.CHANGE, Urgency.MINOR, Scope.SAVED),
        (NewSpeaker("seminarium-es", ("marek-lis",)), Kind.CHANGE, Urgency.MINOR, Scope.SAVED),
        (Seats("seminarium-es", True), Kind.CHANGE, Urgency.MINOR, Scope.SAVED),
        (Quiet(), Kind.QUIET, Urgency.MINOR, Scope.EVERYONE),
        (Lost("parasol"), Kind.LOST, Urgency.MINOR, Scope.EVERYONE),
        (Thanks(), Kind.THANKS, Urgency.MINOR, Scope.EVERYONE),
        (Evacuation(), Kind.EVACUATION, Urgency.SAFETY, Scope.EVERYONE),
        (AllClear(), Kind.ALL_CLEAR, Urgency.SAFETY, Scope.EVERYONE),
        (FirstAid("scena"), Kind.FIRST_AID, Urgency.SAFETY, Scope.STAFF),
        (Correction("błąd"), Kind.CORRECTION, Urgency.IMPORTANT, Scope.EVERYONE),
    ],
    ids=repr,
)
def test_how_loudly_and_to_whom(snapshot, order, kind, urgency, scope):
    draft = draft_of(order, snapshot.knowledge, NOW)

    assert (draft.kind, draft.urgency, draft.audience.scope) == (kind, urgency, scope)


def test_a_change_that_is_near_is_loud_on_its_own_day(snapshot):
    order = MoveTo("gala", "sala-101")

    draft = draft_of(order, snapshot.knowledge, at(11, 30, 1, 12))

    assert draft.urgency is Urgency.IMPORTANT
    assert "piątek" not in draft.content.texts[Language.PL]


def test_a_change_expires_with_what_it_is_about(snapshot):
    draft = draft_of(NewTime("seminarium-es", at(15), at(16, 30)), snapshot.knowledge, NOW)

    assert draft.expires_at == at(16, 30)


def test_a_draft_holds_its_changes_as_the_programme_takes_them(snapshot):
    order = Delay("seminarium-es", 20, ("wyklad-granty",))

    content = draft_of(order, snapshot.knowledge, NOW).content
    changes = tuple(from_json(raw) for raw in Content.from_json(content.as_json()).changes)
    now = laid_over(snapshot.knowledge, changes)

    assert changes == changes_of(order, snapshot.knowledge)
    assert now.sessions["seminarium-es"].delay_min == 20
    assert now.sessions["wyklad-granty"].delay_min == 35


def test_a_new_point_is_a_session_that_can_be_asked_for(snapshot):
    order = NewPoint("Gala", SessionType.GALA, at(15), at(16), "scena", "5")

    now = laid_over(snapshot.knowledge, changes_of(order, snapshot.knowledge))

    new = now.sessions["gala-2"]
    assert (new.title.en, new.place, f"{new.start:%H:%M}") == ("Gala", "scena", "15:00")
    assert new.description is not None
    assert new.description.uk == "Стенд 5."


def test_a_stranger_who_speaks_gets_an_id_and_keeps_the_name(snapshot):
    order = NewSpeaker("gala", ("Żaneta Łoś",))

    now = laid_over(snapshot.knowledge, changes_of(order, snapshot.knowledge))

    assert now.sessions["gala"].speakers == ("zaneta-los",)
    assert now.people["zaneta-los"].display_name == "Żaneta Łoś"


def every_order(snapshot):
    answers = {Missing.FOLLOWING: "yes", Missing.MINUTES: "20", Missing.EXHIBITOR: "other"}
    for group in TABLE:
        for language in ("pl", "en", "uk"):
            for text in group.get(language, ()):
                yield text, read_order(text, snapshot, CALENDAR, NOW, answers)


def test_whatever_is_ordered_is_told_whole_in_every_language(snapshot):
    told = 0
    for text, order in every_order(snapshot):
        if (
            order is None
            or isinstance(order, Unclear)
            or type(order).__name__
            in (
                "Statistics",
                "MostAsked",
                "Unanswered",
            )
        ):
            continue
        content = draft_of(order, snapshot.knowledge, NOW).content
        for language in Language:
            said = f"{content.title[language]}\n{content.texts[language]}"
            assert content.title[language], text
            assert content.texts[language], text
            assert not re.search(r"[{}|]|None|\(\)|: \.|  |, \.", said), said
            told += 1
    assert told > 600


def test_every_question_back_is_asked_in_every_language(snapshot):
    asked = set()
    for text in (text for group in TABLE for text in group.get("pl", ())):
        unclear = read_order(text, snapshot, CALENDAR, NOW)
        if not isinstance(unclear, Unclear):
            continue
        asked.add(unclear.missing)
        for language in Language:
            question = question_of(unclear, snapshot.knowledge, language)
            assert question
            assert not re.search(r"[{}]|: \?|  ", question), question
    assert len(asked) >= 8


@given(minutes=st.integers(1, 600), language=st.sampled_from(Language))
def test_minutes_agree_with_their_number(snapshot, minutes, language):
    forms = {
        Language.PL: ("minutę", "minuty", "minut"),
        Language.EN: ("minute", "minutes", "minutes"),
        Language.UK: ("хвилину", "хвилини", "хвилин"),
    }

    said = Wording(language, snapshot.knowledge, NOW.date()).minutes_late(minutes)

    assert said == f"{minutes} {plural(minutes, language, *forms[language])}"


@pytest.mark.parametrize(
    ("minutes", "polish_minutes", "ukrainian"),
    [
        (1, "1 minutę", "1 хвилину"),
        (2, "2 minuty", "2 хвилини"),
        (5, "5 minut", "5 хвилин"),
        (12, "12 minut", "12 хвилин"),
        (21, "21 minut", "21 хвилину"),
        (22, "22 minuty", "22 хвилини"),
    ],
)
def test_a_delay_is_said_in_the_right_case(snapshot, minutes, polish_minutes, ukrainian):
    content = draft_of(Delay("seminarium-es", minutes), snapshot.knowledge, NOW).content

    assert f", {polish_minutes} później" in content.texts[Language.PL]
    assert f"на {ukrainian} пізніше" in content.texts[Language.UK]


@given(
    hour=st.integers(0, 23), minute=st.integers(0, 59), day=st.sampled_from([FRIDAY, NOW.date()])
)
def test_old_and_new_time_are_both_told(snapshot, hour, minute, day):
    start = dt.datetime.combine(day, dt.time(hour, minute), ZONE)
    order = NewTime("seminarium-es", start, start + dt.timedelta(minutes=90))

    for language in Language:
        text = draft_of(order, snapshot.knowledge, NOW).content.texts[language]
        assert f"{hour:02}:{minute:02}–" in text
        assert "13:15–14:45" in text
