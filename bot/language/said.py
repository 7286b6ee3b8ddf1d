"""Dates, times and lengths as they are said: "czwartek, 30 listopada", "za 20 minut"."""

import datetime as dt

from bot.language.plurals import plural
from bot.messaging.languages import Language

_WEEKDAYS = {
    Language.PL: "poniedziałek wtorek środa czwartek piątek sobota niedziela",
    Language.EN: "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    Language.UK: "понеділок вівторок середа четвер п’ятниця субота неділя",
}
# In the genitive, as after a day's number.
_MONTHS = {
    Language.PL: "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września "
    "października listopada grudnia",
    Language.EN: "January February March April May June July August September October "
    "November December",
    Language.UK: "січня лютого березня квітня травня червня липня серпня вересня жовтня "
    "листопада грудня",
}
_NEAR_DAYS = {
    Language.PL: {-1: "wczoraj", 0: "dziś", 1: "jutro", 2: "pojutrze"},
    Language.EN: {-1: "yesterday", 0: "today", 1: "tomorrow"},
    Language.UK: {-1: "вчора", 0: "сьогодні", 1: "завтра", 2: "післязавтра"},
}


def say_date(day: dt.date, language: Language, *, year: bool = False) -> str:
    """Say a day: "czwartek, 30 listopada", "Thursday, 30 November"."""
    weekday = _WEEKDAYS[language].split()[day.weekday()]
    said = f"{weekday}, {day.day} {_MONTHS[language].split()[day.month - 1]}"
    return f"{said} {day.year}" if year else said


def say_day(day: dt.date, today: dt.date, language: Language) -> str:
    """Say a day beside today: "jutro (piątek, 1 grudnia)", otherwise as `say_date`."""
    near = _NEAR_DAYS[language].get((day - today).days)
    said = say_date(day, language, year=abs((day - today).days) > 300)
    return f"{near} ({said})" if near else said


def say_near_day(day: dt.date, today: dt.date, language: Language) -> str:
    """Say a day as shortly as it can be meant: "dziś", otherwise as `say_date`."""
    near = _NEAR_DAYS[language].get((day - today).days)
    return near or say_day(day, today, language)


def say_time(time: dt.time | dt.datetime) -> str:
    """Say a time of day: "14:30"."""
    return f"{time:%H:%M}"


def say_range(start: dt.time | dt.datetime, end: dt.time | dt.datetime) -> str:
    """Say from when to when: "10:00–12:30"."""
    return f"{start:%H:%M}–{end:%H:%M}"


def say_duration(length: dt.timedelta, language: Language) -> str:
    """Say how long: "45 minut", "1 godzina 30 minut"; in the nominative, whole minutes."""
    return _amount(length, language, _HOUR, _MINUTE)


def say_until(wait: dt.timedelta, language: Language) -> str:
    """Say in how long: "za 20 minut", "in 20 minutes", "через 20 хвилин"; "teraz" for none."""
    # To the nearest minute: ten minutes less a second are ten to whoever asks.
    wait = dt.timedelta(minutes=round(wait / dt.timedelta(minutes=1)))
    if wait < dt.timedelta(minutes=1):
        return {Language.PL: "teraz", Language.EN: "now", Language.UK: "зараз"}[language]
    days = wait.days
    before = {Language.PL: "za", Language.EN: "in", Language.UK: "через"}[language]
    if days >= 1:
        return f"{before} {days} {plural(days, language, *_DAY[language])}"
    return f"{before} {_amount(wait, language, _HOUR_AFTER_IN, _MINUTE_AFTER_IN)}"


_Forms = dict[Language, tuple[str, str, str]]

_DAY: _Forms = {
    Language.PL: ("dzień", "dni", "dni"),
    Language.EN: ("day", "days", "days"),
    Language.UK: ("день", "дні", "днів"),
}
_HOUR: _Forms = {
    Language.PL: ("godzina", "godziny", "godzin"),
    Language.EN: ("hour", "hours", "hours"),
    Language.UK: ("година", "години", "годин"),
}
_MINUTE: _Forms = {
    Language.PL: ("minuta", "minuty", "minut"),
    Language.EN: ("minute", "minutes", "minutes"),
    Language.UK: ("хвилина", "хвилини", "хвилин"),
}
# "za" and "через" take the accusative, which differs after one.
_HOUR_AFTER_IN: _Forms = _HOUR | {
    Language.PL: ("godzinę", "godziny", "godzin"),
    Language.UK: ("годину", "години", "годин"),
}
_MINUTE_AFTER_IN: _Forms = _MINUTE | {
    Language.PL: ("minutę", "minuty", "minut"),
    Language.UK: ("хвилину", "хвилини", "хвилин"),
}


def _amount(length: dt.timedelta, language: Language, hour: _Forms, minute: _Forms) -> str:
    hours, minutes = divmod(int(length.total_seconds()) // 60, 60)
    parts = [
        f"{n} {plural(n, language, *forms[language])}"
        for n, forms in ((hours, hour), (minutes, minute))
        if n
    ]
    return " ".join(parts) or f"0 {plural(0, language, *minute[language])}"
