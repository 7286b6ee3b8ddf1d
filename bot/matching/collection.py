"""All entries taken apart into numbered features, in arrays: what an index searches.

Words stand in their phrasing's order, each followed by its concepts, so that covering
either covers the word. Arrays instead of objects keep 100,000 entries in memory.
"""

import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field
from itertools import accumulate
from math import log

from bot.language.tokens import Token, tokenize
from bot.matching.entries import FIELD_WEIGHTS, Entry, Field, Phrasing
from bot.matching.frames import frames
from bot.matching.inflection import stems
from bot.matching.vocabulary import Vocabulary

FIELDS = tuple(Field)
WEIGHTS = tuple(FIELD_WEIGHTS[each] for each in FIELDS)

_ACRONYM_FIELDS = (Field.NAME, Field.ALIAS, Field.KEYWORD)
_BRACKETS = re.compile(r"\(([^()]{2,60})\)")
_QUOTED = re.compile(r"[„“«\"]([^„“”«»\"]{2,60})[”“»\"]")
_FRAMES_SAID = 3.0
"""How much more a frame word counts in a phrasing than in a question: who types "seminarium"
has not asked "kto prowadzi seminarium?"."""
FEW_FEATURES = 24
"""So many features of an entry are looked at one by one; of more, those that a question meets
are looked for."""
_MANY = 500
_GIVEN_WORDS = 3
_TITLED = frozenset(("sessions", "series", "offers"))
"""Kinds whose names are titles: what stands in quotes there is what it is about."""
_NO_POSTINGS: "array[int]" = array("I")


@dataclass(slots=True)
class Collection:
    """The entries, their phrasings and the features in them.

    Attributes:
        features: of all phrasings, one after the other.
        phrasing_starts: where in `features` each phrasing begins; one more at the end.
        phrasing_fields: the field of each phrasing, by its number in `FIELDS`.
        phrasing_weights: the sum of its words' weights.
        entry_starts: where in the phrasings each entry begins; one more at the end.
        places: of one feature after the other, where in `features` it stands, in order;
            empty where most entries hold few.
        place_starts: where in `places` those of each feature begin; one more at the end.
        postings: per feature the entries that hold it, the most telling first.
        impacts: per feature, beside `postings`, how telling it is there, 0 to 255.
        maps: per feature that very many entries hold its impact in each entry.
        weights: per feature how much it tells: 1 where only one entry holds it.
    """

    vocabulary: Vocabulary
    entries: tuple[Entry, ...] = ()
    features: "array[int]" = field(default_factory=lambda: array("I"))
    phrasing_starts: "array[int]" = field(default_factory=lambda: array("I", [0]))
    phrasing_fields: bytearray = field(default_factory=bytearray)
    phrasing_weights: "array[float]" = field(default_factory=lambda: array("f"))
    entry_starts: "array[int]" = field(default_factory=lambda: array("I", [0]))
    places: "array[int]" = field(default_factory=lambda: array("I"))
    place_starts: "array[int]" = field(default_factory=lambda: array("I", [0]))
    postings: "dict[int, array[int]]" = field(default_factory=dict)
    impacts: dict[int, bytes] = field(default_factory=dict)
    maps: dict[int, bytearray] = field(default_factory=dict)
    weights: "array[float]" = field(default_factory=lambda: array("f"))

    def entries_with(self, feature: int) -> "array[int]":
        """List the entries that hold a feature."""
        return self.postings.get(feature, _NO_POSTINGS)

    def rarity(self, held_by: float) -> float:
        """Rate how much a word tells that so many entries hold: 1 for one, less for more."""
        count = len(self.entries)
        return min(1.0, log(1 + count / max(held_by, 1.0)) / log(1 + count)) if count else 1.0


def collect(entries: Sequence[Entry], vocabulary: Vocabulary) -> Collection:
    """Take the entries apart."""
    collection = Collection(vocabulary, tuple(entries))
    told: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for number, entry in enumerate(entries):
        here: dict[int, float] = {}
        given = _given_names(entry)
        named = {token.text for name in given for token in tokenize(name)}
        for phrasing in (*entry.phrasings, *_short_names(entry), *_as_words(given)):
            meant = frozenset[str]() if phrasing.field is not Field.NAME else named
            found = _features_of(phrasing, vocabulary, meant)
            _append(collection, found, FIELDS.index(phrasing.field))
            share = FIELD_WEIGHTS[phrasing.field] * (0.75 + 0.25 / max(len(found), 1))
            for feature in found:
                here[feature] = max(here.get(feature, 0.0), share)
        for stand in entry.stands:
            feature = vocabulary.word(f"#{stand.upper().replace(' ', '')}")
            _append(collection, [feature], FIELDS.index(Field.NAME))
            here[feature] = 1.0
        collection.entry_starts.append(len(collection.phrasing_fields))
        for feature, share in here.items():
            told[feature].append((-int(255 * share), number))
    _post(collection, told)
    _weigh(collection)
    if len(collection.features) > FEW_FEATURES * len(entries):
        _place(collection)
    return collection


