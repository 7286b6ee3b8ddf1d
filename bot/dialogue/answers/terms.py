"""What words and acronyms mean, and what a certification mark is."""

from collections.abc import Iterator

from bot.dialogue.answers.missing import desk_button, say_missing
from bot.dialogue.scene import Scene
from bot.dialogue.sheet import Sheet
from bot.dialogue.wishes import About, Facet
from bot.knowledge.model import LocalText, Mark, Term
from bot.messaging.reply import Ask, Reply


def about_term(term: Term, wish: About, scene: Scene) -> Reply:
    """Say what a word means."""
    sheet = Sheet(scene, term)
    sheet.head(LocalText.model_validate(term.term))
    if wish.facet not in (Facet.ALL, Facet.WHAT):
        # A word has no place and no price; what it stands for is the best that is known.
        sheet.say("only_meaning")
    sheet.tell(term.expand)
    sheet.tell(term.short)
    sheet.tell_law(term)
    see = [term.see] if term.see and scene.has_tap(term.see) else []
    buttons = [scene.ask_about(record) for i in see if (record := scene.fair.record(i))]
    return sheet.reply(*buttons)


def about_mark(mark: Mark, wish: About, scene: Scene) -> Reply:
    """Answer about a certification mark."""
    sheet = Sheet(scene, mark)
    sheet.head(mark.name)
    match wish.facet:
        case Facet.COST:
            known = sheet.fact("line_cost", mark.cost)
        case Facet.FOR_WHOM:
            known = sheet.fact("line_for_whom", mark.who)
        case Facet.SIGN_UP:
            known = sheet.fact("line_how", mark.how)
        case Facet.LENGTH | Facet.WHEN:
            known = sheet.fact("line_validity", mark.validity)
        case Facet.LEADER:
            known = sheet.fact("line_grantor", mark.grantor)
        case Facet.ALL | Facet.WHAT | Facet.MARK:
            known = _tell_all(sheet, mark)
        case _:
            known = False
    if not known:
        say_missing(sheet, wish.facet)
    return sheet.reply(*_holders(mark, scene), desk_button(scene))


def _tell_all(sheet: Sheet, mark: Mark) -> bool:
    sheet.fact("line_full_name", mark.full_name)
    sheet.fact("line_what", mark.what)
    sheet.fact("line_grantor", mark.grantor)
    sheet.fact("line_for_whom", mark.who)
    sheet.fact("line_how", mark.how)
    sheet.fact("line_cost", mark.cost)
    sheet.fact("line_validity", mark.validity)
    sheet.fact("line_extendable", mark.extendable)
    sheet.fact("line_logo", mark.logo)
    return not sheet.is_empty


def _holders(mark: Mark, scene: Scene) -> Iterator[Ask]:
    for exhibitor in scene.knowledge.exhibitors.values():
        if any(held.mark == mark.id for held in exhibitor.certifications):
            yield scene.ask_about(exhibitor, Facet.MARK)
            return
