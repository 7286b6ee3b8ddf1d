"""Codes before words: stand numbers in all their spellings, and letters spelled out.

A code is read exactly or not at all; no typing mistake is ever assumed in it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from bot.language.tokens import Token, tokenize
from bot.matching.number_words import number_said

_STAND_WORDS = """
    stoisko stoiska stoisku stoiskiem stoisk stoiskach stoiskami stosiko stoiko st stn s stanowisko
    stanowiska stanowisku boks boksie boksu box boxie boxu stolik stoliku stolika stol stole
    namiot namiocie namiotu punkt nr numer numerem numeru no
    stand stands booth booths stall stalls table number num
    стенд стенди стенді стенду стендом стенды стенде стійка номер номером номера бокс столик
"""
_BESIDE_NAMES = "pod na przy obok kolo under at біля під на при у"
_WHO = "kto ktos хто кто"
_STANDS = "stoi jest siedzi стоїть є стоит"
_ON = "na pod на під под"
_AND = "i oraz and lub or і та и"
_GLUED = re.compile(r"(?:st|s|stoisko|stand|ст|с|стенд|nr|boks|box)-?(\d{1,3})-?([a-zа-я]?)")
_FIGURE = re.compile(r"(\d{1,3})-?([a-z]?)")
_LETTER_FIRST = re.compile(r"([a-h])-?(\d{1,3})")
_RANGE = re.compile(r"\d{1,3}(?:[-/]\d{1,3})+")
_RANGE_DASH = re.compile(r"(?<=\d) ?[–—-] ?(?=\d)")
_LETTER = re.compile(r"[a-hа-д]")
_CYRILLIC_LETTERS = str.maketrans("абвгдс", "ABVGDC")


@dataclass(frozen=True, slots=True)
class StandCode:
    """A stand code and the tokens that say it, from `start` to before `end`."""

    code: str
    start: int
    end: int


def stand_codes(text: str) -> tuple[str, ...]:
    """Read the stands that a text names: "st. 12a i 14" → ("12A", "14")."""
    return tuple(dict.fromkeys(found.code for found in stand_codes_in(code_tokens(text))))


def code_tokens(text: str) -> tuple[Token, ...]:
    """Cut a text into tokens, with a range between dashes of any length as one."""
    return tokenize(_RANGE_DASH.sub("-", text))


def stand_codes_in(tokens: Sequence[Token]) -> tuple[StandCode, ...]:
    """Read the stands that these tokens name, in their order."""
    if not any(_may_say_code(token.text) for token in tokens):
        return ()
    found: list[StandCode] = []
    at = 0
    while at < len(tokens):
        codes = _codes_at(tokens, at)
        if codes:
            found += codes
            at = codes[-1].end
        else:
            at += 1
    return tuple(found)


@lru_cache(maxsize=4096)
def _may_say_code(word: str) -> bool:
    """Say whether a word has a figure or is a number: without one no code is said."""
    return number_said(word) is not None or any(sign.isdigit() for sign in word)


def _codes_at(tokens: Sequence[Token], at: int) -> list[StandCode]:
    glued = _GLUED.fullmatch(tokens[at].text)
    if glued:
        return _more(tokens, [StandCode(_code(glued[1], glued[2]), at, at + 1)])
    after = _after_stand_words(tokens, at)
    if after > at:
        first = _figures(tokens, after, is_named=True)
        if first:
            return _more(tokens, [StandCode(code.code, at, code.end) for code in first])
        return []
    if len(tokens) == 1:
        return _figures(tokens, at, is_named=True)
    if tokens[at].text in _words(_BESIDE_NAMES) and at + 1 < len(tokens):
        number = number_said(tokens[at + 1].text)
        if number and number.is_name:
            return [StandCode(str(number.value), at, at + 2)]
    if found := _who_is_there(tokens, at):
        return found
    number = number_said(tokens[at].text)
    if number and number.is_name:
        return [StandCode(str(number.value), at, at + 1)]
    return []


def _who_is_there(tokens: Sequence[Token], at: int) -> list[StandCode]:
    """Read "kto stoi na 12": with no word for a stand, only who is there says that it is one."""
    if tokens[at].text not in _words(_WHO):
        return []
    on = at + 2 if at + 1 < len(tokens) and tokens[at + 1].text in _words(_STANDS) else at + 1
    if on + 2 != len(tokens) or tokens[on].text not in _words(_ON):
        return []
    return _figures(tokens, on + 1, is_named=True)


def _after_stand_words(tokens: Sequence[Token], at: int) -> int:
    """Step over "stoisko", "st. nr", "stoiska numer"; a bare "na" or "punkt" is no stand."""
    start = at
    while at < len(tokens) and tokens[at].text in _words(_STAND_WORDS):
        at += 1
    return at if at < len(tokens) else start


def _figures(tokens: Sequence[Token], at: int, *, is_named: bool) -> list[StandCode]:
    text = tokens[at].text
    if _RANGE.fullmatch(text):
        return [StandCode(part, at, at + 1) for part in _range(text)]
    figure = _FIGURE.fullmatch(text)
    if figure:
        letter, end = figure[2], at + 1
        if not letter and end < len(tokens) and _is_letter(tokens, end):
            letter, end = tokens[end].text, end + 1
        return [StandCode(_code(figure[1], letter), at, end)]
    letter_first = _LETTER_FIRST.fullmatch(f"{text}{_text(tokens, at + 1)}")
    if letter_first and len(text) == 1:
        return [StandCode(letter_first[1].upper() + str(int(letter_first[2])), at, at + 2)]
    if letter_first := _LETTER_FIRST.fullmatch(text):
        return [StandCode(letter_first[1].upper() + str(int(letter_first[2])), at, at + 1)]
    number = number_said(text)
    if number and is_named:
        value, end = number.value, at + 1
        if value >= 20 and value % 10 == 0 and end < len(tokens):
            ones = number_said(tokens[end].text)
            if ones and 0 < ones.value < 10:
                value, end = value + ones.value, end + 1
        return [StandCode(str(value), at, end)]
    return []


def _text(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].text if at < len(tokens) else ""


def _is_letter(tokens: Sequence[Token], at: int) -> bool:
    """Say whether the letter of "12 A" stands here, and no conjunction as in "12 a 14"."""
    if not _LETTER.fullmatch(tokens[at].text):
        return False
    is_last = at + 1 == len(tokens)
    return is_last or tokens[at].raw.isupper()


def _more(tokens: Sequence[Token], codes: list[StandCode]) -> list[StandCode]:
    """Go on after the first: "22, 23, 28 i 29"."""
    while True:
        at = codes[-1].end
        if at < len(tokens) and tokens[at].text in _words(_AND):
            at += 1
        if at >= len(tokens) or not tokens[at].text[0].isdigit():
            return codes
        more = _figures(tokens, at, is_named=True)
        if not more:
            return codes
        codes += more


def _range(text: str) -> list[str]:
    parts = [int(part) for part in re.split(r"[-/]", text)]
    if len(parts) == 2 and "-" in text and parts[0] < parts[1] <= parts[0] + 30:
        return [str(number) for number in range(parts[0], parts[1] + 1)]
    return [str(number) for number in parts]


def _code(figure: str, letter: str) -> str:
    return str(int(figure)) + letter.translate(_CYRILLIC_LETTERS).upper()


@cache
def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


@cache
def _letter_names() -> dict[str, str]:
    names = (
        "a:a be:b by:b ce:c de:d e:e ef:f gie:g ge:g ha:h i:i jot:j ka:k el:l em:m en:n o:o "
        "pe:p ku:q er:r es:s te:t u:u wu:w fau:v iks:x igrek:y zet:z "
        "бе:b ве:w ге:g де:d еф:f ел:l ем:m ен:n пе:p ер:r ес:s те:t ка:k це:c а:a о:o е:e і:i у:u"
    )
    pairs = [(name, letter) for name, _, letter in (pair.partition(":") for pair in names.split())]
    letters = {chr(code): chr(code) for code in range(ord("a"), ord("z") + 1)}
    return letters | dict(pairs)


def spelled_out(words: Sequence[str], start: int) -> tuple[str, int]:
    """Read letters by name from `start`: ["ce", "a", "o"] → ("cao", 3); "" where none are."""
    letters, at = "", start
    while at < len(words) and words[at] in _letter_names():
        letters += _letter_names()[words[at]]
        at += 1
    return (letters, at) if at - start >= 2 else ("", start)
