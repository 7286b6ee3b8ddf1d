"""Shows what was found: what fits, what nearly does and why not, what is over, and who can help."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from bot.dialogue.answers.offers import page_link
from bot.dialogue.answers.saving import save_button
from bot.dialogue.scene import Scene
from bot.dialogue.sheet import Sheet
from bot.dialogue.signups.advisers import has_free_slots
from bot.dialogue.support.asking import step_buttons, understood
from bot.dialogue.support.referral import ask_known, tell_known, tell_referral
from bot.dialogue.support.search import Search
from bot.dialogue.wishes import Offers
from bot.knowledge.model import Offer
from bot.messaging.reply import Ask, Button, Card, Copy, Reply
from bot.signups import taps as signup_taps
from bot.support import taps
from bot.support.extraction import Extraction
from bot.support.reasons import said_qualifying, why_not
from bot.support.results import Match, Results
from bot.support.said import said_day, said_intake, said_support, said_topics
from bot.support.terms import Intake, is_stale

ON_A_PAGE = 5
NEAR_SHOWN = 3
OVER_NAMED = 3


@dataclass(frozen=True, slots=True)
class Shown:
    """What is to be shown.

    Attributes:
        number: which page of what fits, from 0.
        can_keep: something is known of the organisation that its profile does not hold.
        can_remind: the bot can write to this chat first.
        page: the public address of the page of offers; "" for none.
    """

    search: Search
    found: Results
    number: int
    can_keep: bool = False
    can_remind: bool = False
    page: str = ""


def show(shown: Shown, scene: Scene, extraction: Extraction) -> tuple[Reply, ...]:
    """Show a page of what fits; with the first one also what nearly fits, and what is over."""
    replies = [_fitting(shown, scene, extraction)]
    if shown.number == 0 and shown.found.nearly:
        replies.append(_nearly(shown, scene))
    return tuple(replies)


def _fitting(shown: Shown, scene: Scene, extraction: Extraction) -> Reply:
    search, found, page = shown.search, shown.found, shown.number
    sheet = Sheet(scene)
    matches = found.fits[page * ON_A_PAGE : (page + 1) * ON_A_PAGE]
    sheet.add(understood(search.situation, scene))
    if found.fits:
        sheet.title = scene.say("support_fits", count=len(found.fits))
    else:
        sheet.title = scene.say("support_title")
        sheet.say("support_nothing")
        if search.situation.needs:
            sheet.say("support_counted")
    people: tuple[Ask, ...] = ()
    needs = search.situation.needs
    asks = ask_known(needs, scene) if found.fits else tell_known(sheet, needs)
    if page == 0:
        _tell_over(sheet, found.passed)
        people = tell_referral(sheet, search.situation, extraction, has_offers=bool(matches))
    if page == 0 and has_free_slots(scene):
        people = (*people, Ask(scene.say("button_book_adviser"), signup_taps.write("b")))
    keep = (Ask(scene.say("button_keep_profile"), taps.write("keep")),) if shown.can_keep else ()
    return sheet.reply(
        *_paging(found, page, scene),
        *asks,
        *people,
        *step_buttons(search, scene),
        *keep,
        *_to_send_on(shown, scene),
        Ask(scene.say("button_from_start"), taps.write("go")),
        scene.ask("button_all_offers", Offers()),
        *page_link(scene),
        cards=tuple(match_card(match, scene) for match in matches),
    )


def _to_send_on(shown: Shown, scene: Scene) -> list[Button]:
    """Make the button that copies an address to send on: of the need alone, without who asks."""
    if not shown.page:
        return []
    needs = sorted(need.value for need in shown.search.situation.needs)
    query = urlencode({"lang": scene.language.value} | ({"need": needs[0]} if needs else {}))
    return [Copy(scene.say("button_share_offers"), f"{shown.page}?{query}")]


def _paging(found: Results, page: int, scene: Scene) -> list[Ask]:
    buttons = []
    if len(found.fits) > (page + 1) * ON_A_PAGE:
        buttons.append(Ask(scene.say("button_more"), taps.write("p", str(page + 1))))
    if page:
        buttons.append(Ask(scene.say("button_back"), taps.write("p", str(page - 1))))
    return buttons


def _nearly(shown: Shown, scene: Scene) -> Reply:
    nearly = shown.found.nearly
    sheet = Sheet(scene)
    sheet.title = scene.say("support_nearly", count=len(nearly))
    cards = (match_card(m, scene, can_remind=shown.can_remind) for m in nearly[:NEAR_SHOWN])
    return sheet.reply(cards=tuple(cards))


def _tell_over(sheet: Sheet, over: Sequence[Match]) -> None:
    """Name what would fit and is over."""
    scene = sheet.scene
    names = []
    for match in over[:OVER_NAMED]:
        sheet.cite(match.offer)
        name = sheet.read(match.offer.title)
        closed = match.offer.closes_on if match.intake is Intake.PASSED else None
        if closed is not None:
            day = said_day(closed, scene)
            name = scene.say("support_passed_one", name=name, day=day)
        names.append(name)
    if names:
        sheet.part()
        sheet.say("support_passed", names=", ".join(names))


def match_card(match: Match, scene: Scene, *, can_remind: bool = False) -> Card:
    """Make the card of an offer: what one gets, until when, what it costs, what to do first."""
    offer = match.offer
    sheet = Sheet(scene, offer)
    sheet.head(offer.title)
    for topic in match.unmet:
        sheet.say("support_why_not", value=why_not(topic, offer, scene))
    if match.qualifies is not None:
        said = said_qualifying(match.qualifies, scene)
        sheet.add(f"{said} {scene.say('followup_ask')}" if can_remind else said)
    if not match.unmet:
        _tell_use(sheet, offer)
    for line in said_intake(offer, match.intake, scene):
        sheet.add(line)
    if match.unsure:
        sheet.say("support_unsure", value=said_topics(match.unsure, scene))
    tell_notes(sheet, offer)
    return sheet.card(*_card_buttons(match, scene, can_remind=can_remind))


def _tell_use(sheet: Sheet, offer: Offer) -> None:
    sheet.line("line_cost", offer.cost)
    sheet.line("support_amount", said_support(offer, sheet.scene))
    if offer.how_to_apply:
        sheet.say("support_first_step", value=sheet.read(offer.how_to_apply[0]))
    reached = (offer.contact.phone, offer.contact.email, offer.contact.web)
    sheet.line("line_role", next((one for one in reached if one), None))


def tell_notes(sheet: Sheet, offer: Offer) -> None:
    """Say what is not covered, what changed lately, and that a record is old."""
    scene = sheet.scene
    if offer.alert is not None and scene.today <= offer.alert.until:
        sheet.add(sheet.read(offer.alert.text))
    if offer.for_.excluded:
        said = ", ".join(sheet.read(one.text) for one in offer.for_.excluded)
        sheet.say("support_not_paid", value=said)
    if offer.disclaimer is not None:
        sheet.add(sheet.read(offer.disclaimer))
    if is_stale(offer, scene.today) and offer.checked is not None:
        day = said_day(offer.checked.date, scene)
        sheet.say("support_stale", day=day)


def _card_buttons(match: Match, scene: Scene, *, can_remind: bool) -> list[Button]:
    offer = match.offer
    buttons: list[Button] = [scene.ask_about(offer, label_key="button_details")]
    if match.qualifies is not None and can_remind:
        then = f"{offer.id}:{match.qualifies.day:%Y%m%d}"
        buttons.append(Ask(scene.say("button_remind_then"), taps.write("q", then)))
    if offer.documents and not match.unmet:
        buttons.append(Ask(scene.say("button_documents"), taps.write("d", offer.id)))
    buttons.append(save_button(offer.id, scene))
    return buttons
