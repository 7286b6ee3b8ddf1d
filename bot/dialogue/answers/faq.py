"""Questions with a ready answer, or with the statement that nobody knows it."""

from collections.abc import Iterator

from bot.dialogue.answers.missing import desk_button, say_next_step
from bot.dialogue.scene import Phase, Scene
from bot.dialogue.sheet import Sheet
from bot.knowledge.model import Faq, LocalText
from bot.messaging.reply import Ask, Reply

LINKS = 3


def about_faq(faq: Faq, scene: Scene) -> Reply:
    """Answer a question; one that nobody can answer shows its example, marked as such."""
    sheet = Sheet(scene, faq)
    sheet.tell(_answer(faq, scene))
    if faq.not_known:
        filling = scene.fair.fills.get(faq.id)
        if filling is not None:
            sheet.part()
            sheet.cite(filling)
            sheet.say("example_answer", answer=sheet.read(_answer(filling, scene)))
        else:
            say_next_step(sheet)
    return sheet.reply(*_links(faq, scene), *([desk_button(scene)] if faq.not_known else []))


def _answer(faq: Faq, scene: Scene) -> LocalText:
    match scene.phase:
        case Phase.BEFORE:
            return faq.answer_before or faq.answer
        case Phase.DURING:
            return faq.answer_during or faq.answer
        case Phase.AFTER:
            return faq.answer_after or faq.answer


def _links(faq: Faq, scene: Scene) -> Iterator[Ask]:
    filling = scene.fair.fills.get(faq.id)
    links = (*faq.links, *(filling.links if filling else ()), *([faq.about] if faq.about else []))
    for link in tuple(dict.fromkeys(links))[:LINKS]:
        record = scene.fair.record(link)
        if record is not None and scene.has_tap(link):
            yield scene.ask_about(record)
