"""Folding: what people type alike becomes equal. Case, diacritics, quotes, homoglyphs.

`fold` is the first thing that happens to every text, of visitors and of records
alike, so it works by one `str.translate` and looks closer only at Cyrillic.
"""

import re
import unicodedata
from functools import cache

# These letters have no decomposition in Unicode.
_UNDECOMPOSED = {"ł": "l", "đ": "d", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"}
_APOSTROPHES = "'’ʼ‘`´ʹ′＇"
_CYRILLIC_KEPT = "йї"
"""Letters whose decomposition would make another letter of them."""

_LATIN_LIKE_CYRILLIC = str.maketrans("aceiopxykmtbhu", "асеіорхукмтвни")
_CYRILLIC_LIKE_LATIN = str.maketrans("асеіорхукмтвн", "aceiopxykmtbh")
_MIXED = re.compile(r"[a-z]+[а-яіїєё]|[а-яіїєё]+[a-z]")
_WORD = re.compile(r"\w+")
_CYRILLIC = re.compile(r"[а-яіїєё]")


def fold(text: str) -> str:
    """Make what people type alike equal: "Łódź" → "lodz", "п’ять" → "пять".

    Cyrillic stays Cyrillic; a Latin letter inside a Cyrillic word (or the reverse) is
    taken for the one it looks like. Folding twice changes nothing.
    """
    folded = unicodedata.normalize("NFKC", text).casefold().translate(_table())
    if not folded.isascii() and _MIXED.search(folded):
        folded = _WORD.sub(_in_one_alphabet, folded)
    return folded


@cache
def _table() -> dict[int, str | None]:
    table: dict[int, str | None] = {ord(sign): None for sign in _APOSTROPHES}
    table.update({ord(sign): " " for sign in '„”“«»"\u00ad\u200b\u200c\u200d\ufeff'})
    table.update({ord(sign): "-" for sign in "‐‑‒–—−"})
    for code in range(0xC0, 0x530):
        letter = chr(code)
        base = _UNDECOMPOSED.get(letter) or _without_marks(letter)
        if letter not in _CYRILLIC_KEPT and base != letter:
            table[code] = base
    table.update({ord("ґ"): "г", ord("ё"): "е", **dict.fromkeys(range(768, 880))})
    return table


def _without_marks(letter: str) -> str:
    parts = unicodedata.normalize("NFD", letter)
    return "".join(part for part in parts if not unicodedata.combining(part))


def _in_one_alphabet(word: re.Match[str]) -> str:
    letters = word[0]
    cyrillic = len(_CYRILLIC.findall(letters))
    latin = sum("a" <= letter <= "z" for letter in letters)
    if not cyrillic or not latin:
        return letters
    table = _LATIN_LIKE_CYRILLIC if cyrillic >= latin else _CYRILLIC_LIKE_LATIN
    return letters.translate(table)
