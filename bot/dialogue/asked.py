"""What a question was about, in one word that can be counted without its words."""

import csv
import datetime as dt
import io
from collections.abc import Callable, Iterable

from bot.dialogue.fair import name_of
from bot.dialogue.wishes import (
    About,
    AllSeries,
    AtStand,
    Categories,
    CountOfExhibitors,
    Exhibitors,
    Having,
    Next,
    Now,
    Offers,
    Places,
    Programme,
    RoomProgramme,
    Routed,
    Wish,
)
from bot.knowledge.dated import saved_under
from bot.knowledge.model import Knowledge, Need
from bot.language.catalog import say
from bot.messaging.languages import Language

LIST = "~"
"""How a subject begins that is no record: a list, or what each fair answers in its own way."""

Count = Callable[[str, dt.date], None]


def nobody_counts(_subject: str, _day: dt.date) -> None:
    """Count nothing, where nothing is kept."""


def subject_of_need(need: Need) -> str:
    """Name a need that a search for support is for."""
    return f"{LIST}need_{need.value}"


def subject_of(wish: Wish) -> str:
    """Say what is asked about: a record's id or "~" and a list; "" for what is not counted.

    A next page is no new question, and small talk is none at all.
    """
    if getattr(wish, "page", 0):
        return ""
    match wish:
        case About(id=record, shrug=shrug):
            return "" if shrug else record
        case RoomProgramme(room=room):
            return room
        case Now() | Next() | Programme():
            return f"{LIST}programme"
        case AtStand() | Exhibitors() | Categories() | Having() | CountOfExhibitors():
            return f"{LIST}exhibitors"
        case AllSeries():
            return f"{LIST}trainings"
        case Offers():
            return f"{LIST}offers"
        case Places():
            return f"{LIST}places"
        case Routed(intent):
            return f"{LIST}{intent.value}"
        case _:
            return ""


def name_of_subject(subject: str, knowledge: Knowledge, language: Language) -> str:
    """Say what a subject is called; what is there no more keeps its id."""
    if subject.startswith(f"{LIST}need_"):
        return say(language, "asked_need", need=say(language, subject.removeprefix(LIST)))
    if subject.startswith(LIST):
        return say(language, f"asked_{subject.removeprefix(LIST)}")
    saved = saved_under(subject, knowledge)
    if saved is not None:
        return saved.name.in_language(language)
    record = knowledge.get(subject)
    return name_of(record).in_language(language) if record is not None else subject


def table_of(
    rows: Iterable[tuple[dt.date, str, int]],
    knowledge: Knowledge,
    language: Language,
    *,
    delimiter: str = ",",
) -> str:
    """Write counts by day as CSV."""
    written = io.StringIO()
    table = csv.writer(written, delimiter=delimiter, lineterminator="\n")
    table.writerow(("day", "subject", "name", "times"))
    for day, subject, times in rows:
        name = name_of_subject(subject, knowledge, language)
        table.writerow((day.isoformat(), subject, name, times))
    return written.getvalue()
