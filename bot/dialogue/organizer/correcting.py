"""Corrects or recalls what was sent; what it changed in the programme can be taken back with it."""

import datetime as dt
from dataclasses import replace

from bot.announcements.lines import line_of
from bot.announcements.model import Announcement, Content, Draft, Kind
from bot.announcements.orders.drafting import draft_of_changes
from bot.announcements.telling import changes_in
from bot.announcements.wording import Wording
from bot.dialogue.organizer import safety, taps
from bot.dialogue.organizer.drafts import SAFETY_KINDS, change, keep_and_show, show
from bot.dialogue.organizer.office import Case, Replies
from bot.dialogue.organizer.taking_back import corrected_by, list_lines, undoing_of
from bot.dialogue.scene import Scene, shortened
from bot.dialogue.sheet import Sheet
from bot.knowledge.changes import Change
from bot.knowledge.laying import laid_over
from bot.language.catalog import say
from bot.messaging.languages import Language
from bot.messaging.reply import Ask, Reply

UNDO, ONLY = "undo", "only"
"""What a button chooses: the change is taken back too, or the message alone is corrected."""

WHAT_LIMIT = 200
"""Signs of what is recalled, so that it can be told from other messages."""

_HOUR = dt.timedelta(hours=1)


async def correct(case: Case, one: Announcement, chosen: str) -> Replies:
    """Draft a correction: the same texts, to be changed, for the same people."""
    if one.draft.kind is Kind.EVACUATION:
        # Its text is prepared and its zone part of it: it is called anew.
        return await safety.evacuation(case, "")
    return await _correcting(case, one, Kind.CORRECTION, chosen)


async def recall(case: Case, one: Announcement, chosen: str) -> Replies:
    """Draft a recall: what was announced does not hold. An evacuation is called off instead."""
    if one.draft.kind is Kind.EVACUATION:
        return await safety.all_clear(case)
    return await _correcting(case, one, Kind.RECALL, chosen)


async def mended(press: taps.Press, one: Announcement, case: Case) -> Replies:
    """Do what a button of a correction asks for: undo the change too, or tell people anew."""
    if one.draft.corrects is None:
        return await show(case, one.id)
    if press.what == "anew":
        return await change(case, one, replace(one.draft, tells_anew=press.value == "1"))
    return await _undo_too(case, one)


async def _undo_too(case: Case, one: Announcement) -> Replies:
    """Let the draft of a correction take the change back too."""
    corrected = await corrected_by(case, one.draft)
    back = (await undoing_of(case, corrected)).back if corrected else ()
    if corrected is None or not back or one.draft.content.changes:
        return await show(case, one.id)
    fresh = _draft(one.draft.kind, corrected, back, case.scene)
    content = one.draft.content
    by_hand = {language: content.text(language) for language in content.edited}
    texts = dict(fresh.content.texts) | by_hand
    content = replace(fresh.content, texts=texts, title=content.title, edited=content.edited)
    urgency = max(fresh.urgency, one.draft.urgency)
    return await change(case, one, replace(one.draft, content=content, urgency=urgency))


async def _correcting(case: Case, one: Announcement, kind: Kind, chosen: str) -> Replies:
    undone = await undoing_of(case, one)
    if undone.back and chosen not in (UNDO, ONLY):
        return (_question(case, one, kind, undone.back, undone.stays),)
    back = undone.back if chosen == UNDO else ()
    kind = one.draft.kind if one.draft.kind in SAFETY_KINDS else kind
    return await keep_and_show(case, _draft(kind, one, back, case.scene))


def _question(
    case: Case,
    one: Announcement,
    kind: Kind,
    back: tuple[Change, ...],
    stays: tuple[Change, ...],
) -> Reply:
    scene, sheet = case.scene, Sheet(case.scene)
    sheet.say("org_undo_question", number=one.id)
    list_lines(changes_in(one), case, sheet)
    sheet.part()
    sheet.say("org_undo_back")
    list_lines(back, case, sheet)
    if stays:
        sheet.part()
        sheet.say("org_undo_stays")
        list_lines(stays, case, sheet)
    what = "rc" if kind is Kind.RECALL else "c"
    return sheet.reply(
        Ask(scene.say("button_undo_too"), taps.write(what, one.id, UNDO)),
        Ask(scene.say("button_message_only"), taps.write(what, one.id, ONLY)),
        Ask(scene.say("button_announcements"), taps.write("n")),
    )


def _draft(kind: Kind, one: Announcement, back: tuple[Change, ...], scene: Scene) -> Draft:
    """Draft it: for whom it was, and once more for all who have the message already."""
    before = one.draft
    expires = before.expires_at
    if expires is not None and expires <= scene.now:
        expires = scene.now + _HOUR
    content, urgency = Content(), before.urgency
    if back:
        told = draft_of_changes(back, laid_over(scene.knowledge, back), scene.now)
        content, urgency = told.content, max(told.urgency, urgency)
        expires = max(filter(None, (told.expires_at, expires)), default=None)
    texts = {language: _text(kind, one, content, language, scene) for language in Language}
    titles = {language: _title(kind, one, language) for language in Language}
    link = "" if kind is Kind.RECALL else before.content.link
    content = replace(content, texts=texts, title=titles, link=link)
    return Draft(kind, urgency, content, before.audience, expires_at=expires, corrects=one.id)


def _text(kind: Kind, one: Announcement, undone: Content, language: Language, scene: Scene) -> str:
    now = undone.texts.get(language, "")
    if kind is Kind.RECALL:
        # What was, and is again, stands in the lines of what is taken back.
        what = _subject(one, language, scene) if now else _what(one, language, scene)
        recalled = say(language, "recall_text", what=what)
        return "\n".join(filter(None, (recalled, now)))
    if now:
        return say(language, "order_correction", right=now)
    return one.draft.content.text(language)


def _title(kind: Kind, one: Announcement, language: Language) -> str:
    if kind is Kind.RECALL:
        return say(language, "recall_title")
    title = one.draft.content.headline(language)
    return say(language, "correction_title" if title else "correction_plain", title=title)


def _what(one: Announcement, language: Language, scene: Scene) -> str:
    """Say what is recalled in one line, so that everybody knows which message is meant."""
    changes = changes_in(one)
    lines = [line_of(change, scene.knowledge, language) for change in changes]
    said = "; ".join(line for line in lines if line)
    if not said or one.draft.content.edited:
        content = one.draft.content
        title, text = content.headline(language), " ".join(content.text(language).split())
        said = text if not title or text.startswith(title) else f"{title}. {text}"
    return _as_sentence(said)


def _subject(one: Announcement, language: Language, scene: Scene) -> str:
    """Say in a few words what the recalled message was about: "Zmiana sali – Seminarium"."""
    wording = Wording(language, scene.knowledge, scene.today)
    titles = dict.fromkeys(wording.title_of_change(change) for change in changes_in(one))
    headline = one.draft.content.headline(language)
    return _as_sentence(" – ".join(filter(None, (headline, "; ".join(titles)))))


def _as_sentence(said: str) -> str:
    short = shortened(said, WHAT_LIMIT).rstrip(".")
    return short if short.endswith("…") else f"{short}."
