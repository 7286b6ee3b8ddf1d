"""Questions with a ready answer, or with the statement that nobody knows it."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot.dialogue.answers.missing import desk_button, say_next_step
from bot.dialogue.scene import Phase, Scene
from bot.dialogue.sheet import Sheet
from bot.knowledge.model import Faq, LocalText
from bot.messaging.reply import Ask, Reply

LINKS = 3
EXAMPLES = 6


def about_faq(faq: Faq, scene: Scene) -> Reply:
    """Answer a question; one that nobody can answer shows its example, marked as such."""
    unknown = scene.knowledge.faq.get(faq.fills) if faq.fills else None
    if unknown is not None:
        return _not_known(unknown, (faq,), scene)
    if faq.not_known:
        return _not_known(faq, scene.fair.fills.get(faq.id, ()), scene)
    sheet = Sheet(scene, faq)
    sheet.tell(_answer(faq, scene))
    sheet.tell_law(faq)
    return sheet.reply(*_links((faq,), scene))


def with_shrug(reply: Reply, shrug: str, scene: Scene) -> Reply:
    """Say first that nobody knows, where the reply is an example in that place."""
    faq = scene.knowledge.faq.get(shrug)
    if faq is None:
        return reply
    sheet = Sheet(scene, faq)
    sheet.tell(_answer(faq, scene))
    sheet.say("example_follows")
    return replace(
        reply,
        text="\n\n".join(part for part in (sheet.text, reply.text) if part),
        note=" · ".join(dict.fromkeys(part for part in (reply.note, sheet.note) if part)),
    )


def _not_known(faq: Faq, examples: tuple[Faq, ...], scene: Scene) -> Reply:
    """Say that it is not known, then what an answer could be; of several, each as a button."""
    sheet = Sheet(scene, faq)
    sheet.tell(_answer(faq, scene))
    if len(examples) == 1:
        sheet.cite(examples[0])
        sheet.say("example_answer", answer=sheet.read(_answer(examples[0], scene)))
        return sheet.reply(*_and_the_desk(_links((faq, *examples), scene), scene))
    say_next_step(sheet)
    asks = (scene.ask_about(example) for example in examples[:EXAMPLES])
    return sheet.reply(*asks, *_and_the_desk(_links((faq,), scene), scene))


def _answer(faq: Faq, scene: Scene) -> LocalText:
    match scene.phase:
        case Phase.BEFORE:
            return faq.answer_before or faq.answer
        case Phase.DURING:
            return faq.answer_during or faq.answer
        case Phase.AFTER:
            return faq.answer_after or faq.answer


def _and_the_desk(links: Iterable[Ask], scene: Scene) -> tuple[Ask, ...]:
    """Add the desk; a link to the same place would be the same button twice."""
    desk = desk_button(scene)
    return (*(link for link in links if link.label != desk.label), desk)


def _links(faqs: tuple[Faq, ...], scene: Scene) -> Iterator[Ask]:
    links = [link for faq in faqs for link in (*faq.links, faq.about) if link]
    for link in tuple(dict.fromkeys(links))[:LINKS]:
        record = scene.fair.record(link)
        if record is not None and scene.has_tap(link):
            yield scene.ask_about(record)
