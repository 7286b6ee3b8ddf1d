"""A list of whatever fits some words: for searching, and for cards to share."""

from bot.dialogue.answers.exhibitors import exhibitor_card
from bot.dialogue.answers.listing import page_of
from bot.dialogue.answers.missing import desk_button, main_buttons, say_next_step
from bot.dialogue.answers.offers import offer_card
from bot.dialogue.answers.places import place_card
from bot.dialogue.answers.programme import dated_card
from bot.dialogue.answers.series_list import series_card
from bot.dialogue.scene import Scene
from bot.dialogue.sheet import Sheet
from bot.dialogue.wishes import Found
from bot.knowledge.model import AnyRecord, Exhibitor, Faq, Offer, Place, Series, Session, Term
from bot.messaging.reply import Card, Reply

LOOKED_AT = 30
"""How many hits a search goes through."""


def found(wish: Found, scene: Scene) -> Reply:
    """Show what fits the words, the best first."""
    sheet = Sheet(scene)
    sheet.title = scene.say("found_title", words=wish.words)
    records = hits(wish.words, scene)
    if not records:
        sheet.say("found_nothing")
        say_next_step(sheet)
        return sheet.reply(*main_buttons(scene))
    return page_of(
        sheet,
        records,
        wish.page,
        card,
        lambda page: Found(wish.words, page),
        desk_button(scene),
    )


def hits(words: str, scene: Scene, *, kinds: frozenset[str] | None = None) -> list[AnyRecord]:
    """List the records that fit the words, without those that fit far worse than the best."""
    ranking = scene.fair.snapshot.index.rank(words, limit=LOOKED_AT, kinds=kinds)
    if not ranking.hits:
        return []
    least = ranking.hits[0].score / 2
    good = [hit for hit in ranking.hits if hit.score >= least and scene.has_tap(hit.id)]
    return [record for hit in good if (record := scene.fair.record(hit.id)) is not None]


def card(record: AnyRecord, scene: Scene) -> Card:
    """Make the card of a record of any kind."""
    match record:
        case Exhibitor():
            return exhibitor_card(record, scene)
        case Session():
            return dated_card(scene.fair.slots[record.id], scene)
        case Series():
            return series_card(record, scene)
        case Offer():
            return offer_card(record, scene)
        case Place():
            return place_card(record, scene)
        case _:
            return _plain_card(record, scene)


def _plain_card(record: AnyRecord, scene: Scene) -> Card:
    sheet = Sheet(scene, record)
    sheet.title = scene.name(record)
    match record:
        case Faq(answer=text) | Term(expand=text):
            sheet.add(sheet.read(text))
        case _:
            pass
    return sheet.card(scene.ask_about(record, label_key="button_details"))
