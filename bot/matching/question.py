"""A message becomes a question: its words with what they stand for and how much each counts."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.language.tokens import PER_CENT, Token
from bot.matching.codes import code_tokens, spelled_out, stand_codes_in
from bot.matching.frames import SOFT_WEIGHT, STOP_WEIGHT, TIME_WEIGHT, frames, mistyped_frame
from bot.matching.inflection import is_acronym_ending, stems
from bot.matching.lexicon import Said
from bot.matching.number_words import numbers_added
from bot.matching.phrasebook import Span
from bot.matching.vocabulary import How, Meeting, Vocabulary

_Rarity = Callable[[Sequence[Meeting]], float]

_READ, _WORDS = 2000, 80
"""So many signs and words of a message are read; nobody asks in more."""
_LONGEST_WORD = 40
_NUMBERED = frozenset(("nr", "numer", "numerem", "numeru", "no", "number", "num", "номер"))
"""Words for the number of a stand as of anything else: "sala numer 2"."""
_FRAME_SHARE = 0.25
"""How much a frame word counts at most, against the most telling word of the question."""
UNKNOWN_WEIGHT = 0.7
"""How much a word counts that neither the entries nor the lexicon know, against 1 for a
word that only one entry holds: what we don't know is most likely what it is about."""


@dataclass(slots=True)
class Unit:
    """One word of a question (or a code, or a name of several words).

    Attributes:
        weight: how much it says what the question is about, 0 to 1.
        is_frame: it only carries the question.
    """

    word: str
    meetings: list[Meeting]
    weight: float = 0.0
    is_frame: bool = False
    is_known: bool = True


@dataclass(frozen=True, slots=True)
class Question:
    """What a message asks, ready to be compared with entries."""

    text: str
    units: tuple[Unit, ...]
    words: tuple[str, ...]
    weights: tuple[float, ...]
    total: float

    @property
    def unknown_words(self) -> tuple[str, ...]:
        """The words that nothing in the knowledge or the lexicon explains."""
        return tuple(unit.word for unit in self.units if not unit.is_known)


def read_question(text: str, vocabulary: Vocabulary, rarity: _Rarity) -> Question:
    """Read a message, codes first; `rarity` rates what few entries hold, 0 to 1."""
    tokens = code_tokens(text[:_READ])[:_WORDS]
    units: list[Unit] = []
    words: list[str] = []
    at = 0
    stands = {
        found.start: found for found in stand_codes_in(tokens) if f"#{found.code}" in vocabulary
    }
    while at < len(tokens):
        if at in stands:
            code = stands[at]
            numbers = [f"#{code.code}"]
            if tokens[at].text in _NUMBERED:
                numbers.append(code.code)
            met = [
                Meeting(vocabulary.word(each), 1.0, How.CODE)
                for each in numbers
                if each in vocabulary
            ]
            units.append(Unit(numbers[0], met, 1.0))
            at = max(code.end, at + 1)
        else:
            is_share = _is_share(tokens, at)
            said, at = _words_at(tokens, at, vocabulary)
            words += said
            if is_share:
                units.append(Unit(said[0], [], SOFT_WEIGHT, is_frame=True))
            else:
                units += [_unit(word, vocabulary, rarity) for word in said]
    _lighten_recipients(units)
    _join_phrases(units, vocabulary, rarity)
    if all(unit.is_frame for unit in units):
        for unit in units:
            if unit.weight == SOFT_WEIGHT and unit.meetings:
                unit.weight, unit.is_frame = rarity(unit.meetings), False
    else:
        most = _FRAME_SHARE * max(unit.weight for unit in units if not unit.is_frame)
        for unit in units:
            if unit.is_frame:
                unit.weight = min(unit.weight, max(most, STOP_WEIGHT))
    telling = [unit for unit in units if unit.weight > STOP_WEIGHT]
    weights = tuple(unit.weight for unit in telling or units)
    return Question(text, tuple(telling or units), tuple(words), weights, sum(weights) or 1.0)


