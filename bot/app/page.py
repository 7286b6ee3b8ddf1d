"""How the Page on Facebook presents the bot, and the links that lead to it."""

from collections.abc import Iterator

from bot.channels.messenger.links import page_link
from bot.channels.messenger.profile import GREETING_LIMIT, Entry, Profile
from bot.dialogue.taps import tap
from bot.dialogue.wishes import AllSeries, Exhibitors, Now
from bot.knowledge.model import Event, Knowledge
from bot.language.catalog import say
from bot.messaging.languages import Language
from bot.support import taps as support
from bot.visitors import taps as personal

PERSON = "/czlowiek"
"""The payload that asks for a person: a command, which the channel keeps to itself."""

_LINKED = (("exhibitors", "e"), ("sessions", "s"), ("offers", "o"), ("places", "p"))


def page_profile(event: Event, *, people: bool) -> Profile:
    """Write what the Page shows before somebody writes.

    Args:
        event: the fair.
        people: whether somebody answers at the Page's inbox.
    """
    payloads = {
        "now": tap(Now()),
        "exhibitors": tap(Exhibitors()),
        "series": tap(AllSeries()),
        "support": support.write("go"),
    }
    own = {"plan": personal.write("p")} | ({"person": PERSON} if people else {})
    return Profile(
        greeting={language: _greeting(event, language) for language in Language},
        menu=tuple(_entry("page_menu", name, data) for name, data in (payloads | own).items()),
        questions=tuple(_entry("page_ask", name, data) for name, data in payloads.items()),
    )


def links_of(knowledge: Knowledge, page: str) -> Iterator[tuple[str, str]]:
    """List what a poster or badge can open, and its address."""
    yield "the beginning", page_link(page)
    for kind, letter in _LINKED:
        for record_id in getattr(knowledge, kind):
            yield f"{kind}: {record_id}", page_link(page, f"{letter}_{record_id}")


def _entry(prefix: str, name: str, payload: str) -> Entry:
    return Entry(payload, {language: say(language, f"{prefix}_{name}") for language in Language})


def _greeting(event: Event, language: Language) -> str:
    whole = say(language, "page_greeting", fair=event.name.in_language(language))
    # That it is a bot comes first: a long name of the fair is what may be cut.
    return whole if len(whole) <= GREETING_LIMIT else whole[: GREETING_LIMIT - 1].rstrip() + "…"
