"""Which language a short text is written in, by its letters and its small words.

Messages are short, without diacritics, and hold Polish names whatever the language.
So only function words and letters count, and where they say nothing, nobody guesses.
"""

import re
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from bot.language.tokens import tokenize
from bot.messaging.languages import Language


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_SMALL_WORDS = MappingProxyType(
    {
        Language.PL: (
            "gdzie kto co czy ile jak jaki jaka jakie kiedy ktora ktory ktore ktorej jest sa byl "
            "byla bylo beda bedzie sie nie tak w z na do od dla o po przy przed oraz albo ale mi "
            "mnie moge mozna prosze dzieki dziekuje czesc witam hej dobry dzien teraz dzis "
            "dzisiaj jutro tutaj stoi stoisko stoiska sala sali szukam chce mam macie maja ten ta "
            "szukamy chcemy potrzebujemy potrzebuje jestesmy chcialbym chcialabym kupie "
            "to tego tej te jakis cos ktos skad dokad dlaczego po co czym kim kogo komu lub bez "
            "pod nad za zeby jestem robi robia zapisac kosztuje prowadzi znajde kupic zjesc "
            "was wam nas "
            "godzina godzinie ktorej pomoc pokaz wiecej inny drugi pierwszy obok kolo blisko"
        ),
        Language.EN: (
            "where who what when which how why is are was were the a an of for to in on at and or "
            "can could do does did i you we they he she it my your me there here this that these "
            "please thanks thank hello hi hey help want need find looking look any some with "
            "without from about near next now today tomorrow morning open close free much many "
            "get got have has any anything something somewhere tell show sell sells buy eat lost "
            "stand room not be will would programme schedule toilet toilets workshop workshops "
            "kids children exhibitors exhibitor every other week weeks month"
        ),
        Language.UK: (
            "de koly hto shcho yak skilky dobryi pryvit dyakuyu dakuyu bud laska budlaska zavtra "
            "sogodni zaraz mozhna ye stend stendi zala zali treba potribno povidomte yaka yakyi "
            "pochatok kudy zvidky chy abo meni vin vona tse"
        ),
    }
)
_POLISH_LETTERS = re.compile(r"[ąćęłńóśźż]")
_UKRAINIAN_LETTERS = re.compile(r"[іїєґ]")
_RUSSIAN_LETTERS = re.compile(r"[ыэъё]")
_CYRILLIC = re.compile(r"[а-яіїєґё]")
_LATIN = re.compile(r"[a-ząćęłńóśźż]")
_RUSSIAN_WORDS = _set(
    "где когда что кто как какой какая сколько есть нет сейчас завтра сегодня можно нужно "
    "помогите здравствуйте привет спасибо пожалуйста начало человеку плохо пожар врач туалет "
    "еда ли мне хочу ищу или это почему куда потерял потеряла помощь ребенок"
)
_UKRAINIAN_WORDS = _set(
    "де коли що хто як який яка скільки є немає зараз завтра сьогодні можна треба допоможіть "
    "привіт дякую будь ласка початок людині погано пожежа лікар туалет чи мені хочу шукаю або "
    "це чому куди загубив загубила допомога дитина на у в з до від про та"
)


@dataclass(frozen=True, slots=True)
class Detected:
    """What a text's language seems to be.

    Attributes:
        language: `None` where the text does not tell. Russian counts as Ukrainian, in which
            it is answered.
        is_certain: enough to change the language of a conversation.
    """

    language: Language | None
    is_certain: bool = False
    is_russian: bool = False


def detect(text: str) -> Detected:
    """Say which language a text is in."""
    lowered = text.casefold()
    # Most texts are ASCII, where no Cyrillic letter needs to be looked for.
    cyrillic = 0 if lowered.isascii() else len(_CYRILLIC.findall(lowered))
    latin = len(_LATIN.findall(lowered))
    if cyrillic > latin:
        return _cyrillic(lowered)
    if not latin:
        return Detected(None)
    return _latin(lowered, cyrillic)


def _cyrillic(text: str) -> Detected:
    words = {token.text for token in tokenize(text)}
    russian = len(words & _RUSSIAN_WORDS) + 2 * len(_RUSSIAN_LETTERS.findall(text))
    ukrainian = len(words & _UKRAINIAN_WORDS) + 2 * len(_UKRAINIAN_LETTERS.findall(text))
    return Detected(Language.UK, is_certain=True, is_russian=russian > ukrainian)


def _latin(text: str, cyrillic: int) -> Detected:
    scores = dict.fromkeys(Language, 0.0)
    by_word = _by_word()
    for token in tokenize(text):
        languages = by_word.get(token.text, ())
        for language in languages:
            # A word of two languages says little; one letter says less.
            scores[language] += (1.0 if len(token.text) > 1 else 0.4) / len(languages)
    if _POLISH_LETTERS.search(text):
        # Names keep their letters in every language: "what does Pomocna Dłoń do".
        is_in_another = max(scores[Language.EN], scores[Language.UK]) >= 1
        scores[Language.PL] += 0.3 if is_in_another else 1.5
    scores[Language.UK] += 1.5 * bool(cyrillic)
    best, second = sorted(scores.values(), reverse=True)[:2]
    if best < 0.4 or best == second:
        return Detected(None)
    language = max(scores, key=lambda one: scores[one])
    return Detected(language, is_certain=best >= 1 and best >= 2 * second)


@cache
def _by_word() -> dict[str, tuple[Language, ...]]:
    found: dict[str, tuple[Language, ...]] = {}
    for language, words in _SMALL_WORDS.items():
        for word in dict.fromkeys(words.split()):
            found[word] = (*found.get(word, ()), language)
    return found
