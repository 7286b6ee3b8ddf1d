"""The two pages: all offers with their filters, and one offer at an address of its own."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from html import escape

from bot.knowledge.model import AreaKind, Knowledge, Need, Offer
from bot.messaging.languages import Language
from bot.support.answers import FORM_ANSWERS
from bot.support.needs import needs_of
from bot.support.results import Match, match_of, results
from bot.support.said import said_day
from bot.support.situation import Situation
from bot.support.terms import Intake
from bot.support.voice import PlainVoice
from bot.web.offers.drawing import PATH, draw_offer
from bot.web.offers.filters import Filters

LANGUAGES = {Language.PL: "Polski", Language.EN: "English", Language.UK: "Українська"}
OPEN = (Intake.OPEN, Intake.ALWAYS, Intake.NOT_KNOWN)


def page_of_offers(knowledge: Knowledge, filters: Filters, now: dt.datetime) -> str:
    """Draw all offers that answer what was chosen, in groups."""
    voice = PlainVoice(filters.language, knowledge, now.date())
    found = results(knowledge.offers.values(), filters.situation, now, knowledge.areas)
    fits = [match for match in found.fits if not filters.is_open or match.intake in OPEN]
    groups = [("offers_page_fits", fits)]
    if not filters.is_open:
        groups += [
            ("offers_page_nearly", list(found.nearly)),
            ("offers_page_over", list(found.passed)),
        ]
    body = "".join(_group(key, group, voice, filters) for key, group in groups if group)
    if not fits:
        body = f"<p>{escape(voice.say('support_nothing'))}</p>\n{body}"
    title = voice.say("offers_page_title")
    lead = f"<p>{escape(voice.say('offers_page_lead'))}</p>\n"
    filtering = _filters(knowledge, filters, voice)
    return _page(title, f"{lead}{filtering}{body}", voice, filters, PATH)


def page_of_one(offer: Offer, knowledge: Knowledge, filters: Filters, now: dt.datetime) -> str:
    """Draw one offer."""
    voice = PlainVoice(filters.language, knowledge, now.date())
    match = match_of(offer, Situation(), now, knowledge.areas)
    query = filters.cleared().query
    back = f'<p><a href="{escape(PATH + query)}">{escape(voice.say("button_all_offers"))}</a></p>\n'
    article = draw_offer(match, voice, query=query, level=1)
    title = voice.read(offer.title)
    return _page(title, f"{article}{back}", voice, filters.cleared(), f"{PATH}/{offer.id}")


def page_of_none(knowledge: Knowledge, filters: Filters, now: dt.datetime) -> str:
    """Say that there is no such offer, and lead to the others."""
    voice = PlainVoice(filters.language, knowledge, now.date())
    query = filters.cleared().query
    body = (
        f"<p>{escape(voice.say('offers_page_unknown'))}</p>\n"
        f'<p><a href="{escape(PATH + query)}">{escape(voice.say("button_all_offers"))}</a></p>\n'
    )
    return _page(voice.say("offers_page_title"), body, voice, filters.cleared(), PATH)


def _group(key: str, group: Sequence[Match], voice: PlainVoice, filters: Filters) -> str:
    query = filters.cleared().query
    drawn = "".join(draw_offer(match, voice, query=query, level=3) for match in group)
    return f"<section>\n<h2>{escape(voice.say(key, count=len(group)))}</h2>\n{drawn}</section>\n"


def _filters(knowledge: Knowledge, filters: Filters, voice: PlainVoice) -> str:
    offered = frozenset(need for one in knowledge.offers.values() for need in needs_of(one))
    needs = [(need.value, voice.say(f"need_{need.value}")) for need in Need if need in offered]
    forms = [(form, voice.say(f"support_answer_form_{form}")) for form in FORM_ANSWERS]
    areas = [
        (area.id, voice.read(area.name))
        for area in knowledge.areas.values()
        if area.kind in (AreaKind.COUNTY, AreaKind.MUNICIPALITY)
    ]
    is_open = [("1", voice.say("offers_page_open"))]
    drawn = "".join(
        _filter(name, choices, filters, voice)
        for name, choices in (("need", needs), ("form", forms), ("area", areas), ("open", is_open))
        if choices
    )
    clear = ""
    if not filters.is_empty:
        address = escape(PATH + filters.cleared().query)
        clear = f'<p><a href="{address}">{escape(voice.say("offers_page_clear"))}</a></p>\n'
    label = escape(voice.say("offers_page_filters"))
    return f'<nav class="filters" aria-label="{label}">\n{drawn}{clear}</nav>\n'


def _filter(
    name: str, choices: Iterable[tuple[str, str]], filters: Filters, voice: PlainVoice
) -> str:
    """Draw one filter: a list of links that unfolds without a script."""
    chosen = filters.chosen(name)
    everything = ("", voice.say("offers_page_all"))
    all_choices = [everything, *choices]
    said = next((label for value, label in all_choices if value == chosen), everything[1])
    key = "offers_page_when" if name == "open" else f"offers_page_{name}"
    links = "".join(_link(name, value, label, chosen, filters) for value, label in all_choices)
    summary = f"{escape(voice.say(key))}: <strong>{escape(said)}</strong>"
    return f"<details>\n<summary>{summary}</summary>\n<ul>{links}</ul>\n</details>\n"


def _link(name: str, value: str, label: str, chosen: str, filters: Filters) -> str:
    address = escape(PATH + filters.with_(name, value).query)
    current = ' aria-current="true"' if value == chosen else ""
    return f'<li><a href="{address}"{current}>{escape(label)}</a></li>'


def _page(title: str, body: str, voice: PlainVoice, filters: Filters, path: str) -> str:
    knowledge, language = voice.knowledge, voice.language
    fair = escape(voice.read(knowledge.event.name))
    has_examples = any(offer.example for offer in knowledge.offers.values())
    # Invented offers are for trying out, not for search engines.
    robots = '<meta name="robots" content="noindex">\n' if has_examples else ""
    heading = "" if body.startswith("<article") else f"<h1>{escape(title)}</h1>\n"
    return f"""<!doctype html>
<html lang="{language.value}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
{robots}<title>{escape(title)} · {fair}</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/oferty.css">
</head>
<body>
<a class="skip" href="#main">{escape(voice.say("offers_page_skip"))}</a>
<header>
<p class="fair">{fair}</p>
<nav class="languages" aria-label="{escape(voice.say("offers_page_languages"))}">
{"".join(_languages(filters, path))}</nav>
</header>
<main id="main">
{heading}{body}</main>
<footer>
<p>{escape(voice.say("offers_page_as_of", day=said_day(voice.today, voice)))}
<a href="/">{escape(voice.say("offers_page_chat"))}</a></p>
</footer>
</body>
</html>
"""


def _languages(filters: Filters, path: str) -> Iterator[str]:
    for language, name in LANGUAGES.items():
        address = escape(path + filters.in_language(language).query)
        current = ' aria-current="true"' if language is filters.language else ""
        code = language.value
        yield f'<a href="{address}" lang="{code}" hreflang="{code}"{current}>{name}</a>\n'
