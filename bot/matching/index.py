"""The index: a message comes in, ranked entries with reasons go out.

Few candidates are found by their rarest words, then each is compared phrasing by phrasing:
how much of the question does it explain, and how much of it does the question name.
`bot.matching.decide` goes on from there.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from heapq import nlargest

from bot.language.tokens import tokenize
from bot.matching.calibrate import Calibration, Evidence, calibrate
from bot.matching.collection import FIELDS, Collection, collect
from bot.matching.compare import (
    CANDIDATES,
    Comparison,
    candidates,
    compare,
    hopeful,
    matched_features,
)
from bot.matching.decide import Decision, decide
from bot.matching.entries import Entry, Field
from bot.matching.frames import frames
from bot.matching.lexicon import Lexicon, shipped_lexicon
from bot.matching.linear import Example, LinearModel, share_for
from bot.matching.question import Question, read_question
from bot.matching.results import Hit, Ranking, WordMatch
from bot.matching.trials import trials
from bot.matching.vocabulary import How, Meeting, Vocabulary

__all__ = ["Hit", "How", "Index", "Ranking", "WordMatch", "build_index"]

_FIELD_NAMES = tuple(field.value for field in FIELDS)
_TELLING = frozenset(("how-much", "why", "when"))
_MISTAKEN = 0.4
"""What is left of an entry's score when the question names somebody it is mistaken for."""


class Index:
    """All entries, ready to be asked. Immutable but for its caches."""

    def __init__(self, collection: Collection) -> None:
        """Wrap the collected entries; `build_index` does this and calibrates."""
        self.calibration = Calibration()
        self.collection = collection
        self._mistaken = _mistaken_names(collection.entries)
        examples = _examples(collection.entries)
        self._model_share = share_for(_counts(examples, len(collection.entries)))
        self._model = LinearModel(examples) if self._model_share else None

    def rank(self, query: str, *, limit: int = 10, kinds: frozenset[str] | None = None) -> Ranking:
        """Rank the entries for a message, the likeliest first."""
        question = self.read(query)
        compared = self.compare(question, kinds=kinds)
        if not compared:
            return Ranking((), question.unknown_words)
        sure = self.calibration.confidence(self.evidence(question, compared))
        best = compared[0].score
        ways = [
            {met.feature: met.how for met in reversed(unit.meetings)} for unit in question.units
        ]
        hits = tuple(
            self._hit(question, ways, one, sure * self.calibration.share(one.score, best))
            for one in compared[:limit]
        )
        return Ranking(hits, question.unknown_words)

    def decide(self, ranking: Ranking) -> Decision:
        """Decide with the thresholds that were calibrated for these entries."""
        return decide(ranking, self.calibration.thresholds)

    def read(self, query: str) -> Question:
        """Read a message as a question to these entries."""
        return read_question(query, self.collection.vocabulary, self._rarity)

    def compare(
        self,
        question: Question,
        *,
        kinds: frozenset[str] | None = None,
        without_entry: int = -1,
        without_phrasing: int = -1,
    ) -> list[Comparison]:
        """Compare a question with the likeliest entries, as if some did not exist."""
        matched = matched_features(question.units)
        mistaken = self._mistaken_for(question.words) if self._mistaken else frozenset()
        found = candidates(question, self.collection, CANDIDATES, kinds, without_entry)
        likely = hopeful(found) if without_phrasing < 0 else list(found)
        rates: dict[int, float] = {}
        if self._model is not None:
            rates = self._model.rates(question.text)
            likely = list(dict.fromkeys(likely + self._likely_by_model(rates, kinds)))
        compared = []
        for entry in likely:
            if entry == without_entry:
                continue
            one = compare(question, matched, self.collection, entry, without_phrasing)
            if rates:
                rate = min(max(rates.get(entry, 0.0), 0.0), 1.0)
                one.score += self._model_share * (rate - one.score)
            if entry in mistaken:
                one.score *= _MISTAKEN
            if one.score > 0:
                compared.append(one)
        compared.sort(key=lambda one: (-one.score, one.entry))
        return compared

    def evidence(self, question: Question, compared: Sequence[Comparison]) -> Evidence:
        """Gather what speaks for and against the first of the compared entries."""
        first = compared[0]
        total = question.total
        # A frame word that nothing meets ("kto robi …") speaks neither for nor against;
        # asking for a price or a time that the entry does not speak of does.
        counted = sum(
            unit.weight
            for unit, (feature, _) in zip(question.units, first.met, strict=True)
            if feature >= 0 or not unit.is_frame or frames().asks.get(unit.word) in _TELLING
        )
        share = total / (counted or total)
        return Evidence(
            score=first.score * share,
            coverage=first.coverage * share,
            explained=first.coverage * total,
            unexplained=counted - first.coverage * total,
            named=first.phrase * share,
        )

    def _likely_by_model(self, rates: dict[int, float], kinds: frozenset[str] | None) -> list[int]:
        entries = self.collection.entries
        wanted = (each for each in rates if kinds is None or entries[each].kind in kinds)
        return nlargest(5, wanted, key=rates.__getitem__)

    def _rarity(self, meetings: Sequence[Meeting]) -> float:
        best = meetings[0].rate
        for met in meetings:
            best = max(best, met.rate)
        held = sum(
            len(self.collection.entries_with(met.feature))
            for met in meetings
            if met.rate >= best - 0.1
        )
        return self.collection.rarity(held)

    def _mistaken_for(self, words: Sequence[str]) -> frozenset[int]:
        found: set[int] = set()
        for size in (1, 2, 3):
            for start in range(len(words) - size + 1):
                found.update(self._mistaken.get(" ".join(words[start : start + size]), ()))
        return frozenset(found)

    def _hit(
        self, question: Question, ways: Sequence[Mapping[int, How]], one: Comparison, score: float
    ) -> Hit:
        """Say of a compared entry what met; `ways` has per word of the question by what."""
        entry = self.collection.entries[one.entry]
        names = self.collection.vocabulary.names
        matches = [
            WordMatch(unit.word, names[feature], _FIELD_NAMES[of_field], way[feature])
            for unit, way, (feature, of_field) in zip(question.units, ways, one.met, strict=True)
            if feature >= 0
        ]
        return Hit(entry.id, entry.kind, score, tuple(matches))


def build_index(entries: Iterable[Entry], lexicon: Lexicon | None = None) -> Index:
    """Index entries and calibrate how sure to be of what is found among them."""
    vocabulary = Vocabulary(lexicon or shipped_lexicon())
    index = Index(collect(tuple(entries), vocabulary))
    index.calibration = calibrate(trials(index))
    return index


def _examples(entries: Sequence[Entry]) -> list[Example]:
    return [
        Example(phrasing.text, number, phrasing.field)
        for number, entry in enumerate(entries)
        for phrasing in entry.phrasings
        if phrasing.field in _ASKED
    ]


_ASKED = frozenset((Field.NAME, Field.QUESTION, Field.VARIANT))
"""The fields that say how people ask."""


def _counts(examples: Sequence[Example], entries: int) -> list[int]:
    """Count the examples of each entry, its name not among them."""
    counts = Counter(example.entry for example in examples if example.field is not Field.NAME)
    return [counts[entry] for entry in range(entries)]


def _mistaken_names(entries: Sequence[Entry]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for number, entry in enumerate(entries):
        for name in entry.not_me:
            words = [token.text.replace("-", "") for token in tokenize(name)]
            found[" ".join(words)].append(number)
    return dict(found)
