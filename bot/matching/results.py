"""What matching answers: ranked hits, each with the words that met."""

from dataclasses import dataclass

from bot.matching.vocabulary import How


@dataclass(frozen=True, slots=True)
class WordMatch:
    """A word of the question met something in an entry.

    Attributes:
        met: the entry's word, or the concept that both share.
        field: where it stands in the entry.
    """

    word: str
    met: str
    field: str
    how: How


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that may be meant.

    Attributes:
        score: how surely it is the one, 0 to 1, calibrated on the knowledge at hand.
    """

    id: str
    kind: str
    score: float
    matches: tuple[WordMatch, ...]


@dataclass(frozen=True, slots=True)
class Ranking:
    """The best hits first, and the words that nothing explains."""

    hits: tuple[Hit, ...]
    unknown_words: tuple[str, ...]
