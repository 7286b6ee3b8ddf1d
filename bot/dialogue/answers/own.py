"""What the bot says by itself: help, menu, small talk, privacy, language, and calm in an alarm."""

from collections.abc import Iterator

from bot.dialogue.answers.missing import desk_button, main_buttons, say_next_step
from bot.dialogue.answers.places import point_of, tell_where
from bot.dialogue.scene import Phase, Scene
from bot.dialogue.sheet import Sheet
from bot.dialogue.taps import tap
from bot.dialogue.wishes import (
    Alarm,
    AllSeries,
    AtStand,
    Choice,
    Now,
    Places,
    Routed,
    Say,
    Several,
    Speak,
    Topic,
)
from bot.knowledge.model import Faq
from bot.language.said import say_date
from bot.messaging.languages import Language
from bot.messaging.reply import Ask, Button, Link, Reply
from bot.visitors import taps as personal

LANGUAGE_NAMES = {Language.PL: "Polski", Language.EN: "English", Language.UK: "Українська"}


def own_text(wish: Say, scene: Scene) -> Reply:
    """Say one of the bot's own texts."""
    sheet = Sheet(scene)
    match wish.topic:
        case Topic.START | Topic.HELP:
            return _introduction(sheet, wish.topic)
        case Topic.PRIVACY:
            return _privacy(sheet)
        case Topic.FORGET:
            sheet.say("forget")
            return sheet.reply(
                scene.ask("button_forget", Say(Topic.FORGOTTEN)),
                scene.ask("button_menu", Say(Topic.MENU)),
            )
        case Topic.LANGUAGE:
            sheet.say("language")
            return sheet.reply(*language_buttons())
        case Topic.SURVEY:
            return _survey(sheet)
        case topic:
            sheet.say(topic.value)
            return sheet.reply(*main_buttons(scene))


def spoken(wish: Speak, scene: Scene) -> Reply:
    """Confirm the language, in that language."""
    sheet = Sheet(scene)
    sheet.say("language_chosen")
    return sheet.reply(*main_buttons(scene))


def alarm(wish: Alarm, scene: Scene) -> Reply:
    """Say what helps now: 112 first, then who is near."""
    sheet = Sheet(scene)
    sheet.title = scene.say("alarm_title")
    sheet.say(f"alarm_{wish.kind}")
    organizer = scene.knowledge.organizers.get(scene.knowledge.event.organizer)
    if organizer is not None and organizer.emergency.text is not None:
        sheet.tell(organizer.emergency.text)
    fair = scene.fair
    near = {
        "medical": (("alarm_first_aid", fair.first_aid), ("alarm_desk", fair.info_desk)),
        "fire": (("alarm_assembly", fair.assembly), ("alarm_desk", fair.info_desk)),
        "child": (("alarm_desk", fair.info_desk), ("alarm_first_aid", None)),
    }[wish.kind]
    sheet.part()
    for key, place in near:
        if place is not None:
            if place.example:
                sheet.cite(place)
            said = [sheet.read(text) for text in (place.name, place.floor, place.near) if text]
            sheet.say(key, place=", ".join(said))
    return sheet.reply(*(scene.ask_about(place) for _, place in near if place is not None))


def routed(wish: Routed, scene: Scene) -> Reply:
    """Lead to a person, or to the answer that this fair gives."""
    sheet = Sheet(scene)
    route = scene.fair.routes.get(wish.intent)
    answer = scene.fair.record(route.answer) if route and route.answer else None
    buttons: list[Button] = []
    if isinstance(answer, Faq):
        sheet.cite(answer)
        sheet.tell(answer.answer)
    elif answer is not None and scene.has_tap(answer.id):
        buttons.append(scene.ask_about(answer))
    if sheet.is_empty:
        sheet.say(f"route_{wish.intent.value}")
    desk = scene.knowledge.places.get(route.handoff) if route and route.handoff else None
    desk = desk or scene.fair.info_desk
    if scene.phase is Phase.DURING and desk is not None:
        sheet.part()
        tell_where(sheet, desk)
        buttons.append(scene.ask_about(desk))
    else:
        sheet.part()
        say_next_step(sheet)
    organizer = scene.knowledge.organizers.get(scene.knowledge.event.organizer)
    if organizer is not None:
        buttons.append(scene.ask_about(organizer, label_key="button_organizer"))
    point = point_of(desk, scene) if desk is not None and scene.phase is Phase.DURING else None
    return sheet.reply(*buttons, scene.ask("button_menu", Say(Topic.MENU)), point=point)


