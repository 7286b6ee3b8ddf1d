import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.said import say_date, say_time
from bot.language.times import Calendar, TimeKind, bare_number, read_times
from bot.messaging.languages import Language

WARSAW = ZoneInfo("Europe/Warsaw")
FAIR = Calendar((dt.date(2017, 11, 30), dt.date(2017, 12, 1)), WARSAW)
SUMMER = dt.datetime(2017, 6, 1, tzinfo=WARSAW)
NOW = dt.datetime(2017, 11, 30, 13, 50, tzinfo=WARSAW)


def told(text: str, now: dt.datetime = NOW) -> list[str]:
    """Say what was read: kind, start, and end where it has one."""
    return [
        f"{reading.kind} {reading.start:%d.%m %H:%M}"
        + (f" - {reading.end:%d.%m %H:%M}" if reading.end != reading.start else "")
        for reading in read_times(text, now, FAIR)
    ]


@pytest.mark.parametrize(
    ("texts", "time"),
    [
        (
            "o 14:30|o 14.30|godz. 14:30|o czternastej trzydzieści|o 1430|о 14:30|at 2:30 pm",
            "14:30",
        ),
        ("wpół do trzeciej|w pół do 3|o wpol do 3 cos jest?|о пів на третю|half two", "14:30"),
        ("half past two|at two thirty|о другій тридцять|о чотирнадцятій тридцять", "14:30"),
        ("o 14|o 14tej|o 14-tej|o czternastej|o drugiej|g. 14|koło 14|at 2|о другій", "14:00"),
        ("kwadrans po drugiej|piętnaście po drugiej|quarter past two|чверть по другій", "14:15"),
        ("za kwadrans trzecia|kwadrans do trzeciej|quarter to three|за чверть третя", "14:45"),
        ("za pięć trzecia|five to three", "14:55"),
        ("za pięć minut|za 5 min|in five minutes|через 5 хвилин", "13:55"),
        ("za dwadzieścia trzecia|za 50 minut", "14:40"),
        ("dwadzieścia po trzeciej|za półtorej godziny|za 1,5 h", "15:20"),
        ("za pół godziny|in half an hour|за пів години", "14:20"),
        ("za godzinę|in an hour|через годину|za 1h", "14:50"),
        ("za kwadrans", "14:05"),
        ("o dziesiątej|o 10|10:00|at ten|о десятій|10.00", "10:00"),
        ("чверть на одинадцяту", "10:15"),
        ("в пів третього|полтретьего|о пів третьої|пів третього", "14:30"),
        ("без п'ятнадцяти три|без чверті третя|без 15 три|без 15 хвилин три", "14:45"),
    ],
)
def test_a_time_of_day_is_read(texts, time):
    assert {text: told(text) for text in texts.split("|")} == {
        text: [f"moment 30.11 {time}"] for text in texts.split("|")
    }


