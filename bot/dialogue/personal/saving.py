"""What is said when something is saved, taken out, or has several dates to choose from."""

import datetime as dt
from collections.abc import Sequence

from bot.dialogue.answers.missing import main_buttons
from bot.dialogue.answers.saving import save_button
from bot.dialogue.personal.plan import tell_time_and_place
from bot.dialogue.scene import Scene, shortened
from bot.dialogue.sheet import Sheet
from bot.knowledge.dated import Saved, by_time, key_of, saved_under
from bot.knowledge.model import AnyRecord, Offer, Series
from bot.knowledge.occurrences import Occurrence
from bot.language.said import say_date, say_range, say_time
from bot.messaging.reply import Ask, Reply
from bot.signups import taps as signup_taps
from bot.support import taps as support_taps
from bot.support.terms import deadline_moments
from bot.visitors import taps

SHOWN_DATES = 6


def saved_now(
    saved: Saved, keys: Sequence[str], scene: Scene, *, is_new: bool, remind_minutes: int | None
) -> Reply:
    """Confirm that something is in the programme, and say what it clashes with.

    Args:
        saved: what was saved.
        keys: all that is in the programme now.
        scene: the fair and the moment.
        is_new: it was not in the programme before.
        remind_minutes: how long before a reminder comes, 0 where none was wanted;
            `None` where none can come on this channel.
    """
    sheet = Sheet(scene, saved.record)
    sheet.title = scene.say("saved_title", title=sheet.read(saved.name))
    if not is_new:
        sheet.say("saved_already")
    tell_time_and_place(sheet, saved)
    _tell_state(sheet, saved, remind_minutes)
    for other in by_time(keys, scene.knowledge):
        if other.key != saved.key and saved.overlaps(other) and other.start and other.end:
            sheet.part()
            zone = scene.fair.zone
            span = say_range(other.start.astimezone(zone), other.end.astimezone(zone))
            sheet.say("saved_clash", title=sheet.read(other.name), span=span)
    buttons = [
        Ask(scene.say("button_plan"), taps.write("p")),
        Ask(scene.say("button_unsave"), taps.write("-", saved.key)),
    ]
    if isinstance(saved.record, Offer) and saved.record.closes_on is not None:
        buttons.append(Ask(scene.say("button_deadlines"), support_taps.write("cal")))
    if saved.start:
        buttons.append(Ask(scene.say("button_calendar"), taps.write("f", saved.key)))
    if (saved.start or isinstance(saved.record, Offer)) and remind_minutes is not None:
        buttons.append(Ask(scene.say("button_choices"), taps.write("c")))
    return sheet.reply(*buttons)


def choose_a_date(series: Series, scene: Scene) -> Reply:
    """Ask which date of a series is to be saved; without dates, save the series itself."""
    sheet = Sheet(scene, series)
    sheet.head(series.title)
    coming = _coming(series, scene)
    sheet.say("save_which_date")
    return sheet.reply(
        *(
            Ask(
                _said(one.start, scene),
                taps.write("+", key_of(series.id, one.planned)),
            )
            for one in coming[:SHOWN_DATES]
        )
    )


def _said(start: dt.datetime, scene: Scene) -> str:
    is_far = start - scene.now > dt.timedelta(days=300)
    return f"{say_date(start.date(), scene.language, year=is_far)}, {say_time(start)}"


def has_dates(series: Series, scene: Scene) -> bool:
    """Say whether a series has dates to come."""
    return bool(_coming(series, scene))


def _coming(series: Series, scene: Scene) -> list[Occurrence]:
    dates = scene.fair.dates.get(series.id, ())
    return [one for one in dates if one.is_on and one.end > scene.now]


def taken_out(key: str, scene: Scene, *, was_in: bool, is_signed_up: bool = False) -> Reply:
    """Confirm that something is no longer in the programme.

    Who is signed up for it too keeps a place that somebody else may want, unless they say so.
    """
    saved = saved_under(key, scene.knowledge)
    sheet = Sheet(scene)
    sheet.about = (saved.record.id,) if saved else ()
    title = saved.name.in_language(scene.language) if saved else scene.say("plan_gone_entry")
    sheet.say("unsaved" if was_in else "unsaved_already", title=title)
    buttons = [Ask(scene.say("button_plan"), taps.write("p"))]
    if is_signed_up:
        sheet.say("unsaved_signed_up")
        buttons.insert(0, Ask(scene.say("button_leave_list"), signup_taps.write("x", key)))
    return sheet.reply(*buttons)


def save_which(records: Sequence[AnyRecord], scene: Scene) -> Reply:
    """Ask which one is to be saved."""
    sheet = Sheet(scene)
    sheet.say("save_which")
    return sheet.reply(
        *(
            Ask(shortened(scene.name(record)), save_button(record.id, scene).data)
            for record in records
        )
    )


def cannot_save(scene: Scene, *, is_full: bool = False) -> Reply:
    """Say that nothing was saved, and how it is done."""
    sheet = Sheet(scene)
    sheet.say("save_full" if is_full else "save_nothing")
    if is_full:
        return sheet.reply(Ask(scene.say("button_unsave_some"), taps.write("d")))
    return sheet.reply(*main_buttons(scene))


def _tell_state(sheet: Sheet, saved: Saved, remind_minutes: int | None) -> None:
    scene = sheet.scene
    if isinstance(saved.record, Offer):
        _tell_followups(sheet, saved.record, remind_minutes)
    if not (saved.start and saved.end):
        return
    if not saved.is_on:
        sheet.say("saved_cancelled")
    elif saved.end <= scene.now:
        sheet.say("saved_over")
    elif remind_minutes is None:
        sheet.say("saved_no_reminders_here")
    elif remind_minutes and saved.start - dt.timedelta(minutes=remind_minutes) > scene.now:
        sheet.say("saved_reminder", minutes=scene.count("count_minutes", remind_minutes))


def _tell_followups(sheet: Sheet, offer: Offer, remind_minutes: int | None) -> None:
    """Say when one will be told of an offer that was saved."""
    scene = sheet.scene
    if remind_minutes is None:
        if offer.closes_on is not None:
            sheet.say("followup_not_here")
        return
    days = [say_date(one.at.date(), scene.language) for one in deadline_moments(offer, scene.now)]
    if not remind_minutes:
        sheet.say("followup_off")
    elif days:
        sheet.say("followup_will", days="; ".join(days))
    else:
        sheet.say("followup_will_changes")
