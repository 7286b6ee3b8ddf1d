"""Numbers in words as people name stands by them: "dwanaście", "dwunastka", "twelve".

What a stand or a room needs: 1 to 60 and a hundred as one word each, more by adding up.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from bot.language.fold import fold


@dataclass(frozen=True, slots=True)
class NumberSaid:
    """A number; `is_name` for the Polish noun that only names things: "dwunastka"."""

    value: int
    is_name: bool = False


def number_said(word: str) -> NumberSaid | None:
    """Read a folded number word; `None` where it is none."""
    if word.isdigit() and len(word) <= 3:
        return NumberSaid(int(word))
    return _words().get(word)


def numbers_added(words: Sequence[str]) -> tuple[int, int]:
    """Add up the number words that these begin with: "one hundred and two" → (102, 4).

    The second is how many words say it; (0, 0) where the first is no number word.
    """
    total, last, count = 0, 1000, 0
    for at, word in enumerate(words):
        if word == "and" and count:
            continue
        said = _words().get(word)
        if said is None or (said.value >= last and said.value != _HUNDRED):
            break
        total = _HUNDRED * max(total, 1) if said.value == _HUNDRED else total + said.value
        last = _HUNDRED if said.value == _HUNDRED else 10 if said.value >= _TWENTY else 1
        count = at + 1
    return total, count


_TWENTY, _HUNDRED = 20, 100

_POLISH = """
    1 jeden jedna jedno jedynka/ pierwsze pierwszym pierwszego
    2 dwa dwie dwójka/ drugie drugim drugiego
    3 trzy trójka/ trzecie trzecim trzeciego
    4 cztery czwórka/ czwarte czwartym czwartego
    5 pięć piątka/ piąte piątym piątego
    6 sześć szóstka/ szóste szóstym szóstego
    7 siedem siódemka/ siódme siódmym siódmego
    8 osiem ósemka/ ósme ósmym ósmego
    9 dziewięć dziewiątka/ dziewiąte dziewiątym dziewiątego
    10 dziesięć dziesiątka/ dziesiąte dziesiątym dziesiątego
    11 jedenaście jedenastka/ jedenaste jedenastym jedenastego
    12 dwanaście dwunastka/ dwunaste dwunastym dwunastego
    13 trzynaście trzynastka/ trzynaste trzynastym trzynastego
    14 czternaście czternastka/ czternaste czternastym czternastego
    15 piętnaście piętnastka/ piętnaste piętnastym piętnastego
    16 szesnaście szesnastka/ szesnaste szesnastym szesnastego
    17 siedemnaście siedemnastka/ siedemnaste siedemnastym siedemnastego
    18 osiemnaście osiemnastka/ osiemnaste osiemnastym osiemnastego
    19 dziewiętnaście dziewiętnastka/ dziewiętnaste dziewiętnastym dziewiętnastego
    20 dwadzieścia dwudziestka/ dwudzieste dwudziestym dwudziestego
    30 trzydzieści trzydziestka/ trzydzieste trzydziestym trzydziestego
    40 czterdzieści czterdziestka/ czterdzieste czterdziestym czterdziestego
    50 pięćdziesiąt pięćdziesiątka/ pięćdziesiąte pięćdziesiątym
    60 sześćdziesiąt sześćdziesiątka/ sześćdziesiąte sześćdziesiątym
    100 sto
"""
_OTHERS = """
    1 one first один одна перший першому першим
    2 two second два дві другий другому другим
    3 three third три третій третьому третім
    4 four fourth чотири четвертий четвертому
    5 five fifth пять п'ять п'ятий п'ятому
    6 six sixth шість шостий шостому
    7 seven seventh сім сьомий сьомому
    8 eight eighth вісім восьмий восьмому
    9 nine ninth дев'ять дев'ятий дев'ятому
    10 ten tenth десять десятий десятому
    11 eleven eleventh одинадцять одинадцятий одинадцятому
    12 twelve twelfth дванадцять дванадцятий дванадцятому
    13 thirteen thirteenth тринадцять тринадцятий тринадцятому
    14 fourteen fourteenth чотирнадцять чотирнадцятий чотирнадцятому
    15 fifteen fifteenth п'ятнадцять п'ятнадцятий п'ятнадцятому
    16 sixteen sixteenth шістнадцять шістнадцятий шістнадцятому
    17 seventeen seventeenth сімнадцять сімнадцятий сімнадцятому
    18 eighteen eighteenth вісімнадцять вісімнадцятий вісімнадцятому
    19 nineteen nineteenth дев'ятнадцять дев'ятнадцятий дев'ятнадцятому
    20 twenty twentieth двадцять двадцятий двадцятому
    30 thirty thirtieth тридцять тридцятий тридцятому
    40 forty fortieth сорок сороковий
    50 fifty fiftieth п'ятдесят
    60 sixty sixtieth шістдесят
    100 hundred сто
"""
_NAME_ENDINGS = ("ka", "ke", "ki", "ce", "ka")


@cache
def _words() -> dict[str, NumberSaid]:
    found: dict[str, NumberSaid] = {}
    for line in (_POLISH + _OTHERS).split("\n"):
        value, *words = line.split() or ["0"]
        for word in words:
            if word.endswith("/"):
                stem = fold(word).removesuffix("/").removesuffix("ka")
                for ending in _NAME_ENDINGS:
                    found[stem + ending] = NumberSaid(int(value), is_name=True)
            else:
                found[fold(word)] = NumberSaid(int(value))
    return found
