import datetime as dt

import pytest

from bot.language.plurals import plural
from bot.language.said import say_date, say_day, say_duration, say_range, say_time, say_until
from bot.messaging.languages import Language

PL, EN, UK = Language.PL, Language.EN, Language.UK
THURSDAY = dt.date(2017, 11, 30)


# The samples of cldr.unicode.org for whole numbers.
@pytest.mark.parametrize(
    ("language", "one", "few", "many"),
    [
        (PL, [1], [2, 3, 4, 22, 104], [0, 5, 12, 13, 14, 21, 31, 101, 112, 1000]),
        (UK, [1, 21, 31, 101], [2, 3, 4, 22, 34], [0, 5, 11, 12, 14, 20, 111, 1000]),
        (EN, [1], [], [0, 2, 11, 21, 101]),
    ],
)
def test_the_form_goes_with_the_number(language, one, few, many):
    chosen = {n: plural(n, language, "one", "few", "many") for n in (*one, *few, *many)}

    assert chosen == dict.fromkeys(one, "one") | dict.fromkeys(few, "few") | dict.fromkeys(
        many, "many"
    )


@pytest.mark.parametrize(
    ("language", "said"),
    [(PL, "czwartek, 30 listopada"), (EN, "Thursday, 30 November"), (UK, "четвер, 30 листопада")],
)
def test_a_date_is_said(language, said):
    assert say_date(THURSDAY, language) == said
    assert say_date(THURSDAY, language, year=True) == f"{said} 2017"


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "dziś (czwartek, 30 listopada)"),
        (1, "jutro (piątek, 1 grudnia)"),
        (5, "wtorek, 5 grudnia"),
    ],
)
def test_a_day_is_said_beside_today(days, said):
    assert say_day(THURSDAY + dt.timedelta(days), THURSDAY, PL) == said


def test_a_day_of_another_year_names_the_year():
    assert say_day(THURSDAY, dt.date(2026, 11, 23), EN) == "Thursday, 30 November 2017"


def test_times_have_no_seconds():
    assert say_time(dt.time(9, 5)) == "09:05"
    assert say_range(dt.time(10), dt.time(12, 30)) == "10:00–12:30"


@pytest.mark.parametrize(
    ("minutes", "pl", "en", "uk"),
    [
        (0, "teraz", "now", "зараз"),
        (1, "za 1 minutę", "in 1 minute", "через 1 хвилину"),
        (22, "za 22 minuty", "in 22 minutes", "через 22 хвилини"),
        (60, "za 1 godzinę", "in 1 hour", "через 1 годину"),
        (125, "za 2 godziny 5 minut", "in 2 hours 5 minutes", "через 2 години 5 хвилин"),
        (3 * 1440, "za 3 dni", "in 3 days", "через 3 дні"),
    ],
)
def test_a_wait_is_said_in_the_right_case(minutes, pl, en, uk):
    wait = dt.timedelta(minutes=minutes)

    assert [say_until(wait, language) for language in (PL, EN, UK)] == [pl, en, uk]


def test_a_length_is_said_in_the_nominative():
    assert say_duration(dt.timedelta(minutes=61), PL) == "1 godzina 1 minuta"
    assert say_duration(dt.timedelta(), UK) == "0 хвилин"


def test_a_wait_is_rounded_to_the_nearest_minute():
    assert say_until(dt.timedelta(minutes=9, seconds=59), PL) == "za 10 minut"
