"""The programme: of a day or part of it, by type, by room; what runs now and what is next."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from bot.dialogue.answers.listing import page_of
from bot.dialogue.answers.missing import desk_button, say_missing
from bot.dialogue.answers.sessions import session_card
from bot.dialogue.fair import Slot
from bot.dialogue.scene import Phase, Scene
from bot.dialogue.sheet import Sheet
from bot.dialogue.timed import is_within
from bot.dialogue.wishes import Next, Now, Programme, RoomProgramme
from bot.knowledge.model import SessionType
from bot.language.said import say_day, say_range, say_time, say_until
from bot.messaging.reply import Ask, Card, Reply

SHOWN_NEXT = 3


def programme(wish: Programme, scene: Scene) -> Reply:
    """Show a day, a part of it, or all days."""
    sheet = Sheet(scene)
    event = scene.knowledge.event
    sheet.title = _title(wish, scene)
    if not scene.fair.slots:
        say_missing(sheet, "programme")
        return sheet.reply(desk_button(scene))
    if wish.day is not None and wish.day not in event.days:
        return _on_no_fair_day(wish, sheet)
    _say_phase(sheet)
    slots = [slot for slot in scene.fair.slots.values() if is_within(slot, wish)]
    buttons = _day_buttons(wish, scene)
    if not slots:
        sheet.say("programme_empty")
        return _with_nearest(wish, sheet, buttons)
    return page_of(
        sheet,
        slots,
        wish.page,
        session_card if wish.day else dated_card,
        lambda page: replace(wish, page=page),
        *buttons,
    )


def room_programme(wish: RoomProgramme, scene: Scene) -> Reply:
    """Show what takes place in one room."""
    sheet = Sheet(scene)
    place = scene.knowledge.places[wish.room]
    sheet.title = scene.say("room_title", room=sheet.read(place.name))
    slots = [
        slot
        for slot in scene.fair.slots.values()
        if slot.session.place == wish.room and wish.day in (None, slot.start.date())
    ]
    if not slots:
        sheet.say("programme_empty")
    _tell_moved_away(wish, sheet)
    buttons = (scene.ask_about(place, label_key="button_where"), _now_button(scene))
    return page_of(
        sheet,
        slots,
        wish.page,
        dated_card,
        lambda page: RoomProgramme(wish.room, wish.day, page),
        *buttons,
    )


def _tell_moved_away(wish: RoomProgramme, sheet: Sheet) -> None:
    """Say where those sessions are that one would wait for in this room in vain."""
    scene = sheet.scene
    for slot in scene.fair.slots.values():
        was = scene.knowledge.before.get(slot.session.id)
        place = scene.knowledge.places.get(slot.session.place)
        is_here_no_more = was is not None and was.place == wish.room and slot.is_on
        if is_here_no_more and place is not None and slot.end > scene.now:
            title = sheet.read(slot.session.title)
            sheet.say("moved_away", title=title, place=sheet.read(place.name))


def now(_: Now, scene: Scene) -> Reply:
    """Show what runs, with its end and room, and then what comes next."""
    sheet = Sheet(scene)
    sheet.title = scene.say("now_title", time=say_time(scene.now))
    if scene.phase is not Phase.DURING:
        return _out_of_time(sheet)
    running = [slot for slot in _taking_place(scene) if slot.start <= scene.now < slot.end]
    coming = _coming(scene)
    for news in scene.fair.news(scene.now):
        if news.session is None and news.place is None:
            if news.example:
                sheet.cite(news)
            sheet.tell(news.text)
    for slot in scene.fair.slots.values():
        if not slot.is_on and slot.start <= scene.now < slot.end:
            title = sheet.read(slot.session.title)
            sheet.say("cancelled_now", title=title, span=say_range(slot.start, slot.end))
            sheet.cite(slot.session)
    if not running:
        sheet.say("nothing_now")
    return sheet.reply(
        *_today_buttons(scene),
        cards=(
            *(session_card(slot, scene) for slot in running),
            *(_coming_card(slot, scene) for slot in coming),
        ),
    )


def coming_next(wish: Next, scene: Scene) -> Reply:
    """Show what begins next."""
    sheet = Sheet(scene)
    sheet.title = scene.say("next_title", time=say_time(scene.now))
    if scene.phase is Phase.AFTER:
        return _out_of_time(sheet)
    coming = _coming(scene, wish.type)
    if not coming:
        sheet.say("nothing_next")
        return sheet.reply(*_today_buttons(scene))
    first = coming[0].start
    day = say_day(first.date(), scene.today, scene.language)
    until = say_until(first - scene.now, scene.language)
    sheet.say("next_begins", day=day, time=say_time(first), until=until)
    return sheet.reply(
        _now_button(scene),
        *_today_buttons(scene),
        cards=tuple(dated_card(slot, scene) for slot in coming),
    )


def dated_card(slot: Slot, scene: Scene) -> Card:
    """Make a card that says the day too, for lists that span days."""
    card = session_card(slot, scene)
    day = say_day(slot.start.date(), scene.today, scene.language)
    return Card(card.title, f"{day}, {card.text}", card.note, card.buttons)


def _title(wish: Programme, scene: Scene) -> str:
    what = scene.say(f"type_{wish.type.value}") if wish.type else scene.say("programme_title")
    day = say_day(wish.day, scene.today, scene.language) if wish.day else ""
    time = _said_span(wish, scene)
    return " ".join(f"{what}: {', '.join(p for p in (day, time) if p)}".rstrip(": ").split())


def _said_span(wish: Programme, scene: Scene) -> str:
    match wish.begin, wish.finish:
        case None, None:
            return ""
        case (begin, None):
            assert begin is not None  # noqa: S101 - the case above took both being None
            return scene.say("from_time", time=say_time(begin))
        case (None, finish):
            assert finish is not None  # noqa: S101 - as above
            return scene.say("until_time", time=say_time(finish))
        case (begin, finish) if begin == finish:
            return scene.say("at_time", time=say_time(begin))
        case (begin, finish):
            return say_range(begin, finish)


def _say_phase(sheet: Sheet) -> None:
    if sheet.scene.phase is Phase.AFTER:
        sheet.say("fair_was_over")


def _on_no_fair_day(wish: Programme, sheet: Sheet) -> Reply:
    scene = sheet.scene
    event = scene.knowledge.event
    days = [say_day(day, scene.today, scene.language) for day in event.days]
    sheet.say("not_a_fair_day", days="; ".join(days))
    return sheet.reply(*_day_buttons(wish, scene))


def _with_nearest(wish: Programme, sheet: Sheet, buttons: Sequence[Ask]) -> Reply:
    """Show, beside an empty answer, what begins next on that day or of that type."""
    scene = sheet.scene
    later = [
        slot
        for slot in scene.fair.slots.values()
        if (wish.day is None or slot.start.date() == wish.day)
        and (wish.begin is None or slot.start.time() >= wish.begin)
        and (wish.type is None or slot.session.type is wish.type)
    ][:SHOWN_NEXT]
    if not later and wish.type is not None:
        later = [s for s in scene.fair.slots.values() if s.session.type is wish.type][:SHOWN_NEXT]
    if later:
        sheet.say("programme_nearest")
    return sheet.reply(*buttons, cards=tuple(dated_card(slot, scene) for slot in later))


def _out_of_time(sheet: Sheet) -> Reply:
    scene = sheet.scene
    event = scene.knowledge.event
    if scene.phase is Phase.AFTER:
        sheet.say("fair_was_over")
    else:
        day = say_day(event.start_date, scene.today, scene.language)
        sheet.say("fair_begins", day=day)
    return sheet.reply(*(_day_button(day, scene) for day in event.days[:3]))


def _taking_place(scene: Scene) -> list[Slot]:
    return [slot for slot in scene.fair.slots.values() if slot.is_on]


def _coming(scene: Scene, kind: SessionType | None = None) -> list[Slot]:
    """List what begins next: all of the same moment, and of the same day a little more."""
    later = [
        slot
        for slot in _taking_place(scene)
        if slot.start > scene.now and kind in (None, slot.session.type)
    ]
    same_day = [slot for slot in later if slot.start.date() == later[0].start.date()]
    same_moment = [slot for slot in same_day if slot.start == same_day[0].start]
    return same_moment if len(same_moment) >= SHOWN_NEXT else same_day[:SHOWN_NEXT]


def _coming_card(slot: Slot, scene: Scene) -> Card:
    card = (
        dated_card(slot, scene) if slot.start.date() != scene.today else session_card(slot, scene)
    )
    return replace(card, title=scene.say("then_title", title=card.title))


def _now_button(scene: Scene) -> Ask:
    return scene.ask("button_now", Now())


def _day_button(day: dt.date, scene: Scene) -> Ask:
    label = scene.say("button_day", date=f"{day.day}.{day.month:02}")
    return Ask(label, _tap_day(day, None))


def _tap_day(day: dt.date, kind: SessionType | None) -> str:
    return f"d:{day:%Y%m%d}:-:{kind.value if kind else '-'}:0"


def _today_buttons(scene: Scene) -> tuple[Ask, ...]:
    days = scene.knowledge.event.days
    todays = [day for day in days if day >= scene.today] or list(days)
    return (*(_day_button(day, scene) for day in todays[:2]), scene.ask("button_next", Next()))


def _day_buttons(wish: Programme, scene: Scene) -> tuple[Ask, ...]:
    others = [day for day in scene.knowledge.event.days if day != wish.day]
    buttons = [
        Ask(scene.say("button_day", date=f"{day.day}.{day.month:02}"), _tap_day(day, wish.type))
        for day in others[:3]
    ]
    if scene.phase is Phase.DURING:
        buttons.append(_now_button(scene))
    return tuple(buttons)
