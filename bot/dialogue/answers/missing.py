"""What is not known is said as such, with the best next step: a person who may know."""

from bot.dialogue.scene import Phase, Scene
from bot.dialogue.sheet import Sheet
from bot.dialogue.wishes import Exhibitors, Facet, Offers, Programme, Routed
from bot.knowledge.model import RouteIntent
from bot.messaging.reply import Ask


def say_missing(sheet: Sheet, what: Facet | str) -> None:
    """Say that the data do not hold this, and who may know it."""
    sheet.part()
    sheet.say(f"missing_{what}")
    say_next_step(sheet)


def say_next_step(sheet: Sheet) -> None:
    """Say who may know: the information desk, after the fair the organizer."""
    scene = sheet.scene
    desk = scene.fair.info_desk
    organizer = scene.knowledge.organizers.get(scene.knowledge.event.organizer)
    if scene.phase is Phase.DURING and desk is not None:
        if desk.example:
            sheet.cite(desk)
        said = [sheet.read(text) for text in (desk.name, desk.floor, desk.near) if text]
        sheet.say("next_step_desk", place=", ".join(said))
    elif organizer is not None:
        sheet.say("next_step_organizer", name=sheet.read(organizer.name))


def desk_button(scene: Scene) -> Ask:
    """Make the button that leads to a person."""
    return scene.ask("button_desk", Routed(RouteIntent.HUMAN))


def main_buttons(scene: Scene) -> tuple[Ask, ...]:
    """Make the buttons for whoever does not know what to ask."""
    return (
        scene.ask("button_programme", Programme()),
        scene.ask("button_exhibitors", Exhibitors()),
        scene.ask("button_support", Offers()),
        desk_button(scene),
    )
