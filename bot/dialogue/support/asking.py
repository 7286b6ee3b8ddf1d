"""Asks: what is needed, the next question, and what to correct."""

from collections.abc import Iterator

from bot.dialogue.answers.offers import page_link
from bot.dialogue.scene import Scene
from bot.dialogue.sheet import Sheet
from bot.dialogue.support.referral import tell_referral
from bot.dialogue.support.search import Search
from bot.dialogue.wishes import Offers
from bot.knowledge.model import Need
from bot.messaging.reply import Ask, Reply
from bot.support import taps
from bot.support.conditions import Topic
from bot.support.extraction import Extraction
from bot.support.questions import Question
from bot.support.said import facts, said_age, said_area, said_income, said_situation
from bot.support.situation import Situation

COMMON_NEEDS = (
    Need.PREMISES,
    Need.ROOM,
    Need.GRANT,
    Need.ADVICE,
    Need.LEGAL,
    Need.ACCOUNTING,
    Need.APPLICATION,
    Need.EQUIPMENT,
    Need.FOUNDING,
    Need.COOPERATIVE,
    Need.CERTIFICATE,
    Need.VOLUNTEERS,
    Need.PARTNER,
)
"""What is offered as buttons to whoever does not know how to begin."""


def ask_need(search: Search, scene: Scene) -> Reply:
    """Ask what is needed, in the visitor's own words."""
    sheet = Sheet(scene)
    sheet.title = scene.say("support_title")
    if known := said_situation(search.situation, scene):
        sheet.say("profile_used", what=known)
    sheet.say("support_open")
    return sheet.reply(
        *need_buttons(scene),
        Ask(scene.say("button_profile"), taps.write("org")),
        scene.ask("button_all_offers", Offers()),
        *page_link(scene),
    )


def not_understood(search: Search, scene: Scene, extraction: Extraction) -> Reply:
    """Say that no need was found, and who can help in person."""
    sheet = Sheet(scene)
    sheet.say("support_no_need")
    people = tell_referral(sheet, search.situation, extraction)
    return sheet.reply(*need_buttons(scene), *people)


def need_buttons(scene: Scene) -> Iterator[Ask]:
    """Make a button for each common need that some offer answers."""
    for need in COMMON_NEEDS:
        label = scene.say(f"need_{need.value}")
        yield Ask(label[0].upper() + label[1:], taps.write("n", need.value))


def understood(situation: Situation, scene: Scene) -> str:
    """Say in one line what was understood."""
    what = said_situation(situation, scene)
    if not what:
        return scene.say("support_understood_nothing")
    return scene.say("support_understood", what=what)


def ask_next(search: Search, question: Question, possible: int, scene: Scene) -> Reply:
    """Ask one question, with its answers as buttons."""
    sheet = Sheet(scene)
    sheet.add(understood(search.situation, scene))
    sheet.say("support_possible", count=possible)
    sheet.part()
    sheet.say(f"support_ask_{question.topic.value}", about=_about(question, scene))
    answers = [
        Ask(_answer(question, answer, scene), taps.write("a", f"{question.key}:{answer}"))
        for answer in question.answers
    ]
    return sheet.reply(
        *answers,
        Ask(scene.say("button_not_known"), taps.write("u", question.key)),
        *step_buttons(search, scene),
        Ask(scene.say("button_show_results"), taps.write("show")),
    )


def step_buttons(search: Search, scene: Scene) -> Iterator[Ask]:
    """Make the buttons that correct what is known, and that go back."""
    if not search.situation.tells_nothing:
        yield Ask(scene.say("button_correct"), taps.write("fix"))
    if search.back:
        yield Ask(scene.say("button_step_back"), taps.write("back"))


def ask_correction(search: Search, scene: Scene) -> Reply:
    """Ask what of all that is known is wrong."""
    sheet = Sheet(scene)
    sheet.add(understood(search.situation, scene))
    sheet.say("support_correct")
    return sheet.reply(
        *(
            Ask(scene.say("button_remove", what=_short(said)), taps.write("x", key))
            for key, said in facts(search.situation, scene)
        ),
        Ask(scene.say("button_step_back"), taps.write("again")),
        Ask(scene.say("button_from_start"), taps.write("go")),
    )


def _short(said: str) -> str:
    return said if len(said) <= 32 else said[:31].rstrip(" ,;") + "…"


def _about(question: Question, scene: Scene) -> str:
    match question.topic:
        case Topic.PEOPLE:
            return scene.say(f"people_{question.about}")
        case Topic.FIELDS:
            return scene.say(f"field_{question.about}")
        case _:
            return ""


def _answer(question: Question, answer: str, scene: Scene) -> str:
    match question.topic:
        case Topic.FORM:
            return scene.say(f"support_answer_form_{answer}")
        case Topic.AREA:
            return said_area(answer, scene)
        case Topic.OLD | Topic.YOUNG:
            low, _, high = answer.partition("-")
            return said_age(int(low), int(high) if high else None, scene)
        case Topic.INCOME:
            low, _, high = answer.partition("-")
            return said_income(int(low), int(high) - 1 if high else None, scene)
        case _:
            return scene.say(f"button_{answer}")
