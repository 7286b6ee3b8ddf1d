"""Advisers whom one can book, and their free slots."""

from collections.abc import Sequence

from bot.dialogue.scene import Scene, shortened
from bot.dialogue.sheet import Sheet
from bot.knowledge.model import Consultation
from bot.language.fold import fold
from bot.language.said import say_date, say_day, say_duration, say_time
from bot.language.tokens import tokenize
from bot.messaging.reply import Ask, Reply
from bot.signups import taps
from bot.signups.bookable import Bookable, bookables

ON_A_PAGE = 8
_SAME_BEGINNING = 5
"""Signs by which words are taken for the same: "księgowość" and "księgowym"."""


def free_slots(consultation: Consultation, scene: Scene) -> list[Bookable]:
    """List the slots to come that nobody has, the earliest first."""
    coming = bookables(consultation, scene.knowledge, scene.now)
    return [one for one in coming if scene.taken(one.key).left(1)]


def has_free_slots(scene: Scene) -> bool:
    """Say whether any adviser can be booked."""
    return any(free_slots(one, scene) for one in scene.knowledge.consultations.values())


def advisers(words: str, scene: Scene) -> Reply:
    """List advisers with free slots; those whose topics the words name, if there are such.

    Args:
        words: what was said beside the wish to book; "" for nothing.
        scene: the fair and the moment.
    """
    sheet = Sheet(scene)
    sheet.title = scene.say("adviser_title")
    free = [one for one in scene.knowledge.consultations.values() if free_slots(one, scene)]
    meant = [one for one in free if _is_about(one, words, scene)] or free
    if not meant:
        sheet.say("adviser_none")
        return sheet.reply(Ask(scene.say("button_my_signups"), taps.write("m")))
    if len(meant) == 1:
        return slots(meant[0], 0, scene)
    sheet.say("adviser_which")
    for one in meant:
        sheet.part()
        _tell(sheet, one)
        first = free_slots(one, scene)[0].start
        day = say_day(first.date(), scene.today, scene.language)
        sheet.say("adviser_free", at=f"{day}, {say_time(first)}")
    return sheet.reply(
        *(Ask(shortened(scene.name(one)), taps.write("b", one.id)) for one in meant),
        Ask(scene.say("button_my_signups"), taps.write("m")),
    )


def slots(consultation: Consultation, page: int, scene: Scene) -> Reply:
    """Show the free slots of one adviser as buttons."""
    sheet = Sheet(scene, consultation)
    free = free_slots(consultation, scene)
    sheet.head(consultation.title)
    _tell_more(sheet, consultation)
    if not free:
        sheet.say("adviser_full")
        return sheet.reply(Ask(scene.say("button_book_adviser"), taps.write("b")))
    page = min(page, (len(free) - 1) // ON_A_PAGE)
    length = say_duration(free[0].end - free[0].start, scene.language)
    sheet.say("adviser_slots", length=length)
    shown = free[page * ON_A_PAGE : (page + 1) * ON_A_PAGE]
    buttons = [Ask(_said(one, scene), taps.write("s", one.key)) for one in shown]
    if (page + 1) * ON_A_PAGE < len(free):
        more = taps.write("b", f"{consultation.id}:{page + 1}")
        buttons.append(Ask(scene.say("button_more"), more))
    return sheet.reply(*buttons, replaces=page > 0)


def _said(slot: Bookable, scene: Scene) -> str:
    return f"{say_date(slot.start.date(), scene.language)}, {say_time(slot.start)}"


def _tell(sheet: Sheet, consultation: Consultation) -> None:
    scene = sheet.scene
    sheet.cite(consultation)
    said = [sheet.read(consultation.title)]
    person = scene.knowledge.people.get(consultation.person or "")
    if person is not None and person.consent:
        said.append(person.display_name)
    place = scene.knowledge.places.get(consultation.place)
    if place is not None:
        said.append(sheet.read(place.name))
    sheet.add(f"• {', '.join(said)}")


def _tell_more(sheet: Sheet, consultation: Consultation) -> None:
    scene = sheet.scene
    person = scene.knowledge.people.get(consultation.person or "")
    if person is not None and person.consent:
        role = f", {sheet.read(person.role)}" if person.role else ""
        sheet.line("line_leader", f"{person.display_name}{role}")
    place = scene.knowledge.places.get(consultation.place)
    if place is not None:
        sheet.add(sheet.read(place.name))
    if consultation.stand:
        sheet.add(scene.say("stand_one", stand=consultation.stand))
    sheet.listing("line_topics", consultation.topics)
    sheet.listing("line_languages", consultation.languages)
    sheet.tell(consultation.description)
    sheet.part()


def _is_about(consultation: Consultation, words: str, scene: Scene) -> bool:
    person = scene.knowledge.people.get(consultation.person or "")
    own: Sequence[str] = [
        *(text for topic in consultation.topics for _, text in topic.all()),
        *(text for _, text in consultation.title.all()),
        *consultation.aliases.all(),
        *consultation.keywords.all(),
        *([person.display_name] if person and person.consent else ()),
    ]
    # What every adviser's title has tells nothing.
    common = {"konsul", "consul", "консул", "dorad", "advis"}
    beginnings = {word[:_SAME_BEGINNING] for text in own for word in fold(text).split()}
    meant = {token.text[:_SAME_BEGINNING] for token in tokenize(words) if len(token.text) > 3}
    meant -= {one[:_SAME_BEGINNING] for one in common}
    return bool(meant & beginnings)