def _short_names(entry: Entry) -> Iterator[Phrasing]:
    """Find what a name is called for short: without what stands in brackets, by what does,
    by what stands in quotes, by what follows "Warsztat:"."""
    known = {phrasing.text for phrasing in entry.phrasings}
    for phrasing in entry.phrasings:
        if phrasing.field is Field.NAME:
            name = phrasing.text
            shorter = [_BRACKETS.sub(" ", name), *_BRACKETS.findall(name), *_QUOTED.findall(name)]
            shorter += [name.partition(": ")[2]] if ": " in name else []
            for text in dict.fromkeys(each.strip() for each in shorter):
                if text and text not in known:
                    yield Phrasing(text, Field.NAME)


def _given_names(entry: Entry) -> tuple[str, ...]:
    """Find what somebody is called, not what they do: „Bańka” lends no money.

    Only a short name in quotes; a longer one, as that of a lecture, says what it is about.
    """
    if entry.kind in _TITLED:
        return ()
    return tuple(
        quoted
        for phrasing in entry.phrasings
        if phrasing.field is Field.NAME
        for quoted in _QUOTED.findall(phrasing.text)
        if len(quoted.split()) <= _GIVEN_WORDS
    )


def _as_words(given: Iterable[str]) -> Iterator[Phrasing]:
    """Let a given name say a little of what its words mean: „Smaczny Stół” may well cook."""
    return (Phrasing(name, Field.DESCRIPTION) for name in given)


def _append(collection: Collection, features: Iterable[int], of_field: int) -> None:
    collection.features.extend(features)
    collection.phrasing_starts.append(len(collection.features))
    collection.phrasing_fields.append(of_field)


def _features_of(phrasing: Phrasing, vocabulary: Vocabulary, given: Set[str]) -> list[int]:
    """Number the words of a phrasing, each with its concepts where it is no `given` name."""
    words = [
        word
        for token in tokenize(phrasing.text)
        for word in _words_of(token, phrasing.field, vocabulary)
    ]
    together: dict[int, list[int]] = defaultdict(list)
    for span in vocabulary.lexicon.of_phrases([*map(vocabulary.lexicon.said_by, words)]):
        # Only visitors in a hurry scatter a phrase; in a long text it would be chance.
        for at in span.places if span.is_whole else ():
            together[at].append(span.concept)
    found: list[int] = []
    for at, word in enumerate(words):
        beside = [] if word in given else [*vocabulary.beside(word), *together[at]]
        held = [each for each in dict.fromkeys(beside) if each not in vocabulary.lexicon.beyond]
        for concept in held:
            vocabulary.hold(concept)
        found += [vocabulary.word(word), *held]
    return found


def _words_of(token: Token, of_field: Field, vocabulary: Vocabulary) -> list[str]:
    parts = [part for part in token.text.split("-") if part]
    if len(parts) > 1 and min(map(len, parts)) < 4:
        words = ["".join(parts)]
        whole = vocabulary.word(words[0])
        for part in parts:
            if len(part) >= 3:
                vocabulary.add_part(part, whole)
    else:
        words = parts
    letters = token.raw.replace("-", "")
    if of_field in _ACRONYM_FIELDS and len(letters) <= 6 and letters.isupper():
        for word in words:
            vocabulary.word(word)
            vocabulary.mark_acronym(word)
    return words


def _post(collection: Collection, told: dict[int, list[tuple[int, int]]]) -> None:
    many = max(_MANY, len(collection.entries) // 20)
    for feature, entries in told.items():
        entries.sort()
        collection.postings[feature] = array("I", [number for _, number in entries])
        collection.impacts[feature] = bytes(-impact for impact, _ in entries)
        if len(entries) > many:
            collection.maps[feature] = everywhere = bytearray(len(collection.entries))
            for impact, number in entries:
                everywhere[number] = -impact


def _place(collection: Collection) -> None:
    """Note where each feature stands, by counting: first how often, then where."""
    features, size = collection.features, len(collection.vocabulary.names)
    counts = Counter(features)
    nexts = array("I", accumulate((counts[feature] for feature in range(size)), initial=0))
    collection.place_starts = nexts[:]
    collection.places = places = array("I", bytes(features.itemsize * len(features)))
    for at, feature in enumerate(features):
        places[nexts[feature]] = at
        nexts[feature] += 1


def _weigh(collection: Collection) -> None:
    vocabulary = collection.vocabulary
    families: dict[str, int] = defaultdict(int)
    for number in range(vocabulary.first_word, len(vocabulary.names)):
        held = len(collection.entries_with(number))
        families[stems(vocabulary.names[number])[0]] += held
    frame_weights = frames().weights
    for number, name in enumerate(vocabulary.names):
        if number < vocabulary.first_word:
            collection.weights.append(collection.rarity(len(collection.entries_with(number))))
        else:
            rarity = collection.rarity(families[stems(name)[0]])
            collection.weights.append(min(rarity, _FRAMES_SAID * frame_weights.get(name, 1.0)))
    starts, first = collection.phrasing_starts, vocabulary.first_word
    for phrasing in range(len(collection.phrasing_fields)):
        features = collection.features[starts[phrasing] : starts[phrasing + 1]]
        collection.phrasing_weights.append(
            sum(collection.weights[feature] for feature in features if feature >= first)
        )
