"""Words of one family: the endings that Polish, English and Ukrainian words change.

No lemmatiser: cutting endings from a short table finds most of what one would, costs
microseconds, and works for words without diacritics and for names no dictionary holds.
A stem is only a key for comparing, never shown.
"""

import re
from functools import cache, lru_cache
from types import MappingProxyType

_SHORTEST_STEM = 3

_POLISH = """
    a e i o u y ie ia ii iu em om owi ami ach iami iach iem iom iowi mi ow iow
    ego emu ymi ych ym imi ich im ej iej iego iemu
    ac am asz aja al ala alo ali aly ic isz il ila ilo ili ily yc ysz yl yla yli cie imy ymy amy
    owac uje uja ujesz ujemy ujecie owal owala owali owalem owalam
    emy acie ecie icie ycie alem alam ilem ilam ylem ylam
"""
_ENGLISH = "ed ing"
_UKRAINIAN = """
    а я о е и і у ю ї й ь ам ям ом ем єм ею єю ою ами ями ах ях ів їв ей ої ій их іх ого ього ому
    ьому ими іми им ім ий ові еві ти ть ться тися ю єш ємо имо ють уть ать ять ала ало али
    ила или ити ати яти ити ує ують увати ував ла ло ли вся лася лося лися юся шся мося
    ы ов ев ие ия ии ию ое ые ую ий ый ой ать ить ет ут ют ит ят
"""
_ACRONYM = "u a ie em owi e y i ow om ami ach owe owy owa wi s у а і и ом ем ів ові ах"


@lru_cache(maxsize=4096)
def stems(word: str) -> tuple[str, ...]:
    """Cut the ending off a folded word; words that share a stem are of one family.

    One stem for a Cyrillic word; for a Latin one that of Polish and that of English. After
    them come those that a sound may hide which changes within: стола for стіл, miast for
    "mieście".
    """
    if len(word) < _SHORTEST_STEM or not word.isalpha():
        return (word,)
    if "а" <= word[0] <= "ї":
        stem = _cut(word, _UKRAINIAN)
        return tuple("у:" + each for each in (stem, *_ukrainian_others(word, stem)))
    polish, english = _hardened(_cut(word, _POLISH)), _english(word)
    others = [f"p:{each}" for each in _polish_others(word)]
    others += [f"e:{each}" for each in english[1:]]
    return (f"p:{polish}", f"e:{english[0]}", *others)


def is_acronym_ending(text: str) -> bool:
    """Say whether this is an ending as people hang it on an acronym: ROPS-u, CAO-wi."""
    return text in _endings(_ACRONYM)[0]


@cache
def _endings(table: str) -> tuple[frozenset[str], int]:
    endings = frozenset(table.split())
    return endings, max(map(len, endings))


def _cut(word: str, table: str) -> str:
    endings, longest = _endings(table)
    for size in range(min(longest, len(word) - _SHORTEST_STEM), 0, -1):
        if word[-size:] in endings:
            return word[:-size]
    return word


def _hardened(stem: str) -> str:
    """Undo what an ending did to the last consonant: książek → książk, drodze → drog."""
    for soft, hard in (("ek", "k"), ("dz", "g"), ("rz", "r"), ("cz", "k"), ("c", "k")):
        if stem.endswith(soft) and len(stem) - len(soft) >= _SHORTEST_STEM - 1:
            return stem[: -len(soft)] + hard
    return stem


def _polish_others(word: str) -> tuple[str, ...]:
    """Find the stems that a Polish form may hide: warsztacie, obiedzie, krawca, swetra."""
    for soft, hard in (("dzie", "d"), ("cie", "t"), ("iec", "k"), ("ier", "r"), ("er", "r")):
        stem = word[: -len(soft)] + hard
        if word.endswith(soft) and len(stem) >= _SHORTEST_STEM:
            # Before a hard consonant "ie" is "ia": obiad, miasto, kwiat.
            with_a = re.sub(r"ie(?=[^aeiouy]{1,2}$)", "ia", stem)
            return (stem, with_a) if with_a != stem and hard in "dt" else (stem,)
    return ()


def _ukrainian_others(word: str, stem: str) -> tuple[str, ...]:
    """Find the stems that a Ukrainian form may hide: стіл for стола, руці for рука."""
    if word[-2:] in _SOFTENED:
        return (stem[:-1] + _SOFTENED[word[-2:]],)
    if word[-2:] in _PAST and word[:-1] != stem:
        return (word[:-1],)  # As well a noun: школа is no past of anything.
    closed = _CLOSED.search(stem)
    if closed and stem == word.removesuffix("ь"):
        return tuple(stem[: closed.start()] + vowel + stem[closed.end() :] for vowel in "ое")
    return ()


_SOFTENED = MappingProxyType({"ці": "к", "зі": "г", "сі": "х"})
_PAST = frozenset(("ла", "ло", "ли"))
_CLOSED = re.compile(r"і(?=(?:[^аеєиіїоуюя]|ст)$)")
"""An і in the last syllable, which is о or е once an ending opens it."""


def _english(word: str) -> tuple[str, ...]:
    """Cut an English ending, for the word with a final e and the one without: bake, baked."""
    if word.endswith("ings"):
        word = word[:-1]
    if word.endswith("ies"):
        return (word[:-3] + "y",)
    if word.endswith(("ing", "ed")):
        stem = _cut(word, _ENGLISH)
        if len(stem) > _SHORTEST_STEM and stem[-1] == stem[-2]:
            return (stem[:-1], stem)
        return (stem, stem + "e") if stem != word else (word,)
    if word.endswith("es") and word[:-2].endswith(_SIBILANTS):
        return (word[:-2], word[:-1])
    return (_cut(word, "s"),)


_SIBILANTS = ("s", "x", "z", "ch", "sh")