def choice(wish: Choice, scene: Scene) -> Reply:
    """Ask which one was meant; the names stand in full in the text, numbered."""
    sheet = Sheet(scene)
    sheet.say("did_you_mean")
    buttons: list[Ask] = []
    for record_id in wish.ids:
        record = scene.fair.record(record_id)
        if record is None or not scene.has_tap(record_id):
            continue
        if record.example:
            sheet.cite(record)
        buttons.append(scene.ask_about(record, wish.facet))
        sheet.add(f"{len(buttons)}. {scene.name(record)}")
    none_of_these = Ask(scene.say("button_none"), "x:none_of_these")
    return sheet.reply(*buttons, none_of_these)


def several(wish: Several, scene: Scene) -> Reply:
    """Ask whether a bare number is a stand or a time of day."""
    sheet = Sheet(scene)
    begin, _, finish = wish.number.partition("-")
    day = scene.today if scene.today in scene.knowledge.event.days else None
    day = day or scene.knowledge.event.start_date
    hour = f"{begin}:00–{finish}:00" if finish else f"{begin}:00"
    sheet.say("range_means" if finish else "number_means", number=wish.number, hour=hour)
    at = f"{int(begin):02}00-{int(finish or begin):02}00"
    return sheet.reply(
        Ask(scene.say("button_hour", hour=hour), f"d:{day:%Y%m%d}:{at}:-:0"),
        *(
            Ask(scene.say("stand_title", stand=stand), tap(AtStand(stand)))
            for stand in dict.fromkeys((begin, finish or begin))
        ),
    )


def puzzled(scene: Scene) -> Reply:
    """Say that it was not understood, and what can be asked."""
    sheet = Sheet(scene)
    sheet.say("puzzled")
    say_next_step(sheet)
    return sheet.reply(*main_buttons(scene), scene.ask("button_help", Say(Topic.HELP)))


def gone(scene: Scene) -> Reply:
    """Say that what a button led to is no longer there."""
    sheet = Sheet(scene)
    sheet.say("gone")
    return sheet.reply(*main_buttons(scene))


def language_buttons() -> Iterator[Ask]:
    """Make a button for each language, in itself."""
    for language, name in LANGUAGE_NAMES.items():
        yield Ask(name, f"i:{language.value}")


def _introduction(sheet: Sheet, topic: Topic) -> Reply:
    scene = sheet.scene
    event = scene.knowledge.event
    sheet.head(event.name)
    sheet.say(topic.value, fair=event.name.in_language(scene.language))
    if scene.phase is Phase.AFTER:
        last = say_date(event.end_date, scene.language, year=True)
        sheet.part()
        sheet.say("fair_over", day=last)
    buttons: list[Button] = list(main_buttons(scene))
    if scene.phase is Phase.DURING:
        buttons.insert(0, scene.ask("button_now", Now()))
    buttons.insert(-1, scene.ask("button_series", AllSeries()))
    if topic is Topic.HELP:
        buttons += [scene.ask("button_places", Places())]
    buttons.append(scene.ask("button_language", Say(Topic.LANGUAGE)))
    return sheet.reply(*buttons)


def _privacy(sheet: Sheet) -> Reply:
    scene = sheet.scene
    organizer = scene.knowledge.organizers.get(scene.knowledge.event.organizer)
    sheet.say("privacy")
    if organizer is not None and organizer.privacy_note is not None:
        sheet.cite(organizer)
        sheet.tell(organizer.privacy_note)
    return sheet.reply(
        Ask(scene.say("button_export"), personal.write("e")),
        scene.ask("button_forget", Say(Topic.FORGET)),
        scene.ask("button_menu", Say(Topic.MENU)),
    )


def _survey(sheet: Sheet) -> Reply:
    scene = sheet.scene
    survey = next(iter(scene.knowledge.surveys.values()), None)
    if survey is None:
        sheet.say("survey_none")
        return sheet.reply(desk_button(scene))
    sheet.cite(survey)
    opens = scene.fair.local(survey.opens_at)
    if scene.now < opens:
        sheet.say("survey_later", day=say_date(opens.date(), scene.language), time=f"{opens:%H:%M}")
    else:
        sheet.say("survey_open")
        for number, question in enumerate(survey.questions, 1):
            sheet.add(f"{number}. {sheet.read(question.text)}")
    buttons: list[Button] = [Link(scene.say("button_survey"), survey.url)] if survey.url else []
    return sheet.reply(*buttons, desk_button(scene))
