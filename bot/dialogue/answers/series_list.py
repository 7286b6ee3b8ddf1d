"""Lists of trainings and meetings: all, for some people, in some days; the nearest first."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from bot.dialogue.answers.listing import page_of
from bot.dialogue.answers.missing import desk_button, say_missing
from bot.dialogue.answers.saving import save_button
from bot.dialogue.scene import Scene
from bot.dialogue.sheet import Sheet
from bot.dialogue.wishes import AllSeries
from bot.knowledge.dated import key_of
from bot.knowledge.model import Before, Series
from bot.knowledge.occurrences import Occurrence
from bot.language.said import say_date, say_range, say_time
from bot.messaging.reply import Ask, Card, Reply

_SATURDAY = 5


def all_series(wish: AllSeries, scene: Scene) -> Reply:
    """List the trainings and meetings that are wanted, those with the nearest dates first."""
    sheet = Sheet(scene)
    sheet.title = scene.say("series_title")
    dates = {
        one.id: _dates_wanted(one, wish, scene)
        for one in scene.knowledge.series.values()
        if _is_wanted(one, wish)
    }
    if wish.start or wish.weekend:
        dates = {record_id: found for record_id, found in dates.items() if found}
    last = dt.datetime.max.replace(tzinfo=dt.UTC)
    found = sorted(
        dates, key=lambda record_id: dates[record_id][0].start if dates[record_id] else last
    )
    _tell_wish(sheet, wish, is_empty=not found)
    return page_of(
        sheet,
        found,
        wish.page,
        lambda record_id, scene: _card(record_id, dates[record_id], wish, scene),
        lambda page: replace(wish, page=page),
        *_wider(wish, scene, is_empty=not found),
        desk_button(scene),
    )


def series_card(series: Series, scene: Scene) -> Card:
    """Make the card of a training or meeting, with its next date."""
    return _card(series.id, _dates_wanted(series, AllSeries(), scene), AllSeries(), scene)


def said_date(date: Occurrence, scene: Scene, record_id: str) -> str:
    """Say a date with its weekday and hours, what it was before, and whether it is on."""
    day = say_date(date.start.date(), scene.language, year=date.start.year != scene.now.year)
    said = f"{day}, {say_range(date.start, date.end)}"
    notes = list(_notes(date, scene, record_id)) if date.is_on else []
    if notes:
        said = f"{said} ({', '.join(notes)})"
    return said if date.is_on else scene.say("date_cancelled", date=said)


def _notes(date: Occurrence, scene: Scene, record_id: str) -> Iterator[str]:
    series = scene.knowledge.series[record_id]
    before = scene.knowledge.before.get(key_of(record_id, date.planned), Before())
    if date.is_moved:
        yield scene.say("date_moved", day=say_date(date.planned, scene.language))
    elif before.start and before.start.time() != date.start.time():
        yield scene.say("date_was_at", time=say_time(before.start))
    if date.place != series.place and (place := scene.knowledge.places.get(date.place)):
        yield scene.say("date_place", place=scene.name(place))
    if date.is_full:
        yield scene.say("date_full")


def _is_wanted(series: Series, wish: AllSeries) -> bool:
    return (wish.type is None or series.type is wish.type) and (
        wish.for_whom is None or wish.for_whom in series.for_whom
    )


def _dates_wanted(series: Series, wish: AllSeries, scene: Scene) -> tuple[Occurrence, ...]:
    """List the dates in the days that are wanted; without days, those to come."""
    dates = scene.fair.dates.get(series.id, ())
    start, end = wish.start, wish.end
    if start and end:
        dates = tuple(date for date in dates if start <= date.start.date() <= end)
    else:
        dates = tuple(date for date in dates if date.end > scene.now)
    if wish.weekend:
        dates = tuple(date for date in dates if date.start.weekday() >= _SATURDAY)
    # A cancelled date is shown only where there is no other: nobody can come to it.
    return tuple(date for date in dates if date.is_on) or dates


def _tell_wish(sheet: Sheet, wish: AllSeries, *, is_empty: bool) -> None:
    scene = sheet.scene
    if wish.for_whom:
        sheet.line("line_for_whom", scene.say(f"audience_{wish.for_whom.value}"))
    if wish.weekend:
        sheet.say("dates_at_weekends")
    if wish.start and wish.end:
        first, last = (say_date(day, scene.language, year=True) for day in (wish.start, wish.end))
        sheet.say("dates_within", days=" – ".join(dict.fromkeys((first, last))))
    if not is_empty:
        return
    if wish == AllSeries(page=wish.page):
        say_missing(sheet, "series")
    else:
        sheet.say("series_none")


def _wider(wish: AllSeries, scene: Scene, *, is_empty: bool) -> tuple[Ask, ...]:
    """Offer to look further where the wish was narrow."""
    wider = [AllSeries()] if wish != AllSeries(page=wish.page) else []
    if is_empty and wish.start and (wish.for_whom or wish.type):
        wider.insert(0, AllSeries(wish.type, for_whom=wish.for_whom))
    labels = ("button_all_dates", "button_series") if len(wider) == 2 else ("button_series",)
    return tuple(scene.ask(label, one) for label, one in zip(labels, wider, strict=False))


def _card(record_id: str, dates: tuple[Occurrence, ...], wish: AllSeries, scene: Scene) -> Card:
    series = scene.knowledge.series[record_id]
    sheet = Sheet(scene, series)
    sheet.head(series.title)
    if dates:
        key = "line_date" if wish.start or wish.weekend else "line_next_date"
        sheet.line(key, said_date(dates[0], scene, series.id))
    if wish.for_whom:
        sheet.listing("line_for_whom", series.audience)
    sheet.line("line_price", series.price)
    key = key_of(series.id, dates[0].planned) if dates and wish.start else series.id
    return sheet.card(scene.ask_about(series, label_key="button_details"), save_button(key, scene))
