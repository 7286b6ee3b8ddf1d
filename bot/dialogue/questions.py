"""Cuts a message into the questions that it holds: greetings off, two questions apart."""

import re
from collections.abc import Iterator

from bot.dialogue.phrases import phrase_book, words_of
from bot.language.tokens import tokenize

MOST = 3
"""Questions of one message that are answered."""

_SENTENCE_END = re.compile(r"(?<=[?!])\s+|\n+|(?<=[^\W\d]{4})\.\s+")
# Where a second question may begin within a sentence, in Polish, English, Ukrainian, Russian.
_JOINT = re.compile(
    r",?\s+(?:i|oraz|a także|a|and|also|та|і|й|и|а також)\s+"
    r"(?=(?:o której|o ktorej|gdzie|kiedy|kto|ile|co|jak|czy|która|ktora|jakie|skąd|w której"
    r"|do której"
    r"|where|when|who|what|how|which|is there|are there|at what"
    r"|де|коли|хто|скільки|що|як|чи|о котрій|яка|які|где|когда|кто|сколько|во сколько)\b)",
    re.IGNORECASE,
)


def questions_in(text: str) -> tuple[str, ...]:
    """List the questions of a message, at most `MOST`; the message itself if it is one."""
    parts = [part.strip() for part in _SENTENCE_END.split(text) if part.strip(" .,;!?…")]
    parts = [part for part in parts if not _is_talk(part)] or parts[:1]
    questions = [question for part in parts for question in _apart(part)]
    if len(questions) > 1 and not all(_says_something(question) for question in questions):
        # A part that says nothing by itself belongs to the rest: "przepraszam. gdzie wc?".
        questions = [one for one in questions if _says_something(one)] or [text]
    return tuple(questions[:MOST]) or (text,)


def corrected(question: str) -> tuple[str, bool]:
    """Take "nie, chodzi mi o CIS" as "CIS", and say whether it was such a correction."""
    tokens = tokenize(question)
    for met in phrase_book("followups").find([token.text for token in tokens]):
        if met.name == "correction" and met.start <= 1 and met.end < len(tokens):
            return question[tokens[met.end].start :], True
    return question, False


def _apart(part: str) -> Iterator[str]:
    pieces = [piece.strip() for piece in _JOINT.split(part)]
    # "Gdzie i o której jest gala?" is one question; only what stands alone is cut off.
    if len(pieces) > 1 and _has_content(pieces[0]):
        yield from pieces
    else:
        yield part


def _is_talk(part: str) -> bool:
    words = [token.text for token in tokenize(part)]
    book = phrase_book("talk")
    covered = {
        n
        for met in book.find(words)
        if met.name in ("greeting", "thanks", "bye")
        for n in range(met.start, met.end)
    }
    return bool(words) and len(covered) == len(words)


def _says_something(part: str) -> bool:
    words = [token.text for token in tokenize(part)]
    return (
        bool(phrase_book("facets").find(words))
        or _has_content(part)
        or bool(phrase_book("requests").find(words))
    )


def _has_content(part: str) -> bool:
    words = [token.text for token in tokenize(part)]
    asked = {n for met in phrase_book("facets").find(words) for n in range(met.start, met.end)}
    filler = words_of("filler")
    return any(n not in asked and word not in filler for n, word in enumerate(words))
