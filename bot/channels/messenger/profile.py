"""What visitors see of the Page before they write: greeting, "Get Started", menu, questions.

Read first, and set only where it differs, for the platform allows ten calls in ten
minutes for a Page. It takes three at most: one to read, one for "Get Started", which
the menu cannot be without, and one for the rest.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.channels.messenger.graph import Graph
from bot.channels.messenger.options import GET_STARTED
from bot.messaging.languages import Language

GREETING_LIMIT = 160
MENU_TITLE_LIMIT = 30
QUESTION_LIMIT = 80
QUESTIONS = 4

PARTS = ("get_started", "greeting", "persistent_menu", "ice_breakers")

LOCALES: Mapping[Language, tuple[str, ...]] = {
    Language.PL: ("pl_PL",),
    Language.EN: ("en_US", "en_GB"),
    Language.UK: ("uk_UA",),
}

Texts = Mapping[Language, str]


@dataclass(frozen=True, slots=True)
class Entry:
    """Something to tap: what it says, and the data that comes back."""

    payload: str
    texts: Texts


@dataclass(frozen=True, slots=True)
class Profile:
    """How the Page presents the bot.

    Attributes:
        greeting: what stands in an empty conversation, up to 160 signs.
        menu: what is always at hand; titles of up to 30 signs, best five.
        questions: what can be asked with a tap at the beginning: up to 4 of 80 signs.
    """

    greeting: Texts
    menu: tuple[Entry, ...]
    questions: tuple[Entry, ...]

    def __post_init__(self) -> None:
        """Refuse what the platform would refuse."""
        _check([self.greeting], GREETING_LIMIT)
        _check([entry.texts for entry in self.menu], MENU_TITLE_LIMIT)
        _check([entry.texts for entry in self.questions], QUESTION_LIMIT)
        if len(self.questions) > QUESTIONS:
            raise ValueError(f"a Page has {QUESTIONS} questions at most")


@dataclass(frozen=True, slots=True)
class Difference:
    """A part of the profile that is not as it should be.

    Attributes:
        part: its name, as the platform calls it.
        shown: what the Page has; `None` for nothing.
    """

    part: str
    shown: Any
    wanted: Any


async def differences(profile: Profile, graph: Graph, default: Language) -> tuple[Difference, ...]:
    """Say what of the Page's profile is not as it should be, in the order in which to set it.

    Args:
        profile: as it should be.
        graph: the way to the Page; one call.
        default: the language for whoever's is none of ours.

    Raises:
        CallError: it could not be read.
    """
    shown = await graph.profile(PARTS)
    return tuple(
        Difference(part, shown.get(part), wanted)
        for part, wanted in _parts(profile, default)
        if not _is_like(shown.get(part), wanted)
    )


async def publish(found: Sequence[Difference], graph: Graph) -> None:
    """Set what differs: "Get Started" first, the rest in one call.

    Raises:
        CallError: it could not be set.
    """
    first = {one.part: one.wanted for one in found if one.part == "get_started"}
    rest = {one.part: one.wanted for one in found if one.part != "get_started"}
    for parts in (first, rest):
        if parts:
            await graph.set_profile(parts)


def _parts(profile: Profile, default: Language) -> Iterator[tuple[str, Any]]:
    spoken = [
        ("default", default),
        *((locale, language) for language in Language for locale in LOCALES[language]),
    ]
    yield "get_started", {"payload": GET_STARTED}
    yield (
        "greeting",
        [{"locale": locale, "text": profile.greeting[language]} for locale, language in spoken],
    )
    yield (
        "persistent_menu",
        [
            {
                "locale": locale,
                "composer_input_disabled": False,
                "call_to_actions": [
                    {
                        "type": "postback",
                        "title": entry.texts[language],
                        "payload": entry.payload,
                    }
                    for entry in profile.menu
                ],
            }
            for locale, language in spoken
        ],
    )
    yield (
        "ice_breakers",
        [
            {
                "locale": locale,
                "call_to_actions": [
                    {"question": entry.texts[language], "payload": entry.payload}
                    for entry in profile.questions
                ],
            }
            for locale, language in spoken
        ],
    )


def _is_like(shown: Any, wanted: Any) -> bool:
    """Compare what the Page has; what the platform adds of its own makes no difference."""
    if isinstance(wanted, dict):
        return isinstance(shown, dict) and all(
            _is_like(shown.get(key), value) for key, value in wanted.items()
        )
    if isinstance(wanted, list):
        if not isinstance(shown, list) or len(shown) != len(wanted):
            return False
        pairs = zip(_by_locale(shown), _by_locale(wanted), strict=True)
        return all(_is_like(one, other) for one, other in pairs)
    return bool(shown == wanted)


def _by_locale(parts: list[Any]) -> list[Any]:
    """Put locales in one order; whatever has none keeps its place, for it is seen there."""
    if all(isinstance(part, dict) and "locale" in part for part in parts):
        return sorted(parts, key=lambda part: str(part["locale"]))
    return parts


def _check(texts: Sequence[Texts], limit: int) -> None:
    for one in texts:
        for language in Language:
            if not 1 <= len(one[language]) <= limit:
                raise ValueError(f"“{one[language]}” needs 1 to {limit} signs")
