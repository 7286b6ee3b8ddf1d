"""Several exhibitors: at a stand, in a category, who hires, how many there are, all of them."""

from collections.abc import Sequence

from bot.dialogue.answers.exhibitors import (
    about_exhibitor,
    exhibitor_card,
    said_stands,
    tell_area,
    tell_side,
)
from bot.dialogue.answers.listing import page_of
from bot.dialogue.answers.missing import desk_button, say_missing, say_next_step
from bot.dialogue.fair import Category
from bot.dialogue.scene import Scene
from bot.dialogue.sheet import Sheet
from bot.dialogue.taps import tap
from bot.dialogue.wishes import About, AtStand, Categories, Exhibitors, Facet, Having
from bot.knowledge.model import Exhibitor, LocalText
from bot.language.tokens import tokenize
from bot.matching.inflection import stems
from bot.matching.lexicon import shipped_lexicon
from bot.messaging.languages import Language
from bot.messaging.reply import Ask, Card, Reply

LOOSELY = 0.6
"""Concepts that are no nearer than this are not the same thing, nor a kind of it."""


def at_stand(wish: AtStand, scene: Scene) -> Reply:
    """Answer who is at a stand."""
    sheet = Sheet(scene)
    stand = wish.stand.upper()
    there = scene.fair.at_stand.get(stand, ())
    area = scene.fair.stand_areas.get(stand)
    sheet.title = scene.say("stand_title", stand=stand)
    if len(there) == 1:
        return about_exhibitor(there[0], About(there[0].id), scene)
    if not there and area is None:
        sheet.say("stand_unknown", stand=stand)
        say_next_step(sheet)
        return sheet.reply(scene.ask("button_all_exhibitors", Exhibitors()), desk_button(scene))
    if area is not None:
        tell_area(sheet, area)
    if not there:
        sheet.say("stand_empty")
    return sheet.reply(
        scene.ask("button_all_exhibitors", Exhibitors()),
        cards=tuple(exhibitor_card(one, scene) for one in there),
    )


def all_exhibitors(wish: Exhibitors, scene: Scene) -> Reply:
    """List the exhibitors, all or of one category."""
    sheet = Sheet(scene)
    category = scene.fair.categories.get(wish.category)
    if category is not None:
        sheet.title = scene.say("category_title", name=sheet.read(category.name))
        shown: Sequence[Exhibitor] = category.exhibitors
    else:
        sheet.title = scene.say("exhibitors_title")
        shown = tuple(scene.knowledge.exhibitors.values())
    if not shown:
        say_missing(sheet, "exhibitors")
    return page_of(
        sheet,
        shown,
        wish.page,
        exhibitor_card,
        lambda page: Exhibitors(wish.category, page),
        scene.ask("button_categories", Categories()),
    )


def all_categories(wish: Categories, scene: Scene) -> Reply:
    """List the categories, each as a button."""
    sheet = Sheet(scene)
    sheet.title = scene.say("categories_title")
    categories = tuple(
        one for one in scene.fair.categories.values() if not _is_meant(one.name, wish.without)
    )
    if wish.without:
        sheet.say("categories_without", words=wish.without)
    if not categories:
        say_missing(sheet, "exhibitors")
    if any(one.example for one in scene.knowledge.exhibitors.values()):
        sheet.say("categories_ask")
    size = 10
    page = min(wish.page, max(0, (len(categories) - 1) // size))
    buttons = [_category_button(one, sheet) for one in categories[page * size : (page + 1) * size]]
    if (page + 1) * size < len(categories):
        buttons.append(scene.ask("button_more", Categories(page + 1, wish.without)))
    buttons.append(scene.ask("button_all_exhibitors", Exhibitors()))
    return sheet.reply(*buttons, replaces=page > 0)


def _is_meant(name: LocalText, words: str) -> bool:
    """Say whether words name a category: by its own word, by the same or a wider concept."""
    if not words:
        return False
    lexicon = shipped_lexicon()
    said, called = (
        [token.text for token in tokenize(text)]
        for text in (words, " ".join(name.in_language(language) for language in Language))
    )
    families = {stem for word in said for stem in stems(word)}
    if any(stem in families for word in called if len(word) > 3 for stem in stems(word)):
        return True
    near = [lexicon.near(concept) for word in said for concept, _ in lexicon.of_word(word)]
    of_name = {concept for word in called for concept, _ in lexicon.of_word(word)}
    # What is broader or only related may still be wanted.
    return any(rates.get(concept, 0.0) > LOOSELY for rates in near for concept in of_name)


def exhibitors_having(wish: Having, scene: Scene) -> Reply:
    """List the exhibitors of which a facet is known."""
    sheet = Sheet(scene)
    known = tuple(one for one in scene.knowledge.exhibitors.values() if _is_given(one, wish.facet))
    if not known:
        say_missing(sheet, wish.facet)
        return sheet.reply(scene.ask("button_all_exhibitors", Exhibitors()), desk_button(scene))
    sheet.title = scene.say(f"having_{wish.facet.value}")
    return page_of(
        sheet,
        known,
        wish.page,
        lambda one, scene: _card_with(one, wish.facet, scene),
        lambda page: Having(wish.facet, page),
        scene.ask("button_all_exhibitors", Exhibitors()),
    )


def count_of_exhibitors(scene: Scene) -> Reply:
    """Say that their number is not known; what is on the list counts only as a list."""
    sheet = Sheet(scene)
    exhibitors = tuple(scene.knowledge.exhibitors.values())
    examples = [one for one in exhibitors if one.example]
    sheet.say("missing_exhibitor_count")
    if examples:
        sheet.cite(examples[0])
        sheet.say(
            "listed_with_examples",
            listed=scene.count("count_exhibitors", len(exhibitors)),
            examples=len(examples),
        )
    elif exhibitors:
        sheet.say("listed", listed=scene.count("count_exhibitors", len(exhibitors)))
    say_next_step(sheet)
    return sheet.reply(scene.ask("button_all_exhibitors", Exhibitors()), desk_button(scene))


def _is_given(exhibitor: Exhibitor, facet: Facet) -> bool:
    match facet:
        case Facet.JOBS:
            return exhibitor.jobs is not None
        case Facet.PAYMENT:
            return bool(exhibitor.payment)
        case Facet.MARK:
            return bool(exhibitor.certifications)
        case _:
            return False


def _card_with(exhibitor: Exhibitor, facet: Facet, scene: Scene) -> Card:
    sheet = Sheet(scene, exhibitor)
    sheet.head(exhibitor.name)
    if exhibitor.stands:
        sheet.add(said_stands(exhibitor.stands, scene))
    tell_side(sheet, exhibitor, facet)
    return sheet.card(scene.ask_about(exhibitor, label_key="button_details"))


def _category_button(category: Category, sheet: Sheet) -> Ask:
    name = sheet.read(category.name)
    label = f"{name[:1].upper()}{name[1:]} ({len(category.exhibitors)})"
    return Ask(label, tap(Exhibitors(category.slug)))
