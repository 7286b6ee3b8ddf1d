import datetime as dt
from dataclasses import fields
from enum import Enum
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml

from bot.announcements.orders import Missing, Unclear, read_order
from bot.announcements.orders.model import Correction, Together
from bot.language.times import Calendar

ZONE = ZoneInfo("Europe/Warsaw")
NOW = dt.datetime(2017, 11, 30, 9, tzinfo=ZONE)
CALENDAR = Calendar((dt.date(2017, 11, 30), dt.date(2017, 12, 1)), ZONE)
TABLE = yaml.safe_load(Path(__file__).with_name("orders.yaml").read_text(encoding="utf-8"))
SAID = [
    (text, group["is"])
    for group in TABLE
    for language in ("pl", "en", "uk")
    for text in group.get(language, ())
]


def short(order: Any) -> str:
    """Write an order as the table does."""
    match order:
        case None:
            return "none"
        case Unclear(missing=missing, about=about):
            return f"? {missing.value} {about or '-'}"
        case Together(orders):
            return "Together " + " + ".join(map(short, orders))
        case Correction(about, right):
            return f"Correction {about} {short(right) if right else '-'}"
        case _:
            values = (getattr(order, field.name) for field in fields(order))
            return " ".join((type(order).__name__, *map(_value, values)))


def _value(value: Any) -> str:
    match value:
        case dt.datetime():
            return f"{value:%dT%H:%M}"
        case Enum():
            return str(value.value)
        case tuple():
            return ",".join(value) or "-"
        case None | "":
            return "-"
        case _:
            return str(value)


@pytest.mark.parametrize(("text", "expected"), SAID, ids=[text for text, _ in SAID])
def test_what_organizers_write_is_read_as_the_table_says(snapshot, text, expected):
    assert short(read_order(text, snapshot, CALENDAR, NOW)) == expected


def test_every_task_of_an_organizer_is_said_in_at_least_five_polish_ways():
    counts: dict[str, int] = {}
    for group in TABLE:
        kind = group["is"].split()[0]
        counts[kind] = counts.get(kind, 0) + len(group.get("pl", ()))

    few = {kind: count for kind, count in counts.items() if count < 5}

    assert few.keys() <= {"Together", "Lost", "NewPoint"}


@pytest.mark.parametrize(
    ("text", "answers", "expected"),
    [
        (
            "przenosimy warsztat do sali 101",
            {Missing.SESSION: "warsztat-ceramika"},
            "MoveTo warsztat-ceramika sala-101",
        ),
        (
            "przenosimy warsztat do sali 101",
            {Missing.SESSION: "ten o spółdzielniach"},
            "MoveTo warsztat-spoldzielnia sala-101",
        ),
        (
            "Warsztat o spółdzielniach przenosimy do sali 12",
            {Missing.ROOM: "antresola"},
            "MoveTo warsztat-spoldzielnia antresola",
        ),
        (
            "Warsztat o spółdzielniach przenosimy do sali 12",
            {Missing.ROOM: "miało być do sali konferencyjnej"},
            "MoveTo warsztat-spoldzielnia sala-konferencyjna",
        ),
        (
            "Seminarium opóźnione o 20 min",
            {Missing.FOLLOWING: "no"},
            "Delay seminarium-es 20 -",
        ),
        (
            "Seminarium opóźnione o 20 min",
            {Missing.FOLLOWING: "tak, wszystko"},
            "Delay seminarium-es 20 wyklad-granty",
        ),
        (
            "seminarium opóźnione",
            {Missing.MINUTES: "pół godziny", Missing.FOLLOWING: "no"},
            "Delay seminarium-es 30 -",
        ),
        ("seminarium opóźnione", {Missing.MINUTES: "20"}, "? following seminarium-es"),
        (
            "Odwołujemy szkolenie księgowość w ngo",
            {Missing.DATE: "ksiegowosc-ngo@2018-02-06"},
            "Cancel ksiegowosc-ngo@2018-02-06 - -",
        ),
        (
            "dodajemy losowanie nagród na scenie",
            {Missing.TIME: "14:45", Missing.MINUTES: "30"},
            "NewPoint Losowanie nagród inne 30T14:45 30T15:15 scena -",
        ),
        (
            "zmiana godziny gali",
            {Missing.TIME: "13"},
            "NewTime gala 01T13:00 01T14:30",
        ),
        (
            "Stoisko 12 to teraz Fundacja X",
            {Missing.EXHIBITOR: "renamed"},
            "AtStand 12 zielony-kat Fundacja X",
        ),
        ("Stoisko 12 to teraz Fundacja X", {Missing.EXHIBITOR: "other"}, "AtStand 12 Fundacja X -"),
        ("znaleziono", {Missing.THING: "zielona miska"}, "Found zielona miska -"),
        (
            "Poprzednia wiadomość: błędna sala, powinna być sala 101",
            {Missing.SESSION: "seminarium-es"},
            "Correction błędna sala, powinna być sala 101 MoveTo seminarium-es sala-101",
        ),
    ],
)
def test_a_question_back_is_answered_by_a_choice_or_in_words(snapshot, text, answers, expected):
    assert short(read_order(text, snapshot, CALENDAR, NOW, answers)) == expected


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({}, "? soon gala"),
        ({Missing.SOON: "move"}, "NewTime gala 01T12:20 01T13:50"),
        ({Missing.SOON: "tell"}, "Soon gala 15"),
    ],
)
def test_what_begins_later_than_planned_is_asked_about(snapshot, answers, expected):
    now = dt.datetime(2017, 12, 1, 12, 2, tzinfo=ZONE)

    asked = read_order("za 15 minut zaczyna sie gala", snapshot, CALENDAR, now, answers)

    assert short(asked) == expected


@pytest.mark.parametrize(
    "text", ["za 10 minut gala", "rozpoczęcie gali za 10 min", "gala za 10 min"]
)
def test_what_begins_as_planned_is_announced(snapshot, text):
    now = dt.datetime(2017, 12, 1, 11, 52, tzinfo=ZONE)

    assert short(read_order(text, snapshot, CALENDAR, now)) == "Soon gala 10"


def test_every_option_leads_on(snapshot):
    text = "odwołujemy warsztat"
    asked = read_order(text, snapshot, CALENDAR, NOW)
    assert isinstance(asked, Unclear)

    orders = [
        read_order(text, snapshot, CALENDAR, NOW, {asked.missing: option.value})
        for option in asked.options
    ]

    assert [short(order) for order in orders] == [
        "Cancel warsztat-ceramika - -",
        "Cancel warsztat-spoldzielnia - -",
        "Cancel zajecia-dzieci - -",
        "Cancel warsztat-wniosek - -",
    ]


def test_what_is_over_is_not_meant(snapshot):
    evening = NOW.replace(hour=15)

    asked = read_order("odwołujemy warsztat", snapshot, CALENDAR, evening)

    assert isinstance(asked, Unclear)
    assert [option.value for option in asked.options] == [
        "warsztat-spoldzielnia",
        "warsztat-wniosek",
    ]
