"""Long lists in pages of cards; "more" edits the message in place."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from bot.dialogue.scene import Scene
from bot.dialogue.sheet import Sheet
from bot.dialogue.wishes import Wish
from bot.messaging.reply import Button, Card, Reply

Thing = TypeVar("Thing")

PAGE = 5
"""Cards on one page."""


def page_of(
    sheet: Sheet,
    things: Sequence[Thing],
    page: int,
    card: Callable[[Thing, Scene], Card],
    turn: Callable[[int], Wish],
    *buttons: Button,
) -> Reply:
    """Show one page of a list; a page beyond the end shows the last one.

    Args:
        sheet: the headline and what stands above the cards.
        things: all of the list.
        page: which page, from 0.
        card: makes the card of one.
        turn: makes the wish for another page.
        buttons: what else people ask.
    """
    scene = sheet.scene
    last = max(0, (len(things) - 1) // PAGE)
    page = min(page, last)
    shown = things[page * PAGE : (page + 1) * PAGE]
    if last:
        sheet.part()
        sheet.say("page", page=page + 1, pages=last + 1)
    turns: list[Button] = []
    if page < last:
        turns.append(scene.ask("button_more", turn(page + 1)))
    if page > 0:
        turns.append(scene.ask("button_back", turn(page - 1)))
    cards = tuple(card(thing, scene) for thing in shown)
    return sheet.reply(*turns, *buttons, cards=cards, replaces=page > 0)
