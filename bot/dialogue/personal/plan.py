"""My programme, day by day, with what clashes in it and what is far apart."""

import datetime as dt
from collections.abc import Sequence
from itertools import groupby

from bot.dialogue.answers.before import short_before
from bot.dialogue.answers.exhibitors import said_stands
from bot.dialogue.scene import Scene, shortened
from bot.dialogue.sheet import Sheet
from bot.dialogue.wishes import AllSeries, Exhibitors, Programme
from bot.knowledge.dated import Saved, by_time
from bot.knowledge.model import Exhibitor, Offer
from bot.language.said import say_day, say_range
from bot.messaging.reply import Ask, Button, Reply
from bot.support.said import said_intake
from bot.support.terms import Intake, intake_at
from bot.visitors import taps

PAGE = 8
"""Records on one page of buttons."""

SHORT_WAY = dt.timedelta(minutes=10)
"""Between two sessions in different places, less than this is told."""

_DATED = frozenset({Intake.OPEN, Intake.OPENS_LATER, Intake.PASSED, Intake.CLOSED})
"""How an intake stands where that is worth a word in the programme."""


def my_programme(keys: Sequence[str], scene: Scene) -> Reply:
    """Show what was saved, by day; an empty programme says how to fill it."""
    sheet = Sheet(scene)
    sheet.title = scene.say("plan_title")
    saved = by_time(keys, scene.knowledge)
    sheet.about = tuple(one.record.id for one in saved)
    if not saved:
        sheet.say("plan_empty")
        return sheet.reply(*_empty_buttons(scene))
    dated = [one for one in saved if one.start]
    for day, on_that_day in groupby(dated, key=_day_of):
        sheet.part()
        sheet.add(_headline(day, scene))
        _tell_day(sheet, tuple(on_that_day))
    _tell_undated(sheet, [one for one in saved if not one.start])
    if len(saved) < len(keys):
        sheet.part()
        sheet.say("plan_gone", count=scene.count("count_entries", len(keys) - len(saved)))
    return sheet.reply(
        Ask(scene.say("button_calendar"), taps.write("f")),
        Ask(scene.say("button_unsave_some"), taps.write("d")),
        Ask(scene.say("button_choices"), taps.write("c")),
        *_empty_buttons(scene)[:1],
    )


def choose_what_to_drop(keys: Sequence[str], page: int, scene: Scene) -> Reply:
    """Show a button for each thing that was saved, to take it out."""
    sheet = Sheet(scene)
    sheet.title = scene.say("button_unsave_some")
    saved = by_time(keys, scene.knowledge)
    page = min(page, max(0, (len(saved) - 1) // PAGE))
    shown = saved[page * PAGE : (page + 1) * PAGE]
    sheet.say("unsave_which" if shown else "plan_empty")
    buttons = [Ask(shortened(_label(one, scene)), taps.write("-", one.key)) for one in shown]
    if (page + 1) * PAGE < len(saved):
        buttons.append(Ask(scene.say("button_more"), taps.write("d", str(page + 1))))
    buttons.append(Ask(scene.say("button_plan"), taps.write("p")))
    return sheet.reply(*buttons, replaces=page > 0)


def tell_time_and_place(sheet: Sheet, saved: Saved) -> None:
    """Say when and where one thing is."""
    scene = sheet.scene
    if saved.start and saved.end:
        start, end = (moment.astimezone(scene.fair.zone) for moment in (saved.start, saved.end))
        sheet.add(f"{say_day(start.date(), scene.today, scene.language)}, {say_range(start, end)}")
    if where := _where(saved, sheet):
        sheet.add(where)


def _tell_day(sheet: Sheet, saved: tuple[Saved, ...]) -> None:
    scene = sheet.scene
    before: Saved | None = None
    for one in saved:
        sheet.cite(one.record)
        name = sheet.read(one.name)
        said = scene.say("cancelled_title", title=name) if not one.is_on else name
        where = _where(one, sheet)
        sheet.add(f"• {_span(one, scene)} {said}{f' – {where}' if where else ''}")
        if was := short_before(one.key, scene):
            sheet.add(f"  {was}")
        for other in saved:
            if other is not one and one.overlaps(other):
                sheet.say("plan_clash", title=sheet.read(other.name), span=_span(other, scene))
        if before is not None and (way := _short_way(before, one, scene)):
            sheet.say("plan_short_way", minutes=way)
        before = one if one.is_on else before


def _short_way(before: Saved, after: Saved, scene: Scene) -> str:
    """Say how long the break between two sessions in different places is, if it is short."""
    if not (after.is_on and before.end and after.start and before.place and after.place):
        return ""
    gap = after.start - before.end
    if before.place.id == after.place.id or not dt.timedelta() <= gap < SHORT_WAY:
        return ""
    return scene.count("count_minutes", int(gap / dt.timedelta(minutes=1)))


def _tell_undated(sheet: Sheet, saved: Sequence[Saved]) -> None:
    if not saved:
        return
    sheet.part()
    sheet.say("plan_undated")
    for one in saved:
        sheet.cite(one.record)
        where = _where(one, sheet)
        sheet.add(f"• {sheet.read(one.name)}{f' – {where}' if where else ''}")
        if was := short_before(one.key, sheet.scene):
            sheet.add(f"  {was}")


def _where(saved: Saved, sheet: Sheet) -> str:
    record = saved.record
    if isinstance(record, Exhibitor):
        return said_stands(record.stands, sheet.scene) if record.stands else ""
    if isinstance(record, Offer):
        return _deadline(record, sheet.scene)
    if saved.place is None:
        return ""
    place = [sheet.read(text) for text in (saved.place.name, saved.place.floor) if text]
    return ", ".join(place)


def _deadline(offer: Offer, scene: Scene) -> str:
    intake = intake_at(offer, scene.now)
    return "; ".join(said_intake(offer, intake, scene)) if intake in _DATED else ""


def _day_of(saved: Saved) -> dt.date:
    return saved.start.date() if saved.start else dt.date.max


def _headline(day: dt.date, scene: Scene) -> str:
    said = say_day(day, scene.today, scene.language)
    return f"{said[0].upper()}{said[1:]}"


def _span(saved: Saved, scene: Scene) -> str:
    if not (saved.start and saved.end):
        return ""
    zone = scene.fair.zone
    return say_range(saved.start.astimezone(zone), saved.end.astimezone(zone))


def _label(saved: Saved, scene: Scene) -> str:
    return "✕ " + saved.name.in_language(scene.language)


def _empty_buttons(scene: Scene) -> tuple[Button, ...]:
    return (
        scene.ask("button_programme", Programme()),
        scene.ask("button_series", AllSeries()),
        scene.ask("button_exhibitors", Exhibitors()),
    )