@pytest.mark.parametrize(
    ("texts", "days"),
    [
        ("dziś|dzisiaj|dzis|today|сьогодні|сегодня|30.11|30.11.|30.11.2017|30.11.17|30/11", 1),
        ("30 listopada|30-go|30 XI|trzydziestego listopada|Nov 30|11/30|30 листопада", 1),
        ("pierwszego dnia|dzień 1|d1|day 1|first day|перший день|w dniu otwarcia|czwartek", 1),
        ("jutro|jtr|tomorrow|завтра|1.12|01.12|1 grudnia|1 XII|pierwszego grudnia|1/12|12/1", 2),
        ("drugi dzień|ostatniego dnia|day 2|останній день|w piątek|pt|on friday|у п'ятницю", 2),
        ("nie dziś, tylko jutro|not today but tomorrow", 2),
    ],
)
def test_a_day_is_read(texts, days):
    expected = {1: "day 30.11 00:00 - 01.12 00:00", 2: "day 01.12 00:00 - 02.12 00:00"}[days]

    assert {text: told(text) for text in texts.split("|")} == {
        text: [expected] for text in texts.split("|")
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("jutro o 14", ["moment 01.12 14:00"]),
        ("o 14 jutro", ["moment 01.12 14:00"]),
        ("w piątek po południu", ["day_part 01.12 12:00 - 01.12 18:00"]),
        ("завтра вранці", ["day_part 01.12 06:00 - 01.12 10:00"]),
        ("tomorrow morning", ["day_part 01.12 06:00 - 01.12 10:00"]),
        ("przed południem", ["day_part 30.11 09:00 - 30.11 12:00"]),
        ("od 10 do 12", ["range 30.11 10:00 - 30.11 12:00"]),
        ("między 10 a 12", ["range 30.11 10:00 - 30.11 12:00"]),
        ("from 10 to 12", ["range 30.11 10:00 - 30.11 12:00"]),
        ("з 10 до 12", ["range 30.11 10:00 - 30.11 12:00"]),
        ("10:00–12:30", ["range 30.11 10:00 - 30.11 12:30"]),
        ("po 14", ["after 30.11 14:00 - 01.12 00:00"]),
        ("przed dwunastą", ["before 30.11 00:00 - 30.11 12:00"]),
        ("co teraz?", ["now 30.11 13:50"]),
        ("що зараз", ["now 30.11 13:50"]),
        ("what's next", ["next 30.11 13:50"]),
        ("zaraz", ["soon 30.11 13:50 - 30.11 14:05"]),
        ("w grudniu", ["month 01.12 00:00 - 01.01 00:00"]),
        ("w weekend", ["weekend 02.12 00:00 - 04.12 00:00"]),
        ("za 2 dni", ["day 02.12 00:00 - 03.12 00:00"]),
        ("co o 10 i co o 12", ["moment 30.11 10:00", "moment 30.11 12:00"]),
    ],
)
def test_longer_times_and_combinations_are_read(text, expected):
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    ["", "12", "stoisko 12", "sala 101", "kto jest na 12", "30 zł", "II piętro", "gdzie stoi ARL"],
)
def test_what_is_no_time_is_not_read_as_one(text):
    assert told(text) == []


def test_an_hour_that_fits_twice_is_the_next_one_and_says_so():
    calendar = Calendar(FAIR.days, WARSAW, dt.time(7), dt.time(21))

    (reading,) = read_times("o 8", NOW, calendar)

    assert (reading.start.hour, reading.is_ambiguous) == (20, True)
    assert [other.hour for other in reading.alternatives] == [8]


def test_next_friday_is_ambiguous():
    (reading,) = read_times("w przyszły piątek", NOW, FAIR)

    assert reading.is_ambiguous


def test_the_next_thursday_is_another_one_on_a_thursday():
    assert told("w przyszły czwartek") == ["day 07.12 00:00 - 08.12 00:00"]


def test_a_time_without_day_is_of_the_fair_before_it_begins():
    before = NOW - dt.timedelta(days=20)

    assert told("o 14", before) == ["moment 30.11 14:00"]


def test_a_day_is_as_long_as_the_clocks_make_it():
    now = dt.datetime(2018, 3, 25, 1, tzinfo=WARSAW)
    (reading,) = read_times("dziś", now, Calendar((), WARSAW))

    assert reading.end.astimezone(dt.UTC) - reading.start.astimezone(dt.UTC) == dt.timedelta(
        hours=23
    )


def test_the_words_of_a_time_are_named():
    text = "czy w piątek o 14:30 jest gala"
    (reading,) = read_times(text, NOW, FAIR)

    assert text[slice(*reading.span)] == "piątek o 14:30"


@pytest.mark.parametrize(("text", "number"), [("12", 12), (" 7?", 7), ("st 12", None), ("", None)])
def test_a_number_alone_may_be_a_stand_or_an_hour(text, number):
    assert bare_number(text) == number


@given(
    st.integers(0, 330 * 24 * 60).map(lambda minutes: SUMMER + dt.timedelta(minutes=minutes)),
    st.sampled_from(list(Language)),
)
def test_what_is_said_is_read_back(moment, language):
    at = {Language.PL: "o", Language.EN: "at", Language.UK: "о"}[language]
    text = f"{say_date(moment.date(), language, year=True)} {at} {say_time(moment)}"
    wide = Calendar((), WARSAW, dt.time(0), dt.time(23, 59))

    (reading,) = [r for r in read_times(text, NOW, wide) if r.kind is TimeKind.MOMENT]

    assert moment in {reading.start, *reading.alternatives}


@given(st.text())
def test_no_text_breaks_the_reading(text):
    for reading in read_times(text, NOW, FAIR):
        assert reading.start <= reading.end or reading.kind in (TimeKind.BEFORE, TimeKind.RANGE)
