"""A draft as the organizers see it: its texts, whom it reaches, and what can be done with it."""

from collections.abc import Sequence
from dataclasses import replace

from bot.announcements.model import (
    STAFF_ONLY,
    Announcement,
    Content,
    Draft,
    Kind,
    State,
    Urgency,
)
from bot.announcements.queries import announcements
from bot.announcements.telling import told
from bot.dialogue.answers.own import LANGUAGE_NAMES
from bot.dialogue.organizer import taps
from bot.dialogue.organizer.audience import said_audience
from bot.dialogue.organizer.numbers import said_reach
from bot.dialogue.organizer.office import Case, Replies
from bot.dialogue.organizer.taking_back import choices_of_correction, tell_what_stays
from bot.dialogue.organizer.timing import EXPIRY, said_moment
from bot.dialogue.scene import Scene, shortened
from bot.dialogue.sheet import Sheet
from bot.messaging.languages import Language
from bot.messaging.reply import Ask, Card, Reply

DRAFTS_SHOWN = 10
"""Drafts on one screen."""

TEXT_LIMIT = 1000
"""Signs of a text; longer messages are limited earlier by the platforms, and read by fewer."""

TITLE_LIMIT = 120

SAFETY_KINDS = STAFF_ONLY | {Kind.EVACUATION, Kind.ALL_CLEAR}


def read_words(words: str, title: str = "") -> tuple[str, str]:
    """Part what was typed into a title and a text: the first of several lines is the title."""
    first, _, rest = words.strip().partition("\n")
    if rest.strip() and len(first) <= TITLE_LIMIT:
        return first.strip(), rest.strip()
    return title, words.strip()


async def new_draft(case: Case, words: str) -> Replies:
    """Make a draft of free words, and show it."""
    title, text = read_words(words)
    if len(text) > TEXT_LIMIT:
        return (too_long(case.scene, len(text)),)
    content = Content({Language.PL: text}, {Language.PL: title} if title else {})
    expires_at = case.scene.now + EXPIRY
    draft = Draft(Kind.FREE, Urgency.IMPORTANT, content, expires_at=expires_at)
    return await keep_and_show(case, draft)


async def keep_and_show(case: Case, draft: Draft) -> Replies:
    """Keep a new draft and show it."""
    number = await announcements.keep_draft(case.store, draft, case.member.name, case.scene.now)
    await case.note("draft", str(number))
    return await show(case, number)


async def show(case: Case, number: int, *, replaces: bool = False) -> Replies:
    """Show a draft; whatever is no draft any more is said to be none."""
    one = await announcements.announcement(case.store, number)
    if one is None or one.state is not State.DRAFT:
        return (no_draft(case.scene, number),)
    return (await _screen(case, one, replaces=replaces),)


async def change(case: Case, one: Announcement, draft: Draft) -> Replies:
    """Keep a draft as it is now, and show it."""
    await announcements.change_draft(case.store, one.id, draft)
    await case.note("edit", str(one.id))
    return await show(case, one.id, replaces=bool(case.turn.tapped))


async def rewrite(case: Case, one: Announcement, language: Language, words: str) -> Replies:
    """Take what was typed for the text of a draft in one language."""
    content = one.draft.content
    title, text = read_words(words, content.title.get(language, ""))
    if len(text) > TEXT_LIMIT:
        return (too_long(case.scene, len(text)),)
    content = content.rewritten(language, text)
    if title:
        content = replace(content, title=dict(content.title) | {language: title})
    return await change(case, one, replace(one.draft, content=content))


def ask_for_text(case: Case, one: Announcement, language: Language) -> Reply:
    """Ask for another text, and show the present one to copy from."""
    sheet = Sheet(case.scene)
    sheet.say("org_type_text", language=LANGUAGE_NAMES[language])
    present = one.draft.content.texts.get(language)
    if present:
        sheet.part()
        sheet.add(present)
    return sheet.reply(Ask(case.scene.say("button_cancel"), taps.write("d", one.id)))


async def list_drafts(case: Case, before: int = 0) -> Replies:
    """List what was drafted and not sent: by colleagues, and by the bot after edits of the YAML.

    Args:
        case: whose turn it is.
        before: list what was drafted before this number; 0 for the newest.
    """
    found = await announcements.drafts(case.store, DRAFTS_SHOWN + 1, before)
    shown = found[:DRAFTS_SHOWN]
    older = [case.scene.say("button_older_drafts")] if len(found) > DRAFTS_SHOWN else []
    sheet = Sheet(case.scene)
    sheet.title = case.scene.say("org_drafts_title")
    sheet.say("org_drafts_which" if found else "org_drafts_none")
    return (
        sheet.reply(
            *(Ask(_label(one, case.scene), taps.write("d", one.id)) for one in shown),
            *(Ask(label, taps.write("lo", shown[-1].id)) for label in older),
            Ask(case.scene.say("button_new_draft"), taps.write("new")),
        ),
    )


