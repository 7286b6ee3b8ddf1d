"""Finds in a visitor's own words that they want to sign up, book, leave, or be reminded."""

import re
from dataclasses import dataclass

from bot.dialogue.phrases import phrase_book
from bot.knowledge.model import ContactAsked
from bot.knowledge.model.values import EMAIL_PATTERN
from bot.language.fold import fold
from bot.language.tokens import tokenize
from bot.signups.lists import CONTACT_LIMIT, NAME_LIMIT

_LONGEST = 200
_BEGINNING = ("sign_up", "remind", "leave", "book")
_ANYWHERE = ("book", "mine")
_ASKING = frozenset(
    "gdzie kiedy kto co jak ile czy ktora ktory ktore po dlaczego where when who what how which "
    "is are do does why де коли хто що як скільки чи який яка чому навіщо".split()
)
_WORDS_OF_A_NAME = 5
_NAME = re.compile(r"[^\W\d_](?:[^\W\d_]|[ '’ʼ.\-])*")
_LABEL = re.compile(r"^(tel|telefon|phone|e-?mail|тел|телефон)\.?:? ", re.IGNORECASE)
_PHONE = re.compile(r"\+?[\d ().\-/]+")
_DIGITS = range(9, 16)


@dataclass(frozen=True, slots=True)
class Said:
    """A wish about sign-ups.

    Attributes:
        what: the phrase's name.
        rest: the words that say for what; "" where nothing, or "this", was named.
    """

    what: str
    rest: str = ""


def said_in(text: str) -> Said | None:
    """Find the wish; `None` where the words are about something else."""
    if len(text) > _LONGEST:
        return None
    tokens = tokenize(text)
    words = tuple(token.text for token in tokens)
    found = phrase_book("signups").find(words)
    pointing = {n for met in found if met.name == "this" for n in range(met.start, met.end)}
    book = next((met for met in found if met.name == "book"), None)
    for name in _BEGINNING:
        first = [met for met in found if met.name == name and met.start == 0]
        # "Zapisz mnie na konsultacje" is no session of that name: it is a slot of an adviser.
        if not first or (name == "sign_up" and book and book.start == 0):
            continue
        end = max(met.end for met in first)
        if all(n in pointing for n in range(end, len(words))):
            return Said(name)
        return Said(name, text[tokens[end].start :])
    for met in found:
        if met.name in _ANYWHERE:
            return Said(met.name, " ".join((*words[: met.start], *words[met.end :])))
    return None


def command_in(text: str) -> str:
    """Find what somebody says in the middle of a sign-up: "stop", "back", "agree"; "" for none."""
    words = tuple(token.text for token in tokenize(text[:_LONGEST]))
    found = phrase_book("signups").find(words)
    for name in ("stop", "back", "agree"):
        if any(met.name == name and (met.start, met.end) == (0, len(words)) for met in found):
            return name
    return ""


def is_a_question(text: str) -> bool:
    """Say whether words ask for something rather than answer us."""
    return "?" in text or (fold(text).split() or [""])[0] in _ASKING


def name_in(text: str) -> str | None:
    """Read a name; `None` where it does not look like one."""
    name = " ".join(text.split()).strip(" .,")
    short = len(name) <= NAME_LIMIT and len(name.split()) <= _WORDS_OF_A_NAME
    return name if short and _NAME.fullmatch(name) and len(name) > 1 else None


def contact_in(text: str, asked: ContactAsked) -> str | None:
    """Read a phone number or an e-mail address; `None` where it does not look like what is asked.

    A whole sentence is no contact, but "tel. 600 100 200" is.
    """
    written = " ".join(text.split())
    if len(written) > CONTACT_LIMIT:
        return None
    written = _LABEL.sub("", written).strip(" .,;")
    if asked is not ContactAsked.PHONE and re.fullmatch(EMAIL_PATTERN, written):
        return written
    digits = sum(sign.isdecimal() for sign in written)
    if asked is not ContactAsked.EMAIL and _PHONE.fullmatch(written) and digits in _DIGITS:
        return written
    return None
