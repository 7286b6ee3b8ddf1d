"""Trainings and meetings that recur: what, the next dates from today, price, seats, sign-up."""

from collections.abc import Iterator

from bot.dialogue.answers.contacts import contact_buttons, has_contact, tell_contact
from bot.dialogue.answers.missing import desk_button, say_missing
from bot.dialogue.answers.places import tell_access, tell_where
from bot.dialogue.answers.saving import save_button
from bot.dialogue.answers.series_list import said_date
from bot.dialogue.answers.signing_up import (
    has_list,
    registration_buttons,
    said_places,
    tell_registration,
)
from bot.dialogue.scene import Scene
from bot.dialogue.sheet import Sheet
from bot.dialogue.wishes import About, AllSeries, Facet
from bot.knowledge.dated import key_of
from bot.knowledge.model import Series
from bot.knowledge.occurrences import Occurrence
from bot.language.said import say_date, say_duration
from bot.messaging.reply import Button, Reply
from bot.signups.bookable import bookable

SHOWN_DATES = 4


def about_series(series: Series, wish: About, scene: Scene) -> Reply:
    """Answer about a training or meeting; with days in the wish, only the dates in them."""
    sheet = Sheet(scene, series)
    sheet.head(series.title)
    tell = _FACETS.get(wish.facet)
    if wish.start is not None and wish.facet in (Facet.ALL, Facet.WHAT, Facet.WHEN):
        _tell_dates_within(sheet, series, wish)
    elif tell is None:
        _tell_all(sheet, series)
    elif not tell(sheet, series):
        say_missing(sheet, wish.facet)
    return sheet.reply(*_buttons(sheet, series, wish.facet))


def _tell_all(sheet: Sheet, series: Series) -> bool:
    sheet.tell(series.description)
    if not _tell_dates(sheet, series):
        sheet.say("missing_dates")
    _tell_place(sheet, series)
    sheet.part()
    sheet.listing("line_for_whom", series.audience)
    sheet.listing("line_topics", series.topics)
    sheet.line("line_price", series.price)
    _tell_signup(sheet, series)
    return True


def _tell_dates(sheet: Sheet, series: Series) -> bool:
    dates = sheet.scene.fair.dates.get(series.id, ())
    coming = _coming(series, sheet.scene)
    if not dates:
        return False
    if not coming:
        sheet.say("series_over", date=said_date(dates[-1], sheet.scene, series.id))
        return True
    sheet.say("next_dates")
    for date in coming[:SHOWN_DATES]:
        sheet.add(f"• {_with_places(date, series, sheet.scene)}")
    if len(coming) > SHOWN_DATES:
        sheet.say("more_dates", count=sheet.scene.count("count_dates", len(coming) - SHOWN_DATES))
    sheet.part()
    return True


def _tell_dates_within(sheet: Sheet, series: Series, wish: About) -> None:
    scene = sheet.scene
    dates = scene.fair.dates.get(series.id, ())
    start = wish.start or scene.today
    end = wish.end or start
    within = [date for date in dates if start <= date.start.date() <= end]
    days = " – ".join(
        say_date(day, scene.language, year=day.year != scene.now.year)
        for day in dict.fromkeys((start, end))
    )
    if within:
        sheet.say("dates_within", days=days)
        for date in within[:SHOWN_DATES]:
            sheet.add(f"• {_with_places(date, series, scene)}")
    else:
        sheet.say("no_dates_within", days=days)
        sheet.part()
        if not _tell_dates(sheet, series):
            sheet.say("missing_dates")
    _tell_place(sheet, series)


def _with_places(date: Occurrence, series: Series, scene: Scene) -> str:
    """Say a date, and how many places it has left where this bot keeps the list."""
    what = bookable(key_of(series.id, date.planned), scene.knowledge)
    said = said_date(date, scene, series.id)
    is_open = what is not None and what.saved.is_on and what.start > scene.now
    return f"{said} – {said_places(what, scene)}" if what and is_open else said


def _coming(series: Series, scene: Scene) -> list[Occurrence]:
    return [date for date in scene.fair.dates.get(series.id, ()) if date.end > scene.now]


def _tell_place(sheet: Sheet, series: Series) -> bool:
    place = sheet.scene.knowledge.places.get(series.place)
    if place is None:
        return False
    tell_where(sheet, place)
    sheet.fact("line_address", place.address)
    sheet.fact("line_town", place.town)
    return True


def _tell_signup(sheet: Sheet, series: Series) -> bool:
    known = tell_registration(sheet, series)
    if series.seats and not series.registration.seats and not has_list(series):
        known = sheet.line("line_seats", str(series.seats))
    if has_contact(series.contact):
        known = tell_contact(sheet, series.contact)
    return known


def _tell_signup_with_places(sheet: Sheet, series: Series) -> bool:
    known = _tell_signup(sheet, series)
    if not has_list(series):
        return known
    sheet.part()
    for date in _coming(series, sheet.scene)[:SHOWN_DATES]:
        sheet.add(f"• {_with_places(date, series, sheet.scene)}")
    return True


def _tell_price(sheet: Sheet, series: Series) -> bool:
    return sheet.line("line_price", series.price)


def _tell_host(sheet: Sheet, series: Series) -> bool:
    host = sheet.scene.fair.record(series.host)
    return host is not None and sheet.line("line_host", sheet.scene.name(host))


def _tell_audience(sheet: Sheet, series: Series) -> bool:
    return sheet.listing("line_for_whom", series.audience)


def _tell_length(sheet: Sheet, series: Series) -> bool:
    dates = sheet.scene.fair.dates.get(series.id, ())
    if not dates:
        return False
    length = say_duration(dates[0].end - dates[0].start, sheet.scene.language)
    return sheet.line("line_length", length)


def _tell_contact(sheet: Sheet, series: Series) -> bool:
    return tell_contact(sheet, series.contact)


def _tell_access(sheet: Sheet, series: Series) -> bool:
    place = sheet.scene.knowledge.places.get(series.place)
    return place is not None and tell_access(sheet, place.accessibility)


def _buttons(sheet: Sheet, series: Series, facet: Facet) -> Iterator[Button]:
    scene = sheet.scene
    yield from registration_buttons(series, scene)
    yield save_button(series.id, scene)
    yield from contact_buttons(sheet, series.contact)
    if facet not in (Facet.ALL, Facet.WHAT):
        yield scene.ask_about(series, label_key="button_more_about")
    if facet is not Facet.WHEN and scene.fair.dates.get(series.id):
        yield scene.ask_about(series, Facet.WHEN, "button_dates")
    yield scene.ask("button_series", AllSeries())
    if not scene.fair.dates.get(series.id):
        yield desk_button(scene)


_FACETS = {
    Facet.WHEN: _tell_dates,
    Facet.WHERE: _tell_place,
    Facet.COST: _tell_price,
    Facet.SIGN_UP: _tell_signup_with_places,
    Facet.DEADLINE: _tell_signup,
    Facet.LEADER: _tell_host,
    Facet.FOR_WHOM: _tell_audience,
    Facet.LENGTH: _tell_length,
    Facet.CONTACT: _tell_contact,
    Facet.ACCESS: _tell_access,
}
