"""What sort of order a text is, if it is one at all.

Safety before everything else; a question, a doubt or a "nie" is no order. Of several words of
orders in one text the stronger decides: "dziękujemy, quiz odwołany" cancels a quiz.
"""

from bot.announcements.orders.lengths import length_in
from bot.announcements.orders.words import Said
from bot.language.times import words as say

Aim = str
"""The name of an order as `triggers.yaml` has it."""

_ALARMS = ("child", "all_clear", "evacuation", "first_aid")
_PROGRAMME = ("restore", "cancel", "delay", "speaker", "move")
_ORDER = (
    *(
        "parking",
        "wifi",
        "correction",
        "restore",
        "cancel",
        "delay",
        "stand",
        "speaker",
        "move",
        "found",
    ),
    *("lost", "seats", "full", "meal", "soon", "new_point", "quiet", "survey", "thanks"),
    *("wont_be", "takes_place"),
)
_NEEDS_NO_NEGATION = frozenset(
    {"cancel", "delay", "speaker", "move", "takes_place", "found", "lost"}
)
_WHERE = frozenset("w we na o u przy in at on by в у на о об".split())
SOON = frozenset("zaraz niedlugo wkrotce soon зараз незабаром скоро".split())
"""What begins a text that announces what begins."""

_FIRST_WORDS = 4
_POLITE = frozenset(
    "a i hej czesc witam przepraszam prosze hi hello sorry please а і привіт".split()
)


def aim_of(said: Said) -> Aim | None:
    """Say what is ordered; `None` where nothing is."""
    if said.has("unanswered"):
        return "unanswered"
    if said.has("most_asked"):
        return "most_asked"
    if said.has("statistics"):
        return "statistics"
    if is_question(said):
        return None
    for alarm in _ALARMS:
        if said.has(alarm) and not (alarm in ("evacuation", "first_aid") and said.has("lesson")):
            return alarm
    if said.has("doubt"):
        return None
    return next((aim for aim in _ORDER if said.has(aim) and _holds(aim, said)), _bare(said))


def is_question(said: Said) -> bool:
    """Say whether something is asked: an organizer may ask as a visitor does."""
    begins = any(met.name == "question" and met.start < _FIRST_WORDS for met in said.sides)
    return said.text.rstrip().endswith("?") or said.has("asked") or (begins and _asks(said))


def _asks(said: Said) -> bool:
    """Say whether the question word stands first, but for a polite beginning."""
    first = min(met.start for met in said.sides if met.name == "question")
    return all(word in _POLITE for word in said.words[:first])


def _holds(aim: Aim, said: Said) -> bool:
    """Say whether the words of an order are meant as one, by what stands beside them."""
    match aim:
        case "parking":
            return said.has("full")
        case "wifi":
            return said.has("wifi") and _has_any(
                said, "haslo", "hasla", "password", "пароль", "siec", "network"
            )
        case "meal":
            return any(word[0].isdigit() or word in say.HOURS for word in said.words)
        case "takes_place":
            return not _bare(said) and not _is_negated(aim, said)
        case "stand":
            return _stand_comes_first(said)
        case "wont_be":
            return _is_off(said)
        case "new_point" | "quiet" | "survey" | "thanks":
            return True
        case _ if aim in _NEEDS_NO_NEGATION:
            return not _is_negated(aim, said)
        case _:
            return True


def _is_off(said: Said) -> bool:
    """Say whether "nie będzie" is about a whole: not late, not full, not elsewhere, not led by."""
    if said.has("cancel", "delay", "move", "speaker", "full", "seats", "restore"):
        return False
    behind = (said.words[met.end : met.end + 1] for met in said.triggers if met.name == "wont_be")
    return not any(word and word[0] in _WHERE for word in behind)


def _bare(said: Said) -> Aim | None:
    """Take "Za 10 minut gala" for what begins, and "No quiz today" for what does not."""
    if said.words[:1] == ("no",):
        return "wont_be"
    if said.words and said.words[0] in SOON:
        return "soon"
    starts = said.places_of("ahead")
    # "Za 10 minut gala", and "gala za 10 min" to the end.
    lengths = [(n, length_in(said.words[n + 1 : n + 4])) for n in starts]
    is_last = any(one and n + 1 + one.end == len(said.words) for n, one in lengths)
    return "soon" if 0 in starts or is_last else None


def _stand_comes_first(said: Said) -> bool:
    nouns = ("stoisk", "stand", "booth", "стенд", "boks")
    starts = [
        n for n, word in enumerate(said.words) if word.startswith(nouns) or word in ("st", "nr")
    ]
    triggers = [met.start for met in said.triggers if met.name == "stand"]
    return bool(starts and triggers) and min(starts) < max(triggers)


def _is_negated(aim: Aim, said: Said) -> bool:
    met = [one for one in said.triggers if one.name == aim]
    negated = said.places_of("negation")
    return all(any(n in negated for n in range(max(0, one.start - 2), one.start)) for one in met)


def _has_any(said: Said, *beginnings: str) -> bool:
    return any(word.startswith(beginnings) for word in said.words)