def _words_at(
    tokens: Sequence[Token], at: int, vocabulary: Vocabulary
) -> tuple[tuple[str, ...], int]:
    """Read the word at `at`, which people may have split, joined or spelled out."""
    text = tokens[at].text
    following = [token.text for token in tokens[at : at + 8]]
    letters, count = spelled_out(following, 0)
    while count >= 2:
        if letters in vocabulary:
            return (letters,), at + count
        letters, count = letters[:-1], count - 1
    number, count = numbers_added(following)
    if count and str(number) in vocabulary and (count > 1 or text not in vocabulary):
        return (str(number),), at + count
    if len(following) > 1 and _is_split(text, following[1], vocabulary):
        return (text + following[1],), at + 2
    return _parts(text, vocabulary), at + 1


def _lighten_recipients(units: Sequence[Unit]) -> None:
    """Let "dla babci" say little beside what is sought for her."""
    framed = frames()
    sought = [unit for unit in units if not unit.is_frame]
    for at, unit in enumerate(units):
        if unit.is_frame or len(sought) < 2 or stems(unit.word)[0] not in framed.kin:
            continue
        if any(before.word in framed.gives for before in units[max(0, at - 2) : at]):
            unit.weight *= _RECIPIENT


def _is_share(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a number tells how much of something: no stand, and no amount of the fair."""
    after = tokens[at + 1].text if at + 1 < len(tokens) else ""
    return tokens[at].text.isdigit() and after.startswith(_PER_CENT)


def _is_split(one: str, other: str, vocabulary: Vocabulary) -> bool:
    """Say whether two words are one written apart: "wi fi", "cwis e", "pomocna dlon"."""
    if min(len(one), len(other)) > 2 and one in vocabulary and other in vocabulary:
        return False
    joined = one + other
    if not joined.isalpha() or (len(one) < 2 and len(other) < 2):
        return joined == "wc"
    if joined in vocabulary:
        return not (joined in frames().weights or (one in frames().weights and len(one) < 3))
    is_framed = one in frames().weights or other in frames().weights
    return len(other) <= 2 and not is_framed and vocabulary.lexicon.has(joined)


def _parts(text: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Take a hyphenated word as a whole, as an inflected acronym, or apart."""
    if "-" not in text and "'" not in text:
        return _unglued(text, vocabulary)
    parts = [part for part in text.replace("'", "-").split("-") if part]
    joined = "".join(parts)
    if joined in vocabulary or vocabulary.lexicon.has(joined):
        return (joined,)
    if len(parts) == 2 and is_acronym_ending(parts[1]):
        return (parts[0],)
    return tuple(parts)


def _unglued(text: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Take apart two words written as one: pomocnadlon."""
    if not 8 <= len(text) <= _LONGEST_WORD or not text.isalpha() or vocabulary.is_known(text):
        return (text,)
    for at in range(3, len(text) - 2):
        if text[:at] in vocabulary and text[at:] in vocabulary:
            return (text[:at], text[at:])
    return (text,)


def _unit(word: str, vocabulary: Vocabulary, rarity: _Rarity) -> Unit:
    if word in frames().weights:
        return _frame_unit(word, vocabulary)
    meetings = list(vocabulary.meetings(word))
    if not meetings and _CLOCK.fullmatch(word):
        return Unit(word, meetings, TIME_WEIGHT, is_frame=True)
    if len(word) > 4 and stems(word)[0] in frames().soft_families:
        return Unit(word, meetings, SOFT_WEIGHT, is_frame=True)
    slipped = _slipped_frame(word, meetings, vocabulary)
    if slipped is not None:
        return slipped
    if meetings and meetings[0].rate >= _FOUND:
        return Unit(word, meetings, rarity(meetings))
    if not vocabulary.is_known(word):
        meant = None if vocabulary.lexicon.knows(word) else mistyped_frame(word)
        if meant is not None:
            return _frame_unit(meant, vocabulary)
        if not meetings or meetings[0].rate < _ANY:
            return Unit(word, meetings, UNKNOWN_WEIGHT, is_known=word.isdigit())
    # Known by the lexicon and held by no entry: this is what is asked for, and not here.
    return Unit(word, meetings, UNKNOWN_WEIGHT if meetings else 1.0)


def _slipped_frame(word: str, meetings: list[Meeting], vocabulary: Vocabulary) -> Unit | None:
    """Make a unit of a word that is met as a mistyped frame word of the entries."""
    if not meetings or meetings[0].rate < _SLIP or meetings[0].feature < vocabulary.first_word:
        return None
    meant = vocabulary.names[meetings[0].feature]
    if meant in frames().weights:
        return _frame_unit(meant, vocabulary)
    if len(meant) > 4 and stems(meant)[0] in frames().soft_families:
        return Unit(word, meetings, SOFT_WEIGHT, is_frame=True)
    return None


_CLOCK = re.compile(r"\d{1,2}[:.]\d{2}|\d{1,2}(?:h|pm|am)|\d{1,2}[./]\d{1,2}[./]\d{2,4}")
"""Times and dates, which are read elsewhere."""
_PER_CENT = (PER_CENT[:4], "percent", "відсот", "процент")
_WITHIN = 0.8
"""How much a word's own meaning counts once a phrase has taken it up."""
_BEYOND = 0.4
"""How much a word counts by itself that is part of a phrase which no entry holds."""
_RECIPIENT = 0.35
"""How much of its weight is left to who gets what is sought."""
_FOUND, _SLIP, _ANY = 0.8, 0.6, 0.3
"""From which rate on a meeting explains a word, shows that it was mistyped, may explain it."""


def _frame_unit(word: str, vocabulary: Vocabulary) -> Unit:
    """Make a unit of a frame word, which is met as it stands or not at all."""
    weight = frames().weights[word]
    sure = _SURE_SOFT if weight >= SOFT_WEIGHT else _SURE
    meetings = [met for met in vocabulary.meetings(word) if met.how in sure]
    meetings += vocabulary.meetings_of_ask(word)
    return Unit(word, meetings, weight, is_frame=True)


_SURE = frozenset((How.EXACT, How.CONCEPT))
_SURE_SOFT = _SURE | {How.INFLECTED, How.PART}


def _join_phrases(units: list[Unit], vocabulary: Vocabulary, rarity: _Rarity) -> None:
    """Let words that say a concept together stand for it: "za potrzebą".

    What they say together and no entry holds is not here, whatever one of them alone would
    meet: who asks for "bilety lotnicze" wants no ticket of the fair.
    """
    words = [vocabulary.said_by(unit.word) for unit in units]
    spans = [
        (span, _meetings_of(span, words, vocabulary))
        for span in vocabulary.lexicon.of_phrases(words)
    ]
    held = {place for span, together in spans if together for place in span.places}
    for at in {p for span, together in spans if together and span.is_whole for p in span.places}:
        units[at].meetings = [
            met._replace(rate=met.rate * _WITHIN) if met.how is How.CONCEPT else met
            for met in units[at].meetings
        ]
    for span, together in spans:
        members = [units[place] for place in span.places]
        is_beyond = not together and span.is_whole and held.isdisjoint(span.places)
        for unit in members:
            unit.is_known = True
            if is_beyond:
                unit.meetings = [met._replace(rate=met.rate * _BEYOND) for met in unit.meetings]
            else:
                unit.meetings = _better(unit.meetings, together)
        if (together or is_beyond) and all(unit.is_frame for unit in members):
            heaviest = max(members, key=lambda unit: len(unit.word))
            heaviest.is_frame = False
            heaviest.weight = rarity(together) if together else 1.0


def _meetings_of(span: Span, words: Sequence[Said], vocabulary: Vocabulary) -> list[Meeting]:
    """Find what several words meet together, but for what one of them says by itself.

    Repairing a car is of cars and of repairing, but "repair" is not explained by cars.
    """
    meetings = vocabulary.meetings_of_concept(span.concept, span.rate)
    alone = {concept for at in span.places for concept, _ in words[at].concepts}
    wider = alone.intersection(vocabulary.lexicon.above(span.concept))
    return [met for met in meetings if met.feature not in wider] if wider else meetings


def _better(known: Sequence[Meeting], more: Sequence[Meeting]) -> list[Meeting]:
    best = {met.feature: met for met in known}
    for met in more:
        if met.feature not in best or best[met.feature].rate < met.rate:
            best[met.feature] = met
    return list(best.values())
