"""Draws offers: plain HTML, every text escaped, headings in order, no script."""

from collections.abc import Iterable, Iterator
from html import escape

from bot.knowledge.model import Exhibitor, LocalText, Offer, Place
from bot.support.reasons import said_qualifying, why_not
from bot.support.results import Match
from bot.support.said import said_area, said_day, said_intake, said_support, said_topics
from bot.support.terms import is_stale
from bot.support.voice import PlainVoice

PATH = "/oferty"


def draw_offer(match: Match, voice: PlainVoice, *, query: str, level: int) -> str:
    """Draw an offer under a heading of a level; its name leads to a page of its own."""
    offer = match.offer
    title = escape(voice.read(offer.title))
    address = escape(f"{PATH}/{offer.id}{query}")
    name = f'<a href="{address}">{title}</a>' if level > 1 else title
    example = _tag(voice.say("note_example")) if offer.example else ""
    return (
        f'<article id="{escape(offer.id)}">\n<h{level}>{name} {example}</h{level}>\n'
        f"{_stale(offer, voice)}{_paragraphs(_opening(match, voice))}"
        f"<dl>\n{''.join(_pairs(match, voice))}</dl>\n"
        f"{_listed('ol', voice.say('steps'), map(voice.read, offer.how_to_apply))}"
        f"{_listed('ul', _label(voice.say('line_documents', value='')), _papers(offer, voice))}"
        f"{_notes(offer, voice)}</article>\n"
    )


def _stale(offer: Offer, voice: PlainVoice) -> str:
    """Warn before all else that a record is old."""
    if offer.checked is None or not is_stale(offer, voice.today):
        return ""
    said = voice.say("support_stale", day=said_day(offer.checked.date, voice))
    return f'<p class="stale">{escape(said)}</p>\n'


def _opening(match: Match, voice: PlainVoice) -> Iterator[str]:
    for topic in match.unmet:
        yield voice.say("support_why_not", value=why_not(topic, match.offer, voice))
    if match.qualifies is not None:
        yield said_qualifying(match.qualifies, voice)
    if match.offer.alert is not None and voice.today <= match.offer.alert.until:
        yield voice.read(match.offer.alert.text)
    if match.offer.description is not None:
        yield voice.read(match.offer.description)


def _pairs(match: Match, voice: PlainVoice) -> Iterator[str]:
    """Write what is known as terms and descriptions."""
    offer = match.offer
    lines = [
        ("line_provider", _provider(offer, voice)),
        ("line_for_whom", ", ".join(map(voice.read, offer.who_can_use))),
        ("line_area", ", ".join(said_area(area, voice) for area in offer.area)),
        ("line_conditions", voice.read(offer.conditions) if offer.conditions else ""),
        ("line_cost", voice.read(offer.cost) if offer.cost else ""),
        ("support_amount", said_support(offer, voice)),
        ("line_duration", voice.read(offer.duration) if offer.duration else ""),
        ("support_hours", voice.read(offer.hours) if offer.hours else ""),
        ("line_legal_basis", ", ".join(offer.legal_basis)),
    ]
    for key, value in lines:
        if value:
            yield _pair(voice.say(key, value=value))
    for line in said_intake(offer, match.intake, voice):
        yield _pair(line)
    if match.unsure and not match.unmet:
        yield _pair(voice.say("support_unsure", value=said_topics(match.unsure, voice)))
    yield from _contact(offer, voice)


def _pair(line: str) -> str:
    label, _, value = line.partition(": ")
    return f"<dt>{escape(label)}</dt><dd>{escape(value)}</dd>\n"


def _contact(offer: Offer, voice: PlainVoice) -> Iterator[str]:
    contact = offer.contact
    web = contact.web or ""
    address = web if web.startswith(("http://", "https://")) else f"https://{web}"
    phone = "".join(sign for sign in contact.phone or "" if sign in "+0123456789")
    links = (
        ("line_phone", contact.phone, f"tel:{phone}"),
        ("line_email", contact.email, f"mailto:{contact.email}"),
        ("line_web", contact.web, address),
    )
    for key, shown, target in links:
        if shown:
            label = _label(voice.say(key, value=""))
            link = f'<a href="{escape(target)}" rel="noreferrer">{escape(shown)}</a>'
            yield f"<dt>{escape(label)}</dt><dd>{link}</dd>\n"


def _label(line: str) -> str:
    return line.rstrip(": ")


def _provider(offer: Offer, voice: PlainVoice) -> str:
    provider = voice.knowledge.get(offer.provider) if offer.provider else None
    name = getattr(provider, "name", None)
    if isinstance(provider, Exhibitor | Place) or isinstance(name, LocalText):
        return voice.read(name) if isinstance(name, LocalText) else ""
    return voice.read(offer.provider_text) if offer.provider_text else ""


def _papers(offer: Offer, voice: PlainVoice) -> Iterator[str]:
    for paper in offer.documents:
        where = voice.read(paper.where_to_get) if paper.where_to_get else ""
        besides = [where, voice.say("support_optional") if paper.optional else ""]
        said = "; ".join(one for one in besides if one)
        yield f"{voice.read(paper.name)} ({said})" if said else voice.read(paper.name)


def _notes(offer: Offer, voice: PlainVoice) -> str:
    """Write what else holds: what is not covered, the disclaimer, the source, how old it is."""
    notes = []
    if offer.for_.excluded:
        said = ", ".join(voice.read(one.text) for one in offer.for_.excluded)
        notes.append(voice.say("support_not_paid", value=said))
    if offer.disclaimer is not None:
        notes.append(voice.read(offer.disclaimer))
    if offer.src_ref:
        notes.append(voice.say("note_source", source=offer.src_ref))
    if offer.as_of:
        notes.append(voice.say("note_as_of", date=".".join(reversed(offer.as_of.split("-")))))
    if offer.example:
        notes.append(voice.say("offers_page_example"))
    return "".join(f'<p class="note">{escape(note)}</p>\n' for note in notes)


def _tag(text: str) -> str:
    return f'<span class="tag">{escape(text)}</span>'


def _paragraphs(texts: Iterable[str]) -> str:
    return "".join(f"<p>{escape(text)}</p>\n" for text in texts)


def _listed(tag: str, label: str, items: Iterable[str]) -> str:
    rows = "".join(f"<li>{escape(item)}</li>" for item in items)
    return f"<p>{escape(label)}</p>\n<{tag}>{rows}</{tag}>\n" if rows else ""