async def preview(case: Case, one: Announcement, language: Language) -> Replies:
    """Show how each platform will show it. Nothing can be sent from here."""
    sheet = Sheet(case.scene)
    sheet.title = case.scene.say("org_preview_title", number=one.id)
    message = told(one, language, case.scene.knowledge, one.draft.audience.records)
    cards = [
        Card(channel.capitalize(), part)
        for channel, courier in sorted(case.office.couriers.items())
        for part in courier.preview(message)
    ]
    if not cards:
        cards = [Card("", "\n\n".join(filter(None, (message.title, message.text, message.note))))]
    others = [
        Ask(LANGUAGE_NAMES[other], taps.write("v", one.id, other.value))
        for other in Language
        if other is not language
    ]
    back = Ask(case.scene.say("button_to_draft"), taps.write("d", one.id))
    return (sheet.reply(*others, back, cards=tuple(cards), replaces=True),)


def no_draft(scene: Scene, number: int) -> Reply:
    """Say that there is no such draft any more."""
    sheet = Sheet(scene)
    sheet.say("org_no_draft", number=number)
    return sheet.reply(
        Ask(scene.say("button_drafts"), taps.write("l")),
        Ask(scene.say("button_announcements"), taps.write("n")),
    )


def too_long(scene: Scene, signs: int) -> Reply:
    """Say that a text is too long."""
    sheet = Sheet(scene)
    sheet.say("org_too_long", signs=signs, limit=TEXT_LIMIT)
    return sheet.reply()


def headline(one: Announcement, language: Language) -> str:
    """Say in one line what an announcement is."""
    content = one.draft.content
    return content.headline(language) or content.text(language).partition("\n")[0]


def _label(one: Announcement, scene: Scene) -> str:
    return shortened(f"{one.id}. {headline(one, scene.language)}")


async def _screen(case: Case, one: Announcement, *, replaces: bool) -> Reply:
    scene, draft = case.scene, one.draft
    sheet = Sheet(scene)
    kind = scene.say(f"org_kind_{draft.kind.value}")
    sheet.title = scene.say("org_draft_title", number=one.id, kind=kind)
    if draft.corrects:
        key = "org_corrects_anew" if draft.tells_anew else "org_corrects"
        sheet.say(key, number=draft.corrects)
    sheet.say("org_audience", audience=said_audience(draft.audience, scene))
    sheet.add(await said_reach(case, draft))
    when = said_moment(draft.not_before, scene) if draft.not_before else scene.say("org_at_once")
    sheet.say("org_when", when=when)
    if draft.expires_at:
        sheet.say("org_expires", when=said_moment(draft.expires_at, scene))
    if one.created_by:
        sheet.say("org_drafted_by", name=one.created_by)
    await tell_doubts(case, one, sheet)
    cards = tuple(_card(draft.content, language, scene) for language in Language)
    choices = await choices_of_correction(case, one)
    return sheet.reply(*_buttons(one, scene, *choices), cards=cards, replaces=replaces)


async def tell_doubts(case: Case, one: Announcement, sheet: Sheet) -> None:
    """Warn of what is easily overlooked before a draft is sent."""
    content = one.draft.content
    if older := content.left_behind():
        languages = ", ".join(LANGUAGE_NAMES[language] for language in older)
        sheet.say("org_texts_left_behind", languages=languages)
    await tell_what_stays(case, one.draft, sheet)


def _card(content: Content, language: Language, scene: Scene) -> Card:
    text = content.texts.get(language)
    if text is None:
        return Card(LANGUAGE_NAMES[language], scene.say("org_polish_goes"))
    title = content.title.get(language, "")
    return Card(LANGUAGE_NAMES[language], "\n".join(filter(None, (title, text))))


def _buttons(one: Announcement, scene: Scene, *choices: Ask) -> Sequence[Ask]:
    number, draft = one.id, one.draft
    if draft.kind in STAFF_ONLY:
        return _asks(scene, number, ("button_to_staff", "o", draft.fingerprint), _TEXT, _DROP)
    if draft.kind is Kind.EVACUATION:
        return _asks(scene, number, ("button_evacuate", "e1", draft.fingerprint), _DROP)
    if draft.kind is Kind.ALL_CLEAR:
        return _asks(scene, number, ("button_all_clear", "o", draft.fingerprint), _TEXT, _DROP)
    send_on = _asks(scene, number, ("button_send_on", "s", ""))
    others = _asks(
        scene,
        number,
        ("button_preview", "v", scene.language.value),
        _TEXT,
        ("button_text_en", "t", "en"),
        ("button_text_uk", "t", "uk"),
        ("button_audience", "a", ""),
        ("button_when", "w", ""),
        ("button_expiry", "x", ""),
        _DROP,
    )
    return [*send_on, *choices, *others]


_TEXT = ("button_text_pl", "t", "pl")
_DROP = ("button_drop_draft", "del", "")


def _asks(scene: Scene, number: int, *keys: tuple[str, str, str]) -> list[Ask]:
    return [Ask(scene.say(key), taps.write(what, number, value)) for key, what, value in keys]
